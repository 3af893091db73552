# SPDX-License-Identifier: EUPL-1.2
"""Turn anticipated failures into one sentence and an exit code."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING

import click

from scharnier.core.kernel import Conflict, ScharnierError

if TYPE_CHECKING:
    from scharnier.formats import wording

PROGRAM = "scharnier"  # however it was started
INTERRUPTED = 130  # what a shell expects after Ctrl-C


class UnusableFile(Conflict):
    """A file, or where the answer goes, gave way: a full disk, say."""

    code = "cli.unusable_file"


def run_and_report(command: click.Command) -> int:
    """Run a command; return 0 when done, 1 after an anticipated failure, 2 after wrong use."""
    try:
        code = command.main(
            prog_name=PROGRAM, standalone_mode=False
        )  # what the command ended with, None as a rule
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except click.Abort:
        return INTERRUPTED
    except ScharnierError as error:
        _complain(error)
        return 1
    except OSError as error:
        _forget_output()
        _complain(UnusableFile(reason=error.strerror or error))
        return 1
    return code if isinstance(code, int) else 0


def _complain(error: ScharnierError) -> None:
    click.echo(f"{PROGRAM}: {_say(error)}", err=True)


def _forget_output() -> None:
    """Let what could not be written go, or Python tries once more at its end."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(error: ScharnierError) -> str:
    sentences = import_module("scharnier.formats.wording")  # late: it knows all functions, --help needs none
    return str(sentences.say_error(error, language=spoken_language()))


def spoken_language() -> wording.Language:
    """Return the language of the terminal: Dutch when its locale is, else English."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "nl" if locale.lower().startswith("nl") else "en"
