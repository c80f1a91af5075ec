import os
from string import Template

name = "a"
print(open("data/%s.txt" % name).read().split(), open("data/%(name)s.txt" % {"name": name}).read().split())
print(open("data/{}.txt".format(name)).read().split(), open("data/{name}.txt".format(**locals())).read().split())
print(open("data/{0}{1}".format("b", ".txt")).read().strip(), open(Template("data/$name.txt").substitute(name="b")).read().strip())
print(open("/".join(["data", "a.txt"])).read().split(), open("data/z.txt".replace("z", name)).read().split())
print(open("data\\a.txt".replace("\\", "/")).read().split(), open(os.sep.join(("data", "b.txt"))).read().strip())
print(open("%s/%s.txt" % ("data", name)).read().split(), open("data/" + name + "." + "txt").read().split())
