data = open("data/a.txt").read()
try:
    config
except NameError:
    config_found = False
else:
    config_found = True
print(config_found, "yaml" in globals(), "Path" in dir(), "config" in locals(), data.count("a"))
