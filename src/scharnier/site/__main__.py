# SPDX-License-Identifier: EUPL-1.2
"""Entry point `python -m scharnier.site`: what needs the whole site, such as the demo."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from scharnier.cli import failures
from scharnier.site import demo as demo_site


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def app() -> None:
    """Run the site."""


@app.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--folder", type=click.Path(path_type=Path), default=Path("var/demo"), show_default=True)
def demo(host: str, port: int, folder: Path) -> None:
    """Serve the example neighbourhood on this machine."""
    demo_site.serve(host=host, port=port, folder=folder, language=failures.spoken_language())


if __name__ == "__main__":
    sys.exit(failures.run_and_report(app))
