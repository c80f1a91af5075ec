import yaml

print(yaml.LIMIT, open("data/a.txt").read().split()[: yaml.LIMIT])
