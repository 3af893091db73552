# SPDX-License-Identifier: EUPL-1.2
"""Commands that need the site hand their words over; what they say was asked of a real process."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from scharnier.cli import handing_over
from scharnier.cli.__main__ import app

WORDS = "import sys; from scharnier.cli import handing_over; handing_over.hand_over(*sys.argv[1:])"


@pytest.fixture
def handed(monkeypatch):
    """What the site would be started with; starting it for each would take seconds."""
    said = []
    monkeypatch.setattr(handing_over.os, "execv", lambda _program, words: said.append(words[3:]))
    return said


class TestHandOver:
    def test_becomes_the_site_with_the_same_words(self):
        done = subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-c", WORDS, "worker", "--help-me"], check=False, capture_output=True, text=True
        )

        assert done.returncode == 2  # Django's command knows no such word
        assert "help-me" in done.stderr
        assert "Traceback" not in done.stderr


class TestCommands:
    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            (["worker"], ["worker"]),
            (["worker", "--burst"], ["worker", "--burst"]),
            (["worker", "--queue", "mail"], ["worker", "--queue=mail"]),
            (["worker", "--list-dead", "--json"], ["worker", "--list-dead", "--json"]),
            (["worker", "--retry", "-x"], ["worker", "--retry=-x"]),
            (["mail", "list"], ["mail", "list"]),
            (["mail", "list", "--json"], ["mail", "list", "--json"]),
            (["mail", "resend", "a1"], ["mail", "resend", "a1"]),
            (["mail", "report"], ["mail", "report"]),
            (["retention", "run"], ["retention", "run"]),
            (["retention", "run", "--dry-run", "--json"], ["retention", "run", "--dry-run", "--json"]),
            (
                ["demo", "--port", "8001", "--host", "::1", "--folder", "here"],
                ["demo", "--host", "::1", "--port", "8001", "--folder", "here"],
            ),
        ],
    )
    def test_hand_their_words_over(self, handed, words, expected):
        done = CliRunner().invoke(app, words)

        assert (done.exit_code, handed) == (0, [expected])

    @pytest.mark.parametrize(
        "words", [["worker", "--fast"], ["worker", "now"], ["mail"], ["mail", "resend"], ["mail", "send"]]
    )
    def test_refuse_other_words_themselves(self, handed, words):
        done = CliRunner().invoke(app, words)

        assert done.exit_code == 2
        assert handed == []
