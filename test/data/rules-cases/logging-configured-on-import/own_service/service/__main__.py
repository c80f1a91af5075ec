#! only: logging-configured-on-import
import logging

from .log import configure

logging.basicConfig()  #~ logging-configured-on-import
configure()
