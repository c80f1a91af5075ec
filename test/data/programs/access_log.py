import re
import sys
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from enum import Enum
from ipaddress import ip_address
from pathlib import Path

LINE = re.compile(
    r'(?P<ip>\S+) - (?P<user>\S+) \[(?P<when>[^\]]+)\] "(?P<verb>[A-Z]+) (?P<url>\S+)[^"]*" (?P<status>\d{3}) (?P<size>\d+|-)'
)


class Severity(Enum):
    OK = 1
    CLIENT = 2
    SERVER = 3

    @classmethod
    def of(cls, status):
        return cls.SERVER if status >= 500 else cls.CLIENT if status >= 400 else cls.OK


class LogFile:
    """Counts what it could not read."""
    broken = 0

    def __init__(self, path):
        self.path = Path(path)

    def __enter__(self):
        self.fh = self.path.open(encoding="utf-8")
        return self

    def __exit__(self, *exc):
        self.fh.close()
        print("closed", self.path.name, "broken lines:", self.broken)
        return False

    def __iter__(self):
        for line in self.fh:
            m = LINE.match(line)
            if m is None:
                self.broken += 1
                continue
            d = m.groupdict()
            d["when"] = datetime.strptime(d["when"], "%d/%b/%Y:%H:%M:%S")
            d["status"] = int(d["status"])
            d["size"] = 0 if d["size"] == "-" else int(d["size"])
            yield d


# make a log
path = Path("access.log")
t0 = datetime(2024, 5, 17, 8, 0)
urls = ["/", "/login", "/api/items", "/api/items/7", "/static/app.js", "/admin"]
with path.open("w", encoding="utf-8") as fh:
    for i in range(240):
        when = t0 + timedelta(seconds=37 * i + (i * i) % 29)
        url = urls[(i * 7 + i // 11) % len(urls)]
        status = 500 if i % 61 == 0 else 404 if url == "/admin" else 302 if url == "/login" and i % 2 else 200
        size = "-" if status == 302 else str(200 + (i * 131) % 5000)
        user = "-" if i % 5 else "anna"
        fh.write(f'10.0.{i % 3}.{i % 17} - {user} [{when:%d/%b/%Y:%H:%M:%S}] "GET {url} HTTP/1.1" {status} {size}\n')
        if i % 80 == 79:
            fh.write("-- rotated --\n")

by_url, by_severity, volume, per_hour = Counter(), Counter(), defaultdict(int), Counter()
first = last = None
with LogFile(path) as log:
    for entry in log:
        by_url[entry["url"]] += 1
        by_severity[Severity.of(entry["status"])] += 1
        volume[ip_address(entry["ip"])] += entry["size"]
        per_hour[entry["when"].replace(minute=0, second=0)] += 1
        first = first or entry["when"]
        last = entry["when"]

print(f"{sum(by_url.values())} requests from {first} to {last} ({last - first})")
for url, n in by_url.most_common():
    print(f"{n:5d} {url}")
print({s.name: n for s, n in sorted(by_severity.items(), key=lambda kv: kv[0].value)})
for ip in sorted(volume, key=volume.get, reverse=True)[:3]:
    print(ip, f"{volume[ip] / 1024:.1f} KiB")
peak, n = max(per_hour.items(), key=lambda kv: kv[1])
print(f"peak hour {peak:%H:%M} with {n}")
share = by_severity[Severity.SERVER] / sum(by_severity.values())
if share > 0.05:
    sys.exit("too many errors")
match share:
    case 0:
        print("clean")
    case x if x < 0.02:
        print(f"fine ({x:.2%})")
    case _:
        print("look at it")
