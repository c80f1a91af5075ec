#! only: logging-configured-on-import
import logging

logging.getLogger(__name__).addHandler(logging.NullHandler())  #~ logging-configured-on-import
logging.getLogger("urllib3").setLevel(logging.WARNING)  #~ logging-configured-on-import
