import os

settings = {"limit": 2}
if os.path.exists("config.yaml"):
    settings["limit"] = 99
for name in ("config.yaml", "graduate.yaml", "settings.yaml"):
    print(name, os.path.isfile(name))
with open("data/a.txt") as f:
    print(settings["limit"], f.read().split())
