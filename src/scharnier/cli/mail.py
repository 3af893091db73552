# SPDX-License-Identifier: EUPL-1.2
"""Commands `scharnier mail`: messages of an installation that did not go."""

from __future__ import annotations

import click

from scharnier.cli import handing_over


@click.group()
def mail() -> None:
    """Look at messages that did not go, send one again, and hear of one that came back."""


@mail.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def list_undelivered(*, as_json: bool) -> None:
    """List the messages that wait, bounced, or of which nobody knows whether they went."""
    handing_over.hand_over("mail", "list", *(["--json"] if as_json else []))


@mail.command()
@click.argument("message_id")
def resend(message_id: str) -> None:
    """Send a message again that bounced or of which nobody knows whether it went."""
    handing_over.hand_over("mail", "resend", message_id)


@mail.command()
def report() -> None:
    """Note that a message came back: a mail server pipes its report to this command."""
    handing_over.hand_over("mail", "report")
