"""Runs the sample notebook and stores what its cells print, in the order its author ran them.

    python samples/tools/record_notebook.py

needs nbclient and ipykernel beside what the notebook imports. The cell that reads
`threshold_table` runs after the cell below it that binds the name, and a few cells run
twice: that is where the gaps in the execution counts come from.
"""

import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient

PROJECT = Path(__file__).parents[1] / "research-project"
NOTEBOOK = PROJECT / "churn.ipynb"
RUN_TWICE = ["head", "churn-by-plan", "baseline"]
RUN_LATE = {"best-thresholds": "threshold-table"}


def run_order(notebook: nbformat.NotebookNode) -> list[str]:
    """Ids of the code cells as they are run."""
    order = []
    for cell in notebook.cells:
        if cell.cell_type != "code" or cell.id in RUN_LATE:
            continue
        order.extend([cell.id] * (2 if cell.id in RUN_TWICE else 1))
        order.extend(late for late, after in RUN_LATE.items() if after == cell.id)
    return order


def main() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    place = {cell.id: index for index, cell in enumerate(notebook.cells)}
    os.environ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    client = NotebookClient(
        notebook,
        timeout=60,
        record_timing=False,
        resources={"metadata": {"path": str(PROJECT)}},
    )
    with client.setup_kernel():
        for cell_id in run_order(notebook):
            client.execute_cell(notebook.cells[place[cell_id]], place[cell_id])
    nbformat.validate(notebook)
    nbformat.write(notebook, NOTEBOOK)


if __name__ == "__main__":
    main()
