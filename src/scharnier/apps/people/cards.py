# SPDX-License-Identifier: EUPL-1.2
"""What a card is made of: fields that can be kept private, groups that are checked, levels of being found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from scharnier.core import policy
from scharnier.core.kernel import Invalid
from scharnier.core.network import Purpose

YEAR, HALF_YEAR = timedelta(days=365), timedelta(days=183)
CONSENT_LASTS: Final = timedelta(days=365)  # unless somebody says otherwise
CONSENT_LASTS_AT_MOST: Final = timedelta(days=2 * 365)
ROOM_LASTS: Final = timedelta(
    days=91
)  # how long a statement about room holds, unless somebody says otherwise
ROOM_LASTS_AT_MOST: Final = timedelta(days=365)

WAYS: Final = ("email", "phone", "reach")
FIELDS: Final = ("summary", "competences", "topics", "area_ids", "languages", *WAYS)  # as the core calls them


class InvalidEnd(Invalid):
    """A consent or a statement about room ends in the past, or too far away."""

    code = "people.invalid_end"


class Group(StrEnum):
    """Fields that are filled in, and looked over, together."""

    SKILLS = "skills"  # of a person: what they can do, and about what
    WAYS = "ways"  # of both: how to reach them
    ROOM = "room"  # of a person: whether they can take requests
    ABOUT = "about"  # of an organization: what it is and does
    SERVICES = "services"  # of an organization: what it offers


OF_PERSON: Final = (Group.SKILLS, Group.WAYS, Group.ROOM)
OF_ORGANIZATION: Final = (Group.ABOUT, Group.WAYS, Group.SERVICES)
LASTS: Mapping[Group, timedelta] = {
    Group.SKILLS: YEAR,
    Group.WAYS: HALF_YEAR,
    Group.ROOM: HALF_YEAR,
    Group.ABOUT: YEAR,
    Group.SERVICES: YEAR,
}


def verify_by(group: Group, *, checked_on: date) -> date:
    """Return the last day on which a check of a group counts as recent."""
    return checked_on + LASTS[group]


class Level(StrEnum):
    """How far others can come: a person chooses one of three."""

    HIDDEN = "hidden"  # not shown
    INTERMEDIARY = "intermediary"  # found, and reached through an introduction
    CONTACT = "contact"  # found, and reached directly


PURPOSES: Mapping[Level, tuple[Purpose, ...]] = {
    Level.HIDDEN: (),
    Level.INTERMEDIARY: (Purpose.LISTING,),
    Level.CONTACT: (Purpose.LISTING, Purpose.CONTACT),
}


def level_of(purposes: frozenset[Purpose]) -> Level:
    """Return the level that the purposes somebody consents to come to."""
    if Purpose.LISTING not in purposes:
        return Level.HIDDEN
    return Level.CONTACT if Purpose.CONTACT in purposes else Level.INTERMEDIARY


def private_fields(visibility: Mapping[str, str]) -> frozenset[str]:
    """Return the fields that somebody keeps to themselves."""
    return frozenset(
        field for field in FIELDS if visibility.get(field, "network") == policy.Visibility.PRIVATE.value
    )


def check_end(end: date, *, on: date, lasts_at_most: timedelta) -> None:
    """Let an end date pass that is not before a day and not too far after it.

    Raises
    ------
    InvalidEnd
    """
    if not on <= end <= on + lasts_at_most:
        raise InvalidEnd(first=on, last=on + lasts_at_most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody says to one purpose: yes until a day, or no."""

    purpose: Purpose
    until: date | None = None  # None: no
