# SPDX-License-Identifier: EUPL-1.2
"""The lists of words and texts beside the tests."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent


def read_lines(name: str, *, section: str) -> tuple[str, ...]:
    """Return the lines of one [section] of a list, comments left out."""
    here, lines = "", []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            here = line.strip("[]")
        elif line and not line.startswith("#") and here == section:
            lines.append(line)
    return tuple(lines)
