from typing import List
x: int = 3
y: "List[int]" = [1, x]
z: int
print(x, y)
print(__annotations__)
