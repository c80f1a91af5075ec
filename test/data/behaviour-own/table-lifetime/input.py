import os
import tempfile
import weakref


class Loud:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        if self.name == "local":
            print("gone", self.name)


folder = tempfile.TemporaryDirectory()
path = os.path.join(folder.name, "x.txt")
out = open(path, "w")
out.write("written late")
print(os.path.exists(path), os.path.getsize(path))

loud = Loud("local")
watch = weakref.ref(loud)
print("made", watch() is loud)

out.flush()
print(os.path.getsize(path))
sizes = [len(name) for name in os.listdir(folder.name)]
print(sizes, watch() is not None)
loud.name = "kept"
print(watch().name, os.path.isdir(folder.name))
