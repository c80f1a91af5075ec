/** `tests/runs.py`: the same in every package. What differs stands in `tests/original.json`. */
export const RUNS = `"""Runs the original and the package, each on a copy of the original's folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

TESTS = Path(__file__).resolve().parent
ABOUT: dict[str, Any] = json.loads((TESTS / "original.json").read_text("utf-8"))
PACKAGE: str = ABOUT["package"]
STAGES: dict[str, Any] = ABOUT["stages"]
# The original's folder; the variable ORIGINAL names another one.
FOLDER = Path(os.environ.get("ORIGINAL") or TESTS / ABOUT["folder"]).resolve()
HAS_ORIGINAL = (FOLDER / ABOUT["original"]).is_file()
SKIPPED = {".git", ".venv", "venv", "__pycache__", "node_modules"}


@dataclass(frozen=True)
class Run:
    """What a run did.

    Attributes:
        status: Its exit status.
        lines: What it printed.
        files: What it wrote, by path.
        values: What stages took and gave, as \`\`stage_record.py\`\` says it.
        errors: What it wrote to standard error.
    """

    status: int
    lines: list[str]
    files: dict[str, bytes]
    values: dict[str, dict[str, str]]
    errors: str

    @property
    def failure(self) -> str:
        """The last line of the traceback that it ended with, if it did."""
        is_failure = self.status != 0 and "Traceback (most recent" in self.errors
        return self.errors.strip().splitlines()[-1] if is_failure else ""


class Original:
    """Runs of the original program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def first(self) -> Run:
        """What the package has to do."""
        return run_original(self.folder / "first")

    @cached_property
    def again(self) -> Run:
        """A second run: what differs from the first one differs every time."""
        return run_original(self.folder / "again")


def environment(*places: Path) -> dict[str, str]:
    """Returns the variables of a run; modules are looked for in these places."""
    settings = {
        "MPLBACKEND": "Agg",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",
        "PYTHONIOENCODING": "utf-8",
        "PYTHONPATH": os.pathsep.join(map(str, places or (TESTS.parent / "src",))),
        f"{PACKAGE.upper()}_DATA_ROOT": ".",
    }
    return {**os.environ, **settings}


def run_original(folder: Path) -> Run:
    """Runs the original program on a copy of its folder."""
    copy_data(folder)
    place = folder if ABOUT["is_script"] else folder.with_suffix(".program")
    place.mkdir(exist_ok=True)
    program = place / ABOUT["program"]
    shutil.copyfile(TESTS / "original.txt", program)
    name = program.name if ABOUT["is_script"] else str(program)
    return run([name], folder, environment(folder, TESTS))


def run_package(folder: Path, *command: str) -> Run:
    """Runs the package on a copy of the original's folder."""
    copy_data(folder)
    if ABOUT["is_script"] and Path(ABOUT["original"]).stem == PACKAGE:
        # Python would run the script of that name in its place.
        (folder / ABOUT["original"]).unlink()
    return run(list(command), folder, environment(TESTS.parent / "src", TESTS))


def copy_data(folder: Path) -> None:
    """Copies the original's folder, so that a run leaves it as it is."""

    def skipped(parent: str, names: list[str]) -> set[str]:
        own = {TESTS.parent, folder, *folder.parents}
        return {name for name in names if name in SKIPPED or Path(parent, name) in own}

    shutil.copytree(FOLDER, folder, ignore=skipped, symlinks=True)


def stamps(folder: Path) -> dict[Path, tuple[int, int]]:
    """Returns when each file below a folder was written, and its size."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path: (path.stat().st_mtime_ns, path.stat().st_size) for path in files}


def run(command: list[str], folder: Path, variables: dict[str, str]) -> Run:
    """Runs Python in a folder."""
    before = stamps(folder)
    record = folder.with_suffix(".record")
    ended = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**variables, "STAGE_RECORD": str(record)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    # The folder's own path may be printed, written or handed on.
    place = str(folder)
    after = stamps(folder).items()
    written = (path for path, stamp in after if before.get(path) != stamp)
    lines = record.read_text("utf-8").splitlines() if record.exists() else []
    values: dict[str, dict[str, str]] = {}
    for line in lines:
        entry = json.loads(line.replace(place, "FOLDER"))
        values.setdefault(entry["at"], entry["values"])
    printed = ended.stdout.decode(errors="replace").replace(place, "FOLDER")
    return Run(
        status=ended.returncode,
        lines=printed.split("\\n"),
        files={
            path.relative_to(folder).as_posix(): content(path, place.encode())
            for path in written
        },
        values=values,
        errors=ended.stderr.decode(errors="replace"),
    )


def content(path: Path, place: bytes) -> bytes:
    """Returns what is compared of a file."""
    text = path.read_bytes()
    # A pickle names the module of each class, which is another one now.
    is_pickle = text.startswith(b"\\x80") and (
        b"__main__" in text or PACKAGE.encode() in text
    )
    return b"(pickle)" if is_pickle else text.replace(place, b"FOLDER")
`;
