print("helper loads")
STATE = {"n": 0}
def tick():
    STATE["n"] += 1
    return STATE["n"]
