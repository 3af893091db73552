# SPDX-License-Identifier: EUPL-1.2
"""When cards were looked over, and whether that was lately."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from scharnier.apps import wall
from scharnier.apps.people import cards, labels, links, models
from scharnier.apps.people.selectors._groups import Lines, group_lines, names_of
from scharnier.core.kernel import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The last time a group of fields was looked over."""

    day: date
    is_this_year: bool
    n_years: int  # whole years ago

    @property
    def is_old(self) -> bool:
        """Tell whether that is a year ago or longer."""
        return self.n_years > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedGroup:
    """What a link asks about: one group of one card, and nothing else of it."""

    name: str
    kind: str  # person or organization
    id: str
    group: str
    what: str  # as we say it to whose card it is
    lines: Lines


def checked_groups(rows: QuerySet[models.CardCheck], *, on: date) -> Mapping[str, Checked]:
    """Return when each group of one card was looked over; a group that never was is not there."""
    return {row.group: _checked(row.checked_on, on=on) for row in rows}


def _checked(day: date, *, on: date) -> Checked:
    return Checked(day=day, is_this_year=day.year == on.year, n_years=max(0, (on - day).days) // 365)


def linked_group(token: str, *, actor: Actor | None, language: str) -> LinkedGroup:
    """Return what a link asks about.

    Raises
    ------
    LinkInvalid
    LinkUsed
    """
    with wall.in_network(links.network_of(token)):
        return _linked_group(links.check_of(token, actor=actor), language=language)


def _linked_group(row: models.CardCheck, *, language: str) -> LinkedGroup:
    group = cards.Group(row.group)
    card = row.person or row.organization
    if card is None:
        raise links.LinkInvalid
    return LinkedGroup(
        name=card.name,
        kind="person" if row.person else "organization",
        id=card.text_id,
        group=group.value,
        what=labels.told_to_owner(group, is_person=row.person is not None),
        lines=group_lines(card, group, names=names_of(row.network, language=language), language=language),
    )
