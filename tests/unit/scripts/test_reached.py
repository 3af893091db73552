# SPDX-License-Identifier: EUPL-1.2
"""What is asked of what tests reach, and how the plugin counts it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import reached

ROOT = Path(reached.__file__).parents[1]
MODULE = """\
\"\"\"Halves.\"\"\"

def halve(number):
    if number % 2:
        raise ValueError
    return number // 2
"""
META = {"software": "slipcover", "branch_coverage": True, "show_contexts": False}


def a_file(*, executed=(1, 2), missing=(), branches=((1, 2),), missing_branches=()):
    return {
        "executed_lines": list(executed),
        "missing_lines": list(missing),
        "executed_branches": list(map(list, branches)),
        "missing_branches": list(map(list, missing_branches)),
    }


def report(folder: Path, *runs: dict[str, object]) -> subprocess.CompletedProcess[str]:
    """Run the program on what some runs counted."""
    names = []
    for number, files in enumerate(runs):
        names.append(folder / f"{number}.json")
        names[-1].write_text(json.dumps({"meta": META, "files": files}), encoding="utf-8")
    words = [sys.executable, ROOT / "scripts" / "reached.py", *names]
    return subprocess.run(words, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603  # our own program


class TestReached:
    def test_counts_lines_and_branches_alike(self):
        file = a_file(missing=[3], missing_branches=[(1, 3)])

        assert reached.reached({"a.py": file, "b.py": a_file()}) == 75.0

    def test_is_nothing_where_nothing_was_counted(self):
        assert reached.reached({}) == 0.0


class TestGaps:
    def test_names_lines_and_branches_of_files_that_have_any(self):
        files = {"b.py": a_file(missing=[3, 4], missing_branches=[(1, 0), (2, 9)]), "a.py": a_file()}

        assert list(reached.gaps(files)) == ["b.py: 3, 4, 1->exit, 2->9"]


class TestProgram:
    CORE, REST = f"{reached.CORE}a.py", "src/scharnier/site/a.py"

    def test_is_content_with_all_of_core_and_nine_tenths_of_the_rest(self, tmp_path):
        said = report(tmp_path, {self.CORE: a_file(), self.REST: a_file(executed=range(8), missing=[9])})

        assert (said.returncode, said.stderr) == (0, "")
        assert said.stdout.splitlines() == [
            "Core: 100.0 % reached; 100 % is asked.",
            f"{self.REST}: 9",
            "The rest: 90.0 % reached; 90 % is asked.",
        ]

    @pytest.mark.parametrize(
        "files",
        [
            {CORE: a_file(executed=range(9999), missing_branches=[(1, 0)]), REST: a_file()},
            {CORE: a_file(), REST: a_file(executed=range(7), missing=[9])},
            {CORE: a_file()},
            {REST: a_file()},
        ],
        ids=["a branch of core", "a line too many of the rest", "no rest", "no core"],
    )
    def test_fails_when_it_is_less(self, tmp_path, files):
        assert report(tmp_path, files).returncode == 1

    def test_puts_runs_together(self, tmp_path):
        one, other = a_file(executed=[1], missing=[2]), a_file(executed=[2], missing=[1])

        assert report(tmp_path, {self.CORE: one, self.REST: a_file()}, {self.CORE: other}).returncode == 0


class TestCounting:
    def test_sees_what_a_test_reaches_and_what_not(self, tmp_path):
        """The plugin counts our own package; here that is one of a single module."""
        package = tmp_path / "src" / "scharnier"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "halves.py").write_text(MODULE, encoding="utf-8")
        (tmp_path / "test_it.py").write_text(
            "from scharnier import halves\n\ndef test():\n    assert halves.halve(4) == 2\n"
        )
        (tmp_path / "tests").mkdir()
        (tmp_path / "tests" / "counting.py").write_bytes((ROOT / "tests" / "counting.py").read_bytes())
        (tmp_path / "pytest.ini").write_text("[pytest]\npythonpath = src\n")

        words = [
            "-m",
            "pytest",
            "-p",
            "tests.counting",
            "-p",
            "no:django",
            "--counted",
            "found.json",
            "test_it.py",
        ]
        command = [sys.executable, *words]
        said = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True, text=True)  # noqa: S603  # ours

        assert said.returncode == 0, said.stdout + said.stderr
        found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))["files"][
            "src/scharnier/halves.py"
        ]
        assert (found["executed_lines"], found["missing_lines"]) == ([3, 4, 6], [5])
        assert (found["executed_branches"], found["missing_branches"]) == ([[4, 6]], [[4, 5]])
