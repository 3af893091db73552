# SPDX-License-Identifier: EUPL-1.2
"""Real processes that begin the same act at the same moment, on a database of either kind.

Each is forked from one process that has read the whole site, so that it need not read it again.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from typing import Final, TextIO
from unittest.mock import patch

import pytest

from tests.integration.working import ROOT

SECONDS = 120
_FORKING: Final = multiprocessing.get_context("forkserver")
_FORKING.set_forkserver_preload(["tests.integration.born"])
_ENVIRONMENT: Final = {"SCHARNIER_LOG_LEVEL": "CRITICAL", "PYTHONPATH": str(ROOT)}
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
        rival = self._start(text)
        said = rival.said.read()
        assert rival.end() == 0, said
        return said

    def race(self, acts: str, *, names: Iterable[str], n_rivals: int) -> dict[str, Counter[str]]:
        """Return for each name how the act of that name in `ACTS` ended for the rivals, counted."""
        rivals = [self._start(acts + RACE, str(number)) for number in range(n_rivals)]
        assert [_line(rival) for rival in rivals] == ["ready"] * n_rivals
        ends = {name: _race(rivals, name) for name in names}
        for rival in rivals:
            rival.end()
        return ends

    def _start(self, text: str, *words: str) -> Rival:
        ours, theirs = socket.socketpair()
        process = _FORKING.Process(target=_live, args=(theirs, self.url, self.begin + text, words))
        with theirs, patch.dict(os.environ, _ENVIRONMENT):  # of the one that all are forked from
            process.start()
        return Rival(process=process, link=ours, said=ours.makefile("r"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rival:
    """One process, and the link over which it hears and speaks."""

    process: BaseProcess
    link: socket.socket
    said: TextIO

    def tell(self, line: str) -> None:
        self.link.sendall(f"{line}\n".encode())

    def end(self) -> int | None:
        """Let it hear that there is no more, and return how it ended."""
        self.link.shutdown(socket.SHUT_WR)
        self.process.join(SECONDS)
        self.said.close()
        self.link.close()
        return self.process.exitcode


def _live(link: socket.socket, url: str, text: str, words: tuple[str, ...]) -> None:
    from tests.integration.born import live  # noqa: PLC0415  # it sets the site up, which is for there

    live(link, url, text, words)


def lay_track(request: pytest.FixtureRequest, folders: pytest.TempPathFactory, *, begin: str) -> Track:
    """Return a track on a new database of the kind that the request is for."""
    new_database = request.getfixturevalue("new_database")
    return Track(url=new_database(request.param, folders.mktemp("race")), begin=begin)


def _race(rivals: list[Rival], act: str) -> Counter[str]:
    for rival in rivals:
        rival.tell(act)
    return Counter(_line(rival) for rival in rivals)


def _line(rival: Rival) -> str:
    return rival.said.readline().strip()
