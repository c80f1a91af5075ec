words = open("data/a.txt").read().split()
print("helper", words)
