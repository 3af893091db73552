# SPDX-License-Identifier: EUPL-1.2
"""What the documentation says is so: its links lead somewhere, its commands exist, its examples come true."""

from __future__ import annotations

import doctest
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from scharnier.cli import failures
from scharnier.cli.__main__ import app
from tests.architecture import source
from tests.shared import SHARED_DATA

PAGES = tuple(path for path in source.project_files() if path.suffix == ".md")
LINK = re.compile(r"\[[^]]*]\((?P<target>[^)\s]+)\)")
BLOCK = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
RUN = re.compile(r"^(?:\$ )?\./run (?P<words>.*)$", re.MULTILINE)
EXAMPLE = re.compile(r"^\$ (?P<command>.+\n)(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
RECIPE = re.compile(r"`just (?P<name>[a-z][a-z-]*)")
OWN_WORDS = {"demo", "test", "check", "--help", "WORDS..."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A command on a page, and what the page says it prints."""

    words: tuple[str, ...]
    output: str


def _place(path: Path) -> str:
    return path.relative_to(source.ROOT).as_posix()


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", BLOCK.sub("", _text(path)), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def _broken_links(page: Path) -> Iterator[str]:
    for found in LINK.finditer(BLOCK.sub("", _text(page))):
        target, _, anchor = found["target"].partition("#")
        if re.match(r"[a-z]+:", target):
            continue  # elsewhere: not asked here, so that the tests need no network
        aim = (page.parent / target).resolve() if target else page
        if not aim.exists() or (anchor and anchor not in _anchors(aim)):
            yield found["target"]


def _blocks(page: Path) -> Iterator[tuple[str, str]]:
    return ((found["kind"], found["text"]) for found in BLOCK.finditer(_text(page)))


def _is_command(words: list[str]) -> bool:
    command: click.Command | None = app
    for word in words:
        if not isinstance(command, click.Group):
            break
        if word.startswith("-"):
            return True
        command = command.get_command(click.Context(command), word)
    return command is not None


def _examples(page: Path) -> tuple[Example, ...]:
    return tuple(
        Example(words=tuple(shlex.split(found["command"])), output=found["output"])
        for kind, text in _blocks(page)
        if kind == "console"
        for found in EXAMPLE.finditer(text)
    )


def _pages_with_examples() -> list[object]:
    return [pytest.param(page, id=_place(page)) for page in PAGES if _examples(page)]


class TestLinks:
    def test_lead_somewhere(self):
        broken = {_place(page): list(_broken_links(page)) for page in PAGES}

        assert {place: links for place, links in broken.items() if links} == {}


class TestCommands:
    def test_are_there_to_be_run(self):
        named = {
            (_place(page), words["words"])
            for page in PAGES
            for _, text in _blocks(page)
            for words in RUN.finditer(text)
        }

        unknown = [
            (place, words)
            for place, words in sorted(named)
            if (first := shlex.split(words, comments=True))
            and first[0] not in OWN_WORDS
            and not _is_command(first)
        ]

        assert unknown == []

    def test_name_recipes_that_exist(self):
        recipes = set(re.findall(r"^([a-z-]+)(?: [\w*]+)*:", _text(source.ROOT / "justfile"), re.MULTILINE))

        unknown = {(_place(page), name) for page in PAGES for name in RECIPE.findall(_text(page))}

        assert {(place, name) for place, name in unknown if name not in recipes} == set()


class TestExamples:
    @pytest.mark.parametrize("page", _pages_with_examples())
    def test_come_true(self, page, tmp_path, monkeypatch, capsys):
        if "../shared/data" in _text(page) and not SHARED_DATA.exists():
            pytest.skip("shared data absent")
        (tmp_path / "shared").symlink_to(SHARED_DATA.parent)
        (tmp_path / "here").mkdir()
        monkeypatch.chdir(tmp_path / "here")
        monkeypatch.setenv("LC_ALL", "C.UTF-8")

        for example in _examples(page):
            if example.words[1] not in OWN_WORDS:
                monkeypatch.setattr("sys.argv", ["scharnier", *example.words[1:]])
                failures.run_and_report(app)
                said = "".join(capsys.readouterr())

                assert _agree(example.output, said), f"{example.words}\n{said}"

    def test_that_say_something_else_are_found(self):
        assert not _agree("Samira\n", "Karel\n")
        assert _agree("Samira\n...\nKarel\n", "Samira\nAnna\nKarel\n")


def _agree(written: str, said: str) -> bool:
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    return doctest.OutputChecker().check_output(written, said, flags)


class TestGlossary:
    def test_explains_each_word_once(self):
        glossary = (source.ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")

        words = re.findall(r"^\| \*\*(.+?)\*\* \|", glossary, re.MULTILINE)

        assert [word for word in dict.fromkeys(words) if words.count(word) > 1] == []
        assert len(words) > 100
