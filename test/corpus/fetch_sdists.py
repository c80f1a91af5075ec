"""Downloads source distributions and unpacks their Python files and notebooks: `fetch_sdists.py PACKAGES.json FOLDER`.

pip downloads a source distribution only together with running its build; its own parts do it alone here, from the index
that pip is configured for. Every archive is checked against the digest in the list.
"""

import hashlib
import json
import pathlib
import shutil
import sys
import tarfile
import tempfile

from pip._internal.commands.download import DownloadCommand
from pip._internal.network.download import Downloader


def links(finder, package):
    """Where the archive of this very version may be had."""
    for candidate in finder.find_all_candidates(package["name"]):
        if str(candidate.version) == package["version"] and candidate.link.filename.endswith(".tar.gz"):
            yield candidate.link


def unpack(archive, folder):
    with tarfile.open(archive) as tar:
        for member in tar:
            parts = pathlib.PurePosixPath(member.name).parts
            if not member.isfile() or ".." in parts or not member.name.endswith((".py", ".ipynb")):
                continue
            target = folder.joinpath(*parts[1:])
            target.parent.mkdir(parents=True, exist_ok=True)
            with tar.extractfile(member) as source, open(target, "wb") as copy:
                shutil.copyfileobj(source, copy)


def main():
    packages = json.loads(pathlib.Path(sys.argv[1]).read_text())
    folder = pathlib.Path(sys.argv[2])
    command = DownloadCommand("download", "")
    options, _ = command.parse_args(["--no-deps", "--no-binary", ":all:", "-"])
    with command.main_context(), tempfile.TemporaryDirectory() as temporary:
        session = command.get_default_session(options)
        finder = command._build_package_finder(options, session)
        for package in packages:
            link = next(links(finder, package), None)
            if link is None:
                sys.exit(f"the index has no source distribution of {package['name']} {package['version']}")
            path, _ = Downloader(session, "off")(link, temporary)
            digest = hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()
            if digest != package["sha256"]:
                sys.exit(f"{link.filename} has sha256 {digest}, not the one in the list")
            unpack(path, folder / package["name"])


main()
