# SPDX-License-Identifier: EUPL-1.2
"""What a task is in code: a function at a path, with how often it is tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from django.utils.module_loading import import_string
from django_tasks.base import Task

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeasedTask(Task[P, T]):
    """A task of `django_tasks` that knows how often it may be tried: `@task(max_attempts=12)`."""

    max_attempts: int = 5


class TryLater(Exception):
    """Raised by a task that should be tried again; the reason is kept, so it names nobody."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def load_task(path: str) -> LeasedTask[..., Any]:
    """Return the task at a path (raises ImportError, or TypeError for something else)."""
    found = import_string(path)
    if not isinstance(found, LeasedTask):
        raise TypeError(f"{path} is no task")
    return found
