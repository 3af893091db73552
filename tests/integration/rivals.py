# SPDX-License-Identifier: EUPL-1.2
"""Real processes that begin the same act at the same moment, on a database of either kind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import pytest

SECONDS = 120
ON_BOTH_DATABASES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)]
RACE = """
print("ready", flush=True)
for line in sys.stdin:
    try:
        ACTS[line.strip()]()
        print("done", flush=True)
    except ScharnierError as error:
        print(error.code, flush=True)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """A database to race on, and what each process does first: it imports `sys` and `ScharnierError`."""

    url: str
    begin: str

    def run(self, text: str) -> str:
        """Return what one process says."""
        process = self._start(text)
        said, _ = process.communicate(timeout=SECONDS)
        assert process.returncode == 0
        return said

    def race(self, acts: str, *, names: Iterable[str], n_rivals: int) -> dict[str, Counter[str]]:
        """Return for each name how the act of that name in `ACTS` ended for the rivals, counted."""
        rivals = [self._start(acts + RACE, str(number)) for number in range(n_rivals)]
        assert [_line(rival) for rival in rivals] == ["ready"] * n_rivals
        ends = {name: _race(rivals, name) for name in names}
        for rival in rivals:
            rival.communicate(timeout=SECONDS)
        return ends

    def _start(self, text: str, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603  our own program
            [sys.executable, "-c", self.begin + text, *words],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "scharnier.site.settings",
                "SCHARNIER_DATABASE_URL": self.url,
                "SCHARNIER_LOG_LEVEL": "CRITICAL",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )


def lay_track(request: pytest.FixtureRequest, folders: pytest.TempPathFactory, *, begin: str) -> Track:
    """Return a track on a new database of the kind that the request is for."""
    new_database = request.getfixturevalue("new_database")
    return Track(url=new_database(request.param, folders.mktemp("race")), begin=begin)


def _race(rivals: list[subprocess.Popen[str]], act: str) -> Counter[str]:
    for rival in rivals:
        assert rival.stdin is not None
        rival.stdin.write(f"{act}\n")
        rival.stdin.flush()
    return Counter(_line(rival) for rival in rivals)


def _line(rival: subprocess.Popen[str]) -> str:
    assert rival.stdout is not None
    return rival.stdout.readline().strip()
