# SPDX-License-Identifier: EUPL-1.2
"""Commands `scharnier audit`: hand over to the site, which this command line runs without."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import click

from scharnier.cli import handing_over
from scharnier.core.audit import Head

HEAD = re.compile(r"([1-9][0-9]{0,17}):([0-9a-f]{64})")


def _read_heads(_ctx: click.Context, _param: click.Parameter, values: Iterable[str]) -> tuple[Head, ...]:
    return tuple(map(_read_head, values))


def _read_head(value: str) -> Head:
    found = HEAD.fullmatch(value.strip())
    if found is None:
        raise click.BadParameter(f"{value!r} is not a number, a colon and 64 hexadecimal digits.")
    return Head(number=int(found[1]), digest=found[2])


NETWORK = click.option("--network", "network_id", default="", help="One network; without it all.")
ONE_NETWORK = click.option("--network", "network_id", required=True, help="The network.")
NOTED = click.option(
    "--noted",
    metavar="NUMBER:DIGEST",
    multiple=True,
    callback=_read_heads,
    help="A head that was printed earlier; repeatable.",
)
JSON = click.option("--json", "is_json", is_flag=True, help="Print JSON lines.")
FORMAT = click.option(
    "--format", "form", type=click.Choice(["csv", "fhir"]), required=True, help="What to write."
)
OUTPUT = click.option("--output", type=click.Path(path_type=Path), required=True, help="Where to write.")
FORCE = click.option("--force", "is_forced", is_flag=True, help="Overwrite what is there.")


def check_noted(network_id: str, noted: tuple[Head, ...]) -> None:
    """Refuse a head of no network in particular."""
    if noted and not network_id:
        raise click.UsageError("--noted needs --network: a head belongs to one network.")


@click.group()
def audit() -> None:
    """Check and export the log of who did or read what."""


@audit.command()
@NETWORK
@NOTED
@JSON
def verify(network_id: str, noted: tuple[Head, ...], *, is_json: bool) -> None:
    """Tell of each network how far its log goes, and whether it is as it was written."""
    check_noted(network_id, noted)
    words = ["--network", network_id] if network_id else []
    for head in noted:
        words += ["--noted", f"{head.number}:{head.digest}"]
    handing_over.hand_over("audit", "verify", *words, *(["--json"] if is_json else []))


@audit.command()
@ONE_NETWORK
@FORMAT
@OUTPUT
@FORCE
def export(network_id: str, form: str, output: Path, *, is_forced: bool) -> None:
    """Write the log of a network as CSV, or as a Bundle of FHIR R4 AuditEvents."""
    words = ["--network", network_id, "--format", form, "--output", str(output)]
    handing_over.hand_over("audit", "export", *words, *(["--force"] if is_forced else []))
