import sys
sys.path.insert(0, "lib")
PATH = "data/a.txt"
import helper
from pathlib import Path
print(helper.NAME, Path(PATH).read_text().split())
