import ntpath

RAW = r"C:\Users\petra\new\table.csv"
PLAIN = "D:\\data\\x.csv"
for path in (RAW, PLAIN, r"\\server\share\t.csv"):
    try:
        open(path)
    except FileNotFoundError as error:
        print("missing", ntpath.basename(error.filename), len(path))
try:
    open(r"C:\temp\new.csv")
except OSError as error:
    print(type(error).__name__, error.filename)
