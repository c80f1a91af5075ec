import yaml

with open("config.yaml") as f:
    cfg = yaml.safe_load(f)
print(sorted(cfg), cfg["model"]["depth"])
print(open("data/a.txt").read().split()[: cfg["model"]["depth"]])
