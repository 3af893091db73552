# SPDX-License-Identifier: EUPL-1.2
"""Tasks for the tests: what they do is seen in a file, one line at a time."""

from __future__ import annotations

import os
from pathlib import Path
from threading import Event

from django.db import transaction
from django_tasks import task
from django_tasks.base import TaskContext

from scharnier.apps.tasks import leases
from scharnier.apps.tasks.definitions import TryLater
from scharnier.core.kernel import Conflict

PATIENCE_SECONDS = 60


def _write(path: str, line: str) -> None:
    with Path(path).open("a", encoding="utf-8") as file:  # appended at once: lines do not mix
        file.write(f"{line}\n")


def _wait_for(file: Path) -> None:
    pause = Event()
    for _ in range(PATIENCE_SECONDS * 50):
        if file.exists():
            return
        pause.wait(0.02)
    raise TimeoutError(file.name)


@task
def come_round() -> None:
    """Do nothing, again and again."""


@task
def note(path: str, word: str) -> None:
    """Write a word."""
    _write(path, word)


@task
def note_slowly(path: str, word: str) -> None:
    """Write a word, and take a moment."""
    Event().wait(0.01)
    _write(path, word)


@task(priority=50, max_attempts=2)
def note_first(path: str, word: str) -> None:
    """Write a word before others do."""
    _write(path, word)


@task
def note_behind_gate(path: str, gate: str) -> None:
    """Write when it begins, and when it ends; between them wait for a gate and check the lease."""
    _write(path, f"began {os.getpid()}")
    _wait_for(Path(gate))
    with transaction.atomic():
        leases.hold()
        _write(path, f"ended {os.getpid()}")


@task(takes_context=True)
def note_attempt(context: TaskContext, path: str) -> None:
    """Write which attempt this is."""
    _write(path, f"attempt {context.attempt}")


@task(max_attempts=2)
def fail(word: str) -> None:
    """Raise an error that says something private."""
    raise ValueError(word)


@task
def refuse() -> None:
    """Raise an anticipated failure."""
    raise Conflict


@task
def ask_again() -> None:
    """Ask to be tried later."""
    raise TryLater("the other side is busy")


no_task = str
