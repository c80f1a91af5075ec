"""Settings of the project."""

RATE = 0.5
COLUMNS = ["rooms", "area"]
verbose = False
