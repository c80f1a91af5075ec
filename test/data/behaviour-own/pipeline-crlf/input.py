x = 1
if x:
	y = """a
	b"""
	print(repr(y))
z = [x,
	2]
print(z)
for i in z:
	print(i)
print("end")
