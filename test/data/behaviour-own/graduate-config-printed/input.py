from pathlib import Path

import yaml

config = yaml.safe_load(Path(__file__).with_name("config.yaml").read_text(encoding="utf-8"))

print(len(config), list(config.items()))
print(open(config["data_path"]).read().split(), open("data/b.txt").read().split())
