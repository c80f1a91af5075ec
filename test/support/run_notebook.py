"""Runs a notebook from top to bottom as a Jupyter kernel does, in this process: `python run_notebook.py NOTEBOOK`.

Standard output is what the notebook's own code prints. Displayed values, output of shell lines and messages of magics
are kept out (a kernel sends them on other channels), unless the notebook itself captures them. The first cell that
fails ends the run: its traceback goes to standard error, and the exit status is 1.
"""

import asyncio
import builtins
import importlib
import json
import pkgutil
import subprocess
import sys
import tempfile

notebook_path = sys.argv[1]
sys.argv = [""]
sys.path[0] = ""

import IPython.core.magics
import IPython.core.magics.script
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

REAL_STDOUT = sys.stdout


def aside(*values, file=None, **options):
    """Stands for `print` in IPython's own code: heard only by who captures standard output."""
    if file is None and sys.stdout is REAL_STDOUT:
        return
    builtins.print(*values, file=file, **options)


class Aside:
    """Stands for `sys` where IPython copies the output of scripts to `sys.stdout`."""

    class _Nowhere:
        def write(self, text):
            return len(text)

        def flush(self):
            pass

    @property
    def stdout(self):
        return self._Nowhere() if sys.stdout is REAL_STDOUT else sys.stdout

    def __getattr__(self, name):
        return getattr(sys, name)


class SilentDisplayHook(DisplayHook):
    """Makes the representations and the history of values, and shows nothing."""

    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        pass

    def finish_displayhook(self):
        self._is_active = False


class SilentDisplayPublisher(DisplayPublisher):
    def publish(self, data, metadata=None, **options):
        pass

    def clear_output(self, wait=False):
        pass


class Shell(InteractiveShell):
    displayhook_class = Type(SilentDisplayHook)
    display_pub_class = Type(SilentDisplayPublisher)

    def enable_gui(self, gui=None):
        pass

    def system(self, command):
        command = self.var_expand(command, depth=1)
        sys.stdout.flush()
        run = subprocess.run(
            command, shell=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        aside(run.stdout.decode("utf-8", "replace"), end="")
        self.user_ns["_exit_code"] = run.returncode

    system_piped = system
    system_raw = system

    def _showtraceback(self, etype, evalue, stb):
        builtins.print(self.InteractiveTB.stb2text(stb), file=sys.stderr)


def keep_messages_out():
    modules = [IPython.core.magics, *map(importlib.import_module, [
        f"IPython.core.magics.{info.name}" for info in pkgutil.iter_modules(IPython.core.magics.__path__)
    ])]
    for module in modules:
        module.print = aside
    IPython.core.magics.script.sys = Aside()


def cells(path):
    with open(path, encoding="utf-8-sig") as file:
        notebook = json.load(file)
    for cell in notebook["cells"]:
        language = cell.get("metadata", {}).get("vscode", {}).get("languageId") or "python"
        if cell["cell_type"] == "code" and language == "python":
            source = cell.get("source", "")
            yield source if isinstance(source, str) else "".join(source)


async def run(shell, sources):
    for source in sources:
        transformed, problem = source, None
        try:
            transformed = shell.transform_cell(source)
        except Exception:
            problem = sys.exc_info()
        arguments = {"store_history": True, "transformed_cell": transformed, "preprocessing_exc_tuple": problem}
        if shell.should_run_async(source, transformed_cell=transformed, preprocessing_exc_tuple=problem):
            result = await shell.run_cell_async(source, **arguments)
            shell.events.trigger("post_execute")
            shell.events.trigger("post_run_cell", result)
        else:
            result = shell.run_cell(source, store_history=True)
        if not result.success:
            error = result.error_before_exec or result.error_in_exec
            return error.code if isinstance(error, SystemExit) else 1
        # The kernel waits for the next cell: tasks in the background go on.
        await asyncio.sleep(0)
    return 0


def main():
    sources = list(cells(notebook_path))
    keep_messages_out()
    with tempfile.TemporaryDirectory() as folder:
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "NoColor"
        config.InteractiveShell.ipython_dir = folder
        shell = Shell.instance(config=config)
        shell.set_hook("show_in_pager", lambda *_, **options: None, 0)
        status = asyncio.run(run(shell, sources))
    return status


sys.exit(main())
