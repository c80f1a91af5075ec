print("before")
text = open("data/missing.txt").read()
print("never", open("data/a.txt").read())
