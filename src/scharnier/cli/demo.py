# SPDX-License-Identifier: EUPL-1.2
"""Command `scharnier demo`: hand over to the site, which this command line runs without."""

from __future__ import annotations

from pathlib import Path

import click

from scharnier.cli import handing_over


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port to listen on."
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path("var/demo"),
    show_default=True,
    help="Where the demo keeps its database.",
)
def demo(host: str, port: int, folder: Path) -> None:
    """Serve the example neighbourhood on this machine; Ctrl-C stops it."""
    handing_over.hand_over("demo", "--host", host, "--port", str(port), "--folder", str(folder))
