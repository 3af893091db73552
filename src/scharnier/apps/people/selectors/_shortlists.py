# SPDX-License-Identifier: EUPL-1.2
"""Persons to choose from, also where there are too many to list."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from scharnier.apps.people import access
from scharnier.apps.people.selectors._choices import Choices
from scharnier.core.kernel import Actor

MOST_LISTED = 100  # persons in a list to choose from


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortlist:
    """Everybody of few; of many those chosen before, and those whose name was looked for."""

    choices: Choices
    is_whole: bool = True
    found: Choices = ()
    has_more: bool = False  # fit as well, and are too many to list


def shortlist(persons: QuerySet[Any], *, name: str = "", chosen: Collection[str] = ()) -> Shortlist:
    """Return whom to choose from: all when they are few, else who was chosen and who has a part of a name.

    Notes
    -----
    Of many the names are read only when one is looked for.
    """
    pairs = persons.values_list("text_id", "name")
    first = tuple(pairs[: MOST_LISTED + 1])
    if len(first) <= MOST_LISTED:
        return Shortlist(choices=first)
    wanted = fold_name(name)
    fitting = (pair for pair in pairs if wanted in fold_name(pair[1])) if wanted else ()
    found = tuple(islice(fitting, MOST_LISTED + 1))
    kept = tuple(pairs.filter(text_id__in=sorted(chosen)))
    return Shortlist(
        choices=tuple(dict.fromkeys((*kept, *found[:MOST_LISTED]))),
        is_whole=False,
        found=found[:MOST_LISTED],
        has_more=len(found) > MOST_LISTED,
    )


def other_persons(actor: Actor, *, on: date, name: str = "", chosen: str = "") -> Shortlist:
    """Return the other persons whom the actor may know of, to choose one."""
    found = access.persons(actor, on=on).exclude(text_id=actor.person_id)
    return shortlist(found, name=name, chosen=(chosen,))


def fold_name(name: str) -> str:
    """Return a name by which to look: capitals and accents, in which databases differ, do not matter."""
    apart = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
