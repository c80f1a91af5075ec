from pathlib import Path

import yaml

config = yaml.safe_load(Path(__file__).with_name("config.yaml").read_text(encoding="utf-8"))

first = open(config["data_path"]).read().split()
second = open("data/b.txt").read().split()
print(first, second, len(config["names"]))
