import os
from collections import namedtuple
from dataclasses import dataclass, field, fields
from enum import Enum
from typing import Final, NamedTuple

TRAIN: Final = "data/a.txt"
TEST: str = "data/b.txt"


@dataclass
class Paths:
    train: str = "data/a.txt"
    test: str = field(default="data/b.txt", metadata={"seen": "data/b.txt"})

    def sizes(self):
        return os.path.getsize(self.train), os.path.getsize(self.test)


class Files(Enum):
    A = "data/a.txt"
    B = "data/b.txt"
    ALSO_A = "data/a.txt"


class Pair(NamedTuple):
    left: str = "data/a.txt"


Old = namedtuple("Old", "p", defaults=["data/b.txt"])


class Base:
    path = "data/a.txt"

    @classmethod
    def read(cls, *, path="data/b.txt", strip=str.strip):
        return strip(open(cls.path).read() + open(path).read())


print(Paths(), Paths().sizes(), [f.default for f in fields(Paths)])
print(list(Files), Files("data/a.txt").name, open(Files.B.value).read().strip(), Pair(), Old())
print(Base.read().split(), Base.read.__func__.__kwdefaults__["path"], open(TRAIN).readline().strip(), os.path.getsize(TEST))
