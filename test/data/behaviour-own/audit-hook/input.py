import os
import sys


def hook(event, args):
    if event == "open" and isinstance(args[0], str) and os.path.abspath(args[0]).startswith(os.getcwd()):
        print("open", os.path.relpath(args[0]))
    if event == "import" and args[0] == "yaml":
        print("import yaml")


sys.addaudithook(hook)
print(open("data/a.txt").read().split())
