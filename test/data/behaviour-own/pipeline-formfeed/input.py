x = 1

y = 2
if x:
	print(y)
z = x + y
print(z)
total = 1 + \
    2 + \
  3
print(total)
s = "a\
b"
print(s)
assert total == 6, \
  "no"
