counter = 0
history = []
def bump(by=1):
    global counter, created
    counter += by
    created = counter * 10
    history.append(counter)
    return counter
bump()
bump(2)
print(counter, created, history)
counter = 100
bump()
print(counter, created)
def outer():
    total = 0
    def inner():
        nonlocal total
        total += counter
        return total
    inner()
    return inner()
print(outer())
counter = 1
print(outer())
