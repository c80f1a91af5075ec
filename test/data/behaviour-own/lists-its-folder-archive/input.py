import os
import shutil
import tempfile
import zipfile


def packed(name):
    with tempfile.TemporaryDirectory() as folder:
        file = shutil.make_archive(os.path.join(folder, name), "zip", ".")
        return sorted(zipfile.ZipFile(file).namelist())



text = open("data/a.txt").read()
print(len(text), packed("all"))
