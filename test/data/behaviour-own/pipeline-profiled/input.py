import cProfile
import json

values = json.loads("[1, 2, 3]")
result = []


def work():
    result.append(sum(values))


print(len(values))
profile = cProfile.Profile()
profile.run("work()")
print(result)
