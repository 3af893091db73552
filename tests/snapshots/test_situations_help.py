# SPDX-License-Identifier: EUPL-1.2
"""What the commands on situations say of themselves; UPDATE_SNAPSHOTS=1 writes it anew."""

import os
from pathlib import Path

from click.testing import CliRunner

from scharnier.cli.situations import situations

SNAPSHOT = Path(__file__).with_name("situations_help.txt")


def said_by(name: str) -> str:
    """Return the help of a command but for its own option, whose names click keeps of who asked first."""
    words, program = [name, "--help"], "scharnier situations"
    said = CliRunner().invoke(situations, words, prog_name=program, terminal_width=100).output
    return "".join(line for line in said.splitlines(keepends=True) if "--help " not in line)


class TestSituationsHelp:
    def test_is_what_was_promised(self) -> None:
        now = "\n".join(said_by(name) for name in sorted(situations.commands))

        if os.environ.get("UPDATE_SNAPSHOTS"):
            SNAPSHOT.write_text(now, encoding="utf-8")
        assert now == SNAPSHOT.read_text(encoding="utf-8")
