import os

names = ["null", "true", "on", "1e3", "0x10", "2024-01-01", "~", "12:30:45", "- item", "a: b", "#x", "*ref", "&anchor", "%TAG", "@at", "!tag"]
more = ["tab\there", "back\\slash", '"q"', "del\x7f", "nel\x85", "sep\u2028", "bom\ufeff"]
os.makedirs("made", exist_ok=True)
for i, name in enumerate(names + more):
    with open(os.path.join("made", name), "w") as f:
        f.write(str(i))
for name in ["1e3", "0x10", "2024-01-01", "yes", "1_000", "0o17"]:
    with open(name, "w") as f:
        f.write(name)
print([open("made/" + name).read() for name in names])
print(open("made/null").read(), open("made/on").read(), open("made/a: b").read(), open("made/#x").read(), open("made/%TAG").read())
print(open("1e3").read(), open("0x10").read(), open("2024-01-01").read(), open("yes").read(), open("1_000").read(), open("0o17").read())
print(open("made/tab\there").read(), open("made/back\\slash").read(), open('made/"q"').read(), open("made/del\x7f").read())
print(open("made/nel\x85").read(), open("made/sep\u2028").read(), open("made/bom\ufeff").read(), open("made/- item").read())
