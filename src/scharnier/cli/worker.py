# SPDX-License-Identifier: EUPL-1.2
"""Command `scharnier worker`: the background work of an installation."""

from __future__ import annotations

import click

from scharnier.cli import handing_over


@click.command()
@click.option("--burst", is_flag=True, help="End when nothing is ready.")
@click.option("--queue", default="", help="Take the tasks of one queue only.")
@click.option("--list-dead", is_flag=True, help="List the tasks that were given up; run nothing.")
@click.option("--retry", metavar="ID", help="Put a task that was given up back; run nothing.")
@click.option("--json", "as_json", is_flag=True, help="With --list-dead: one JSON object a line.")
def worker(*, burst: bool, queue: str, list_dead: bool, retry: str | None, as_json: bool) -> None:
    """Do the background work of an installation, until Ctrl-C or SIGTERM."""
    flags = {"--burst": burst, "--list-dead": list_dead, "--json": as_json}
    values = {"--queue": queue, "--retry": retry}
    handing_over.hand_over(
        "worker",
        *(flag for flag, is_set in flags.items() if is_set),
        *(f"{name}={value}" for name, value in values.items() if value),
    )
