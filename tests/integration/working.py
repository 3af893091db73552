# SPDX-License-Identifier: EUPL-1.2
"""An installation with a database of its own, and real worker processes that end with the test."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import IO

from django.db import connections
from django.db.utils import ConnectionHandler

from scharnier.site.environment import read_environment

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60


@dataclass(slots=True, kw_only=True)
class Process:
    """A worker that runs, and what it logs."""

    popen: subprocess.Popen[str]
    log_file: IO[str]

    @property
    def pid(self) -> int:
        return self.popen.pid

    def log(self) -> str:
        return Path(self.log_file.name).read_text(encoding="utf-8")

    def end(self, number: int) -> int:
        self.popen.send_signal(number)
        return self.popen.wait(PATIENCE_SECONDS)


@dataclass(slots=True, kw_only=True)
class Installation:
    """A folder and a migrated database, with a short lease."""

    folder: Path
    url: str
    lease_seconds: float = 1.0
    mail_url: str = "console:"
    settings: str = "tests.integration.lean_settings"
    processes: list[Process] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        return {
            "SCHARNIER_FOLDER": str(self.folder),
            "SCHARNIER_DATABASE_URL": self.url,
            "SCHARNIER_MAIL_URL": self.mail_url,
            "SCHARNIER_TASK_LEASE_SECONDS": str(self.lease_seconds),
            "SCHARNIER_TASK_PAUSE_SECONDS": "0.1",
            "DJANGO_SETTINGS_MODULE": self.settings,
            "SCHARNIER_WEBHOOKS_ON_LOOPBACK": "yes",
            "PYTHONPATH": str(ROOT),  # the tasks of the tests
        }

    def start(self, *words: str) -> Process:
        log_file = tempfile.NamedTemporaryFile("w", dir=self.folder, suffix=".log", delete=False)  # noqa: SIM115
        popen = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-m", "scharnier.site", "worker", *words],
            env=os.environ | self.environment(),
            stderr=log_file,
            text=True,
        )
        process = Process(popen=popen, log_file=log_file)
        self.processes.append(process)
        return process

    def start_ready(self, *words: str) -> Process:
        process = self.start(*words)
        until(lambda: "begins" in process.log())
        return process

    def say(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `scharnier` with these words, to its end."""
        return subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-m", "scharnier.cli", *words],
            env=os.environ | self.environment() | {"LC_ALL": "en_GB.UTF-8"},
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
        )

    def end_all(self) -> None:
        for process in self.processes:
            if process.popen.poll() is None:
                process.popen.kill()
                process.popen.wait()
            process.log_file.close()


@contextmanager
def connected_to(url: str) -> Iterator[None]:
    """Let this process use that database for its own."""
    usual = connections["default"]
    wrapper = ConnectionHandler({"default": read_environment({"SCHARNIER_DATABASE_URL": url}).database})[
        "default"
    ]
    connections["default"] = wrapper
    try:
        yield
    finally:
        wrapper.close()
        connections["default"] = usual


def until(condition: Callable[[], object], *, seconds: float = PATIENCE_SECONDS) -> None:
    """Wait until something holds; fail when it takes too long."""
    pause = Event()
    for _ in range(int(seconds * 50)):
        if condition():
            return
        pause.wait(0.02)
    raise TimeoutError
