"""Prints what the cells of a notebook show, as JSON: `python shown_notebook.py NOTEBOOK`.

A list with an item for each cell of code: its values as text, and `figure` for each figure that is shown.
"""

import json
import os
import sys
from pathlib import Path

os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"

from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

notebook = Path(sys.argv[1]).resolve()
sys.path[0] = ""
os.chdir(notebook.parent)
InteractiveShell.enable_gui = lambda self, gui=None: None
shell = InteractiveShell.instance()
shown = []
for cell in json.loads(notebook.read_text("utf-8"))["cells"]:
    if cell["cell_type"] != "code":
        continue
    with capture_output(display=True) as captured:
        result = shell.run_cell("".join(cell["source"]))
    result.raise_error()
    items = ["figure" for output in captured.outputs if "image/png" in output.data]
    is_silenced = "".join(cell["source"]).rstrip().endswith(";")
    if result.result is not None and not is_silenced:
        items.append(repr(result.result))
    shown.append(items)
print(json.dumps(shown))
