# SPDX-License-Identifier: EUPL-1.2
"""Entry point `scharnier`: exit 0 done, 1 an anticipated failure, 2 wrong use."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module, metadata
from types import MappingProxyType
from typing import cast

import click

from scharnier.cli import failures

# name -> where it is, and its line of help: a command is imported only when it is used
COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "ask": ("scharnier.cli.ask:ask", "Bring a problem in plain words to the people who can take it."),
        "audit": ("scharnier.cli.audit:audit", "Check and export the log of who did or read what."),
        "backup": ("scharnier.cli.copies:backup", "Copy the database to a file while the site serves."),
        "demo": ("scharnier.cli.demo:demo", "Serve the example neighbourhood on this machine."),
        "mail": ("scharnier.cli.mail:mail", "Look at messages that did not go, and send one again."),
        "network": ("scharnier.cli.network:network", "Import, check, show and export a network."),
        "referral": (
            "scharnier.cli.referral:referral",
            "Match problems to people, and measure the matching.",
        ),
        "restore": ("scharnier.cli.copies:restore", "Put a copy in place of the database."),
        "retention": ("scharnier.cli.retention:retention", "Clear up what was kept for long enough."),
        "situations": ("scharnier.cli.situations:situations", "Find what several partners meet."),
        "worker": ("scharnier.cli.worker:worker", "Do the background work of an installation."),
    }
)


class _LateGroup(click.Group):
    """A group that imports a command when it is called, not to list its name."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, _ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        return cast("click.Command", getattr(import_module(module), name))

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(_ctx)])


@click.group(cls=_LateGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(metadata.version("scharnier"), prog_name="scharnier")
def app() -> None:
    """Make the network of a neighbourhood work."""


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(failures.run_and_report(app))


if __name__ == "__main__":
    main()
