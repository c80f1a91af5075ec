import os

os.makedirs("made", exist_ok=True)
for i, name in enumerate(["two words", "it's", "caf\u00e9", "cafe\u0301", "😀 smile"]):
    with open(f"made/{name}.txt", "w") as f:
        f.write(str(i))
for path in ["made/two words.txt", "made/it's.txt", "made/caf\u00e9.txt", "made/cafe\u0301.txt"]:
    print(ascii(path), open(path).read())
print(open("made/😀 smile.txt").read(), open("made/it's.txt").read(), open("made/two words.txt").read())
print(open("made/café.txt").read(), open("made/café.txt").read(), os.path.exists("made/Ｆull.txt"))
