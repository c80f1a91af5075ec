"""Runs one program as Python or Jupyter would, and records what verify compares: `python graduate_run.py JOB`.

JOB is a JSON file: what to run, where it may write, and where the record goes. The program gets a `__main__` of its
own, so that pickles, `multiprocessing` and `inspect` find what they would find without this file.
"""

import sys

OWN = sys.modules["__main__"]
# What Python itself puts into `__main__`, in its order; nothing of this file is there yet but these names.
GIVEN = [name for name in vars(OWN) if name.startswith("__")]

import atexit
import builtins
import json
import os
import types
from importlib.machinery import SourceFileLoader

import graduate_record
import graduate_watch


def fresh_main(path):
    """A new `__main__` with what Python would have put into it for a script."""
    main = types.ModuleType("__main__")
    names = {
        "__name__": "__main__",
        "__doc__": None,
        "__package__": None,
        "__loader__": SourceFileLoader("__main__", path) if path else None,
        "__spec__": None,
        "__annotations__": {},
        "__builtins__": builtins,
        "__file__": path,
        "__cached__": None,
    }
    vars(main).clear()
    for name in GIVEN:
        if name in names and (path or name not in ("__file__", "__cached__")):
            vars(main)[name] = names[name]
    # The module of this file stays alive under its own name.
    sys.modules["graduate_run"] = OWN
    sys.modules["__main__"] = main
    return main


def run_script(job):
    path = job["program"]
    sys.argv = [job["shown"], *job["arguments"]]
    sys.path[0] = os.path.dirname(path)
    main = fresh_main(path)
    with open(path, "rb") as file:
        source = file.read()
    if job["locate"]:
        graduate_record.locate_output(path)
    exec(compile(source, path, "exec", dont_inherit=True), vars(main))


def run_package(job):
    import runpy

    sys.argv = ["-m", *job["arguments"]]
    sys.path[0] = os.getcwd()
    fresh_main(None)
    runpy._run_module_as_main(job["module"])


def run_notebook(job):
    if job["cells"] is None:
        import graduate_ipython as shell
    else:
        import graduate_cells as shell
    sys.argv = [""]
    sys.path[0] = ""
    main = fresh_main(None)
    try:
        status = shell.run(job, main)
    finally:
        # IPython empties the namespace at its end.
        graduate_record.finish()
    if status:
        sys.exit(status)


KINDS = {"script": run_script, "package": run_package, "notebook": run_notebook}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    graduate_record.start(job)
    # Before anything of the program is registered, so that it runs after all of that.
    atexit.register(graduate_record.finish)
    graduate_watch.start(job)
    try:
        KINDS[job["kind"]](job)
    except SystemExit:
        raise
    except BaseException as error:
        graduate_record.event("exception", name=graduate_record.exception_name(error), text=str(error)[:300])
        raise


main()
