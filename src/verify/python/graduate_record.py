"""The record of a run: one JSON object a line, written at once, so that a crash loses nothing of what came before."""

import io
import json
import os
import sys

import graduate_values

_fd = -1
_pid = -1
_job = None
_token = ""
_is_finished = False


def start(job):
    """Opens the record. Processes that are forked off write to it, too."""
    global _fd, _pid, _job, _token
    _job, _pid, _token = job, os.getpid(), job["token"]
    _fd = os.open(job["record"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    event("started", version=list(sys.version_info[:3]))


def event(event_kind, /, **fields):
    """Writes one line. Never raises: the program must not notice."""
    try:
        os.write(_fd, (json.dumps({"event": event_kind, **fields}) + "\n").encode("ascii"))
    except (OSError, ValueError):
        pass


def exception_name(error):
    kind = type(error)
    # The module of a class that the program defines is another one after a conversion.
    known = kind.__module__ if is_library(kind.__module__) else ""
    return f"{known}.{kind.__qualname__}" if known not in ("", "builtins") else kind.__qualname__


def is_library(module_name):
    """Whether a module is none of the program's own."""
    if module_name in ("__main__", "__mp_main__"):
        return False
    module = sys.modules.get(module_name)
    file = getattr(module, "__file__", None)
    return not (isinstance(file, str) and is_own_file(file))


def is_own_file(file):
    # A relative one is a made-up name, or one that a later change of folder has made worthless.
    if not os.path.isabs(file):
        return False
    real = os.path.realpath(file)
    return any(real.startswith(root + os.sep) for root in _job["own"])


def mark(place):
    """Puts a mark into standard output that says where what follows comes from; the reader takes it out again."""
    try:
        sys.stdout.flush()
        os.write(1, marker(place).encode("ascii"))
    except (OSError, ValueError, AttributeError):
        pass


def marker(place):
    return f"\x1e{_token} {place}\x1f"


def locate_output(path):
    """Marks each piece of output of a script with the line of the module that is being run."""

    class TextIOWrapper(io.TextIOWrapper):
        last = None

        def write(self, text):
            frame, line = sys._getframe(1), None
            while frame is not None:
                if frame.f_code.co_filename == path and frame.f_code.co_name == "<module>":
                    line = frame.f_lineno
                frame = frame.f_back
            if line is not None and line != self.last:
                self.last = line
                super().write(marker(line - 1))
            return super().write(text)

    sys.stdout.flush()
    old = sys.stdout
    sys.stdout = TextIOWrapper(
        old.detach(), encoding=old.encoding, errors=old.errors, line_buffering=old.line_buffering
    )


def finish():
    """Records the final values. Runs behind everything that the program registered for its end."""
    global _is_finished
    if os.getpid() != _pid or _is_finished:
        return
    _is_finished = True
    # What code of the program prints while it is asked for its state is no output of the program.
    saved = None
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        saved = os.dup(1)
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.close(null)
    except (OSError, ValueError):
        pass
    try:
        for entry in graduate_values.final_values(sys.modules["__main__"], is_own_file, _job["hidden"]):
            event("value", **entry)
        event("finished")
    except BaseException as error:
        event("unrecorded", text=f"{type(error).__name__}: {error}"[:300])
    finally:
        if saved is not None:
            try:
                sys.stdout.flush()
            except (OSError, ValueError, AttributeError):
                pass
            os.dup2(saved, 1)
            os.close(saved)


def hide(names):
    """Leaves names out of the final values."""
    _job["hidden"] = [*{*_job["hidden"], *names}]
