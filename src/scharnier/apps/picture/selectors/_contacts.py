# SPDX-License-Identifier: EUPL-1.2
"""Somebody's own contacts: whom they name, who names them, and whom they could name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page, Paginator

from scharnier.apps.people import access as people
from scharnier.apps.people import models
from scharnier.apps.people.selectors import Link, fold_name
from scharnier.apps.picture import access, words
from scharnier.core.kernel import Actor
from scharnier.formats import wording

MOST_FOUND = 10
LINES_PER_PAGE = 40  # each has a form


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """One tie of the actor's own, in words."""

    tie_pk: int
    kind: str
    said: str  # what the two are, without the name
    name: str  # empty: somebody who names the actor and does not want to be found
    link: Link | None  # None: the card is not to be seen
    day: date
    ago: str
    is_fresh: bool  # confirmed on the day itself


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsPage:
    """The actor's own contacts, those that were confirmed last first."""

    mine: tuple[ContactLine, ...]
    part_of_mine: Page[models.Tie]
    of_me: tuple[ContactLine, ...]
    part_of_me: Page[models.Tie]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """Persons whose name holds what was looked for."""

    persons: tuple[Link, ...]
    has_more: bool


def contacts_page(
    actor: Actor, *, on: date, language: wording.Language, numbers: tuple[str, str] = ("1", "1")
) -> ContactsPage:
    """Return one part of whom the actor names, and one of who names them, by their numbers."""
    parts = [
        Paginator(found, LINES_PER_PAGE).get_page(number)
        for found, number in zip(
            (access.declared_ties(actor), access.received_ties(actor)), numbers, strict=True
        )
    ]
    mine, of_me = (list(part) for part in parts)
    others = {row.target_id for row in mine} | {row.source_id for row in of_me}
    seen = frozenset(people.persons(actor, on=on).filter(pk__in=others).values_list("pk", flat=True))

    def line(row: models.Tie, other: models.Person, *, said: str, name: str) -> ContactLine:
        link = Link(name=other.name, kind="person", id=other.text_id) if other.pk in seen else None
        return ContactLine(
            tie_pk=row.pk,
            kind=row.kind,
            said=said,
            name=name,
            link=link,
            day=row.observed_date,
            ago=wording.say_ago(row.observed_date, on=on, language=language),
            is_fresh=row.observed_date >= on,
        )

    return ContactsPage(
        mine=tuple(
            line(row, row.target, said=str(words.MINE[row.kind]), name=row.target.name) for row in mine
        ),
        part_of_mine=parts[0],
        of_me=tuple(
            line(
                row,
                row.source,
                said=str(words.OF_ME[row.kind]),
                name=row.source.name if row.source_id in seen else "",
            )
            for row in of_me
        ),
        part_of_me=parts[1],
    )


def find_persons(text: str, *, actor: Actor, on: date) -> Found:
    """Return whom the actor may enter a tie to, by a part of the name; nobody for an empty text.

    Notes
    -----
    Capitals and accents do not matter; databases differ in that, so names are compared here.
    """
    wanted = fold_name(text)
    if not wanted:
        return Found(persons=(), has_more=False)
    rows = access.reachable_persons(actor, on=on).values_list("name", "text_id")
    fitting = [
        Link(name=name, kind="person", id=person_id) for name, person_id in rows if wanted in fold_name(name)
    ]
    return Found(persons=tuple(fitting[:MOST_FOUND]), has_more=len(fitting) > MOST_FOUND)


def name_of_other(ends: tuple[str, str], *, actor: Actor, on: date) -> str:
    """Return the name of whom a tie of the actor joins them to; empty when they may not know it."""
    others = people.persons(actor, on=on).filter(text_id__in=ends).exclude(text_id=actor.person_id)
    return others.values_list("name", flat=True).first() or ""
