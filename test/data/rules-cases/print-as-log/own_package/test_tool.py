#! only: print-as-log
from tool import work


def test_work():
    print("seen with -s")  #~ print-as-log
    work()
