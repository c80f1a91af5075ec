#! only: lost-traceback
import argparse
import io
import logging
import sys
import traceback
from logging import error as report

import numpy as np
from loguru import logger as lg

log = logging.getLogger("jobs")


def root(path):
    try:
        open(path)
    except OSError as e:
        logging.warning("no file %s", e)  #! lost-traceback


def derived(path):
    try:
        open(path)
    except OSError as e:
        message = f"no file: {e}"
        log.critical(message)  #! lost-traceback


def switched_off(path):
    try:
        open(path)
    except OSError as e:
        log.error("no file %s", e, exc_info=False)  #! lost-traceback


def by_level(path):
    try:
        open(path)
    except OSError as e:
        log.log(logging.ERROR, "no file %s", e)  #! lost-traceback
        log.log(logging.INFO, "no file %s", e)  #~ lost-traceback


def function(path):
    try:
        open(path)
    except OSError as e:
        report("no file %r", e)  #! lost-traceback


def other_library(path):
    try:
        open(path)
    except OSError as e:
        lg.error(f"no file {e}")  #! lost-traceback
    except ValueError as e:
        lg.opt(exception=e).error("bad")  #~ lost-traceback


class Job:
    def work(self):
        try:
            self.step()
        except Exception as e:
            self.logger.error("failed: " + str(e))  #! lost-traceback

    def step(self):
        try:
            self.read()
        except OSError as e:
            print(f"failed: {type(e).__name__}: {e}")  #! lost-traceback
            return None


def printed(path):
    try:
        open(path)
    except OSError as e:
        print(e.args[0], file=sys.stderr)  #! lost-traceback


def lower(path):
    try:
        open(path)
    except OSError as e:
        log.info("no file %s", e)  #~ lost-traceback
        log.debug("no file %s", e)  #~ lost-traceback


def text_only(path):
    try:
        open(path)
    except OSError as e:
        log.error("no file %s", path)  #~ lost-traceback
        print("no file")  #~ lost-traceback
        print("status", e.errno)  #~ lost-traceback


def raised(path):
    try:
        open(path)
    except OSError as e:
        log.error("no file %s", e)  #~ lost-traceback
        raise RuntimeError(path) from e


def shown(path):
    try:
        open(path)
    except OSError as e:
        print(e)  #~ lost-traceback
        traceback.print_exc()


def formatted(path):
    try:
        open(path)
    except OSError as e:
        log.error("no file %s\n%s", e, traceback.format_exc())  #~ lost-traceback


def into(path):
    out = io.StringIO()
    try:
        open(path)
    except OSError as e:
        print(e, file=out)  #~ lost-traceback
    return out.getvalue()


def ended(loop):
    try:
        loop()
    except KeyboardInterrupt as e:
        print("stopped", e)  #~ lost-traceback


def logarithm(values):
    try:
        return np.log(values)
    except ValueError as e:
        return np.log(len(str(e)))  #~ lost-traceback


def command():
    parser = argparse.ArgumentParser()
    parser.add_argument("path")
    try:
        open(parser.parse_args().path)
    except OSError as e:
        parser.error(str(e))  #~ lost-traceback
    try:
        open("b")
    except OSError as e:
        print(f"error: {e}", file=sys.stderr)  #~ lost-traceback
        sys.exit(2)


def outside(e):
    log.error("given %s", e)  #~ lost-traceback
