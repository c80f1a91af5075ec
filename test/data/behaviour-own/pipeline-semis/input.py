a = 1; b = 2; print(a + b)
if a: c = 3; print(c)
for i in range(2): print(i); d = i
x = y = z = 0; x += 1
print(x, y, z, d); print("done"); x = 9
print(x)
