"""Runs a notebook's cells as a Jupyter kernel does, with the IPython of the user's interpreter and without Jupyter.

What cells show (values, `display`, output of shell lines, messages of magics) is kept apart from what they print, as a
kernel keeps it apart.
"""

import asyncio
import builtins
import importlib
import pkgutil
import subprocess
import sys
import tempfile

import IPython.core.magics
import IPython.core.magics.script
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

import graduate_record

REAL_STDOUT = sys.stdout
HISTORY = ("_", "__", "___", "_i", "_ii", "_iii", "_ih", "_oh", "_dh", "_exit_code")
_cell = 0


def show(data):
    text = (data or {}).get("text/plain", "")
    graduate_record.event("display", cell=_cell, text=str(text)[:4000])


def aside(*values, file=None, **options):
    """Stands for `print` in IPython's own code: heard only by who captures standard output."""
    if file is None and sys.stdout is REAL_STDOUT:
        return
    builtins.print(*values, file=file, **options)


class Aside:
    """Stands for `sys` where IPython copies the output of scripts to `sys.stdout`."""

    class Nowhere:
        def write(self, text):
            return len(text)

        def flush(self):
            pass

    @property
    def stdout(self):
        return self.Nowhere() if sys.stdout is REAL_STDOUT else sys.stdout

    def __getattr__(self, name):
        return getattr(sys, name)


class SilentDisplayHook(DisplayHook):
    """Makes the representations and the history of values, and prints nothing."""

    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        show(format_dict)

    def finish_displayhook(self):
        self._is_active = False


class SilentDisplayPublisher(DisplayPublisher):
    def publish(self, data, metadata=None, **options):
        show(data)

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
    names = [f"IPython.core.magics.{info.name}" for info in pkgutil.iter_modules(IPython.core.magics.__path__)]
    for module in [IPython.core.magics, *map(importlib.import_module, names)]:
        module.print = aside
    IPython.core.magics.script.sys = Aside()


def run(job, main):
    """@returns the exit status: that of the first cell that fails, which ends the run."""
    keep_messages_out()
    with tempfile.TemporaryDirectory() as folder:
        config = Config()
        config.HistoryManager.enabled = False
        config.InteractiveShell.colors = "NoColor"
        config.InteractiveShell.ipython_dir = folder
        shell = Shell.instance(config=config, user_module=main)
        shell.set_hook("show_in_pager", lambda *_, **options: None, 0)
        # A kernel's own names are none of the program's.
        job["hidden"] += [*shell.user_ns, *shell.user_ns_hidden, *HISTORY]
        return asyncio.run(run_cells(shell, job["sources"]))


async def run_cells(shell, sources):
    global _cell
    for index, source in sources:
        _cell = index
        graduate_record.mark(index)
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
        shell_names(shell)
        if not result.success:
            error = result.error_before_exec or result.error_in_exec
            if isinstance(error, SystemExit):
                return error.code
            graduate_record.event(
                "exception", name=graduate_record.exception_name(error), text=str(error)[:300], cell=index
            )
            return 1
        # The kernel waits for the next cell: tasks in the background go on.
        await asyncio.sleep(0)
    return 0


def shell_names(shell):
    """History names (`_12`, `_i3`) appear while cells run."""
    graduate_record.hide(name for name in shell.user_ns if name.startswith("_") and name.strip("_i").isdigit())
