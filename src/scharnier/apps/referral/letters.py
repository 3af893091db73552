# SPDX-License-Identifier: EUPL-1.2
"""Whom we write to about a referral, and what: a mail is an open postcard, and holds no word of the need.

Everything here is queued in the transaction of the act it tells of, so that it goes with it or not at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from scharnier.apps.mail import services as mail
from scharnier.apps.people.models import Network, Person
from scharnier.apps.referral import links, models, reach
from scharnier.apps.referral.news import NEWS, News
from scharnier.core import referral
from scharnier.core.referral import LinkPurpose, State
from scharnier.formats import wording

ASKED: Final = "referral_asked"
REMINDED: Final = "referral_reminder"
REMARKED: Final = "referral_remark"
RESUMED: Final = "referral_resumed"
FINISH: Final = "referral_finish"
CALLED_OFF: Final = "referral_called_off"
TOLD: Final = "referral_news"
STAND_IN: Final = "referral_stand_in"
FRONT_DOOR: Final = "referral_front_door"
COORDINATOR: Final = "referral_coordinator"
TO_INTRODUCE: Final = "introduction_asked"
INTRODUCED: Final = "introduction_made"
OTHER_WAY: Final = "introduction_other_way"

FIND_NEXT = (News.DECLINED, News.LAPSED, News.FAILED)
FINISHING = (State.ACCEPTED, State.IN_PROGRESS, State.ON_HOLD)
NOBODY: Mapping[wording.Language, str] = {"nl": "Iemand uit het netwerk", "en": "Somebody of the network"}
AND: Mapping[wording.Language, str] = {"nl": " en ", "en": " and "}


def load_addresses() -> None:
    """Read the addresses of the site; call it before a transaction outside a request, not in it.

    A process that asks for its first address reads the whole site, for seconds; it would hold the lock.
    """
    reverse("referral:work")


def tell_candidate(turn: models.Turn, template: str, *, on: date, at: datetime) -> bool:
    """Write to who is asked: the address of the page, or of a link; tell whether there was anywhere to.

    A link that the sender took back is not made anew.
    """
    found = reach.reach_turn(turn, on=on)
    facts = {"asker": _asker(turn.referral), "until": ""}
    for address in found.members:
        _queue(address, template, {**facts, "link": page_of(turn.referral)}, network_id=turn.network_id)
    if not found.address or links.is_revoked(turn):
        return bool(found.members)
    return _give_link(turn, template, holder=found.holder, address=found.address, at=at)


def tell_called_off(turn: models.Turn, *, on: date) -> None:
    """Write to who is asked that there is nothing to do any more."""
    found = reach.reach_turn(turn, on=on)
    for address in filter(None, (*found.members, found.address)):
        _queue(address, CALLED_OFF, {"asker": _asker(turn.referral)}, network_id=turn.network_id)


def tell_sender(turn: models.Turn, news: News, *, on: date, besides: str = "") -> None:
    """Write to who sent a referral what came of a turn, unless they did it themselves."""
    row = turn.referral
    if besides and besides == row.sender_text_id:
        return
    said, do = NEWS[language_of(row.network_id)][news]
    link = next_of(row) if news in FIND_NEXT else page_of(row)
    for address in reach.reach_sender(row, on=on).members:
        _queue(address, TOLD, {"news": said, "do": do, "link": link}, network_id=row.network_id)


def renew_link(row: models.Link, *, on: date, at: datetime) -> bool:
    """Mail a new link in the place of one that ran out; tell whether there still is an address."""
    turn = row.turn
    if turn is None:
        return False
    if row.introduction is not None:
        return tell_introducer(row.introduction, links.introducer_of(row), on=on, at=at)
    template = FINISH if turn.state in FINISHING else ASKED
    if row.holder == models.Holder.ORGANIZATION and turn.organization is not None:
        address = reach.front_door(turn.organization, address=turn.service.email if turn.service else "")
        return bool(address) and _give_link(
            turn, template, holder=models.Holder.ORGANIZATION, address=address, at=at
        )
    return tell_candidate(turn, template, on=on, at=at)


def tell_stand_in(turn: models.Turn, person: Person, *, on: date) -> None:
    """Write to who stands in for who is asked that they are silent."""
    found = reach.reach_person(person, on=on)
    facts = {"asker": _asker(turn.referral), "party": _party(turn)}
    for address in filter(None, (*found.members, found.address)):
        _queue(address, STAND_IN, facts, network_id=turn.network_id)


def tell_front_door(turn: models.Turn, *, address: str, at: datetime) -> None:
    """Write to the organization's own address that nobody answers there, with a link to answer by."""
    _give_link(turn, FRONT_DOOR, holder=models.Holder.ORGANIZATION, address=address, at=at)


def tell_coordinators(turn: models.Turn) -> None:
    """Write to the coordinators of the network that an answer stays out."""
    facts = {"asker": _asker(turn.referral), "link": page_of(turn.referral)}
    for address in reach.reach_coordinators(turn.network_id).members:
        _queue(address, COORDINATOR, facts, network_id=turn.network_id)


def tell_introducer(row: models.Introduction, person: Person | None, *, on: date, at: datetime) -> bool:
    """Ask who knows both to bring them together, by a link who has no account; tell whether there was a way.

    A link that the sender took back is not made anew.
    """
    found = reach.reach_person(person, on=on) if person else reach.NOWHERE
    facts = {"asker": _asker(row.turn.referral), "party": _party(row.turn), "until": ""}
    link = f"{settings.ADDRESS}{reverse('referral:introduction', args=[row.pk])}"
    for address in found.members:
        _queue(address, TO_INTRODUCE, {**facts, "link": link}, network_id=row.network_id)
    if person is None or not found.address or links.is_revoked(row.turn):
        return bool(found.members)
    token = links.make_introduction_link(row, person, at=at)
    facts |= {"link": links.address_of(token), "until": _last_day(at, network_id=row.network_id)}
    _queue(found.address, TO_INTRODUCE, facts, network_id=row.network_id)
    return True


def tell_introduced(row: models.Introduction, *, on: date) -> None:
    """Bring the sender and the party together in a mail to each."""
    turn, language = row.turn, language_of(row.network_id)
    names = [person.name for person in (row.first, row.second) if person]
    facts = {
        "introducers": AND[language].join(names) or NOBODY[language],
        "asker": _asker(turn.referral),
        "party": _party(turn),
    }
    to_party = reach.reach_person(turn.person, on=on) if turn.person else reach.NOWHERE
    to_sender = reach.reach_sender(turn.referral, on=on)
    for address in filter(None, (*to_sender.members, *to_party.members, to_party.address)):
        _queue(address, INTRODUCED, facts, network_id=row.network_id)


def tell_other_way(row: models.Introduction, *, on: date) -> None:
    """Write to the sender that this way in did not open: not who, and not why."""
    for address in reach.reach_sender(row.turn.referral, on=on).members:
        _queue(address, OTHER_WAY, {"link": page_of(row.turn.referral)}, network_id=row.network_id)


def page_of(row: models.Referral) -> str:
    """Return the address of a referral's page."""
    return f"{settings.ADDRESS}{reverse('referral:referral', args=[row.pk])}"


def next_of(row: models.Referral) -> str:
    """Return the address of the page to choose whom to ask next."""
    return f"{settings.ADDRESS}{reverse('referral:next', args=[row.pk])}"


def language_of(network_id: str) -> wording.Language:
    """Return the language in which a network writes."""
    language = Network.objects.values_list("language", flat=True).get(id=network_id)
    return "en" if language == "en" else "nl"


def _give_link(
    turn: models.Turn, template: str, *, holder: models.Holder, address: str, at: datetime
) -> bool:
    purpose = LinkPurpose.FINISH if turn.state in FINISHING else LinkPurpose.ANSWER
    token = links.make_link(turn, purpose, holder, at=at)
    facts = {
        "asker": _asker(turn.referral),
        "link": links.address_of(token),
        "until": _last_day(at, network_id=turn.network_id),
    }
    _queue(address, template, facts, network_id=turn.network_id)
    return True


def _last_day(at: datetime, *, network_id: str) -> str:
    """Return the last whole day on which a link works that is made now."""
    last = timezone.localdate(at + referral.LINK_LASTS) - timedelta(days=1)
    return wording.say_day(last, language=language_of(network_id))


def _asker(row: models.Referral) -> str:
    return row.sender_person.name if row.sender_person else NOBODY[language_of(row.network_id)]


def _party(turn: models.Turn) -> str:
    named = turn.person or turn.organization
    return named.name if named else NOBODY[language_of(turn.network_id)]


def _queue(address: str, template: str, facts: Mapping[str, str], *, network_id: str) -> None:
    mail.queue_message(to=address, template=template, facts=facts, language=language_of(network_id))
