n = len("abc")
with open("made_mod.py", "w") as f:
    f.write("VALUE = 7\n")
print(n)
import made_mod
print(made_mod.VALUE)
