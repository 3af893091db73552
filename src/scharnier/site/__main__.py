# SPDX-License-Identifier: EUPL-1.2
"""Entry point `python -m scharnier.site`: what needs the whole site, such as the demo."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import click
from django.core.management import CommandError, call_command

from scharnier.cli import failures
from scharnier.site import audit, starting

AS_GIVEN = {"ignore_unknown_options": True, "help_option_names": []}  # Django's own commands read their words


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def app() -> None:
    """Run the site."""


@app.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--folder", type=click.Path(path_type=Path), default=Path("var/demo"), show_default=True)
def demo(host: str, port: int, folder: Path) -> None:
    """Serve the example neighbourhood on this machine."""
    demo_site = import_module("scharnier.site.demo")  # late: a worker needs no server and no example
    demo_site.serve(host=host, port=port, folder=folder, language=failures.spoken_language())


app.add_command(audit.audit)


@app.command(context_settings=AS_GIVEN)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def worker(words: tuple[str, ...]) -> None:
    """Do the background work, or look at what was given up."""
    _manage("worker", *words)


@app.command(context_settings=AS_GIVEN)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def mail(words: tuple[str, ...]) -> None:
    """Look at messages that did not go, and send one again."""
    _manage("mail", *words)


@app.command(context_settings=AS_GIVEN)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def retention(words: tuple[str, ...]) -> None:
    """Clear up what was kept for long enough."""
    _manage("retention", *words)


@app.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the database to FILE while it serves."""
    starting.import_after_set_up("copies").back_up(file, progress=_tell)


@app.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put the copy in FILE in place of the database."""
    click.echo(starting.import_after_set_up("copies").restore(file, progress=_tell))


def _tell(n_done: int, n_all: int) -> None:
    if sys.stderr.isatty() or n_done == n_all:
        click.echo(f"\r{100 * n_done // max(n_all, 1)} %", nl=n_done == n_all, err=True)


def _manage(*words: str) -> None:
    starting.set_up()
    try:
        call_command(*words)
    except CommandError as wrong:
        raise click.UsageError(str(wrong)) from None


if __name__ == "__main__":
    sys.exit(failures.run_and_report(app))
