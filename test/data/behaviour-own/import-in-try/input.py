try:
    import ujson as json
except ImportError:
    import json
if True:
    import os, sys
print(json.loads(open("data/n.json").read()), os.path.getsize("data/n.json"), len(sys.argv))
