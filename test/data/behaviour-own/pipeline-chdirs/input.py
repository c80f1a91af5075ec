import os
os.makedirs("work", exist_ok=True)
os.chdir("work")
with open("a.txt", "w") as f:
    f.write("hi")
print(os.path.exists("a.txt"), os.path.basename(os.getcwd()))
os.chdir("..")
print(sorted(os.listdir("work")))
