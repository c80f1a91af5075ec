import warnings
start = len("abc")
print(start)
with warnings.catch_warnings(record=True) as got:
    warnings.simplefilter("always")
    warnings.warn("here")
    print([w.lineno for w in got])
end = start + 1
print(end)
