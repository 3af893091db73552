# SPDX-License-Identifier: EUPL-1.2
"""Commands `scharnier retention`: clear up an installation by its rules."""

from __future__ import annotations

import click

from scharnier.cli import handing_over


@click.group()
def retention() -> None:
    """Clear up what was kept for long enough."""


@retention.command()
@click.option("--dry-run", "is_dry", is_flag=True, help="Only say what would go.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def run(*, is_dry: bool, as_json: bool) -> None:
    """Do what the rules say now, as the worker does every night; print what each found and did."""
    flags = {"--dry-run": is_dry, "--json": as_json}
    handing_over.hand_over("retention", "run", *(flag for flag, is_set in flags.items() if is_set))
