# SPDX-License-Identifier: EUPL-1.2
"""What all pages of one situation have in common: its question, where it stands, and the way to its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from scharnier.apps.http import ActorRequest
from scharnier.apps.situations import labels, selectors
from scharnier.core.kernel import SituationId
from scharnier.core.situations import Phase, phase_of

PARTS: tuple[tuple[str, labels.Said], ...] = (  # name of the address, and what it is called
    ("overview", _("Overview")),
    ("work", _("Agreements and actions")),
    ("meetings", _("Meetings")),
    ("figures", _("Figures")),
    ("rooms", _("Private rooms")),
    ("closing", _("Looking back")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseMark:
    """One phase on the line, as it stands."""

    title: labels.Said
    is_now: bool
    is_past: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLink:
    """The way to one part."""

    address: str
    title: labels.Said
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A situation as `situations/_frame.html` shows it around the page of a part."""

    seen: selectors.Seen
    id: str
    question: str
    state: labels.Said
    tone: str
    phases: tuple[PhaseMark, ...]
    parts: tuple[PartLink, ...]


def frame(request: ActorRequest, situation_id: str, *, here: str) -> Frame:
    """Return the frame of a part of a situation that the reader takes part in.

    Raises
    ------
    SituationNotFound
    """
    return frame_of(selectors.look(SituationId(situation_id), actor=request.actor), here=here)


def frame_of(seen: selectors.Seen, *, here: str) -> Frame:
    """Return the frame of a part of a situation that was read."""
    value = seen.value
    return Frame(
        seen=seen,
        id=value.id,
        question=value.question,
        state=labels.STATES[value.state],
        tone=labels.TONES.get(value.state, ""),
        phases=tuple(mark_phases(phase_of(value.state))),
        parts=tuple(_parts(value.id, here=here)),
    )


def mark_phases(now: Phase) -> Iterator[PhaseMark]:
    """Yield the four phases in order, of which one is now."""
    order = list(Phase)
    for phase in order:
        yield PhaseMark(
            title=labels.PHASES[phase],
            is_now=phase is now,
            is_past=order.index(phase) < order.index(now),
        )


def _parts(situation_id: str, *, here: str) -> Iterator[PartLink]:
    for name, title in PARTS:
        address = reverse(f"situations:{name}", args=[situation_id])
        yield PartLink(address=address, title=title, is_here=name == here)
