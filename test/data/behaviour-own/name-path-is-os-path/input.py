from os import path as Path
import os.path as yaml
import json as config

print(Path.basename("data/a.txt"), yaml.exists("data/b.txt"), config.dumps([1]))
print(open(Path.join("data", "a.txt")).read().split())
