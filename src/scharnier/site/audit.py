# SPDX-License-Identifier: EUPL-1.2
"""Commands `audit verify` and `audit export` of the site."""

from __future__ import annotations

from pathlib import Path

import click

from scharnier.cli import audit as words
from scharnier.cli import failures
from scharnier.core.audit import Head
from scharnier.site import starting


@click.group()
def audit() -> None:
    """Check and export the log of who did or read what."""


@audit.command()
@words.NETWORK
@words.NOTED
@words.JSON
def verify(network_id: str, noted: tuple[Head, ...], *, is_json: bool) -> None:
    """Tell of each network how far its log goes, and whether it is as it was written."""
    words.check_noted(network_id, noted)
    starting.import_after_set_up("audit_log").verify(
        network_id, noted=noted, language=failures.spoken_language(), is_json=is_json
    )


@audit.command()
@words.ONE_NETWORK
@words.FORMAT
@words.OUTPUT
@words.FORCE
def export(network_id: str, form: str, output: Path, *, is_forced: bool) -> None:
    """Write the log of a network for other programs."""
    starting.import_after_set_up("audit_log").export(
        network_id, form=form, path=output, is_forced=is_forced, language=failures.spoken_language()
    )
