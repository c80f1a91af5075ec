#! only: print-as-log
from rich import print as show
from pprint import pprint


def main():
    print("epoch")  #! print-as-log
    show("rich")  #~ print-as-log
    pprint({})  #~ print-as-log


main()
