rate = len("abc")
def scale(x):
    return x * rate
print(scale(2), scale.__qualname__, scale.__module__)
fn = lambda v: v + rate
print(fn.__qualname__)
