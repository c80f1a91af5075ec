import type { PackagePlan } from '../plan';
import type { PackageFile } from '../request';

/** The package's own tests. */
export function testFiles(plan: PackagePlan, _originalFolder: string | undefined): readonly PackageFile[] {
  return [{ path: 'tests/test_imports.py', content: importsTest(plan) }];
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
    modules = pkgutil.walk_packages(${name}.__path__, "${name}.")
    for module in modules:
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
