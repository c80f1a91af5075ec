#! only: logging-configured-on-import
import logging

import service.log

logging.basicConfig()  #~ logging-configured-on-import
