import os
import re
from typing import Literal, get_args

KIND = Literal["data/a.txt", "data/b.txt"]


def kind_of(path: "data/a.txt"):
    match path:
        case "data/a.txt":
            return "first"
        case "data/b.txt" | "data/c.txt":
            return "second"
        case {"data/a.txt": value}:
            return value
    return "none"


sizes = {"data/a.txt": os.path.getsize("data/a.txt"), "data/b.txt": 0}
print(get_args(KIND), [kind_of(p) for p in sizes], kind_of({"data/a.txt": 5}), kind_of.__annotations__)
print(sizes["data/a.txt"], "data/a.txt" in sizes, re.findall("data/a.txt", "x data/a.txt"), "read data/a.txt")
print(open("data/a.txt").name, {"data/a.txt"} == {open("data/a.txt").name}, "data/a.txt".title())
