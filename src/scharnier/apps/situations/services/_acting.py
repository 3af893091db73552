# SPDX-License-Identifier: EUPL-1.2
"""What every act on a situation has in common: who takes part, the story, and the log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, TypeAlias

from scharnier.apps.audit import services as log
from scharnier.apps.people.models import Person
from scharnier.apps.situations import access, models, rows
from scharnier.core import audit, situations
from scharnier.core.kernel import Actor, OrganizationId, SituationId

NO_FACTS: Final[Mapping[str, str]] = MappingProxyType({})
By: TypeAlias = Actor | audit.System  # the system is the clock
BEGUN: Final = "begun"  # what stands in the story besides steps of the core
LEAD_PASSED: Final = "lead_passed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """A situation that is acted on, as it stood, by whom and in what capacities."""

    row: models.Situation
    value: situations.Situation
    by: By
    capacities: frozenset[situations.Capacity]
    answering_id: OrganizationId | None = None  # which answers an invitation, or leaves

    def acts_for(self) -> OrganizationId | None:
        """Return the organization for which somebody acts here: the owner, else the first that takes part."""
        if isinstance(self.by, audit.System) or self.answering_id is not None:
            return self.answering_id
        partners = self.value.coalition | self.value.signal_partner_ids
        own = sorted(partners & self.by.acts_for)
        is_owner = self.value.owner_id in own
        return self.value.owner_id if is_owner else next(iter(own), None)


def hold(situation_id: SituationId, *, by: By) -> Acted:
    """Return a situation that somebody takes part in, or mends as coordinator, locked.

    Raises
    ------
    SituationNotFound
        Also when it is of others.
    """
    row = access.hold(situation_id, network_id=by.network_id)
    value = rows.situation_value(row)
    if isinstance(by, audit.System):
        capacities = frozenset({situations.Capacity.CLOCK})
    else:
        capacities = situations.capacities_of(value, by)
    if not capacities or not (isinstance(by, audit.System) or access.is_member(by)):
        raise access.SituationNotFound(situation_id=situation_id)
    return Acted(row=row, value=value, by=by, capacities=capacities)


def check_takes_part(acted: Acted) -> OrganizationId:
    """Return the organization of the coalition for which somebody acts.

    Raises
    ------
    NotInCoalition
    """
    organization_id = acted.acts_for()
    if organization_id is None or organization_id not in acted.value.coalition:
        raise situations.NotInCoalition
    return organization_id


def tell(
    acted: Acted,
    event: situations.Event,
    *,
    at: datetime,
    what: str = "",
    subject_id: str = "",
    readers: situations.Readers | None = None,
) -> models.StoryLine:
    """Write a line in the story of a situation; without readers it is for the coalition.

    Who did it stays until the transaction ends; who was erased meanwhile is nobody.
    """
    person = None
    if isinstance(acted.by, Actor):
        found = Person.objects.filter(network_id=acted.by.network_id, text_id=acted.by.person_id)
        person = found.select_for_update(no_key=True).first()
    return models.StoryLine.objects.create(
        network_id=acted.row.network_id,
        situation=acted.row,
        at=at,
        event=event.value,
        what=what,
        subject_id=subject_id,
        source_text_id=(readers.source_id if readers else acted.acts_for()) or "",
        by=person,
        by_text_id=person.text_id if person else "",
        audience=(readers.audience if readers else situations.Audience.COALITION).value,
        named_ids=sorted(readers.named_ids) if readers else [],
    )


def record(act: str, acted: Acted, *, at: datetime, facts: Mapping[str, str] = NO_FACTS) -> None:
    """Put an act on record, in identifiers only; the last thing in its transaction."""
    log.record(
        actor=acted.by,
        act=act,
        kind="situation",
        object_id=acted.row.id,
        at=at,
        on_behalf_of=acted.acts_for() or "",
        facts=facts,
    )


def store_head(row: models.Situation, value: situations.Situation, *, on: date) -> None:
    """Store the state, owner, plan and words of a situation; what belongs to it has rows of its own."""
    row.state, row.since = value.state.value, value.since
    row.goal, row.baseline, row.deadline = value.plan.goal, value.plan.baseline, value.plan.deadline
    row.reason, row.handed_to = value.reason, value.handed_to
    row.ended_on = (row.ended_on or on) if value.state in situations.ENDED else None
    row.save()
