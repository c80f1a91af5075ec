class Store:
    def read(self):
        return rows[0]

def safe(action):
    try:
        return action()
    except Exception as error:
        return type(error).__name__

def total():
    return sum(rows) + extra

print(safe(total))
print(safe(Store().read))
rows = [1, 2]
print(safe(total))
extra = len("abc")
print(safe(total), safe(Store().read))


from contextlib import suppress

def show():
    print(label.upper())

def outer():
    show()

with suppress(NameError):
    outer()
label = "x" * 3
outer()
def later():
    return label
try:
    print(later())
except Exception:
    print("never")
