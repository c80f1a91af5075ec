/** `tests/test_imports.py`: the same in every package. */
export const IMPORTS_TEST = `"""Importing the package does nothing that anybody could notice."""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

from runs import PACKAGE, environment

NOTICEABLE = """
import sys

folder, *modules = sys.argv[1:]

def watch(event, arguments):
    if event == "open":
        mode = arguments[1]
        is_noticed = isinstance(mode, str) and set(mode) & set("wax+")
    else:
        is_noticed = event in {"subprocess.Popen", "os.system", "socket.connect"}
    frame = sys._getframe(1) if is_noticed else None
    while frame:
        file = frame.f_code.co_filename
        if file.startswith(folder):
            raise AssertionError(f"{event} {arguments}")
        # A library may do at its import what it wants.
        frame = None if "site-packages" in file else frame.f_back

sys.addaudithook(watch)
for name in modules:
    __import__(name)
"""


def test_imports_do_nothing() -> None:
    """Every module is imported, in a process of their own, under an audit hook."""
    package = importlib.import_module(PACKAGE)
    names = [
        module.name for module in pkgutil.walk_packages(package.__path__, f"{PACKAGE}.")
    ]
    run = subprocess.run(
        [sys.executable, "-c", NOTICEABLE, package.__path__[0], *names],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout == ""
`;
