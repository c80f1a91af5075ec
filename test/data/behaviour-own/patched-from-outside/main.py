import input as program

print(program.load(), program.DATA)
program.DATA = "data/b.txt"
print(program.load(), type(program.DATA).__name__)
print(program.load("data/a.txt"), program.load.__defaults__)
