# SPDX-License-Identifier: EUPL-1.2
"""The situations that somebody takes part in, as lines."""

from __future__ import annotations

from dataclasses import dataclass

from scharnier.apps.situations import access
from scharnier.core.kernel import Actor
from scharnier.core.situations import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A situation in a list."""

    id: str
    question: str
    state: State


def own_situations(actor: Actor) -> tuple[Line, ...]:
    """Return the situations that somebody takes part in, the newest first."""
    found = access.seen(actor).order_by("-made_on", "pk").values_list("pk", "question", "state")
    return tuple(Line(id=pk, question=question, state=State(state)) for pk, question, state in found)
