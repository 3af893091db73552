# SPDX-License-Identifier: EUPL-1.2
"""Pin every dependency by version and hash in requirements.lock, which names no host.

`python scripts/lock.py` resolves pyproject.toml again and keeps the versions that still fit (needs uv);
`--upgrade` takes the newest; `--check` only says whether the lock is whole, without a network.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
PIN = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^ ;\\]+)", re.MULTILINE)


def lock(*, upgrade: bool) -> None:
    """Write requirements.lock anew, for every Python and machine that we support."""
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("uv is not installed; it is needed only to renew the lock.")
    groups = [word for group in _project()["dependency-groups"] for word in ("--group", group)]
    words = ["--universal", "--python-version", "3.11", "--all-extras", "--generate-hashes", "--no-header"]
    command = [uv, "pip", "compile", "-q", "pyproject.toml", *words, *groups, "-o", LOCK.name]
    environment = {**os.environ, "UV_PYTHON": sys.executable, "UV_PYTHON_DOWNLOADS": "never"}
    subprocess.run([*command, *["--upgrade"] * upgrade], cwd=ROOT, env=environment, check=True)  # noqa: S603  # fixed words


def faults(text: str) -> Iterator[str]:
    """Yield what is wrong with a lock, as sentences."""
    if "://" in text:
        yield "requirements.lock names a host."
    for entry in re.split(r"\n(?=\S)", text):
        if PIN.match(entry) and "--hash=sha256:" not in entry:
            yield f"No hash: {entry.splitlines()[0]}"
    versions = {canonicalize_name(found["name"]): found["version"] for found in PIN.finditer(text)}
    for wanted in _wanted():
        version = versions.get(canonicalize_name(wanted.name))
        if version is None or version not in wanted.specifier:
            yield f"pyproject.toml asks for {wanted}, requirements.lock has {version}."


def _wanted() -> Iterator[Requirement]:
    project = _project()
    extras = project["project"]["optional-dependencies"].values()
    for group in (project["project"]["dependencies"], *extras, *project["dependency-groups"].values()):
        yield from map(Requirement, group)


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def main() -> None:
    """Do what the words ask."""
    if "--check" not in sys.argv[1:]:
        lock(upgrade="--upgrade" in sys.argv[1:])
    found = tuple(faults(LOCK.read_text(encoding="utf-8")))
    if found:
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
