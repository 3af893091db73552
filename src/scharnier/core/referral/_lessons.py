# SPDX-License-Identifier: EUPL-1.2
"""What an answer teaches: each reason to decline something else, and most of them nothing about skill."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from scharnier.core.referral._life import Step
from scharnier.core.referral._model import Outcome, Reason, Response


class Lesson(StrEnum):
    """One thing that an answer teaches about the party that gave it."""

    TAKES = "takes"  # such problems: the words of this one speak for the party
    LEAVES = "leaves"  # such problems: its words speak against the party
    NO_MANDATE = "no_mandate"  # it was asked for what it may not, or not there, do
    NO_ROOM = "no_room"  # it had none on that day; of what it can this says nothing
    SILENT = "silent"  # perhaps nobody is there; of what it can this says nothing


NOTHING: frozenset[Lesson] = frozenset()
_TAKES = frozenset({Lesson.TAKES})
_NOT_ITS_WORK = frozenset({Lesson.LEAVES, Lesson.NO_MANDATE})

OF_REASON: Mapping[Reason, frozenset[Lesson]] = {
    Reason.NOT_MY_REMIT: _NOT_ITS_WORK,
    Reason.NOT_MY_AREA: _NOT_ITS_WORK,
    Reason.NO_CAPACITY: frozenset({Lesson.NO_ROOM}),
    Reason.CONFLICT: NOTHING,
    Reason.ALREADY_KNOWN: _TAKES,  # it has this one already, which is why it declines
    Reason.NOT_ELIGIBLE: NOTHING,  # says something of who it is for, not of the party
    Reason.OTHER: NOTHING,
}

_OF_RESPONSE: Mapping[Response, frozenset[Lesson]] = {
    Response.ACCEPTED: _TAKES,
    Response.COMPLETED: _TAKES,
    Response.UNANSWERED: frozenset({Lesson.SILENT}),
}

_OF_STEP: Mapping[Step, Response] = {
    Step.ACCEPT: Response.ACCEPTED,
    Step.DECLINE: Response.DECLINED,
    Step.LAPSE: Response.UNANSWERED,
    Step.COMPLETE: Response.COMPLETED,
}


def response_of(step: Step) -> Response | None:
    """Return the answer that a step is; None when it says nothing of who can take what.

    Examples
    --------
    >>> response_of(Step.LAPSE).value, response_of(Step.PAUSE)
    ('unanswered', None)
    """
    return _OF_STEP.get(step)


def lessons_of(outcome: Outcome) -> frozenset[Lesson]:
    """Return what an outcome teaches; a decline without its reason teaches nothing.

    Examples
    --------
    >>> from datetime import date
    >>> from scharnier.core.kernel import PersonId
    >>> from scharnier.core.referral import Party
    >>> karel = Party(person_id=PersonId("karel"))
    >>> busy = Outcome(text="lawaai", party=karel, on=date(2026, 1, 1), response=Response.DECLINED,
    ...     reason=Reason.NO_CAPACITY)
    >>> [lesson.value for lesson in lessons_of(busy)]
    ['no_room']
    """
    return lessons_from(outcome.response, outcome.reason)


def lessons_from(response: Response, reason: Reason | None) -> frozenset[Lesson]:
    """Return what an answer teaches; a decline without its reason teaches nothing.

    Examples
    --------
    >>> [lesson.value for lesson in lessons_from(Response.DECLINED, Reason.ALREADY_KNOWN)]
    ['takes']
    """
    if response is Response.DECLINED:
        return OF_REASON[reason] if reason is not None else NOTHING
    return _OF_RESPONSE[response]
