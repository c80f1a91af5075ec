import sys
data = [1, 2, 3]
print(sum(data))
if len(data) > 2:
    print("too many")
    sys.exit(3)
print("never")
result = 1
