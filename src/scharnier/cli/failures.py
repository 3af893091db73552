# SPDX-License-Identifier: EUPL-1.2
"""Turn anticipated failures into one sentence and an exit code."""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING

import click

from scharnier.core.kernel import ScharnierError

if TYPE_CHECKING:
    from scharnier.formats import wording

INTERRUPTED = 130  # what a shell expects after Ctrl-C


def run_and_report(command: click.Command) -> int:
    """Run a command; return 0 when done, 1 after an anticipated failure, 2 after wrong use."""
    try:
        code = command.main(standalone_mode=False)  # what the command ended with, None as a rule
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except click.Abort:
        return INTERRUPTED
    except ScharnierError as error:
        click.echo(f"scharnier: {_say(error)}", err=True)
        return 1
    return code if isinstance(code, int) else 0


def _say(error: ScharnierError) -> str:
    sentences = import_module("scharnier.formats.wording")  # late: it knows all functions, --help needs none
    return str(sentences.say_error(error, language=spoken_language()))


def spoken_language() -> wording.Language:
    """Return the language of the terminal: Dutch when its locale is, else English."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "nl" if locale.lower().startswith("nl") else "en"
