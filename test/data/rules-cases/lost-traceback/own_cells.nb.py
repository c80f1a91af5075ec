#! only: lost-traceback
# %%
import logging

logger = logging.getLogger()

# %%
try:
    {}["a"]
except KeyError as error:
    print("as expected:", error)  #~ lost-traceback


# %%
def load(path):
    try:
        return open(path).read()
    except OSError as error:
        print("not there:", error)  #! lost-traceback


try:
    load("a")
except ValueError as error:
    logger.error("failed: %s", error)  #! lost-traceback
