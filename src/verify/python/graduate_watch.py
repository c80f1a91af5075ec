"""Watches what a program does to the world outside its folder, and holds back what was not allowed.

Audit hooks hear what goes through the interpreter. Native code that opens files by itself, and what child processes
do, is not heard.
"""

import errno
import os
import re
import shlex
import sys

import graduate_record

WRITE_FLAGS = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
DEVICES = ("/dev/", "/proc/self/")
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/sbin", "/etc", "/proc", "/sys", "/dev", "/run", "/opt", "/System", "/Library")
# Parts of the standard library that run a command to learn about the machine.
ASKING = ("ctypes.util", "platform", "uuid", "_aix_support", "sysconfig")
LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1", "0.0.0.0", "::", "")
SHELLS = ("sh", "bash", "dash", "zsh")
SEPARATORS = re.compile(r"&&|\|\||[;|\n&]")
REDIRECTION = re.compile(r"^\d*(?:>>?|>\|)(?!&)(.*)$")

_writable = ()
_caches = ()
_readable = ()
_allowed = frozenset()
_harmless = frozenset()
_local_writers = frozenset()
_told = set()
_job = None


def start(job):
    global _writable, _caches, _readable, _allowed, _harmless, _local_writers, _job
    _job = job
    _writable = tuple(os.path.realpath(path) for path in job["writable"])
    _caches = tuple(os.path.realpath(path) for path in cache_folders())
    libraries = [sys.prefix, sys.base_prefix, sys.exec_prefix, os.path.dirname(os.path.abspath(__file__)), *sys.path[1:]]
    _readable = tuple(os.path.realpath(path) for path in libraries if path) + SYSTEM
    _allowed = frozenset(job["allowed"])
    _harmless = frozenset(job["harmless"])
    _local_writers = frozenset(job["localWriters"])
    sys.addaudithook(heard)


def cache_folders():
    """Where libraries keep what they can make again; not the program's doing, and no harm."""
    home = os.path.expanduser("~")
    names = [".cache", ".config/matplotlib", ".matplotlib", ".nv", ".triton", "Library/Caches", ".ipython"]
    variables = [os.environ.get("XDG_CACHE_HOME"), os.environ.get("MPLCONFIGDIR"), os.environ.get("NUMBA_CACHE_DIR")]
    return [os.path.join(home, name) for name in names] + [path for path in variables if path]


def heard(event, arguments):
    listener = LISTENERS.get(event)
    if listener is None:
        return
    try:
        listener(event, arguments)
    except PermissionError:
        raise
    except Exception as error:
        # A defect of this file must not be one of the program.
        graduate_record.event("unwatched", what=event, text=f"{type(error).__name__}: {error}"[:300])


def tell(kind, detail, held):
    """Records an effect once."""
    key = (kind, detail, held)
    if key in _told or len(_told) > 500:
        return
    _told.add(key)
    graduate_record.event("effect", kind=kind, detail=detail[:300], held=held)


def effect(kind, detail):
    """An effect that has to be allowed; held back, it is the error that a system without the right to do it gives."""
    held = kind not in _allowed
    tell(kind, detail, held)
    if held:
        raise PermissionError(errno.EACCES, f"held back by graduate verify ({kind})", detail[:300])


def text_of(path):
    try:
        return os.fsdecode(path)
    except TypeError:
        return None


def is_below(path, roots):
    return any(path == root or path.startswith(root.rstrip(os.sep) + os.sep) for root in roots)


def check_write(path):
    name = text_of(path)
    if name is None or name.startswith("\\\\.\\"):
        return
    # Links are followed: a link in the folder must not lead a write out of it.
    real = os.path.realpath(name)
    if is_below(real, _writable) or real.startswith(DEVICES) or real == os.devnull:
        return
    if is_below(real, _caches):
        tell("cache", real, False)
        return
    effect("files", f"writes {name}")


def on_open(event, arguments):
    path, _, flags = arguments
    if isinstance(path, int) or path is None:
        return
    if isinstance(flags, int) and flags & WRITE_FLAGS:
        check_write(path)
        return
    name = text_of(path)
    if name is None:
        return
    real = os.path.realpath(name)
    if not (is_below(real, _writable) or is_below(real, _readable) or is_below(real, _caches)):
        tell("reads", name, False)


def on_first_path(event, arguments):
    if not isinstance(arguments[0], int):
        check_parent(within(arguments[0], arguments[-1]))


def within(path, folder_fd):
    """A path that may be relative to an open folder."""
    name = text_of(path)
    if name is None or not isinstance(folder_fd, int) or folder_fd < 0 or os.path.isabs(name):
        return name
    try:
        return os.path.join(os.readlink(f"/proc/self/fd/{folder_fd}"), name)
    except OSError:
        return name


def check_parent(path):
    """For what changes a folder's entry: a link itself is taken away or renamed, not what it leads to."""
    name = text_of(path)
    if name is None:
        return
    folder, base = os.path.split(os.path.abspath(name))
    check_write(os.path.join(os.path.realpath(folder), base) if not os.path.islink(name) else os.path.realpath(folder))


def on_two_paths(event, arguments):
    for path, folder_fd in zip(arguments[:2], arguments[2:4]):
        if not isinstance(path, int):
            check_parent(within(path, folder_fd))


def on_link(event, arguments):
    # A hard link shares the file: a write through it would be one outside.
    if not isinstance(arguments[0], int):
        check_write(arguments[0])
    check_parent(arguments[1])


def on_symlink(event, arguments):
    check_parent(arguments[1])


def on_followed_path(event, arguments):
    if not isinstance(arguments[0], int):
        check_write(arguments[0])


def on_sqlite(event, arguments):
    name = text_of(arguments[0])
    if name and name != ":memory:" and not name.startswith("file:"):
        check_write(name)


def on_connect(event, arguments):
    address = arguments[1]
    # Anything but a pair is a socket of this machine.
    if not isinstance(address, tuple) or len(address) < 2 or is_local(address[0]):
        return
    effect("network", f"connects to {address[0]}:{address[1]}")


def on_lookup(event, arguments):
    host = arguments[0]
    if isinstance(host, (bytes, bytearray)):
        host = bytes(host).decode("ascii", "replace")
    if host is not None and not is_local(host):
        effect("network", f"looks up {host}")


def is_local(host):
    name = str(host)
    own = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME")
    return name in LOCAL_HOSTS or name.startswith("127.") or name == own


def is_asking():
    frame = sys._getframe(2)
    while frame is not None:
        if frame.f_globals.get("__name__") in ASKING:
            return True
        frame = frame.f_back
    return False


def on_popen(event, arguments):
    if is_asking():
        return
    executable, words = arguments[0], arguments[1]
    if len(arguments) > 2 and arguments[2] is not None and not is_below(os.path.realpath(arguments[2]), _writable):
        effect("processes", f"runs {words} in {text_of(arguments[2])}")
    if isinstance(words, (str, bytes)):
        listed = [text_of(words) or ""]
        command = listed[0]
        is_line = os.name == "nt"
    else:
        listed = [text_of(word) or "" for word in words]
        command = " ".join(listed)
        is_line = False
    name = os.path.basename(text_of(executable) or (listed[0] if listed else ""))
    if not is_line and name in SHELLS and len(listed) == 3 and listed[1] == "-c":
        check_line(listed[2])
    elif not is_harmless([name, *listed[1:]]):
        effect("processes", f"runs {command}")
    else:
        tell("harmless", f"runs {command}", False)


def on_command_line(event, arguments):
    check_line(text_of(arguments[0]) or "")


def check_line(line):
    """A line of the shell: harmless if each of its commands is."""
    if "$(" in line or "`" in line or "<(" in line or not all(map(is_harmless_text, SEPARATORS.split(line.replace("2>&1", "")))):
        effect("processes", f"runs {line}")
    else:
        tell("harmless", f"runs {line}", False)


def is_harmless_text(text):
    try:
        words = shlex.split(text, comments=True)
    except ValueError:
        return False
    while words and re.match(r"^\w+=", words[0]):
        words.pop(0)
    kept = []
    while words:
        word = words.pop(0)
        found = REDIRECTION.match(word)
        if not found:
            kept.append(word)
            continue
        target = found.group(1) or (words.pop(0) if words else "")
        if target != "/dev/null" and not is_local_path(target):
            return False
    return not kept or is_harmless(kept)


def is_harmless(words):
    name = os.path.basename(words[0])
    if name in _harmless:
        return True
    if name in _local_writers:
        # A relative path is one of the folder only while the program is in it.
        return is_below(os.path.realpath(os.getcwd()), _writable) and all(map(is_local_word, words[1:]))
    if os.path.basename(sys.executable) == name and len(words) > 1:
        # Workers of multiprocessing and joblib, and questions about the interpreter.
        return words[1:] in (["--version"], ["-V"]) or any(
            re.search(r"from (?:multiprocessing|joblib)\b|joblib\.externals\.loky", word) for word in words[1:]
        )
    return False


def is_local_word(word):
    return "/" not in word if word.startswith("-") else is_local_path(word)


def is_local_path(word):
    return word != "" and not word.startswith(("/", "~", "$", "\\")) and ".." not in word and ":" not in word and "$" not in word


def on_process(event, arguments):
    detail = " ".join(filter(None, (text_of(part) for part in arguments if isinstance(part, (str, bytes)))))
    effect("processes", f"runs {detail}")


LISTENERS = {
    "open": on_open,
    "os.remove": on_first_path,
    "os.rmdir": on_first_path,
    "os.mkdir": on_first_path,
    "os.rename": on_two_paths,
    "os.link": on_link,
    "os.symlink": on_symlink,
    "os.truncate": on_followed_path,
    "os.chmod": on_followed_path,
    "os.chown": on_followed_path,
    "os.utime": on_followed_path,
    "os.setxattr": on_followed_path,
    "sqlite3.connect": on_sqlite,
    "socket.connect": on_connect,
    "socket.sendto": on_connect,
    "socket.getaddrinfo": on_lookup,
    "socket.gethostbyname": on_lookup,
    "subprocess.Popen": on_popen,
    "os.system": on_command_line,
    "os.exec": on_process,
    "os.posix_spawn": on_process,
    "os.spawn": on_process,
    "os.startfile": on_process,
    "pty.spawn": on_process,
}
