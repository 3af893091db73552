# SPDX-License-Identifier: EUPL-1.2
"""Our own systems and the names FHIR has for our states, from data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from scharnier.core.referral import State
from scharnier.formats.wording import Language

HOUR: Final = "h"  # UCUM


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    file = resources.files("scharnier.formats").joinpath("data", "fhir_referral.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def system(name: str) -> str:
    """Return the URI of a code system or kind of identifier."""
    return str(_tables()["systems"][name])


def extension(name: str) -> str:
    """Return the URI of one of our extensions."""
    return str(_tables()["extensions"][name])


def display(name: str, *, language: Language) -> str:
    """Return what is shown where there is only a code."""
    return str(_tables()["displays"][name][language])


def is_unnamed(shown: str) -> bool:
    """Tell whether what is shown says that a person is not named."""
    return shown in _tables()["displays"]["unnamed"].values()


def status_of(state: State) -> str:
    """Return the Task.status of a state."""
    return str(_tables()["status"][state.value])


def state_of(status: str, *, is_silent: bool) -> State | None:
    """Return the state of a Task.status; None when FHIR has no such status."""
    if is_silent:
        return State.UNANSWERED if status == status_of(State.UNANSWERED) else None
    states: dict[str, State] = {status_of(state): state for state in State}
    states[status_of(State.UNANSWERED)] = State.REQUESTED
    states |= {name: State(state) for name, state in _tables()["foreign_status"].items()}
    return states.get(status)


def is_person(kind: str) -> bool:
    """Tell whether a kind of resource is about one person."""
    return kind in _tables()["persons"]["kinds"]


def is_body(kind: str) -> bool:
    """Tell whether a kind of resource only says what others point at."""
    return kind in _tables()["bodies"]["kinds"]
