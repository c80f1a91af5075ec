"""Imports a module under an audit hook: `import_quietly.py FOLDER MODULE FILE`; one line on stderr's last per thing it does.

Packages from elsewhere are imported first, outside of the hook: what they do when they load is none of the result's.
Prints a JSON object on the real standard output: `{"printed": text, "events": [{"event", "what", "line"}], "error"}`.
`line` is the line of FILE, in its module's own code, because of which it happened; null if there is none.
"""

import ast
import importlib
import io
import json
import os
import sys

WRITING = {"a", "w", "x", "+"}
EVENTS = {
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn",
    "os.mkdir", "os.rmdir", "os.remove", "os.rename", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chdir",
    "shutil.copyfile", "shutil.move", "shutil.rmtree", "shutil.make_archive", "tempfile.mkstemp", "tempfile.mkdtemp",
    "sqlite3.connect", "webbrowser.open", "urllib.Request", "ftplib.connect", "smtplib.connect",
}


def main(folder, module, file):
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    import_others(folder, file)
    events = []
    path = os.path.realpath(file)

    def line_of_cause():
        frame, line = sys._getframe(2), None
        while frame:
            if frame.f_code.co_name == "<module>" and os.path.realpath(frame.f_code.co_filename) == path:
                line = frame.f_lineno
            frame = frame.f_back
        return line

    def hook(event, arguments):
        if not is_watching:
            return
        if event == "open":
            name, mode, flags = arguments
            isn_read = bool(set(mode or "") & WRITING) or (isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR)))
            if not isn_read or str(name) == os.devnull:
                return
            events.append({"event": "opens for writing", "what": str(name), "line": line_of_cause()})
        elif event in EVENTS or event.startswith("socket."):
            events.append({"event": event, "what": str(arguments)[:200], "line": line_of_cause()})

    real, caught = os.dup(1), None
    with open(os.devnull, "wb") as nowhere:
        # Whatever writes below Python's own stream is caught as well.
        read_end, write_end = os.pipe()
        os.dup2(write_end, 1)
        os.close(write_end)
        stream = io.StringIO()
        sys.stdout, before = stream, sys.stdout
        is_watching = True
        sys.addaudithook(hook)
        error = None
        try:
            importlib.import_module(module)
        except BaseException as problem:
            error = f"{type(problem).__name__}: {problem}"
        is_watching = False
        sys.stdout = before
        os.dup2(real, 1)
        os.set_blocking(read_end, False)
        try:
            caught = os.read(read_end, 65536)
        except BlockingIOError:
            caught = b""
    printed = stream.getvalue() + caught.decode("utf-8", "replace")
    os.write(real, json.dumps({"printed": printed, "events": events, "error": error}).encode())
    # Threads and handlers of what was imported may not end by themselves.
    os._exit(0)


def import_others(folder, file):
    """Imports what the module's files import at module level and is none of the folder's own."""
    seen, waiting = set(), [file, os.path.join(os.path.dirname(file), "__init__.py")]
    while waiting:
        path = waiting.pop()
        if path in seen or not os.path.exists(path):
            continue
        seen.add(path)
        with open(path, "rb") as source:
            tree = ast.parse(source.read())
        for node in ast.walk(tree):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            elif isinstance(node, ast.ImportFrom):
                base = os.path.join(os.path.dirname(path), *[os.pardir] * (node.level - 1), *(node.module or "").split("."))
                stems = [base, *(os.path.join(base, alias.name) for alias in node.names)]
                waiting += [each for stem in stems for each in (f"{stem}.py", os.path.join(stem, "__init__.py"))]
            for name in names:
                own = os.path.join(folder, *name.split("."))
                inner = [path for path in (f"{own}.py", os.path.join(own, "__init__.py")) if os.path.exists(path)]
                waiting += inner
                root = os.path.join(folder, name.split(".")[0])
                if inner or os.path.exists(root) or os.path.exists(f"{root}.py"):
                    continue
                try:
                    importlib.import_module(name)
                except BaseException:
                    # An attribute, not a module; or absent, which the import itself will tell.
                    pass


main(*sys.argv[1:])
