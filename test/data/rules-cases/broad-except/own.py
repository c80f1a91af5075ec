#! only: broad-except
import asyncio
import builtins
import logging
import queue
import threading
import traceback

from flask import Flask

app = Flask(__name__)
log = logging.getLogger(__name__)
Everything = Exception


def renamed(path):
    try:
        return open(path).read()
    except Everything:  #! broad-except
        return ""


def among_others(path):
    try:
        return open(path).read()
    except (KeyError, Exception) as error:  #! broad-except
        return str(error)


def by_module(path):
    try:
        return open(path).read()
    except builtins.BaseException:  #! broad-except
        return ""


def with_traceback(path):
    try:
        return open(path).read()
    except Exception:  #! broad-except
        log.exception("no file")
        return ""


def exits():
    try:
        renamed("x")
    except Exception as error:  #! broad-except
        print(error)
        return 1


def main():
    try:
        renamed("x")
    except Exception as error:  #! broad-except
        log.error("failed: %s", error)
        return 1


def conditional(path, strict):
    try:
        return open(path).read()
    except Exception:  #~ broad-except
        if strict:
            raise
        return ""


def attempts(call):
    last = None
    for _ in range(3):
        try:
            return call()
        except Exception as error:  #~ broad-except
            last = error
    raise RuntimeError("gave up") from last


class Worker(threading.Thread):
    def run(self):
        try:
            self.work()
        except Exception as error:  #~ broad-except
            self.error = error

    def result(self):
        if self.error:
            raise self.error

    def __del__(self):
        try:
            self.stop()
        except Exception:  #~ broad-except
            pass


def consume(jobs: queue.Queue):
    while True:
        job = jobs.get()
        try:
            job()
        except Exception:  #~ broad-except
            log.exception("job failed")


def batch(paths):
    for path in paths:
        try:
            open(path).read()
        except Exception as error:  #! broad-except
            log.error("skipped %s: %s", path, error)


@app.route("/predict")
def predict():
    try:
        return renamed("x")
    except Exception:  #~ broad-except
        log.error("no answer", exc_info=True)
        return "error", 500


@app.get("/health")
def health():
    try:
        return renamed("x")
    except Exception:  #! broad-except
        return "error", 500


def in_thread():
    try:
        renamed("x")
    except Exception:  #~ broad-except
        traceback.print_exc()


threading.Thread(target=in_thread).start()


async def hand_over(future: asyncio.Future):
    try:
        future.set_result(await asyncio.sleep(0))
    except Exception as error:  #~ broad-except
        future.set_exception(error)


def shadowed(path):
    Exception = ValueError
    try:
        return float(path)
    except Exception:  #~ broad-except
        return 0


def grouped():
    try:
        renamed("x")
    except* Exception:  #! broad-except
        log.warning("some")
