# SPDX-License-Identifier: EUPL-1.2
"""Acts that bring a need to a first party, and to the next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4, uuid5

import msgspec
from django.db import transaction

from scharnier.apps.people import access as people
from scharnier.apps.people.models import Area, Organization, ResidentGroup
from scharnier.apps.referral import access, models
from scharnier.apps.referral.services import _acting as acting
from scharnier.apps.referral.services._parties import Ask, add_round
from scharnier.core import referral, text
from scharnier.core.kernel import (
    Actor,
    AreaId,
    NotFound,
    OrganizationId,
    ReferralId,
    ResidentGroupId,
    TopicId,
)
from scharnier.core.network import UnknownPlace
from scharnier.formats import lexicon


class GroupNotFound(NotFound):
    """No such resident group in the actor's network."""

    code = "referral.group_not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralWish:
    """What somebody wants to bring to one party, or to several who are asked together."""

    text: str
    asks: tuple[Ask, ...]
    about: referral.About = referral.About.PROBLEM
    area_id: AreaId | None = None
    topics: frozenset[TopicId] = field(default_factory=frozenset)
    resident_group_id: ResidentGroupId | None = None
    purpose: str = ""  # what a resident is referred for
    consented_on: date | None = None  # since when that resident agrees
    organization_id: OrganizationId | None = None  # on behalf of which the sender asks
    key: UUID | None = None  # of the page it was filled in on: what is sent again makes nothing new


@transaction.atomic
def make_referral(wish: ReferralWish, *, actor: Actor, on: date, at: datetime) -> ReferralId:
    """Write a referral as a draft, with a turn for each party; nobody sees it but who wrote it.

    The same wish with the same key makes nothing new: what was made before comes back.

    Raises
    ------
    MayNotRefer
    EmptyText, TextTooLong, PersonalDataFound, UnknownLanguage
    BadReferral, BadParties
    PersonNotFound, OrganizationNotFound, ServiceNotFound, CommunityNotFound, GroupNotFound, UnknownPlace
        Also when the actor may not know of them.
    """
    access.check_may_refer(actor, on=on)
    language = _check(wish, on=on)
    sender = people.own_person_for_update(actor)  # so that of two at once one waits
    referral_id = _id_of(wish, actor=actor)
    if models.Referral.objects.filter(pk=referral_id).exists():
        return ReferralId(referral_id)
    row = models.Referral(
        id=referral_id,
        network_id=actor.network_id,
        text=wish.text.strip(),
        language=language,
        area=_area(wish.area_id, actor=actor) if wish.area_id else None,
        topic_ids=sorted(wish.topics),
        about=wish.about.value,
        resident_group=_group(wish.resident_group_id, actor=actor) if wish.resident_group_id else None,
        purpose=wish.purpose.strip(),
        consented_on=wish.consented_on,
        sender_person=sender,
        sender_text_id=sender.text_id,
        sender_organization=_own(wish.organization_id, actor=actor) if wish.organization_id else None,
        made_at=at,
        moved_at=at,
    )
    row.save(force_insert=True)
    held = access.Held(row=row, turns=())
    turns = add_round(held, wish.asks, actor=actor, on=on, at=at)
    made = acting.Acted(held=access.Held(row=row, turns=turns), by=actor, part=referral.Part.SENDER)
    acting.keep_event(made, referral.Deed.MAKE, at=at)
    acting.settle(made.held, at=at, is_whole=True)
    acting.record("referral.made", made, at=at, facts={"about": row.about})
    return ReferralId(row.id)


@transaction.atomic
def ask_next(referral_id: ReferralId, asks: tuple[Ask, ...], *, actor: Actor, on: date, at: datetime) -> None:
    """Write a new round of drafts for a referral that nobody has and that is not over.

    Raises
    ------
    ReferralNotFound, NotYourStep
    ReferralOver
    StillRunning
    BadParties
    PersonNotFound, OrganizationNotFound, ServiceNotFound, CommunityNotFound
    """
    acted = acting.hold_whole(referral_id, actor=actor, on=on, step=referral.Deed.ASK_NEXT)
    if acted.held.row.over_at is not None:
        raise acting.ReferralOver
    _begin(acted, asks, step=referral.Deed.ASK_NEXT, words="", actor=actor, on=on, at=at)
    acting.record("referral.next_asked", acted, at=at)


@transaction.atomic
def reopen(  # what is opened, for whom and why
    referral_id: ReferralId,
    asks: tuple[Ask, ...],
    *,
    reason: str,
    actor: Actor,
    on: date,
    at: datetime,
) -> None:
    """Open a referral that was over again, with a reason and a new round of drafts in the same chain.

    Raises
    ------
    ReferralNotFound, NotYourStep
    EmptyText, TextTooLong, PersonalDataFound
    StillRunning
        When it is not over.
    WordsGone
    BadParties
    PersonNotFound, OrganizationNotFound, ServiceNotFound, CommunityNotFound
    """
    acting.check_words(reason, is_needed=True)
    acted = acting.hold_whole(referral_id, actor=actor, on=on, step=referral.Deed.REOPEN)
    if acted.held.row.over_at is None:
        raise referral.StillRunning
    if not acted.held.row.text:
        raise acting.WordsGone
    _begin(acted, asks, step=referral.Deed.REOPEN, words=reason, actor=actor, on=on, at=at)
    acting.record("referral.reopened", acted, at=at)


def _begin(  # noqa: PLR0913  # the parts of a new round
    acted: acting.Acted,
    asks: tuple[Ask, ...],
    *,
    step: referral.Deed,
    words: str,
    actor: Actor,
    on: date,
    at: datetime,
) -> None:
    held = acted.held
    turns = add_round(held, asks, actor=actor, on=on, at=at)
    acting.keep_event(acted, step, at=at, words=words)
    acting.settle(access.Held(row=held.row, turns=(*held.turns, *turns)), at=at, is_whole=True)


def _check(wish: ReferralWish, *, on: date) -> str:
    """Return the language of what is asked, when it may be asked so."""
    acting.check_words(wish.text, is_needed=True)
    acting.check_words(wish.purpose)
    referral.check_about(
        wish.about,
        resident_group_id=wish.resident_group_id,
        purpose=wish.purpose,
        consented_on=wish.consented_on,
    )
    if wish.consented_on is not None and wish.consented_on > on:
        raise referral.BadReferral(about=wish.about.value)
    language = text.detect_language(wish.text, lexicon=lexicon.load_lexicon())
    if language is None:
        raise text.UnknownLanguage
    return language


def _id_of(wish: ReferralWish, *, actor: Actor) -> str:
    """Return an identifier: with a key the same for the same wish of the same person, else a new one."""
    if wish.key is None:
        return uuid4().hex
    said = msgspec.json.encode((actor.network_id, actor.person_id, wish), order="deterministic")
    return uuid5(wish.key, said.decode()).hex


def _area(area_id: AreaId, *, actor: Actor) -> Area:
    found = people.areas(actor)
    row = found.filter(text_id=area_id).first()
    if row is None:
        raise UnknownPlace(place=area_id, known=tuple(found.order_by("name").values_list("name", flat=True)))
    return row


def _group(group_id: ResidentGroupId, *, actor: Actor) -> ResidentGroup:
    row = people.resident_groups(actor).filter(text_id=group_id).first()
    if row is None:
        raise GroupNotFound(resident_group_id=group_id)
    return row


def _own(organization_id: OrganizationId, *, actor: Actor) -> Organization:
    row = people.own_organizations(actor).filter(text_id=organization_id).first()
    if row is None:
        raise people.OrganizationNotFound(organization_id=organization_id)
    return row
