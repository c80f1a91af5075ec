text = open(
    "data/"  # the folder
    # and now the file
    "a"

    '.txt',  # comma
).read()
PATH = ("data"
        "/b"
        ".txt")
print(text.split(), open(PATH).read().strip(), open("da" r"ta/" u"a.txt").read().split())
