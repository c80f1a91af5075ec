"""Runs a notebook's cells where the interpreter has no IPython. Their magics and shell lines were translated before.

A cell is `{"index", "text", "capture", "file"}`: Python text whose escapes are calls of `get_ipython()`.
"""

import ast
import asyncio
import contextlib
import inspect
import io
import os
import subprocess
import sys

import graduate_record


class Lines(list):
    """What `x = !cmd` gives: lines, and all of them as one text."""

    @property
    def l(self):
        return list(self)

    @property
    def n(self):
        return "\n".join(self)

    @property
    def s(self):
        return " ".join(self)


class Captured:
    """What `%%capture name` binds."""

    def __init__(self, stdout, stderr):
        self.stdout = stdout
        self.stderr = stderr
        self.outputs = []

    def __str__(self):
        return self.stdout


class Shell:
    """The part of IPython's shell that translated cells call."""

    def __init__(self, names):
        self.user_ns = names
        self.cell = 0
        self.count = 0
        self.closes_figures = False

    def expanded(self, command, names):
        """`{expression}` and `$name` in a line for the shell; the shell's own variables stay."""
        scope = {**self.user_ns, **names}
        made, at = [], 0
        while at < len(command):
            if command.startswith(("{{", "}}", "$$"), at):
                made.append(command[at])
                at += 2
                continue
            end = command.find("}", at) if command[at] == "{" else -1
            if end > 0:
                try:
                    made.append(str(eval(command[at + 1 : end], scope)))
                    at = end + 1
                    continue
                except Exception:
                    pass
            if command[at] == "$":
                size = 1
                while at + size < len(command) and (command[at + size].isalnum() or command[at + size] == "_"):
                    size += 1
                if command[at + 1 : at + size] in scope:
                    made.append(str(scope[command[at + 1 : at + size]]))
                    at += size
                    continue
            made.append(command[at])
            at += 1
        return "".join(made)

    def _run(self, command, names, expands=True):
        sys.stdout.flush()
        line = self.expanded(command, names) if expands else command
        run = subprocess.run(
            line, shell=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self.user_ns["_exit_code"] = run.returncode
        return run.stdout.decode("utf-8", "replace")

    def system(self, command):
        text = self._run(command, sys._getframe(1).f_locals)
        if sys.stdout is not sys.__stdout__:
            print(text, end="")

    def getoutput(self, command):
        return Lines(self._run(command, sys._getframe(1).f_locals).splitlines())

    def run_line_magic(self, name, argument):
        return getattr(self, f"line_{name}")(argument, sys._getframe(1).f_locals)

    def run_cell_magic(self, name, argument, body):
        return getattr(self, f"cell_{name}")(argument, body)

    def line_nothing(self, argument, names):
        return None

    def line_matplotlib(self, argument, names):
        self.closes_figures = argument.split()[:1] in ([], ["inline"])

    def line_cd(self, argument, names):
        os.chdir(os.path.expanduser(self.expanded(argument.strip().strip("\"'"), names) or "~"))

    def line_pwd(self, argument, names):
        return os.getcwd()

    def line_env(self, argument, names):
        name, sign, value = argument.partition("=")
        if not sign:
            name, _, value = argument.partition(" ")
        if not value and not sign:
            return os.environ.get(name.strip()) if name.strip() else dict(os.environ)
        os.environ[name.strip()] = self.expanded(value.strip(), names)
        return None

    def line_sx(self, argument, names):
        return Lines(self._run(argument, names).splitlines())

    def cell_bash(self, argument, body):
        sys.stdout.flush()
        run = subprocess.run(["bash"], input=body.encode(), stdout=subprocess.PIPE)
        if sys.stdout is not sys.__stdout__:
            print(run.stdout.decode("utf-8", "replace"), end="")
        if run.returncode:
            raise subprocess.CalledProcessError(run.returncode, "bash")

    def cell_writefile(self, argument, body):
        words = argument.split()
        appends = words[:1] == ["-a"]
        name = self.expanded(" ".join(words[1:] if appends else words).strip("\"'"), {})
        with open(os.path.expanduser(name), "a" if appends else "w", encoding="utf-8") as file:
            file.write(body)

    def cell_nothing(self, argument, body):
        return None


def display(*values, **options):
    for value in values:
        graduate_record.event("display", cell=_shell.cell, text=repr(value)[:4000])


_shell = None


def run(job, main):
    """@returns the exit status: that of the first cell that fails, which ends the run."""
    global _shell
    names = vars(main)
    _shell = Shell(names)
    names.update(In=[""], Out={}, _="", __="", ___="", display=display, get_ipython=lambda: _shell)
    job["hidden"] += [*names, "_exit_code"]
    return asyncio.run(run_cells(job, names))


async def run_cells(job, names):
    for cell in job["cells"]:
        _shell.cell = cell["index"]
        graduate_record.mark(cell["index"])
        try:
            await run_cell(cell, names)
        except SystemExit:
            raise
        except BaseException as error:
            graduate_record.event(
                "exception", name=graduate_record.exception_name(error), text=str(error)[:300], cell=cell["index"]
            )
            sys.stdout.flush()
            sys.excepthook(*sys.exc_info())
            return 1
        await asyncio.sleep(0)
    return 0


async def run_cell(cell, names):
    text = cell["text"]
    names["In"].append(text)
    _shell.count += 1
    tree = ast.parse(text, filename=f"<cell {cell['index'] + 1}>")
    last = None
    is_shown = not text.rstrip().endswith(";")
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = ast.Expression(tree.body.pop().value)
    capture = cell.get("capture")
    streams = contextlib.ExitStack()
    out, err = io.StringIO(), io.StringIO()
    with streams:
        if capture and capture["stdout"]:
            streams.enter_context(contextlib.redirect_stdout(out))
        if capture and capture["stderr"]:
            streams.enter_context(contextlib.redirect_stderr(err))
        try:
            await executed(tree, "exec", cell, names)
            value = await executed(last, "eval", cell, names) if last else None
        finally:
            if capture and capture["name"]:
                names[capture["name"]] = Captured(out.getvalue(), err.getvalue())
    if value is not None and is_shown:
        names["___"], names["__"], names["_"] = names["__"], names["_"], value
        names[f"_{_shell.count}"] = names["Out"][_shell.count] = value
        graduate_record.hide([f"_{_shell.count}"])
        if not capture:
            display(value)
    pyplot = sys.modules.get("matplotlib.pyplot")
    if _shell.closes_figures and pyplot is not None:
        pyplot.close("all")


async def executed(tree, mode, cell, names):
    code = compile(tree, f"<cell {cell['index'] + 1}>", mode, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    value = eval(code, names)
    return await value if inspect.CO_COROUTINE & code.co_flags else value
