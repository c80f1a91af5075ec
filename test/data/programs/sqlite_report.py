import sqlite3
from contextlib import closing, contextmanager

schema = """
create table stations (id integer primary key, name text unique, height real);
create table readings (station integer references stations(id), day text, temp real,
                       check (temp > -90));
"""

@contextmanager
def transaction(db, label):
    print("begin", label)
    try:
        yield db.cursor()
    except sqlite3.Error as e:
        db.rollback()
        print("rolled back", label, "-", type(e).__name__)
    else:
        db.commit()
        print("committed", label)

db = sqlite3.connect(":memory:")
db.executescript(schema)
db.row_factory = sqlite3.Row

with transaction(db, "stations") as cur:
    cur.executemany("insert into stations(name, height) values (?, ?)",
                    [("Zugspitze", 2962), ("Brocken", 1141), ("Kiel", 5)])

with transaction(db, "duplicate") as cur:
    cur.execute("insert into stations(name, height) values ('Kiel', 6)")

base = {"Zugspitze": -4.0, "Brocken": 3.5, "Kiel": 9.2}
with transaction(db, "readings") as cur:
    for sid, name in cur.execute("select id, name from stations").fetchall():
        for day in range(1, 29):
            temp = base[name] + ((day * 37 + sid * 11) % 13 - 6) / 2
            cur.execute("insert into readings values (?, ?, ?)", (sid, f"2024-02-{day:02d}", temp))

with transaction(db, "bad reading") as cur:
    cur.execute("insert into readings values (1, '2024-03-01', -300)")

query = """
select s.name, s.height, count(*) n, avg(r.temp) mean, min(r.temp) low, max(r.temp) high
from readings r join stations s on s.id = r.station
group by s.id order by mean desc
"""
report = []
with closing(db.cursor()) as cur:
    for row in cur.execute(query):
        report.append(dict(row))
        print("{name:10s} {height:6.0f} m  n={n}  {mean:6.2f} ({low:.1f} .. {high:.1f})".format(**row))

lapse = [(a["mean"] - b["mean"]) / (b["height"] - a["height"]) * 100
         for a, b in zip(report, report[1:])]
print("lapse rates per 100 m:", [round(x, 2) for x in lapse])

cold = db.execute("select count(distinct day) from readings where temp < 0").fetchone()[0]
print(cold, "days with frost somewhere")
with open("report.txt", "w", encoding="utf-8") as out:
    print(*(r["name"] for r in report), sep="\n", file=out)
db.close()
try:
    db.execute("select 1")
except sqlite3.ProgrammingError:
    print("closed")
