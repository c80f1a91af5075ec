import type { PackagePlan } from '../plan';
import type { PackageFile } from '../request';

/** The package's own tests. */
export function testFiles(plan: PackagePlan, originalFolder: string | undefined): readonly PackageFile[] {
  return [
    { path: 'tests/test_imports.py', content: importsTest(plan) },
    { path: 'tests/test_pipeline.py', content: pipelineTest(plan, originalFolder) },
  ];
}

function importsTest({ name }: PackagePlan): string {
  return `"""Importing the package does nothing that anybody could notice."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import ${name}

NOTICEABLE = """
import sys

def watch(event, arguments):
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise AssertionError(f"{arguments[0]} is written")
    if event in {"subprocess.Popen", "os.system", "socket.connect"}:
        raise AssertionError(event)

sys.dont_write_bytecode = True
sys.addaudithook(watch)
__import__(sys.argv[1])
"""


def test_imports_do_nothing() -> None:
    """Every module is imported in a process of its own, under an audit hook."""
    for module in pkgutil.walk_packages(${name}.__path__, "${name}."):
        run = subprocess.run(
            [sys.executable, "-c", NOTICEABLE, module.name],
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        assert run.stdout == "", module.name
`;
}

/** From end to end, on the original's data: against the original itself, where Python alone can run it. */
function pipelineTest(
  { name, originalName, facts }: PackagePlan,
  originalFolder: string | undefined,
): string {
  const prefix = name.toUpperCase();
  const isScript = facts.program.kind === 'script';
  const place =
    originalFolder === undefined
      ? 'os.environ.get("ORIGINAL", "")'
      : `os.environ.get("ORIGINAL", Path(__file__).parents[1] / ${JSON.stringify(originalFolder)})`;
  const compared = isScript
    ? `    expected = run([ORIGINAL_NAME], copied(tmp_path / "original"))
    assert result == expected
`
    : `    status, _, _ = result
    assert status == 0
    # A second run on the same data does the same.
    assert run(PACKAGE, copied(tmp_path / "again")) == result
`;
  return `"""The pipeline from end to end, on the original's data."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# The folder of the original; the variable ORIGINAL names another one.
ORIGINAL = Path(${place})
ORIGINAL_NAME = ${JSON.stringify(originalName)}
PACKAGE = ["-m", "${name}"]

pytestmark = pytest.mark.skipif(
    not (ORIGINAL / ORIGINAL_NAME).is_file(), reason="the original's folder is not there"
)


def copied(folder: Path) -> Path:
    """Copies the original's folder, so that a run leaves it as it is."""
    ignored = shutil.ignore_patterns(".git", ".venv", "venv", "__pycache__", "node_modules")
    shutil.copytree(ORIGINAL, folder, ignore=ignored)
    return folder


def files(folder: Path) -> dict[str, bytes]:
    """Returns the contents of all files below a folder."""
    below = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in below
        if "__pycache__" not in path.parts
    }


def run(command: list[str], folder: Path) -> tuple[int, str, dict[str, bytes]]:
    """Runs Python in a folder; returns its status, output and the files it wrote."""
    before = files(folder)
    settings = {"MPLBACKEND": "Agg", "PYTHONHASHSEED": "0", "${prefix}_DATA_ROOT": "."}
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    after = files(folder).items()
    written = {name: text for name, text in after if before.get(name) != text}
    # The folder's own path may be printed or written.
    place = str(folder)
    output = ended.stdout.replace(place, "FOLDER")
    return ended.returncode, output, {
        name: text.replace(place.encode(), b"FOLDER") for name, text in written.items()
    }


def test_pipeline(tmp_path: Path) -> None:
    """${isScript ? 'Prints and writes what the original prints and writes.' : 'Runs to its end, twice with the same result.'}"""
    result = run(PACKAGE, copied(tmp_path / "package"))
${compared}`;
}
