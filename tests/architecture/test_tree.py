# SPDX-License-Identifier: EUPL-1.2
"""What holds for every file of the repository."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture import source

LICENCE = "SPDX-License-Identifier: EUPL-1.2"
SOURCE_SUFFIXES = {".py", ".css", ".js", ".html", ".sh"}
SOURCE_NAMES = {"run", "justfile"}
NOT_OURS = "/static/vendor/"
MACHINE = re.compile(r"(?<![\w.*:/~-])/(home|Users|root|work)/[\w.-]+")
PACKAGE_ADDRESS = re.compile(r"https?://[^\"'\s]+\.(whl|tgz|tar\.gz|deb)\b")
BOUND = {"run", ".ci/run"}


def _place(path: Path) -> str:
    return path.relative_to(source.ROOT).as_posix()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""  # a picture, a font, a sheet


def _is_source(path: Path) -> bool:
    return (path.suffix in SOURCE_SUFFIXES or path.name in SOURCE_NAMES) and NOT_OURS not in path.as_posix()


class TestEverySourceFile:
    def test_names_its_licence_at_the_top(self):
        heads = {
            _place(path): "".join(_text(path).splitlines(keepends=True)[:2])
            for path in source.project_files()
            if _is_source(path)
        }

        assert [place for place, head in heads.items() if head.strip() and LICENCE not in head] == []


class TestEveryFile:
    def test_keeps_paths_of_the_machine_out(self):
        found = [_place(path) for path in source.project_files() if MACHINE.search(_text(path))]

        assert found == []

    def test_names_no_address_of_a_package_file(self):
        found = [_place(path) for path in source.project_files() if PACKAGE_ADDRESS.search(_text(path))]

        assert found == []


class TestMachine:
    @pytest.mark.parametrize("folder", ["/home", "/root", "/Users"])
    def test_recognises_a_path(self, folder):
        assert MACHINE.search(f'open("{folder}/' + 'someone/file")')

    @pytest.mark.parametrize("text", ["https://example.org/work/home", "see ./home/page", "/api/v1/work"])
    def test_lets_an_address_pass(self, text):
        assert MACHINE.search(text) is None


class TestPrograms:
    @pytest.mark.parametrize("place", sorted(BOUND))
    def test_can_be_run(self, place):
        assert (source.ROOT / place).stat().st_mode & 0o111
