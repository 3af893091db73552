# SPDX-License-Identifier: EUPL-1.2
"""Acts that begin a situation: by hand, and from a match of partners who meet something alike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid5

from django.db import transaction

from scharnier.apps.people import access as people
from scharnier.apps.people import services as people_services
from scharnier.apps.people.models import Organization
from scharnier.apps.situations import access, models
from scharnier.apps.situations.services import _acting as acting
from scharnier.apps.situations.services import _figures as figures
from scharnier.apps.situations.services import _working as working
from scharnier.core import situations
from scharnier.core.kernel import (
    Actor,
    AreaId,
    IndicatorId,
    Invalid,
    MatchId,
    NotFound,
    OrganizationId,
    PersonId,
    ResidentGroupId,
    SituationId,
    TopicId,
)
from scharnier.core.situations import Event, Origin, Step

LEAST_PARTNERS: Final = 2
OF_MATCHES: Final = UUID("5f0c2f0e-6d0b-4a7e-9d55-2f5f3f2d9c11")  # in which numbers of matches become ours


class GroupNotFound(NotFound):
    """No such resident group in the actor's network."""

    code = "situations.group_not_found"


class TooFewPartners(Invalid):
    """A match is of two organizations at least."""

    code = "situations.too_few_partners"


@dataclass(frozen=True, slots=True, kw_only=True)
class SituationWish:
    """What somebody wants to get a hold on with others."""

    question: str
    organization_id: OrganizationId | None = None  # which leads; None: a coordinator, and nobody leads yet
    topics: frozenset[TopicId] = field(default_factory=frozenset)
    area_ids: frozenset[AreaId] = field(default_factory=frozenset)
    resident_group_ids: frozenset[ResidentGroupId] = field(default_factory=frozenset)
    template: situations.Template | None = None
    key: UUID | None = None  # of the page it was filled in on: what is sent again makes nothing new


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Partners who meet something alike; the question comes from no signal."""

    organization_ids: frozenset[OrganizationId]
    question: str
    topics: frozenset[TopicId] = field(default_factory=frozenset)
    area_ids: frozenset[AreaId] = field(default_factory=frozenset)
    id: MatchId | None = None  # of the match it came of: a second time makes nothing new


@transaction.atomic
def begin_situation(wish: SituationWish, *, actor: Actor, on: date, at: datetime) -> SituationId:
    """Begin a situation by hand; from then on partners can be invited.

    The same wish with the same key makes nothing new: what was begun before comes back.

    Raises
    ------
    MayNotBegin
    OrganizationNotFound
        Also when the actor does not act for it.
    UnknownTopic, UnknownArea, GroupNotFound
    EmptyText, TextTooLong, PersonalDataFound
    """
    access.check_may_begin(actor, on=on, organization_id=wish.organization_id)
    owner = _own(wish.organization_id, actor=actor) if wish.organization_id else None
    lead = people.own_person_for_update(actor)  # so that of two at once one waits
    situation_id = _id_of(wish, actor=actor)
    if models.Situation.objects.filter(pk=situation_id, network_id=actor.network_id).exists():
        return situation_id
    _check_about(wish.topics, wish.area_ids, wish.resident_group_ids, actor=actor)
    bundle = situations.Situation(
        id=situation_id,
        network_id=actor.network_id,
        question=wish.question.strip(),
        made_on=on,
        since=on,
        owner_id=wish.organization_id,
        lead_id=PersonId(lead.text_id) if owner else None,
        topics=wish.topics,
        area_ids=wish.area_ids,
        resident_group_ids=wish.resident_group_ids,
    )
    by = situations.Capacity.OWNER if owner else situations.Capacity.COORDINATOR
    value = situations.take_step(bundle, Step.PROPOSE, by=by, on=on)
    row = _store(value, owner=owner)
    if owner is not None:
        row.lead, row.lead_text_id = lead, lead.text_id
        row.save(update_fields=["lead", "lead_text_id"])
    acted = acting.Acted(row=row, value=value, by=actor, capacities=frozenset({by}))
    if wish.template is not None:
        _fill_in(acted, wish.template, on=on)
    acting.tell(acted, Event.STEP, at=at, what=acting.BEGUN)
    acting.record("situation.begun", acted, at=at, facts={"origin": value.origin.value})
    return situation_id


@transaction.atomic
def begin_of_match(match: Match, *, actor: Actor, on: date, at: datetime) -> SituationId:
    """Begin a bundle of which each partner of a match is one; nobody leads it yet.

    Of the same match it is begun once: what was begun before comes back. Who calls it holds the match.

    Raises
    ------
    MayNotBegin, TooFewPartners
    OrganizationNotFound
        Also when the actor acts for none of them.
    UnknownTopic, UnknownArea
    EmptyText, TextTooLong, PersonalDataFound
    """
    people.own_person_for_update(actor)  # before the network
    if len(match.organization_ids) < LEAST_PARTNERS:
        raise TooFewPartners(n_partners=len(match.organization_ids))
    own_ids = match.organization_ids & actor.acts_for
    if not own_ids:
        raise people.OrganizationNotFound(organization_id=min(match.organization_ids))
    access.check_may_begin(actor, on=on, organization_id=min(own_ids))
    situation_id = id_of_match(match.id) if match.id else SituationId(working.new_id())
    if models.Situation.objects.filter(pk=situation_id, network_id=actor.network_id).exists():
        return situation_id
    _check_about(match.topics, match.area_ids, (), actor=actor)
    found = people.organizations(actor).filter(text_id__in=sorted(match.organization_ids))
    partners = list(found.order_by("text_id"))
    if len(partners) < LEAST_PARTNERS:
        raise TooFewPartners(n_partners=len(partners))
    value = situations.Situation(
        id=situation_id,
        network_id=actor.network_id,
        question=match.question.strip(),
        made_on=on,
        since=on,
        origin=Origin.OTHERS,
        topics=match.topics,
        area_ids=match.area_ids,
        signal_partner_ids=match.organization_ids,
    )
    row = _store(value, owner=None)
    for partner in partners:
        models.BundlePartner.objects.create(
            network_id=row.network_id, situation=row, organization=partner, share=1 / len(partners)
        )
    by = frozenset({situations.Capacity.PARTNER})
    acted = acting.Acted(row=row, value=value, by=actor, capacities=by)
    acting.tell(acted, Event.STEP, at=at, what=acting.BEGUN)
    acting.record("situation.begun", acted, at=at, facts={"origin": value.origin.value})
    return value.id


def id_of_match(match_id: MatchId) -> SituationId:
    """Return the identifier of what is begun of a match; the number of the match cannot be read from it."""
    return SituationId(uuid5(OF_MATCHES, match_id).hex)


def _id_of(wish: SituationWish, *, actor: Actor) -> SituationId:
    if wish.key is None:
        return SituationId(working.new_id())
    said = "\n".join((actor.network_id, actor.person_id, wish.organization_id or "", wish.question.strip()))
    return SituationId(uuid5(wish.key, said).hex)


def _own(organization_id: OrganizationId, *, actor: Actor) -> Organization:
    row = people.own_organizations(actor).filter(text_id=organization_id).first()
    if row is None:
        raise people.OrganizationNotFound(organization_id=organization_id)
    return row


def _check_about(
    topics: frozenset[TopicId], area_ids: Collection[str], group_ids: Collection[str], *, actor: Actor
) -> None:
    """Let only what the network has pass, and what the thesaurus lends it.

    Raises
    ------
    UnknownTopic, UnknownArea, GroupNotFound
    """
    if topics:
        people_services.adopt_topics(topics, network_id=actor.network_id)
        people_services.bump_revision(actor.network_id)
    people_services.check_areas(area_ids, network_id=actor.network_id)
    known = set(people.resident_groups(actor).values_list("text_id", flat=True)) if group_ids else set()
    unknown = sorted(set(group_ids) - known)
    if unknown:
        raise GroupNotFound(resident_group_id=unknown[0])


def _store(value: situations.Situation, *, owner: Organization | None) -> models.Situation:
    row = models.Situation(
        id=value.id,
        network_id=value.network_id,
        question=value.question,
        made_on=value.made_on,
        origin=value.origin.value,
        state=value.state.value,
        since=value.since,
        owner=owner,
        owner_text_id=owner.text_id if owner else "",
        owner_name=owner.name if owner else "",
        topic_ids=sorted(value.topics),
        area_ids=sorted(value.area_ids),
        resident_group_ids=sorted(value.resident_group_ids),
    )
    row.save(force_insert=True)
    return row


def _fill_in(acted: acting.Acted, template: situations.Template, *, on: date) -> None:
    ids = [IndicatorId(working.new_id()) for _ in template.indicators]
    start = situations.start_from(template, on=on, indicator_ids=ids)
    row = acted.row
    row.template_id = template.id
    row.goal, row.baseline, row.deadline = start.plan.goal, start.plan.baseline, start.plan.deadline
    row.save(update_fields=["template_id", "goal", "baseline", "deadline"])
    for indicator in start.indicators:
        figures.store_indicator(row, indicator)
