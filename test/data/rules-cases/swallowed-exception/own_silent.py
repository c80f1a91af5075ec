#! only: swallowed-exception
import json
import logging
import os
import pickle
import queue
import shutil
import socket
import sys
import time
import warnings
from typing import Optional, Union

import requests

logger = logging.getLogger(__name__)
CACHE = {}

try:
    import tomllib
except Exception:  #~ swallowed-exception
    tomllib = None

try:
    import matplotlib
    matplotlib.use("Agg")
except ImportError:  #~ swallowed-exception
    pass


def size(rows, key):
    try:
        return rows[key]
    except KeyError:  #~ swallowed-exception
        return 0


def cached(key):
    try:
        return CACHE[key]
    except KeyError:  #~ swallowed-exception
        pass
    CACHE[key] = len(key)
    return CACHE[key]


def settings(path):
    try:
        with open(path) as stream:
            config = json.load(stream)
    except OSError:  #~ swallowed-exception
        config = {}
    return config


def maybe(path) -> Optional[str]:
    try:
        return open(path).read()
    except OSError:  #~ swallowed-exception
        return None


def maybe_new(path) -> "str | None":
    try:
        return open(path).read()
    except OSError:  #~ swallowed-exception
        return None


def maybe_union(path) -> Union[None, str]:
    try:
        return open(path).read()
    except OSError:  #~ swallowed-exception
        return None


def number(text):
    try:
        return int(text)
    except ValueError:  #~ swallowed-exception
        return None


def converted(text):
    try:
        return int(text)
    except ValueError:  #~ swallowed-exception
        pass
    try:
        return float(text)
    except ValueError:  #~ swallowed-exception
        pass
    return text


def is_number(text):
    try:
        float(text)
    except ValueError:  #~ swallowed-exception
        return False
    return True


def is_readable(path):
    try:
        open(path).close()
        return True
    except Exception:  #~ swallowed-exception
        return False


def drain(jobs):
    while True:
        try:
            jobs.get_nowait()
        except queue.Empty:  #~ swallowed-exception
            break


def warned(path):
    try:
        return open(path).read()
    except OSError:  #~ swallowed-exception
        warnings.warn("no file")
        return ""


def collected(paths):
    errors = []
    for path in paths:
        try:
            open(path).read()
        except OSError as error:  #~ swallowed-exception
            errors.append(error)
    return errors


def counted(paths):
    skipped = 0
    for path in paths:
        try:
            open(path).read()
        except OSError:  #~ swallowed-exception
            skipped += 1
            continue
    return skipped


def remove(path):
    try:
        os.unlink(path)
    except FileNotFoundError:  #~ swallowed-exception
        pass
    try:
        shutil.rmtree(path + ".d")
    except OSError:  #~ swallowed-exception
        pass


def ensured(path):
    try:
        os.mkdir(path)
    except FileExistsError:  #~ swallowed-exception
        pass


def fetched(url):
    for attempt in range(3):
        try:
            return requests.get(url, timeout=3).text
        except requests.RequestException:  #~ swallowed-exception
            time.sleep(2**attempt)
    raise RuntimeError(url)


def decoded(path):
    for encoding in ("utf-8", "latin-1"):
        try:
            return open(path, encoding=encoding).read()
        except UnicodeDecodeError:  #~ swallowed-exception
            continue
    raise ValueError(path)


def first(paths):
    for path in paths:
        try:
            stream = open(path)
            break
        except OSError:  #~ swallowed-exception
            continue
    return stream


def records(stream):
    found = []
    while True:
        try:
            found.append(pickle.load(stream))
        except EOFError:  #~ swallowed-exception
            return found


def serve(server):
    while True:
        try:
            server.accept()
        except socket.timeout:  #~ swallowed-exception
            continue


def chosen(path, default):
    try:
        return open(path).read()
    except OSError:  #~ swallowed-exception
        return default


def status(path):
    try:
        open(path, "w").write("x")
    except OSError:  #~ swallowed-exception
        print("cannot write", path, file=sys.stderr)
        return 1
    return 0


def wait():
    try:
        time.sleep(100)
    except KeyboardInterrupt:  #~ swallowed-exception
        pass


class Handle:
    def __del__(self):
        try:
            self.stream.write("end")
            self.stream.close()
        except Exception:  #~ swallowed-exception
            pass

    def run(self, path):
        stream = open(path)
        try:
            return stream.read()
        finally:
            try:
                self.log(stream)
            except OSError:  #~ swallowed-exception
                pass


def rejects(check):
    try:
        check(open("bad"))
    except OSError:  #~ swallowed-exception
        pass
    else:
        raise AssertionError("accepted")


def main():
    try:
        print(open(sys.argv[1]).read())
    except BrokenPipeError:  #~ swallowed-exception
        pass
    except OSError as error:  #~ swallowed-exception
        sys.exit(f"cannot read: {error}")


def preset(path):
    text = ""
    try:
        text = open(path).read()
    except OSError:  #~ swallowed-exception
        pass
    return text


def magic(path) -> Optional[bytes]:
    try:
        with open(path, "rb") as stream:
            return stream.read(8)
    except OSError:  #~ swallowed-exception
        pass
    return None


def suppressed():
    try:
        yield
    except OSError:  #~ swallowed-exception
        pass


def safe_attribute(thing, name):
    try:
        getattr(thing, name)
        return True
    except Exception:  #~ swallowed-exception
        return False


def _isfloat(text):
    try:
        float(text)
    except Exception:  #~ swallowed-exception
        return False
    return True


def with_its_traceback(path):
    import traceback

    try:
        return json.loads(Path(path).read_text())
    except Exception:
        print(traceback.format_exc())
        return None
