import urllib.parse
from pathlib import Path

ROUTE = "/api/v1/score"
MIME = "text/csv"
parts = urllib.parse.urlsplit("file:///data/a.txt")
print(ROUTE.split("/"), MIME, parts.path, urllib.parse.quote("data/a.txt", safe=""))
rows = {"meta/path": [1, 2]}
print(rows["meta/path"], "a/b".split("/"), Path("data/a.txt").as_posix(), open("data/a.txt").read().split())
