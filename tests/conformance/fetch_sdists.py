"""Fetches source distributions with pip's own finder and session, and runs nothing of them.

`pip download` asks the build backend of a source distribution for its metadata, which runs code of the
package. This uses the same index, proxy and certificates that pip is configured with, compares the hash,
and unpacks. Reads JSON from standard input: [{"name", "version", "sha256", "folder"}].
"""

import hashlib
import json
import logging
import pathlib
import shutil
import sys
import tarfile

from pip._internal.commands import create_command


def fetch(package, finder, session):
    name, version = package["name"], package["version"]
    links = [
        candidate.link
        for candidate in finder.find_all_candidates(name)
        if str(candidate.version) == version and not candidate.link.is_wheel
    ]
    if not links:
        sys.exit(f"The registry has no source distribution of {name} {version}.")
    response = session.get(links[0].url_without_fragment, stream=True)
    response.raise_for_status()
    content = response.content
    found = hashlib.sha256(content).hexdigest()
    if found != package["sha256"]:
        sys.exit(
            f"{name} {version} is not the one that is pinned: its SHA-256 is {found} "
            f"and should be {package['sha256']}. Nothing of it was unpacked."
        )
    unpack(content, pathlib.Path(package["folder"]), links[0].filename)
    print(f"{name} {version}: {len(content) / 1e6:.1f} MB", flush=True)


def unpack(content, folder, filename):
    """Into a folder beside, which gets its name only once it is whole."""
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    archive = partial / filename
    archive.write_bytes(content)
    with tarfile.open(archive) as tar:
        tar.extractall(partial, filter="data")
    archive.unlink()
    (top,) = partial.iterdir()
    top.rename(folder)
    partial.rmdir()


def main():
    logging.disable(logging.WARNING)  # pip's word on every index that has no such package
    command = create_command("index")
    with command.main_context():
        options, _ = command.parse_args(["versions", "any", "--no-binary", ":all:", "-q"])
        session = command.get_default_session(options)
        finder = command._build_package_finder(
            options=options, session=session, ignore_requires_python=True
        )
        for package in json.load(sys.stdin):
            fetch(package, finder, session)


main()
