# SPDX-License-Identifier: EUPL-1.2
"""Acts that hand a referral to another system as a FHIR Bundle, and take referrals of another in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.people import access as people
from scharnier.apps.referral import access, models, selectors
from scharnier.apps.referral.services._making import ReferralWish, make_referral
from scharnier.apps.referral.services._parties import Ask
from scharnier.core import referral
from scharnier.core.kernel import Actor, Invalid, NotAllowed, ReferralId, ScharnierError
from scharnier.core.referral import Party, State
from scharnier.formats import fhir_referral
from scharnier.formats.wording import Language

MOST_REFERRALS: Final = 50  # of one file: who brings more does so in parts


class NotYourWords(NotAllowed):
    """The words of a need are passed on by who wrote them, and by nobody else."""

    code = "referral.not_your_words"


class NothingToImport(Invalid):
    """The file holds no referral."""

    code = "referral.nothing_to_import"


class TooManyToImport(Invalid):
    """The file holds more referrals than are taken in at once."""

    code = "referral.too_many_to_import"


@transaction.atomic
def export_referral(  # what of it, for whom and when
    referral_id: ReferralId,
    *,
    with_text: bool,
    language: Language,
    actor: Actor,
    on: date,
    at: datetime,
) -> bytes:
    """Return a referral as a FHIR Bundle without data about persons; that it was taken out goes on record.

    Raises
    ------
    ReferralNotFound
        Also when the actor is only asked in it.
    NotYourWords
    AboutResident
    """
    value = selectors.read_referral(referral_id, actor=actor, on=on)
    if with_text and value.sender.person_id != actor.person_id:
        raise NotYourWords
    data = fhir_referral.write_referrals(
        [value], within=selectors.read_bodies(actor), language=language, with_text=with_text
    )
    facts = {"form": "fhir", "text": "yes" if with_text else "no"}
    log.record(actor=actor, act="referral.exported", kind="referral", object_id=value.id, at=at, facts=facts)
    return data


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What came of a file, each in its order."""

    made: tuple[ReferralId, ...]  # new drafts
    known: tuple[ReferralId, ...]  # that the same source told of before, and the actor sees


@transaction.atomic
def import_referrals(data: bytes, *, actor: Actor, on: date, at: datetime) -> TakenIn:
    """Write each new referral of a FHIR Bundle as a draft of the actor; all of them, or none.

    What came in before, by the identifier that its source gave it, makes nothing new.

    Raises
    ------
    MayNotRefer
    NotABundle, NothingToImport, TooManyToImport
    MalformedReferrals
        With a fault for each place, also for what no draft can be made of.
    """
    access.check_may_refer(actor, on=on)
    unnamed = Party(person_id=actor.person_id)
    values = fhir_referral.read_referrals(data, into=selectors.read_bodies(actor), unnamed=unnamed)
    if not values:
        raise NothingToImport
    if len(values) > MOST_REFERRALS:
        raise TooManyToImport(most=MOST_REFERRALS)
    people.own_person_for_update(actor)  # who sends the same file twice at once waits here
    faults: list[ScharnierError] = []
    made: list[ReferralId] = []
    known: list[ReferralId] = []
    places, sources = fhir_referral.places_of_requests(data), fhir_referral.sources_of_requests(data)
    for value, place, source in zip(values, places, sources, strict=True):
        before = access.referrals(actor).filter(source_digest=source).order_by("made_at", "pk").first()
        if before is not None:
            known.append(ReferralId(before.pk))
            continue
        try:
            with transaction.atomic():
                made.append(_make(value, place=place, actor=actor, on=on, at=at))
                models.Referral.objects.filter(pk=made[-1]).update(source_digest=source)
        except fhir_referral.PersonInside as fault:
            faults.append(fault)
        except ScharnierError as rule:
            faults.append(fhir_referral.BrokenResource(place=place, rule=rule))
    if faults:
        raise fhir_referral.MalformedReferrals(faults=tuple(faults))
    return TakenIn(made=tuple(made), known=tuple(known))


def _make(value: referral.Referral, *, place: str, actor: Actor, on: date, at: datetime) -> ReferralId:
    last = [handling for handling in value.handlings if handling.turn.round == value.chain.turns[-1].round]
    if any(handling.turn.candidate.person_id == actor.person_id for handling in last):
        raise fhir_referral.PersonInside(place=place)  # the file says that a person is asked, not which
    behalf = value.sender.organization_id
    wish = ReferralWish(
        text=value.text,
        asks=tuple(dict.fromkeys(_asks(last))),
        about=value.about,
        area_id=value.area_id,
        topics=value.topics,
        resident_group_id=value.resident_group_id,
        organization_id=behalf if behalf in actor.acts_for else None,
    )
    referral_id = make_referral(wish, actor=actor, on=on, at=at)
    facts = {"form": "fhir"}
    log.record(
        actor=actor, act="referral.imported", kind="referral", object_id=referral_id, at=at, facts=facts
    )
    return referral_id


def _asks(last: Sequence[referral.Handling]) -> Iterator[Ask]:
    """Yield who is asked by the last round of a file; what came of it there stays there."""
    for handling in last:
        if handling.turn.state is not State.ENTERED_IN_ERROR:
            yield Ask(party=handling.turn.candidate, service_id=handling.service_id)
