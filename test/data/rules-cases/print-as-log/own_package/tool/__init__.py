#! only: print-as-log
from .core import work
