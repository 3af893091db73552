# SPDX-License-Identifier: EUPL-1.2
"""The program as a whole: what it says of itself, and how it behaves among other programs."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

import click
import pytest

from scharnier.cli.__main__ import COMMANDS, app
from tests.unit.cli.conftest import Scharnier

COMMAND = (sys.executable, "-m", "scharnier.cli")
HEAVY = ("numpy", "scipy", "sklearn", "django", "openpyxl", "msgspec")
REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "cli.md"
SECONDS = 60
ALL_OF_IT = """
import sys
from scharnier.cli import __main__
sys.argv = ["scharnier", *{words!r}]
try:
    __main__.main()
finally:
    print(*[name for name in {heavy!r} if name in sys.modules], file=sys.stderr)
"""


def start(*words: str, stdout: int = subprocess.PIPE, **variables: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  # our own program
        [*COMMAND, *words],
        env={**os.environ, "LC_ALL": "C.UTF-8", **variables},
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )


def ask_one(program: subprocess.Popen[bytes]) -> None:
    """Hand a problem to a program that matches standard input, and wait for the first line of its answer."""
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(b"Ik heb schulden.\n")
    program.stdin.flush()
    assert program.stdout.readline().startswith(b'{"line": 1')


def imported(*words: str) -> tuple[str, set[str]]:
    """What a run says, and which heavy libraries it took in."""
    script = ALL_OF_IT.format(words=words, heavy=HEAVY)
    done = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, timeout=SECONDS
    )
    return done.stdout, set(done.stderr.split())


def all_options(command: click.Command, words: str) -> Iterator[tuple[str, list[str]]]:
    yield words, [param.opts[0] for param in command.params if isinstance(param, click.Option)]
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            yield from all_options(inner, f"{words} {name}")


class TestHelp:
    @pytest.mark.parametrize("words", [["--help"], ["-h"]])
    def test_lists_every_command_with_its_line(self, scharnier: Scharnier, words: list[str]) -> None:
        outcome = scharnier(*words)

        assert (outcome.code, outcome.complaint) == (0, "")
        assert outcome.said.startswith("Usage: scharnier [OPTIONS] COMMAND [ARGS]...")
        for name, (_, line) in COMMANDS.items():
            assert f"{name} {line}" in outcome.words()

    @pytest.mark.parametrize(
        ("words", "options"),
        [
            (["ask"], ["--network", "--place", "--from", "--limit", "--json"]),
            (["demo"], ["--host", "--port", "--folder"]),
            (["network"], ["import", "check", "show", "export", "schema"]),
            (["network", "import"], ["--output", "--dry-run", "--name", "--network", "--schema", "--force"]),
            (["network", "export"], ["--format", "--output", "--force", "--json"]),
            (["referral"], ["match", "evaluate"]),
            (["referral", "evaluate"], ["--people", "--problems", "--gold", "--text", "--loop", "--json"]),
            (["referral", "match"], ["--network", "--limit"]),
        ],
    )
    def test_of_a_command_lists_its_options(
        self, scharnier: Scharnier, words: list[str], options: list[str]
    ) -> None:
        outcome = scharnier(*words, "--help")

        assert outcome.code == 0
        assert outcome.said.startswith(f"Usage: scharnier {' '.join(words)} [OPTIONS]")
        assert [option for option in options if option not in outcome.said] == []

    def test_takes_in_no_heavy_library(self) -> None:
        said, heavy = imported("--help")

        assert "Commands:" in said
        assert heavy == set()


class TestReference:
    def test_explains_every_option_of_every_command(self) -> None:
        sections = re.split(r"^#+ ", REFERENCE.read_text(encoding="utf-8"), flags=re.MULTILINE)
        explained = {
            section.split("`")[1]: section for section in sections if section.startswith("`scharnier")
        }

        missing = [
            f"{words} {option}"
            for words, options in all_options(app, "scharnier")
            for option in options
            if not any(
                f"`{option}" in section
                for heading, section in explained.items()
                if heading == words or heading.startswith(f"{words} ")
            )
        ]

        assert [each for each in missing if not each.endswith("--json")] == []


class TestVersion:
    def test_is_that_of_the_package(self, scharnier: Scharnier) -> None:
        outcome = scharnier("--version")

        assert (outcome.code, outcome.said) == (0, f"scharnier, version {metadata.version('scharnier')}\n")


class TestCommands:
    def test_run_without_django(self, small: Path) -> None:
        said, heavy = imported("ask", "Ik heb schulden", "--network", str(small))

        assert "kan dit oppakken" in said
        assert "django" not in heavy

    @pytest.mark.parametrize("words", [["vraag"], ["network", "vraag"], ["Ask"]])
    def test_that_are_unknown_are_refused(self, scharnier: Scharnier, words: list[str]) -> None:
        outcome = scharnier(*words)

        assert (outcome.code, outcome.said) == (2, "")
        assert outcome.complaint.splitlines()[-1].startswith(f"Error: No such command '{words[-1]}'")

    @pytest.mark.parametrize(
        "words", [["--colour"], ["ask", "a", "--colour"], ["network", "show", "--colour"]]
    )
    def test_refuse_options_that_are_unknown(self, scharnier: Scharnier, words: list[str]) -> None:
        outcome = scharnier(*words)

        assert (outcome.code, outcome.said) == (2, "")
        assert "No such option" in outcome.complaint
        assert "--colour" in outcome.complaint

    @pytest.mark.parametrize("words", [[], ["network"], ["referral"]])
    def test_are_listed_when_none_is_named(self, scharnier: Scharnier, words: list[str]) -> None:
        outcome = scharnier(*words)

        assert outcome.code == 2
        assert "Commands:" in outcome.said + outcome.complaint

    def test_fail_with_what_check_found(self, scharnier: Scharnier, tmp_path: Path) -> None:
        path = tmp_path / "n.json"
        path.write_text('{"format": "scharnier-network", "version": 1, "network": {}}', encoding="utf-8")

        outcome = scharnier("network", "check", path)

        assert (outcome.code, outcome.complaint) == (1, "")
        assert "is missing" in outcome.said


class TestDemo:
    def test_hands_over_to_the_site_with_the_words_as_given(
        self, scharnier: Scharnier, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        handed_over = []
        monkeypatch.setattr(os, "execv", lambda program, words: handed_over.append((program, words[1:])))

        scharnier("demo", "--port", "8123", "--host", "0.0.0.0", "--folder", tmp_path)  # noqa: S104  only words

        (found,) = handed_over
        options = ["--host", "0.0.0.0", "--port", "8123", "--folder", str(tmp_path)]  # noqa: S104  only words
        assert found == (sys.executable, ["-m", "scharnier.site", "demo", *options])

    @pytest.mark.parametrize("port", ["0", "65536", "acht"])
    def test_refuses_what_is_no_port(self, scharnier: Scharnier, port: str) -> None:
        outcome = scharnier("demo", "--port", port)

        assert (outcome.code, outcome.said) == (2, "")
        assert "--port" in outcome.complaint


class TestCompletion:
    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    def test_gives_each_shell_its_script(
        self, scharnier: Scharnier, monkeypatch: pytest.MonkeyPatch, shell: str
    ) -> None:
        monkeypatch.setenv("_SCHARNIER_COMPLETE", f"{shell}_source")

        outcome = scharnier()

        assert outcome.code == 0
        assert f"_SCHARNIER_COMPLETE={shell}_complete" in outcome.said

    @pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
    @pytest.mark.parametrize(
        ("typed", "last", "offered"),
        [
            ("scharnier ", "", {"ask", "demo", "network", "referral"}),
            ("scharnier ne", "ne", {"network"}),
            ("scharnier network ", "", {"import", "check", "show", "export", "schema"}),
            ("scharnier ask --li", "--li", {"--limit"}),
        ],
    )
    def test_offers_what_can_follow(
        self,
        scharnier: Scharnier,
        monkeypatch: pytest.MonkeyPatch,
        shell: str,
        typed: str,
        last: str,
        offered: set[str],
    ) -> None:
        n_words = len(typed.split()) - bool(last)
        monkeypatch.setenv("_SCHARNIER_COMPLETE", f"{shell}_complete")
        monkeypatch.setenv("COMP_WORDS", typed)
        monkeypatch.setenv("COMP_CWORD", last if shell == "fish" else str(n_words))

        outcome = scharnier()

        known = {
            "ask",
            "demo",
            "network",
            "referral",
            "import",
            "check",
            "show",
            "export",
            "schema",
            "--limit",
        }
        words = set(outcome.said.replace(",", "\n").replace("\t", "\n").split("\n"))
        assert (outcome.code, words & known) == (0, offered)


class TestAmongOtherPrograms:
    def test_stops_quietly_when_the_reader_has_enough(self, small: Path) -> None:
        program = start("referral", "match", "-", "--network", str(small))
        ask_one(program)
        assert program.stdout is not None
        program.stdout.close()

        _, complaint = program.communicate(b"Er is lawaai.\n" * 50, timeout=SECONDS)

        assert complaint == b""
        assert program.returncode != 0

    def test_stops_with_130_and_without_fuss_at_ctrl_c(self, small: Path) -> None:
        program = start("referral", "match", "-", "--network", str(small))
        ask_one(program)

        program.send_signal(signal.SIGINT)
        said, complaint = program.communicate(timeout=SECONDS)

        assert (program.returncode, said, complaint.strip()) == (130, b"", b"")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
    def test_says_in_a_sentence_that_the_disk_is_full(self, small: Path) -> None:
        with Path("/dev/full").open("wb") as full:
            program = start("ask", "Ik heb schulden", "--network", str(small), stdout=full.fileno())
            _, complaint = program.communicate(timeout=SECONDS)

        assert program.returncode == 1
        assert complaint.decode() == (
            "scharnier: A file cannot be read or written: No space left on device."
            " See whether there is room and whether you may.\n"
        )

    def test_has_colour_on_a_terminal(self, small: Path) -> None:
        ours, theirs = pty.openpty()
        words = ("ask", "Ik heb schulden", "--network", str(small))
        program = start(*words, stdout=theirs, TERM="xterm-256color")
        _, complaint = program.communicate(timeout=SECONDS)
        said = os.read(ours, 100_000)
        os.close(ours)
        os.close(theirs)

        assert (program.returncode, complaint) == (0, b"")
        assert b"kan dit oppakken" in b" ".join(said.split())
        assert b"\x1b[" in said


class TestLanguage:
    @pytest.mark.parametrize(
        ("variables", "begins"),
        [
            ({"LC_ALL": "nl_NL.UTF-8"}, "scharnier: Er staat nog niets."),
            ({"LC_ALL": "", "LC_MESSAGES": "nl_BE.UTF-8"}, "scharnier: Er staat nog niets."),
            ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "nl"}, "scharnier: Er staat nog niets."),
            ({"LC_ALL": "en_GB.UTF-8", "LANG": "nl_NL.UTF-8"}, "scharnier: There is nothing here yet."),
            ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "fr_FR"}, "scharnier: There is nothing here yet."),
            ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": ""}, "scharnier: There is nothing here yet."),
        ],
    )
    def test_of_a_complaint_is_that_of_the_terminal(
        self,
        scharnier: Scharnier,
        small: Path,
        monkeypatch: pytest.MonkeyPatch,
        variables: Mapping[str, str],
        begins: str,
    ) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

        assert scharnier("ask", "", "--network", small).complaint.startswith(begins)
