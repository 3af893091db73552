# SPDX-License-Identifier: EUPL-1.2
"""Commands `scharnier backup` and `scharnier restore`: the site holds the database."""

from __future__ import annotations

from pathlib import Path

import click

from scharnier.cli import handing_over


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the whole database to FILE while the site serves."""
    handing_over.hand_over("backup", str(file))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put the copy in FILE in place of the database; prints where what stood there was kept."""
    handing_over.hand_over("restore", str(file))
