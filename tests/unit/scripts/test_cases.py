# SPDX-License-Identifier: EUPL-1.2
"""Which tests are chosen, and which of their cases are done a second time, on PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests import conftest

ROOT = Path(conftest.__file__).parents[1]
PAGES = "tests/integration/apps/test_people_pages.py"
WORDS = ("long", "short", "none")


def items(*names: str) -> list[SimpleNamespace]:
    """What pytest collected, as far as choosing looks at it."""
    config = SimpleNamespace(rootpath=ROOT)
    return [
        SimpleNamespace(nodeid=name, path=ROOT / name.partition("::")[0], config=config) for name in names
    ]


def cases(test: str, *, file: str = PAGES, databases=("sqlite", "postgresql")) -> list[str]:
    return [f"{file}::{test}[{database}-{word}]" for database in databases for word in WORDS]


def left(*names: str) -> set[str]:
    return conftest.other_cases(items(*names))


class TestWordsOf:
    """What was asked decides what is left out; each process has to decide the same."""

    def test_are_those_of_the_command(self):
        asked = SimpleNamespace(args=("tests/unit", "-q"))

        assert conftest.words_of(SimpleNamespace(invocation_params=asked)) == ("tests/unit", "-q")

    @pytest.mark.parametrize("words", [[], ["tests/unit", "-q"]], ids=["none", "some"])
    def test_are_those_of_the_first_process_in_the_others(self, words):
        told = SimpleNamespace(args=("src", "tests"))
        process = {"mainargv": ["tests/somewhere/pytest", *words]}

        assert conftest.words_of(SimpleNamespace(invocation_params=told, workerinput=process)) == words


class TestIsAllAsked:
    @pytest.mark.parametrize(
        ("ci", "words", "is_all"),
        [
            ("", (), False),
            ("", ("-k", "cards"), False),
            ("", ("tests/unit",), True),
            ("true", (), True),
            ("1", (), False),
        ],
    )
    def test_takes_a_name_or_ci(self, monkeypatch, ci, words, is_all):
        monkeypatch.setenv("CI", ci)
        asked = SimpleNamespace(invocation_params=SimpleNamespace(args=words))

        assert conftest.is_all_asked(asked) is is_all


class TestOtherCases:
    def test_are_all_but_one_on_postgresql(self):
        found = left(*cases("test_says"))

        assert len(found) == len(WORDS) - 1
        assert all("[postgresql-" in name for name in found)

    def test_are_the_same_every_time(self):
        assert left(*cases("test_says")) == left(*cases("test_says"))

    def test_differ_from_test_to_test(self):
        kept = {
            word
            for number in range(20)
            for word in WORDS
            if f"{PAGES}::test_{number}[postgresql-{word}]" not in left(*cases(f"test_{number}"))
        }

        assert kept == set(WORDS)

    def test_are_none_of_a_test_with_a_single_case(self):
        assert left(f"{PAGES}::test_says[sqlite]", f"{PAGES}::test_says[postgresql]") == set()

    def test_are_none_of_what_postgresql_alone_does(self):
        assert left(*cases("test_locks", databases=("postgresql",))) == set()

    @pytest.mark.parametrize(
        "file", ["test_wall.py", "test_wall_work.py", "test_isolation.py", "test_people_rows.py"]
    )
    def test_are_none_where_the_cases_differ_in_what_the_database_does(self, file):
        assert left(*cases("test_refuses", file=f"tests/integration/apps/{file}")) == set()

    def test_are_none_elsewhere(self):
        assert left(*cases("test_reads", file="tests/unit/sharing/test_rows.py")) == set()

    def test_are_none_of_every_act_or_address(self):
        assert left(*cases("TestEveryAct::test_is_undone")) == set()

    def test_name_files_that_are_there(self):
        apps = ROOT / "tests" / "integration" / "apps"
        names = [each.partition("::")[0] for each in conftest.EVERY_CASE_ON_POSTGRESQL if "/test" in each]

        assert [name for name in names if not list(apps.glob(name.removeprefix("*/")))] == []
