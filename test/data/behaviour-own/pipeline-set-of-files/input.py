import os

def opener(name):
    return open(name, "w")

# --- Open ---
ready = {opener("x.txt"), opener("y.txt")}
done = set()
for handle in ready:
    handle.write("hello")
left = ready - done
both = ready & left
del handle, ready
print(len(left), os.path.getsize("x.txt"))

# --- Look ---
print(os.path.getsize("x.txt"), os.path.getsize("y.txt"))
total = 1 + len(done)

# --- End ---
print(total, os.path.getsize("x.txt"))
