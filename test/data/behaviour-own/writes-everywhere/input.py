import csv
import json
import logging
import shutil
import sqlite3
import zipfile

with open("out.csv", "w", newline="") as f:
    csv.writer(f).writerow([1, 2])
json.dump({"a": 1}, open("out.json", "w"))
shutil.copy("data/a.txt", "copy.txt")
with zipfile.ZipFile("out.zip", "w") as z:
    z.write("data/a.txt", "inside.txt")
logging.basicConfig(filename="run.log", level=logging.INFO, format="%(message)s")
logging.info("hello")
with sqlite3.connect("out.db") as db:
    db.execute("create table t (x)")
    db.execute("insert into t values ('data/a.txt')")
print(open("copy.txt").read().split(), zipfile.ZipFile("out.zip").namelist(), open("run.log").read().strip())
print(list(sqlite3.connect("out.db").execute("select x from t")), json.load(open("out.json")))
