import json

events = json.loads('[["load", "a.csv"], ["fit", 3, 0.5], ["fit", 5], {"stop": true}, 7]')
shape = "none"
name = "unset"
rest = []

for event in events:
    match event:
        case ["load", name]:
            shape = "load"
        case ["fit", steps, *rest]:
            shape = "fit"
        case {"stop": flag, **others}:
            shape = "stop"
        case int() as number:
            shape = "number"
    print(shape, name, rest)

total = steps + number
print(total, flag, others, name)

labels = {"fit": steps, "load": name}
match labels:
    case {"fit": best}:
        print("best", best)
print(best * 2, sorted(labels))
