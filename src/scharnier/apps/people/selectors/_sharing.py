# SPDX-License-Identifier: EUPL-1.2
"""Reads of what is shared: with whom somebody shares their card, and who shares theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from scharnier.apps.people import access
from scharnier.apps.people.demonstration import ROLES
from scharnier.apps.people.selectors._cards import Link
from scharnier.apps.people.selectors._choices import Choices
from scharnier.apps.sharing import access as sharing
from scharnier.apps.sharing import labels
from scharnier.apps.sharing.models import Sharing
from scharnier.core import policy
from scharnier.core.kernel import Actor, Role
from scharnier.core.sharing import Audience, AudienceKind, Purpose

_Names = Mapping[tuple[str, str], str]  # kind and identifier -> name


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingLine:
    """One running sharing, in words."""

    pk: int
    whose: Link
    audience: Link | None  # None: somebody who does not want to be found, or has left
    purpose: str
    basis: str
    purpose_words: str
    basis_words: str
    reason: str
    starts_at: datetime
    ends_at: datetime

    @property
    def is_emergency(self) -> bool:
        """Tell whether somebody broke the glass for it."""
        return self.purpose == Purpose.EMERGENCY.value


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingPage:
    """What the actor shares, and what others share with the actor."""

    given: tuple[SharingLine, ...]
    received: tuple[SharingLine, ...]


def sharing_page(actor: Actor, *, on: date, at: datetime) -> SharingPage:
    """Return the running sharings of the actor's own card and those with the actor."""
    given, received = list(sharing.given(actor, at=at)), list(sharing.received(actor, at=at))
    names = _names((*given, *received), actor=actor, on=on)
    seen = [row for row in received if (AudienceKind.PERSON.value, row.person_id) in names]
    return SharingPage(
        given=tuple(_line(row, names=names) for row in given),
        received=tuple(_line(row, names=names) for row in seen),
    )


def sharing_line(row: Sharing, *, actor: Actor, on: date) -> SharingLine:
    """Return one sharing in words."""
    return _line(row, names=_names((row,), actor=actor, on=on))


def audience_choices(actor: Actor) -> Mapping[AudienceKind, Choices]:
    """Return with whom the actor can share, by kind: but persons, who may be too many to list."""
    return {
        AudienceKind.ORGANIZATION: tuple(access.organizations(actor).values_list("text_id", "name")),
        AudienceKind.ROLE: tuple((role.value, str(ROLES[role])) for role in Role if _can_receive(role)),
    }


def is_audience(audience: Audience, *, actor: Actor, on: date) -> bool:
    """Tell whether the actor can share with somebody or something."""
    if audience.kind is AudienceKind.PERSON:
        others = access.persons(actor, on=on).exclude(text_id=actor.person_id)
        return others.filter(text_id=audience.id).exists()
    return audience.id in dict(audience_choices(actor)[audience.kind])


def _can_receive(role: Role) -> bool:
    conditions = policy.conditions_for(role, policy.Act.SEE, policy.Kind.PERSON)
    return policy.Condition.SHARED in conditions


def _names(rows: Iterable[Sharing], *, actor: Actor, on: date) -> _Names:
    """Return the names of whom and what the rows are about, as far as the actor may know of them."""
    wanted = {(row.audience_kind, row.audience_id) for row in rows}
    persons = {text_id for kind, text_id in wanted if kind == AudienceKind.PERSON}
    persons |= {row.person_id for row in rows}
    organizations = {text_id for kind, text_id in wanted if kind == AudienceKind.ORGANIZATION}
    found = {
        AudienceKind.PERSON: access.persons(actor, on=on).filter(text_id__in=sorted(persons)),
        AudienceKind.ORGANIZATION: access.organizations(actor).filter(text_id__in=sorted(organizations)),
    }
    named = {
        (kind.value, text_id): name
        for kind, known in found.items()
        for text_id, name in known.values_list("text_id", "name")
    }
    return named | {(AudienceKind.ROLE.value, role): str(name) for role, name in ROLES.items()}


def _line(row: Sharing, *, names: _Names) -> SharingLine:
    audience = names.get((row.audience_kind, row.audience_id))
    whose = names.get((AudienceKind.PERSON.value, row.person_id), "")
    return SharingLine(
        pk=row.pk,
        whose=Link(name=whose, kind="person", id=row.person_id),
        audience=Link(name=audience, kind=row.audience_kind, id=row.audience_id) if audience else None,
        purpose=row.purpose,
        basis=row.basis,
        purpose_words=str(labels.PURPOSES[row.purpose]),
        basis_words=str(labels.BASES[row.basis]),
        reason=row.reason,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )
