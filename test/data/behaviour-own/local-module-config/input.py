import config
from config import LIMIT

print(config.LIMIT + LIMIT, open("data/a.txt").read().split()[: LIMIT])
