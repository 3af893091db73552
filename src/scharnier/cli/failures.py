# SPDX-License-Identifier: EUPL-1.2
"""Turn anticipated failures into one sentence and an exit code."""

from __future__ import annotations

import os

import click

from scharnier.core.kernel import ScharnierError
from scharnier.formats import wording

INTERRUPTED = 130  # what a shell expects after Ctrl-C


def run_and_report(command: click.Command) -> int:
    """Run a command; return 0 when done, 1 after an anticipated failure, 2 after wrong use."""
    try:
        command.main(standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except click.Abort:
        return INTERRUPTED
    except ScharnierError as error:
        click.echo(f"scharnier: {wording.say_error(error, language=spoken_language())}", err=True)
        return 1
    return 0


def spoken_language() -> wording.Language:
    """Return the language of the terminal: Dutch when its locale is, else English."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "nl" if locale.lower().startswith("nl") else "en"
