# SPDX-License-Identifier: EUPL-1.2
"""Acts of who holds a link: one purpose, once, and nothing after that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from scharnier.apps import wall
from scharnier.apps.referral import access, letters, links, models, services, telling
from scharnier.core.kernel import NetworkId, PersonId, ReferralId, TurnId
from scharnier.core.referral import Helped, LinkPurpose, Reply, Standing, Step, Teller, steps_of_link

KEEPS_OPEN = {Step.PAUSE}  # what is put to wait is finished later, by the same link


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said with a step, as far as it needs anything."""

    words: str = ""
    decline: services.Decline | None = None
    until: date | None = None
    hours: float | None = None


def take_step(token: str, step: Step, said: Said, *, on: date, at: datetime) -> None:
    """Take a step of who is asked, by a link; of two at once on one link, one wins.

    Raises
    ------
    LinkUnknown
    LinkClosed
        When it was used before, ran out, or does not open this step.
    NothingGiven, DayPassed, BadHandling
    EmptyText, TextTooLong, PersonalDataFound
    OrganizationNotFound
    """
    with _opened(token, at=at) as row:
        if step not in steps_of_link(LinkPurpose(row.purpose)) or row.turn_id is None:
            raise links.LinkClosed(standing=Standing.DONE.value)
        _take(TurnId(row.turn_id), step, said, by=_holder(row, row.turn_id), on=on, at=at)
        if step not in KEEPS_OPEN:
            links.note_used(row, at=at)


def remark(token: str, words: str, *, on: date, at: datetime) -> None:
    """Ask the sender something, by a link, which stays open.

    Raises
    ------
    LinkUnknown, LinkClosed
    EmptyText, TextTooLong, PersonalDataFound
    """
    with _opened(token, at=at) as row:
        if row.turn_id is None or row.introduction_id is not None:
            raise links.LinkClosed(standing=Standing.DONE.value)
        holder = _holder(row, row.turn_id)
        telling.remark(TurnId(row.turn_id), words=words, actor=holder, on=on, at=at)


def tell_outcome(token: str, helped: Helped, words: str, *, on: date, at: datetime) -> None:
    """Say whether it helped, as the one it was for, once.

    Raises
    ------
    LinkUnknown, LinkClosed
    NotOver, AlreadyTold
    TextTooLong, PersonalDataFound
    """
    with _opened(token, at=at) as row:
        if row.turn_id is not None:
            raise links.LinkClosed(standing=Standing.DONE.value)
        holder = access.ReferralLink(
            network_id=NetworkId(row.network_id), referral_id=ReferralId(row.referral_id)
        )
        said = services.Telling(by=Teller.CONCERNED, helped=helped, words=words)
        services.tell_outcome(ReferralId(row.referral_id), said, actor=holder, on=on, at=at)
        links.note_used(row, at=at)


def reply_to_introduction(token: str, reply: Reply, *, on: date, at: datetime) -> None:
    """Say yes, no or later to introducing, by a link; after *later* it stays open.

    Raises
    ------
    LinkUnknown, LinkClosed
    """
    with _opened(token, at=at) as row:
        if row.introduction_id is None:
            raise links.LinkClosed(standing=Standing.DONE.value)
        holder = access.IntroductionLink(
            network_id=NetworkId(row.network_id),
            introduction_pk=row.introduction_id,
            person_id=PersonId(row.introducer_text_id),
        )
        telling.reply_to_introduction(row.introduction_id, reply, actor=holder, on=on, at=at)
        if reply is not Reply.LATER:
            links.note_used(row, at=at)


def renew(token: str, *, on: date, at: datetime) -> bool:
    """Mail a new link to who a link that ran out was sent to; tell whether there still is an address.

    Raises
    ------
    LinkUnknown, LinkOpen, LinkClosed
    TooSoon
    """
    with wall.in_network(links.network_of(token)), transaction.atomic():
        opened = links.find_link(token, at=at, lock=True)
        links.check_renewable(opened, at=at)
        return letters.renew_link(opened.row, on=on, at=at)


@contextmanager
def _opened(token: str, *, at: datetime) -> Iterator[models.Link]:
    """Hold an open link and its referral for the length of an act, in its network.

    Raises
    ------
    LinkUnknown
    LinkClosed
    """
    with wall.in_network(links.network_of(token)), transaction.atomic():
        opened = links.find_link(token, at=at, lock=True)
        if opened.standing is not Standing.OPEN:
            raise links.LinkClosed(standing=opened.standing.value)
        yield opened.row


def _holder(row: models.Link, turn_id: str) -> access.TurnLink:
    return access.TurnLink(network_id=NetworkId(row.network_id), turn_id=TurnId(turn_id))


def _take(turn_id: TurnId, step: Step, said: Said, *, by: access.TurnLink, on: date, at: datetime) -> None:
    match step:
        case Step.ACCEPT:
            telling.accept(turn_id, actor=by, on=on, at=at)
        case Step.DECLINE if said.decline is not None:
            telling.decline(turn_id, said.decline, actor=by, on=on, at=at)
        case Step.COMPLETE:
            telling.complete(turn_id, result=said.words, hours=said.hours, actor=by, on=on, at=at)
        case Step.PAUSE if said.until is not None:
            telling.pause(turn_id, until=said.until, words=said.words, actor=by, on=on, at=at)
        case Step.FAIL:
            telling.fail(turn_id, cause=said.words, actor=by, on=on, at=at)
        case _:
            raise links.LinkClosed(standing=Standing.DONE.value)
