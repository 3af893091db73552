# SPDX-License-Identifier: EUPL-1.2
"""Taking up a bundle: from signals that belong together to partners who are asked."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from scharnier.apps.situations import access, models, services, telling
from scharnier.core.kernel import Actor, OrganizationId, SituationId
from scharnier.core.situations import State, Step


def take_step(
    situation_id: SituationId, step: Step, *, said: str = "", actor: Actor, on: date, at: datetime
) -> State:
    """Take a step as people take it: to propose a bundle is to take it up, so that who is in it is asked.

    Raises
    ------
    As `services.take_step` and `take_up` do.
    """
    if step is not Step.PROPOSE:
        return services.take_step(situation_id, step, said=said, actor=actor, on=on, at=at)
    take_up(situation_id, actor=actor, on=on, at=at)
    return State.PROPOSED


@transaction.atomic
def take_up(situation_id: SituationId, *, actor: Actor, on: date, at: datetime) -> None:
    """Propose a bundle, and ask the partners in it to take part; each gets a mail.

    A partner leads it from then on; of a coordinator who is none nobody leads it yet. The words that partners
    read before they answer are ours: the question, and none of a signal.

    Raises
    ------
    SituationNotFound
    StepClosed
        When somebody did it already.
    StepOfOthers
    PersonNotFound
        When the actor has no role any more in the organization that would lead.
    """
    row = access.hold(situation_id, network_id=actor.network_id)
    partners = _partners(row)
    own = [partner for partner in partners if partner in actor.acts_for]
    leads = bool(own) and access.seen(actor).filter(pk=row.pk).exists()
    if leads:
        services.pass_lead(situation_id, own[0], actor=actor, on=on, at=at)
    services.take_step(situation_id, Step.PROPOSE, actor=actor, on=on, at=at)
    others = [partner for partner in partners if not leads or partner != own[0]]
    telling.invite(situation_id, others, words=row.question, actor=actor, on=on, at=at)


def _partners(row: models.Situation) -> list[OrganizationId]:
    found = models.BundlePartner.objects.filter(situation=row).order_by("organization__text_id")
    return [OrganizationId(text_id) for text_id in found.values_list("organization__text_id", flat=True)]
