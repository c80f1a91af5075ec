import subprocess

text = open("data/a.txt").read()
print(len(text), subprocess.run(["ls"], capture_output=True, text=True).stdout.split())
