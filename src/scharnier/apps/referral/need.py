# SPDX-License-Identifier: EUPL-1.2
"""What a need says by itself, and whom an answer to it proposed, before anything of it is stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext

from scharnier.apps.people import access as people
from scharnier.apps.people.selectors import Link
from scharnier.apps.referral import selectors
from scharnier.apps.referral.proposals import Proposed, seal
from scharnier.core import text as words
from scharnier.core.kernel import Actor, AreaId, TopicId
from scharnier.core.referral import Entry, Party, check_one_place
from scharnier.formats import reasons, wording

FEW, MOST_ASKED = 3, 15


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedRead:
    """Where a need is, and what it is about."""

    area_id: AreaId | None
    topics: frozenset[TopicId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A party that was proposed, and who introduces, by name."""

    link: Link
    introducers: tuple[str, ...]


def read_need(text: str, *, place: str, actor: Actor, on: date) -> NeedRead:
    """Return what is found in the words of a need.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
    MayNotAsk
    NetworkNotFound
    UnknownPlace, PlaceAmbiguous
    """
    words.check_input(text)
    found = selectors.suggest(text, place=place, actor=actor, on=on, limit=1)
    check_one_place(found.place, words=place)
    return NeedRead(area_id=found.area_id, topics=frozenset(found.answer.topics))


def name_proposed(proposed: Iterable[Proposed], *, actor: Actor, on: date) -> tuple[Named, ...]:
    """Return who was proposed and may still be known of, by name; who is gone meanwhile is left out."""
    found = tuple(proposed)
    people_named = {each.party.person_id for each in found} | {
        who for each in found for who in each.introducers
    }
    persons = people.persons(actor, on=on).filter(text_id__in=[name for name in people_named if name])
    names = dict(persons.values_list("text_id", "name"))
    organization_ids = [each.party.organization_id for each in found if each.party.organization_id]
    organizations = people.organizations(actor).filter(text_id__in=organization_ids)
    of_organizations = dict(organizations.values_list("text_id", "name"))
    return tuple(
        Named(link=link, introducers=tuple(names[who] for who in each.introducers if who in names))
        for each in found
        if (link := _link(each, names=names, organizations=of_organizations)) is not None
    )


def _link(proposed: Proposed, *, names: dict[str, str], organizations: dict[str, str]) -> Link | None:
    party = proposed.party
    kind, party_id = (
        ("person", party.person_id) if party.person_id else ("organization", party.organization_id)
    )
    name = (names if kind == "person" else organizations).get(party_id or "")
    return Link(name=name, kind=kind, id=party_id or "") if name else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """Somebody to ask next, in one breath, and how to choose them."""

    sentence: str
    name: str
    sealed: str = ""  # a suggestion
    to: str = ""  # else whom a decliner named
    introducers: str = ""  # by name; empty: nobody needs to


def next_best(
    page: selectors.ReferralPage, *, actor: Actor, on: date, language: wording.Language
) -> tuple[Next, ...]:
    """Return whom to ask next: whom those who declined named, then the best of who was not asked yet.

    Whoever sent it is never asked, also when who declined named them, or a coordinator stands in for them.
    """
    sender = page.sender.person
    asked = {_key(line.handling.turn.candidate) for line in page.turns} | {sender.id if sender else ""}
    named = {
        _key(line.handling.rather): line
        for line in page.turns
        if line.handling.rather and _key(line.handling.rather) not in asked
    }
    fresh = {} if not page.text else _fresh(page, but=asked, actor=actor, on=on, language=language)
    rather = (_named_next(line, found=fresh.pop(key, None)) for key, line in named.items())
    return (*rather, *[*fresh.values()][:FEW])


def _fresh(
    page: selectors.ReferralPage, *, but: Collection[str], actor: Actor, on: date, language: wording.Language
) -> dict[str, Next]:
    """Return the suggestions for a referral, but some, best first."""
    found = selectors.suggest(page.text, place="", area_id=page.area_id, actor=actor, on=on, limit=MOST_ASKED)
    speaker = reasons.Speaker(index=found.index, topics=found.topics, language=language)
    return {
        _key(suggestion.party): Next(
            sentence=speaker.say_suggestion(suggestion).because,
            name=speaker.say_party(suggestion.party),
            sealed=seal(suggestion, place=place),
            introducers=gettext(" and ").join(
                found.index.persons[person_id].name for person_id in suggestion.way_in.introducers
            ),
        )
        for place, suggestion in enumerate(found.answer.suggestions, 1)
        if _key(suggestion.party) not in but and suggestion.way_in.entry is not Entry.SELF
    }


def _named_next(line: selectors.TurnLine, *, found: Next | None) -> Next:
    """Return whom a decliner named, with what the suggestions know of them."""
    link = line.rather and (line.rather.person or line.rather.organization)
    name = link.name if link else gettext("somebody who has left")
    said = gettext("%(who)s says: rather go to %(name)s.") % {"who": _name(line.party), "name": name}
    if found is not None:
        return replace(found, sentence=said)
    return Next(sentence=said, name=name, to=f"{link.kind}:{link.id}" if link else "")


def _name(named: selectors.Named) -> str:
    link = named.person or named.organization
    return link.name if link else gettext("Somebody who has left")


def _key(party: Party | None) -> str:
    return "" if party is None else str(party.person_id or f"organization {party.organization_id}")
