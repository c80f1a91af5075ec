import os

def main():
	if os.path.exists("data/a.txt"):
		with open("data/a.txt") as f:
			print(f.read().split())
   	
	return "data/b.txt"


print(open(main()).read().strip())
