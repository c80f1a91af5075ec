"""Runs a command and prints its seconds and peak memory as JSON: `measure.py COMMAND ...`. What it prints is dropped."""

import json
import resource
import subprocess
import sys
import time

start = time.perf_counter()
result = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
seconds = time.perf_counter() - start
# KiB on Linux, bytes on macOS; of the largest process where a tool starts several.
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
said = result.stderr.decode("utf-8", "replace")[-500:]
json.dump({"seconds": seconds, "peakBytes": peak, "status": result.returncode, "said": said}, sys.stdout)
