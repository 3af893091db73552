# SPDX-License-Identifier: EUPL-1.2
"""Reads of reviews: what others opened, why, and until when that is to be judged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from scharnier.apps.emergency import access, models
from scharnier.apps.people import access as people
from scharnier.apps.people.selectors import Link
from scharnier.core.kernel import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """One card that somebody else opened, to be judged."""

    pk: int
    asker: str  # a name; empty: somebody who is gone
    whose: Link | None  # None: somebody the judge may not know of
    reason: str  # empty: it was erased with who wrote it, or whose card it is
    made_at: datetime
    due_date: date
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What the start page says about emergencies."""

    may_open: bool
    n_reviews: int  # that wait for the actor


def waiting(actor: Actor) -> Waiting:
    """Return whether the actor may break the glass, and how many reviews wait; asked only for who judges."""
    n_reviews = access.open_reviews(actor).count() if access.may_judge(actor) else 0
    return Waiting(may_open=access.may_open(actor), n_reviews=n_reviews)


def judged_by(actor: Actor) -> str:
    """Return the role that judges what the actor opens; the administrator's is only told of it."""
    return access.answering_role(actor.network_id, besides=actor.person_id).value


def review_lines(actor: Actor, *, on: date) -> tuple[ReviewLine, ...]:
    """Return the reviews that wait for the actor, what is due first first.

    Raises
    ------
    NotForThisRole
    """
    access.check_may_judge(actor)
    rows = list(access.open_reviews(actor).select_related("sharing"))
    askers = access.names_of_askers(rows, actor=actor)
    persons = people.persons(actor, on=on).filter(text_id__in=sorted({row.person_text_id for row in rows}))
    known = dict(persons.values_list("text_id", "name"))
    return tuple(_line(row, askers=askers, known=known, on=on) for row in rows)


def review_line(review_pk: int, *, actor: Actor, on: date) -> ReviewLine:
    """Return one review that waits for the actor.

    Raises
    ------
    NotForThisRole
    ReviewNotFound
        Also when somebody judged it meanwhile.
    """
    for line in review_lines(actor, on=on):
        if line.pk == review_pk:
            return line
    raise access.ReviewNotFound(review_id=review_pk)


def _line(row: models.Review, *, askers: dict[str, str], known: dict[str, str], on: date) -> ReviewLine:
    whose = row.person_text_id
    return ReviewLine(
        pk=row.pk,
        asker=askers.get(row.asked_by, ""),
        whose=Link(name=known[whose], kind="person", id=whose) if whose in known else None,
        reason=row.sharing.reason if row.sharing else "",
        made_at=row.made_at,
        due_date=row.due_date,
        is_late=row.due_date < on,
    )
