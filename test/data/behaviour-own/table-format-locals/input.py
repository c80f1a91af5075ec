import math

radius = 2.5
area = math.pi * radius**2
name = "disc"
print("{name}: {area:.3f}".format(**locals()))
volume = area * 3
print("%(name)s %(volume).2f" % globals())
radius += 1
print("{radius} {volume:.1f}".format_map(vars()))
