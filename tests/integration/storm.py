# SPDX-License-Identifier: EUPL-1.2
"""A server and workers that are killed at random, and people who send again until they are answered."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from threading import Event
from urllib.parse import urlencode

from django.utils.crypto import get_random_string

from tests.integration.working import PATIENCE_SECONDS, Installation, Process, until

SERVER, WORKER = "server", "worker"
N_SERVING, N_WORKERS = 2, 2
LIVES = {SERVER: (100, 300), WORKER: (50, 200)}  # answers or mails, at least and at most
LONGEST_PAUSE = 0.2  # seconds between two looks
MOST_TRIES, PAUSE_SECONDS = 400, 0.2
CSRF_CHARACTERS = 32
REFERRAL_PATH = re.compile(r"/referrals/([0-9a-f]{32})/")


@dataclass(slots=True, kw_only=True)
class Server:
    """The server we ship, with several processes in one group, on one port for all its lives."""

    folder: Path
    environment: Mapping[str, str]
    port: int = 0
    popen: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin a life; `is_ready` tells when it answers."""
        self.port = self.port or _free_port()
        words = ("--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--no-log")
        with self.log_file.open("ab") as log:
            self.popen = subprocess.Popen(  # noqa: S603  # our own program
                [
                    Path(sys.executable).parent / "granian",
                    *words,
                    *("--workers", str(N_SERVING), "scharnier.site.wsgi:application"),
                ],
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    @property
    def log_file(self) -> Path:
        return self.folder / "server.log"

    def is_ready(self) -> bool:
        """Tell whether it answers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    def kill(self) -> None:
        """End every process of it at once, whatever they were doing."""
        if self.popen is not None and self.popen.poll() is None:
            os.killpg(self.popen.pid, signal.SIGKILL)
            self.popen.wait(PATIENCE_SECONDS)


@dataclass(slots=True, kw_only=True)
class Storm:
    """An installation that serves and works, and what was killed of it.

    Both live for as long as it takes to do a number of things that dice say, so that a slow machine gets as
    far as a fast one, and die at whatever moment that is.
    """

    installation: Installation
    server: Server
    dice: Random
    kills: Counter[str] = field(default_factory=Counter)
    workers: list[Process] = field(default_factory=list)

    def begin(self) -> None:
        """Let the server and all workers begin."""
        self.server.start()
        self.workers = [self.installation.start() for _ in range(N_WORKERS)]
        until(self.server.is_ready)
        for worker in self.workers:
            until(lambda found=worker: _has_begun(found))

    def rage(self, over: Event, *, done: Mapping[str, Callable[[], int]]) -> None:
        """Kill one after another and start it again until it is over; `done` tells what each has done."""
        marks = {victim: self._mark(victim) for victim in done}
        while not over.wait(self.dice.uniform(0, LONGEST_PAUSE)):
            for victim, n_done in done.items():
                if n_done() >= marks[victim]:
                    self._kill(victim)
                    marks[victim] = n_done() + self._mark(victim)

    def end(self) -> None:
        """Leave nothing running."""
        self.server.kill()
        self.installation.end_all()

    def _mark(self, victim: str) -> int:
        return self.dice.randint(*LIVES[victim])

    def _kill(self, victim: str) -> None:
        self.kills[victim] += 1
        if victim == SERVER:
            self.server.kill()
            self.server.start()
        else:
            number = self.dice.choice([n for n, each in enumerate(self.workers) if _has_begun(each)])
            self.workers[number].end(signal.SIGKILL)
            self.workers[number] = self.installation.start()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back at last."""

    status: int
    location: str
    text: str


@dataclass(slots=True, kw_only=True)
class Visitor:
    """People behind one connection that stays open: who gets no answer sends the same again."""

    port: int
    sessions: Mapping[str, str]  # of those who are signed in
    n_answers: int = 0
    resent: Counter[str] = field(default_factory=Counter)  # why
    _csrf: str = field(default_factory=lambda: get_random_string(CSRF_CHARACTERS))
    _connection: HTTPConnection | None = None

    def get(self, name: str, path: str) -> str:
        """Return what a page says to somebody."""
        answer = self._ask_until_answered("GET", path, body=None, name=name)
        assert answer.status == HTTPStatus.OK, _refusal(path, answer)
        return answer.text

    def post(self, name: str, path: str, form: Mapping[str, str]) -> str:
        """Send a form for somebody; return where the answer leads to."""
        body = urlencode({**form, "csrfmiddlewaretoken": self._csrf})
        answer = self._ask_until_answered("POST", path, body=body, name=name)
        assert answer.status == HTTPStatus.FOUND, _refusal(path, answer)
        return answer.location

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _ask_until_answered(self, method: str, path: str, *, body: str | None, name: str) -> Answer:
        pause = Event()
        for _ in range(MOST_TRIES):
            try:
                answer = self._ask(method, path, body=body, name=name)
            except ConnectionRefusedError:  # nothing reached anybody
                self.close()
            except (OSError, HTTPException) as error:
                self.resent[type(error).__name__] += 1
                self.close()
            else:
                self.n_answers += 1
                if answer.status < HTTPStatus.INTERNAL_SERVER_ERROR:
                    return answer
                self.resent[str(answer.status)] += 1
            pause.wait(PAUSE_SECONDS)
        raise TimeoutError(f"{method} {path}: no answer in {MOST_TRIES} times")

    def _ask(self, method: str, path: str, *, body: str | None, name: str) -> Answer:
        if self._connection is None:
            self._connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        headers = {"Cookie": f"sessionid={self.sessions[name]}; csrftoken={self._csrf}"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body=body, headers=headers)
        found = self._connection.getresponse()
        text = found.read().decode()
        return Answer(status=found.status, location=found.headers.get("Location", ""), text=text)


def referral_in(text: str) -> str:
    """Return the referral that an address in a text leads to."""
    found = REFERRAL_PATH.search(text)
    assert found, text
    return found.group(1)


def _refusal(path: str, answer: Answer) -> str:
    """Say what a page refused, in the words of its main part."""
    words = re.sub(r"<[^>]+>", " ", answer.text.partition("<main")[2])
    return f"{path}: {answer.status} {' '.join(words.split())[:500]}"


def _has_begun(worker: Process) -> bool:
    return "begins" in worker.log()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
