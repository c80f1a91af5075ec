#! only: print-as-log
print("importing core")  #! print-as-log
for name in ("a", "b"):
    print("table", name)  #! print-as-log


def work():
    print("working")  #! print-as-log


if __name__ == "__main__":
    print(work())  #~ print-as-log
else:
    print("imported")  #! print-as-log
