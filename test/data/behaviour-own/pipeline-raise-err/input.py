values = {"a": 1}
print(values)
key = "b"
print("looking")
found = values[key]
print(found)
