const FIXTURES = `pytestmark = pytest.mark.skipif(
    not HAS_ORIGINAL, reason="the original's folder is not there: set ORIGINAL"
)`;

/** `tests/conftest.py`, where the original can be run. */
export const CONFTEST = `"""What the tests share: each program is run once."""

from __future__ import annotations

import pytest
from runs import PACKAGE, Original, Run, run_package


@pytest.fixture(scope="session")
def original(tmp_path_factory: pytest.TempPathFactory) -> Original:
    """Returns the runs of the original program."""
    return Original(tmp_path_factory.mktemp("original"))


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Returns a run of the package."""
    return run_package(tmp_path_factory.mktemp("package") / "run", "-m", PACKAGE)
`;

/** `tests/test_pipeline.py`: from end to end, against the original. */
export const PIPELINE_TEST = `"""The pipeline from end to end, on the original's data."""

from __future__ import annotations

import pytest
from runs import HAS_ORIGINAL, Original, Run

${FIXTURES}


def test_exit_status(original: Original, package: Run) -> None:
    """Ends as the original ends."""
    assert package.status == original.first.status, package.errors
    if reason := original.first.failure:
        pytest.skip(f"the original itself fails here: {reason}")


def test_printed_lines(original: Original, package: Run) -> None:
    """Prints what the original prints, but for what differs with every run."""
    expected, found = original.first.lines, package.lines
    if found != expected and (again := original.again.lines) != expected:
        if len(again) != len(expected):
            pytest.skip("the original prints another number of lines each time")
        assert len(found) == len(expected)
        varies = [line != again[i] for i, line in enumerate(expected)]
        found = [line for i, line in enumerate(found) if not varies[i]]
        expected = [line for i, line in enumerate(expected) if not varies[i]]
    assert found == expected


def test_written_files(original: Original, package: Run) -> None:
    """Writes what the original writes, but for what differs with every run."""
    expected, found = original.first.files, package.files
    assert sorted(found) == sorted(expected)
    different = [name for name in expected if found[name] != expected[name]]
    assert [n for n in different if original.again.files.get(n) == expected[n]] == []
`;

/** `tests/test_stages.py`: each stage against what the original held at that point. */
export const STAGES_TEST = `"""Each stage, on what the original had where it began."""

from __future__ import annotations

import pytest
from runs import HAS_ORIGINAL, STAGES, TESTS, Original, Run, run_package

${FIXTURES}


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Returns a run of the package with what its stages took and gave."""
    script = str(TESTS / "record_package.py")
    return run_package(tmp_path_factory.mktemp("recorded") / "run", script)


@pytest.mark.parametrize("stage", STAGES)
def test_stage(stage: str, original: Original, recorded: Run) -> None:
    """Gives what the original has at its end, and was given what it had before."""
    for what in ("takes", "gives"):
        at = f"{stage} {what}"
        expected = original.first.values.get(at)
        found = recorded.values.get(at)
        if found != expected and expected is not None and found is not None:
            again = original.again.values.get(at, {})
            steady = {name for name in expected if again.get(name) == expected[name]}
            varies = expected.keys() - steady
            found = {name: found[name] for name in found if name not in varies}
            expected = {name: expected[name] for name in steady}
        assert found == expected, f"what {stage} {what}"
        if expected is None:
            pytest.skip(f"the original ends before: {original.first.failure}")
`;

/** \`tests/test_pipeline.py\` where Python alone cannot run the original. */
export const TWICE_TEST = `"""The pipeline from end to end, on the original's data."""

from __future__ import annotations

from pathlib import Path

import pytest
from runs import HAS_ORIGINAL, PACKAGE, run_package

${FIXTURES}


def test_pipeline(tmp_path: Path) -> None:
    """Runs to its end, twice with the same result."""
    first = run_package(tmp_path / "first", "-m", PACKAGE)
    assert first.status == 0, first.errors
    again = run_package(tmp_path / "again", "-m", PACKAGE)
    assert (again.lines, again.files) == (first.lines, first.files)
`;
