# SPDX-License-Identifier: EUPL-1.2
"""Acts that hand a referral to another system as a FHIR Bundle, and take referrals of another in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.referral import access, selectors
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


@transaction.atomic
def import_referrals(data: bytes, *, actor: Actor, on: date, at: datetime) -> tuple[ReferralId, ...]:
    """Write each referral of a FHIR Bundle as a draft of the actor; all of them, or none.

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
    faults: list[ScharnierError] = []
    made: list[ReferralId] = []
    for value, place in zip(values, fhir_referral.places_of_requests(data), strict=True):
        try:
            with transaction.atomic():
                made.append(_make(value, place=place, actor=actor, on=on, at=at))
        except fhir_referral.PersonInside as fault:
            faults.append(fault)
        except ScharnierError as rule:
            faults.append(fhir_referral.BrokenResource(place=place, rule=rule))
    if faults:
        raise fhir_referral.MalformedReferrals(faults=tuple(faults))
    return tuple(made)


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
