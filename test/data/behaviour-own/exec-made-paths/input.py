import os

exec('print(open("data/a.txt").read().split())')
size = eval('os.path.getsize("data/b.txt")')
code = compile("text = open('data/a.txt').read()", "<string>", "exec")
space = {}
exec(code, space)
print(size, space["text"].split(), open("data/b.txt").read().strip())
