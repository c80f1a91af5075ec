import os
from pathlib import Path

os.environ["DATA"] = "data"
for path in ("~/no-such-folder-here/x.csv", "$DATA/a.txt", "~no-such-user/x.csv"):
    full = os.path.expanduser(os.path.expandvars(path))
    print(path, os.path.exists(full), full.endswith("x.csv"))
print(Path("~/no-such-folder-here").expanduser().exists(), open(os.path.expandvars("${DATA}/a.txt")).read().split())
