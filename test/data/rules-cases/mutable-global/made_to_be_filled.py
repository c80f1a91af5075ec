#! only: mutable-global
import functools
import logging
import os
import threading

import numpy as np
from fastapi import FastAPI

log = logging.getLogger(__name__)
app = FastAPI()
lock = threading.Lock()

CACHE = {}
LOADED = {}
FOUND = {}
HOOKS = []
COMMANDS = {}
TABLE = {}
TOTALS = {}


def cached(key):
    try:
        return CACHE[key]
    except KeyError:
        CACHE[key] = key * 2  #~ mutable-global
        return CACHE[key]


def clear():
    CACHE.clear()  #~ mutable-global


def loaded(path):
    if path in LOADED:
        return LOADED[path]
    data = open(path).read()
    LOADED[path] = data  #~ mutable-global
    return data


def found(name):
    value = FOUND.get(name)
    if value is None:
        value = FOUND[name] = len(name)  #~ mutable-global
    return value


def hook(fn):
    HOOKS.append(fn)  #~ mutable-global
    return fn


def command(name):
    def wrap(handler):
        @functools.wraps(handler)
        def run(*args):
            return handler(*args)

        COMMANDS[name] = handler  #~ mutable-global
        return run

    return wrap


@command("go")
def go():
    return HOOKS


def configure():
    log.setLevel(logging.INFO)  #~ mutable-global
    log.handlers.append(logging.NullHandler())  #~ mutable-global
    app.state.ready = True  #~ mutable-global
    os.environ["MODE"] = "x"  #~ mutable-global
    np.random.seed(0)  #~ mutable-global


def record(name, value):
    TABLE[name] = value  #! mutable-global
    return value


def total(name, value):
    TOTALS[name] = TOTALS.get(name, 0) + value  #! mutable-global
