#! only: logging-configured-on-import
import logging
import logging.config as lc
from logging import basicConfig as setup
from loguru import logger as lg

CONFIG = {"version": 1}
lc.dictConfig(CONFIG)  #! logging-configured-on-import
setup(level="INFO")  #! logging-configured-on-import
lg.add("service.log")  #! logging-configured-on-import

root = logging.getLogger()
if not root.handlers:
    root.addHandler(logging.StreamHandler())  #! logging-configured-on-import


def configure():
    logging.basicConfig(level=logging.INFO)  #~ logging-configured-on-import


def add_file(path):
    handler = logging.FileHandler(path)
    logging.getLogger("service").addHandler(handler)  #~ logging-configured-on-import


configure()  #! logging-configured-on-import


class Names(set):
    def add(self, name):
        super().add(name)


names = Names()
names.add("a")  #~ logging-configured-on-import
