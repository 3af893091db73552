# SPDX-License-Identifier: EUPL-1.2
"""Whom to invite: organizations with the reasons for each, and the people who hinge between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from scharnier.core.kernel import AreaId, Invalid, OrganizationId, PersonId, TopicId
from scharnier.core.network import Consent, Organization, Purpose

MUCH_FROM: Final = 0.4  # share of the signals
PART_FROM: Final = 0.15
LEAST_TIED: Final = 2  # organizations that a hinge joins


class SharesUnclear(Invalid):
    """Shares lie in 0..1."""

    code = "situations.shares_unclear"


class Weight(StrEnum):
    """How much of the signals is an organization's, in a word, so that nothing can be counted back."""

    MUCH = "much"
    PART = "part"
    SOME = "some"


class ReasonKind(StrEnum):
    """Why an organization is proposed, strongest first."""

    SIGNALS = "signals"  # it meets this here
    MANDATE = "mandate"  # its remit holds the topics
    AREA = "area"  # it works here; never a reason alone
    HINGE = "hinge"  # somebody joins it with others who are proposed; never a reason alone


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedPartner:
    """An organization to invite, with every reason for it."""

    organization_id: OrganizationId
    weight: Weight | None = None  # of its signals; None: it has none here
    topics: frozenset[TopicId] = frozenset()  # of its remit
    works_here: bool = False
    hinge_ids: tuple[PersonId, ...] = ()  # by identifier, not by merit

    @property
    def reasons(self) -> tuple[ReasonKind, ...]:
        """The reasons that hold, strongest first; at least one."""
        holds = {
            ReasonKind.SIGNALS: self.weight is not None,
            ReasonKind.MANDATE: bool(self.topics),
            ReasonKind.AREA: self.works_here,
            ReasonKind.HINGE: bool(self.hinge_ids),
        }
        return tuple(kind for kind in ReasonKind if holds[kind])


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinge:
    """A person tied to several organizations, with the consents that say whether it may be told."""

    person_id: PersonId
    organization_ids: frozenset[OrganizationId]
    consents: tuple[Consent, ...] = ()

    def may_be_named(self, on: date) -> bool:
        """Tell whether the person agreed to be found and to be named as who can introduce."""
        holding = {consent.purpose for consent in self.consents if consent.holds_on(on)}
        return {Purpose.LISTING, Purpose.INTRODUCTION} <= holding


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What a coalition is sought for."""

    topics: frozenset[TopicId]  # with what is broader, where that counts
    area_ids: frozenset[AreaId]  # with the areas around it
    shares: Mapping[OrganizationId, float]  # of the signals, in 0..1, such as each partner's part of the LLR

    def __post_init__(self) -> None:
        if not all(0 <= share <= 1 for share in self.shares.values()):
            raise SharesUnclear


def propose_coalition(
    matter: Matter,
    organizations: Iterable[Organization],
    hinges: Iterable[Hinge] = (),
    *,
    on: date,
    excluded: Collection[OrganizationId] = (),
) -> tuple[ProposedPartner, ...]:
    """Return the organizations to invite, each with its reasons.

    Parameters
    ----------
    matter
        Topics, areas and whose signals.
    organizations
        n organizations of the network.
    hinges
        m persons with the organizations they are tied to; who did not agree is left out.
    on
        The day on which consents count.
    excluded
        Who has a conflict of interest, or asked to be left out.

    Returns
    -------
    tuple of ProposedPartner, shape (k,)
        k <= n; who has signals first, much before some, then by identifier. Persons are in no order of
        merit, and no person is weighed.

    Notes
    -----
    Proposed is who has signals, or whose remit holds a topic and who works here; no area at all means that
    an organization works everywhere. A hinge is named with every proposed organization it joins, when these
    are two or more. O(n + m).

    Examples
    --------
    >>> school = Organization(id=OrganizationId("school"), name="School")
    >>> matter = Matter(topics=frozenset(), area_ids=frozenset(), shares={school.id: 0.5})
    >>> [kind.value for kind in propose_coalition(matter, [school], on=date(2026, 3, 2))[0].reasons]
    ['signals', 'area']
    """
    barred = frozenset(excluded)
    fit = {
        organization.id: partner
        for organization in organizations
        if organization.id not in barred and (partner := _judge(organization, matter)) is not None
    }
    joined: dict[OrganizationId, list[PersonId]] = {organization_id: [] for organization_id in fit}
    for hinge in hinges:
        between = hinge.organization_ids & fit.keys()
        if len(between) >= LEAST_TIED and hinge.may_be_named(on):
            for organization_id in between:
                joined[organization_id].append(hinge.person_id)
    proposed = (_join(partner, joined[partner.organization_id]) for partner in fit.values())
    return tuple(sorted(proposed, key=_order))


def _judge(organization: Organization, matter: Matter) -> ProposedPartner | None:
    weight = _weigh(matter.shares.get(organization.id, 0.0))
    topics = organization.topics & matter.topics
    works_here = not organization.area_ids or bool(organization.area_ids & matter.area_ids)
    if weight is None and not (topics and works_here):
        return None
    return ProposedPartner(
        organization_id=organization.id, weight=weight, topics=topics, works_here=works_here
    )


def _weigh(share: float) -> Weight | None:
    if share >= MUCH_FROM:
        return Weight.MUCH
    if share >= PART_FROM:
        return Weight.PART
    return Weight.SOME if share > 0 else None


def _join(partner: ProposedPartner, person_ids: list[PersonId]) -> ProposedPartner:
    return ProposedPartner(
        organization_id=partner.organization_id,
        weight=partner.weight,
        topics=partner.topics,
        works_here=partner.works_here,
        hinge_ids=tuple(sorted(set(person_ids))),
    )


def _order(partner: ProposedPartner) -> tuple[int, OrganizationId]:
    weights = list(Weight)
    place = len(weights) if partner.weight is None else weights.index(partner.weight)
    return place, partner.organization_id
