values = [3, 4]
print(values)
total = sum(values)
if total == 7:
    raise SystemExit("stop here")
print("never")
