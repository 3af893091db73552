# SPDX-License-Identifier: EUPL-1.2
"""Write what a command made: whole or not at all, and over nothing without being told."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from scharnier.core.kernel import Conflict


class AlreadyExists(Conflict):
    """There is something at that path already."""

    code = "cli.already_exists"


class NotWritable(Conflict):
    """The file cannot be written there."""

    code = "cli.not_writable"


def check_path(path: Path, *, is_forced: bool) -> None:
    """Refuse a path that is taken, before any work is done (raises AlreadyExists, NotWritable)."""
    if path.exists() and not is_forced:
        raise AlreadyExists(path=str(path))
    if not path.absolute().parent.is_dir():
        raise NotWritable(path=str(path))


def write_whole(path: Path, make: Callable[[Path], object]) -> None:
    """Let `make` write a file or folder beside the path, then put it in place at once (raises NotWritable).

    A folder that is there already keeps its other files, so `make` writes straight into it.
    """
    try:
        if path.is_dir():
            make(path)
            return
        with tempfile.TemporaryDirectory(prefix=".scharnier-", dir=path.absolute().parent) as folder:
            made = Path(folder) / path.name
            make(made)
            made.replace(path)
    except OSError as error:
        raise NotWritable(path=str(path)) from error
