#! only: global-statement
import json

state = None
count = 0
model, scaler = None, None
limit = 3
names = []


def loop():
    global count  #! global-statement
    for count in range(3):
        pass


def imported():
    global np  #! global-statement
    import numpy as np


def unpacked():
    global model, scaler  #! global-statement
    model, scaler = json.loads("[1, 2]")


def walrus(text):
    global count  #! global-statement
    return [n for n in text if (count := len(n))]


def opened(path):
    global state  #! global-statement
    with open(path) as state:
        return state.read()


def removed():
    global state  #! global-statement
    del state


def mixed():
    global limit, count  #! global-statement
    count = limit


def nested():
    global limit  #~ global-statement

    def inner():
        limit = 4
        return limit

    return inner() + limit


def nested_rebinding():
    def inner():
        global limit  #! global-statement
        limit = 4

    inner()


def only_changed():
    global names  #~ global-statement
    names.append(1)
    names[0] = 2


class Reader:
    limit = 1

    def read(self):
        global limit  #! global-statement
        limit += 1
        self.limit = limit


def defined():
    global helper  #! global-statement

    def helper():
        return 1


def local_only():
    text = "global state"  #~ global-statement
    state = text
    return state


global limit  #~ global-statement
limit = 5
