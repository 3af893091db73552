# SPDX-License-Identifier: EUPL-1.2
"""Make a release, `just release 0.2.0`: date the changelog, bump the version where it stands, commit, tag."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILES = ("CHANGELOG.md", "pyproject.toml", "publiccode.yml")
VERSION = re.compile(r"\d+\.\d+\.\d+")
UNRELEASED = "## [Unreleased]\n"


def released(texts: Mapping[str, str], *, version: str, day: str) -> dict[str, str]:
    """Return the files with the version and its day, by name.

    Raises
    ------
    ValueError
        When the version is not three numbers, or the changelog has nothing to release.
    """
    if not VERSION.fullmatch(version):
        raise ValueError(f"A version is three numbers, such as 0.2.0; not {version}.")
    _, _, news = texts["CHANGELOG.md"].partition(UNRELEASED)
    if not news.split("\n## [")[0].strip():
        raise ValueError("CHANGELOG.md has nothing under Unreleased.")
    metadata = re.sub(
        r"^softwareVersion: .*$", f'softwareVersion: "{version}"', texts["publiccode.yml"], flags=re.M
    )
    return {
        "CHANGELOG.md": texts["CHANGELOG.md"].replace(
            UNRELEASED, f"{UNRELEASED}\n## [{version}] - {day}\n", 1
        ),
        "pyproject.toml": re.sub(
            r'^version = ".*"$', f'version = "{version}"', texts["pyproject.toml"], count=1, flags=re.M
        ),
        "publiccode.yml": re.sub(r"^releaseDate: .*$", f'releaseDate: "{day}"', metadata, flags=re.M),
    }


def _git(*words: str) -> bytes:
    git = shutil.which("git") or "git"
    return subprocess.run([git, *words], cwd=ROOT, capture_output=True, check=True).stdout  # noqa: S603  # checked words


def main() -> None:
    """Release the version that the words name; refuse when there is uncommitted work."""
    version = sys.argv[1] if len(sys.argv) > 1 else ""
    if _git("status", "--porcelain"):
        sys.exit("There is uncommitted work; commit it first.")
    texts = {name: (ROOT / name).read_text(encoding="utf-8") for name in FILES}
    day = datetime.now(UTC).date().isoformat()  # noqa: TID251  # this is the interface
    try:
        changed = released(texts, version=version, day=day)
    except ValueError as error:
        sys.exit(str(error))
    for name, text in changed.items():
        (ROOT / name).write_text(text, encoding="utf-8")
    _git("commit", "-q", "-m", f"release: Publish {version}.", "--", *FILES)
    _git("tag", "-a", f"v{version}", "-m", f"Scharnier {version}")


if __name__ == "__main__":
    main()
