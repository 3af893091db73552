# SPDX-License-Identifier: EUPL-1.2
"""Taking up a bundle: from signals that belong together to partners who are asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from scharnier.apps.people import access as people
from scharnier.apps.signals import selectors as signals
from scharnier.apps.situations import access, models, selectors, services, telling
from scharnier.core.kernel import Actor, AreaId, MatchId, OrganizationId, SituationId, TopicId
from scharnier.core.situations import State, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What two partners begin together, in words of one of them."""

    question: str
    topics: frozenset[TopicId] = field(default_factory=frozenset)
    area_ids: frozenset[AreaId] = field(default_factory=frozenset)


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
def begin_together(
    match_id: MatchId, wish: Wish, *, actor: Actor, on: date, at: datetime
) -> tuple[SituationId, bool]:
    """Begin a situation of a match in which both are named, and ask the other to take part.

    Returns the situation, and whether it is new: of two at once the second finds what the first began.

    Raises
    ------
    MatchNotFound, NotBothNamed
    As `services.begin_of_match` and `take_up` do.
    """
    people.own_person_for_update(actor)  # before the match and the network
    pair = signals.hold_pair(match_id, actor=actor)
    is_new = not selectors.is_there(services.id_of_match(match_id), network_id=actor.network_id)
    match = services.Match(
        id=match_id,
        organization_ids=pair,
        question=wish.question,
        topics=wish.topics,
        area_ids=wish.area_ids,
    )
    situation_id = services.begin_of_match(match, actor=actor, on=on, at=at)
    if is_new:
        take_up(situation_id, actor=actor, on=on, at=at)
    return situation_id, is_new


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
