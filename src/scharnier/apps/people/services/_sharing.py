# SPDX-License-Identifier: EUPL-1.2
"""Acts on whom somebody shares their own card with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from scharnier.apps.people import access, selectors
from scharnier.apps.sharing import services as sharing
from scharnier.core.kernel import Actor, Invalid, PersonId
from scharnier.core.sharing import Audience, LegalBasis, Purpose, Sharing


class UnknownAudience(Invalid):
    """Nobody of that kind and name can be shared with."""

    code = "people.unknown_audience"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingWish:
    """With whom somebody shares their card, for what, and until which day."""

    audience: Audience
    purpose: Purpose
    reason: str
    until: date


@transaction.atomic
def share_card(wish: SharingWish, *, actor: Actor, on: date, at: datetime) -> None:
    """Share the actor's own card, on the ground of their consent, up to and with a day.

    Raises
    ------
    UnknownAudience
    InvalidEnd
    EmptyText, TextTooLong, PersonalDataFound
    """
    if not selectors.is_audience(wish.audience, actor=actor, on=on):
        raise UnknownAudience
    access.own_person_for_update(actor)
    value = Sharing(
        person_id=PersonId(actor.person_id),
        audience=wish.audience,
        purpose=wish.purpose,
        basis=LegalBasis.CONSENT,
        starts_at=at,
        ends_at=timezone.make_aware(datetime.combine(wish.until + timedelta(days=1), time.min)),
    )
    sharing.begin(value, reason=wish.reason, actor=actor, at=at)
