# SPDX-License-Identifier: EUPL-1.2
"""Reads of the systems of organizations: for who keeps them, and for who asks such an organization."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db.models import Count, Q

from scharnier.apps.open311 import access, models, passing, selectors
from scharnier.apps.open311.models import Step
from scharnier.apps.referral.models import Turn
from scharnier.core.kernel import Actor, NetworkId, ReferralId
from scharnier.core.referral import State
from scharnier.formats.wording import Language

MOST_STUCK: Final = 50  # on the page
UNDERWAY: Final = (Step.WAITING.value, Step.SENDING.value, Step.PASSED.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemLine:
    """The system of an organization."""

    pk: int
    organization: str
    address: str
    takes_words: bool
    n_topics: int
    n_underway: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckLine:
    """Something that did not certainly arrive."""

    id: str
    organization: str
    service: str  # what it is called in the other system
    tried_at: datetime | None
    is_unknown: bool  # it may have arrived; else it did not
    status: int | None
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Systems:
    """Everything that coordinators keep of systems."""

    lines: tuple[SystemLine, ...]
    stuck: tuple[StuckLine, ...]


class Way(StrEnum):
    """How far something is, for who asked it."""

    GOES = "goes"  # it will be passed on when it is sent
    UNDERWAY = "underway"
    PASSED = "passed"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True, kw_only=True)
class WayLine:
    """What becomes of one turn in the system of who is asked."""

    organization: str
    way: Way
    with_words: bool
    request_id: str
    passed_at: datetime | None


def page(actor: Actor) -> Systems:
    """Return the systems of the actor's network, and what is stuck on its way (raises NotForThisRole)."""
    access.demand(actor)
    found = access.systems(actor).annotate(
        n_underway=Count("passages", filter=Q(passages__step__in=UNDERWAY))
    )
    return Systems(
        lines=tuple(
            SystemLine(
                pk=row.pk,
                organization=row.organization.name,
                address=row.address,
                takes_words=row.takes_words,
                n_topics=len(row.codes),
                n_underway=row.n_underway,
            )
            for row in found
        ),
        stuck=tuple(map(stuck_line, access.stuck(actor)[:MOST_STUCK])),
    )


def stuck_line(row: models.Passage) -> StuckLine:
    """Return something that is stuck, for a coordinator."""
    return StuckLine(
        id=row.id,
        organization=row.system.organization.name,
        service=dict(row.system.services).get(row.service_code, row.service_code),
        tried_at=row.tried_at,
        is_unknown=row.step == Step.UNKNOWN,
        status=row.status,
        error=row.error,
    )


def stuck_passage(passage_id: str, *, actor: Actor) -> StuckLine:
    """Return one thing that is stuck (raises PassageNotFound)."""
    row = access.stuck(actor).filter(pk=passage_id).first()
    if row is None:
        raise access.PassageNotFound(passage_id=passage_id)
    return stuck_line(row)


def topic_codes(row: models.System, *, actor: Actor, language: Language) -> list[tuple[str, str, str]]:
    """Return each topic that can go to a system, with its name and its code there."""
    topics = selectors.topic_choices(actor, language=language)
    return [(topic_id, name, row.codes.get(topic_id, "")) for topic_id, name in topics]


def told_systems(actor: Actor) -> tuple[tuple[str, bool], ...]:
    """Return the organizations with a system that is told what they are asked, and whether words go along."""
    found = models.System.objects.filter(network_id=actor.network_id).exclude(codes={})
    return tuple(found.order_by("organization__name").values_list("organization__name", "takes_words"))


def ways_of(referral_id: ReferralId, *, network_id: NetworkId) -> tuple[WayLine, ...]:
    """Return what becomes of a referral in the systems of who is asked; for who sees all of it."""
    found = Turn.objects.filter(referral_id=referral_id, network_id=network_id, organization__isnull=False)
    found = found.filter(Q(passage__isnull=False) | Q(person_text_id="", state=State.DRAFT.value))
    turns = found.select_related("referral", "organization", "passage").order_by("round", "place_in_round")
    return tuple(_ways(list(turns), network_id=network_id))


def _ways(turns: Sequence[Turn], *, network_id: NetworkId) -> Iterator[WayLine]:
    if not turns:
        return
    asked = [turn.organization_id for turn in turns]
    found = models.System.objects.filter(network_id=network_id, organization__in=asked)
    systems = {row.organization_id: row for row in found}
    for turn in turns:
        system = systems.get(turn.organization_id or 0)
        passage = getattr(turn, "passage", None)
        if system is None or turn.organization is None:
            continue
        if passage is None and not passing.code_for(system, turn.referral):
            continue
        yield WayLine(
            organization=turn.organization.name,
            way=_way(passage),
            with_words=passage.has_words if passage and passage.attempts else system.takes_words,
            request_id=passage.request_id if passage else "",
            passed_at=passage.passed_at if passage else None,
        )


def _way(passage: models.Passage | None) -> Way:
    if passage is None:
        return Way.GOES
    if passage.step in models.STUCK:
        return Way.STUCK
    return Way.PASSED if passage.passed_at else Way.UNDERWAY
