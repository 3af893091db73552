# SPDX-License-Identifier: EUPL-1.2
"""What a network holds about somebody in referrals: what they asked, were asked, did and said."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from django.db.models import Q

from scharnier.apps.people.models import Person
from scharnier.apps.referral.models import Event, Feedback, Introduction, Referral, Remark, Turn
from scharnier.apps.rights.selectors import _copy_values as values
from scharnier.core.referral import Deed


def copy_of_referrals(person: Person) -> list[values.ReferralCopy]:
    """Return the referrals that a person has a part in, oldest first; the words of others are theirs."""
    found = (*_sent(person), *_asked(person), *_introduced(person))
    return sorted(found, key=attrgetter("made_at", "id", "your_part"))


def copy_of_words(person: Person) -> list[values.ReferralWordsCopy]:
    """Return what a person did and said in referrals, first things first."""
    return sorted(_said(person), key=attrgetter("at", "referral_id", "step"))


def _sent(person: Person) -> Iterator[values.ReferralCopy]:
    for row in Referral.objects.filter(sender_person=person):
        yield values.ReferralCopy(
            id=row.id, your_part="sender", text=row.text, made_at=row.made_at, state="", reason=""
        )


def _asked(person: Person) -> Iterator[values.ReferralCopy]:
    turns = Turn.objects.filter(person=person, requested_at__isnull=False).select_related("referral")
    for turn in turns:
        yield values.ReferralCopy(
            id=turn.referral_id,
            your_part="candidate",
            text="",
            made_at=turn.referral.made_at,
            state=turn.state,
            reason=turn.reason,
        )


def _introduced(person: Person) -> Iterator[values.ReferralCopy]:
    rows = Introduction.objects.filter(Q(first=person) | Q(second=person, n_yes__gte=1))
    for row in rows.select_related("turn__referral"):
        yield values.ReferralCopy(
            id=row.turn.referral_id,
            your_part="introducer",
            text="",
            made_at=row.asked_at,
            state="",
            reason="",
        )


def _said(person: Person) -> Iterator[values.ReferralWordsCopy]:
    for event in Event.objects.filter(by=person):
        yield _words(event.referral_id, event, step=event.step)
    for remark in Remark.objects.filter(by=person).select_related("turn"):
        yield _words(remark.turn.referral_id, remark, step="remark")
    for said in Feedback.objects.filter(by=person):
        yield values.ReferralWordsCopy(
            referral_id=said.referral_id, at=said.told_at, step=Deed.TELL_OUTCOME.value, words=said.words
        )


def _words(referral_id: str, row: Event | Remark, *, step: str) -> values.ReferralWordsCopy:
    return values.ReferralWordsCopy(referral_id=referral_id, at=row.at, step=step, words=row.words)
