# SPDX-License-Identifier: EUPL-1.2
"""How long an organization has to answer, and how it answers; both are its own to set and to see first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from scharnier.apps.audit import services as log
from scharnier.apps.people import access as people
from scharnier.apps.people.models import Organization
from scharnier.apps.referral import models, rows
from scharnier.apps.referral.free_days import free_days
from scharnier.core import referral
from scharnier.core.kernel import Actor, OrganizationId


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationAnswering:
    """What an organization sees of its own answers."""

    n_days: int  # working days that it has to answer
    found: referral.Answering | None  # None: fewer than five were asked

    @property
    def percent_unanswered(self) -> int:
        """How many of a hundred were left without an answer."""
        return round(100 * self.found.unanswered_share) if self.found else 0


def ladder_of(organization: Organization | None) -> referral.Ladder:
    """Return the ladder of who is asked; people who are asked in person have the usual one."""
    return referral.ladder_within(days_of(organization))


def days_of(organization: Organization | None) -> int:
    """Return how many working days an organization has to answer."""
    if organization is None:
        return referral.USUAL_DAYS
    chosen: models.AnswerTime | None = getattr(organization, "answer_time", None)
    return chosen.n_days if chosen else referral.USUAL_DAYS


@transaction.atomic
def set_days(organization_id: OrganizationId, n_days: int, *, actor: Actor, at: datetime) -> None:
    """Set how many working days an organization has to answer; what already waits follows it too.

    Raises
    ------
    OrganizationNotFound
        Also when the actor may not change it.
    BadLadder
    """
    referral.ladder_within(n_days)
    row = people.changeable_organization(organization_id, actor=actor, lock=True)
    models.AnswerTime.objects.update_or_create(
        organization=row, defaults={"network_id": actor.network_id, "n_days": n_days}
    )
    log.record(
        actor=actor,
        act="organization.answer_time_set",
        kind="organization",
        object_id=row.text_id,
        at=at,
        on_behalf_of=row.text_id if row.text_id in actor.acts_for else "",
        facts={"days": str(n_days)},
    )


def answering_of(organization_id: OrganizationId, *, actor: Actor, on: date) -> OrganizationAnswering:
    """Return how an organization answered what it was asked, for who may change it.

    Raises
    ------
    OrganizationNotFound
        Also for everybody else.
    """
    row = people.changeable_organization(organization_id, actor=actor)
    asked = models.Turn.objects.filter(organization=row, requested_at__isnull=False)
    handlings = list(map(_handling, asked.select_related("organization", "community")))
    first = min((each.requested_at.date() for each in handlings if each.requested_at), default=on)
    found = referral.measure_answering(handlings, free_days=free_days(first, on))
    return OrganizationAnswering(n_days=days_of(row), found=found)


def _handling(row: models.Turn) -> referral.Handling:
    """Return a turn as far as counting answers goes."""
    return referral.Handling(
        turn=rows.turn_value(row),
        requested_at=timezone.localtime(row.requested_at) if row.requested_at else None,
        answered_at=timezone.localtime(row.answered_at) if row.answered_at else None,
    )
