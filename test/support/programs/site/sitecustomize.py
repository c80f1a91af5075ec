"""On `PYTHONPATH` of programs that are run before and after a change: no network, figures that can be compared, and the
same local time whenever it is asked for.

`GRADUATE_FIGURES` names a file: what `pyplot.show` would have shown, what is there when all is closed (as a notebook does at
the end of each cell when it has shown it) and what is still open at the end is written to it as one line per figure with the
digest of its pixels.
"""

import importlib.abc
import importlib.machinery
import os
import sys
import time

FIGURES = os.environ.get("GRADUATE_FIGURES")
LOCAL = {"localhost", "127.0.0.1", "::1", None, ""}


def offline(event, arguments):
    if event == "socket.getaddrinfo" and arguments[0] not in LOCAL:
        raise OSError("the tests run without a network")


def stopped(seconds=0.0, *, convert=time.localtime):
    return convert(0.0 if seconds is None else seconds)


def watch(pyplot):
    import atexit
    import hashlib

    def note():
        with open(FIGURES, "a", encoding="utf-8") as file:
            for number in pyplot.get_fignums():
                canvas = pyplot.figure(number).canvas
                try:
                    canvas.draw()
                    pixels = bytes(canvas.buffer_rgba())
                except Exception as error:
                    pixels = type(error).__name__.encode()
                file.write(f"{number} {canvas.get_width_height()} {hashlib.sha256(pixels).hexdigest()}\n")

    show, close = pyplot.show, pyplot.close

    def noted(*args, **kwargs):
        note()
        pyplot.close = close
        try:
            result = show(*args, **kwargs)
            # As if the window had been closed.
            close("all")
        finally:
            pyplot.close = closed
        return result

    def closed(fig=None):
        if fig == "all":
            note()
        return close(fig)

    pyplot.show, pyplot.close = noted, closed
    atexit.register(note)


class Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name != "matplotlib.pyplot":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if spec and spec.loader:
            execute = spec.loader.exec_module

            def exec_module(module):
                execute(module)
                watch(module)

            spec.loader.exec_module = exec_module
        return spec


time.localtime = stopped
sys.addaudithook(offline)
if FIGURES:
    sys.meta_path.insert(0, Finder())
