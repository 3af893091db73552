# SPDX-License-Identifier: EUPL-1.2
"""Reads of what somebody may change: their own card, and the organizations they act for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scharnier.apps.people import access, cards, labels, models, rows
from scharnier.apps.people.selectors._cards import PersonCard, RoleLine, person_card, role_lines
from scharnier.apps.people.selectors._checks import Checked, checked_groups
from scharnier.apps.people.selectors._groups import Lines, group_lines, names_of
from scharnier.core import network, policy
from scharnier.core.kernel import Actor, NetworkId, OrganizationId, PersonId, Role, ServiceId

NOBODY = PersonId("")  # a member who is not in any list: what they see, every member sees


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOverview:
    """A group of a card, as its owner looks it over."""

    group: str
    title: str
    lines: Lines
    checked: Checked | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCard:
    """Everything on somebody's own card, to look over and to change."""

    name: str
    groups: tuple[GroupOverview, ...]
    level: str
    level_until: date | None
    roles: tuple[RoleLine, ...]  # that have not ended
    n_private: int  # fields kept to oneself
    organizations: tuple[tuple[str, str], ...]  # identifier and name of those one acts for
    may_add: bool  # organizations, communities and persons


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnValues:
    """Somebody's own card as values, to fill forms with."""

    person: network.Person
    visibility: Mapping[str, str]


def own_values(actor: Actor, *, on: date) -> OwnValues:
    """Return the actor's own card as values.

    Raises
    ------
    PersonNotFound
    """
    row = access.own_person(actor, on=on)
    return OwnValues(person=rows.person_value(row), visibility=row.visibility)


def own_card(actor: Actor, *, on: date, language: str) -> OwnCard:
    """Return the actor's own card to look over.

    Raises
    ------
    PersonNotFound
    """
    row = access.own_person(actor, on=on)
    person = rows.person_value(row)
    held = running(person, on=on)
    lines = role_lines(access.memberships(actor, on=on).filter(person=row), on=on)
    return OwnCard(
        name=row.name,
        groups=_groups(row, cards.OF_PERSON, on=on, language=language),
        level=cards.level_of(frozenset(held)).value,
        level_until=held[network.Purpose.LISTING].end_date if network.Purpose.LISTING in held else None,
        roles=tuple(line for line in lines if line.end_date is None or line.end_date >= on),
        n_private=len(cards.private_fields(row.visibility)),
        organizations=tuple(access.own_organizations(actor).values_list("text_id", "name")),
        may_add=access.may_add(actor, policy.Kind.ORGANIZATION, on=on),
    )


def running(person: network.Person, *, on: date) -> Mapping[network.Purpose, network.Consent]:
    """Return the consents of a person that hold on a day, the one that lasts longest of each purpose."""
    held = [consent for consent in person.consents if consent.holds_on(on)]
    held.sort(key=lambda consent: consent.end_date or date.max)
    return {consent.purpose: consent for consent in held}


def preview_card(actor: Actor, *, on: date, language: str) -> PersonCard | None:
    """Return the actor's own card as any other member sees it; None when others see nothing.

    Notes
    -----
    Read by the same way as every card, on behalf of a member who is nobody in particular.
    """
    member = Actor(network_id=NetworkId(actor.network_id), person_id=NOBODY, role=Role.PROFESSIONAL)
    row = access.persons(member, on=on).filter(text_id=actor.person_id).first()
    return None if row is None else person_card(row, actor=member, on=on, language=language)


def organization_groups(
    organization_id: OrganizationId, *, actor: Actor, on: date, language: str
) -> tuple[GroupOverview, ...]:
    """Return an organization's card to look over.

    Raises
    ------
    OrganizationNotFound
        Also when the actor does not act for it.
    """
    row = access.changeable_organization(organization_id, actor=actor)
    return _groups(row, cards.OF_ORGANIZATION, on=on, language=language)


def organization_value(organization_id: OrganizationId, *, actor: Actor) -> network.Organization:
    """Return an organization as a value, to fill a form with.

    Raises
    ------
    OrganizationNotFound
        Also when the actor does not act for it.
    """
    return rows.organization_value(access.changeable_organization(organization_id, actor=actor))


def service_value(service_id: ServiceId, *, actor: Actor) -> network.Service:
    """Return a service as a value, to fill a form with.

    Raises
    ------
    ServiceNotFound
        Also when the actor does not act for its organization.
    """
    return rows.service_value(access.changeable_service(service_id, actor=actor))


def service_names(organization_id: OrganizationId, *, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return the services of an organization, by name."""
    found = access.services(actor).filter(organization__text_id=organization_id)
    return tuple(found.values_list("text_id", "name"))


def role_line(membership_pk: int, *, actor: Actor, on: date) -> RoleLine:
    """Return a role of the actor's own.

    Raises
    ------
    MembershipNotFound
    """
    own = access.memberships(actor, on=on).filter(pk=membership_pk, person__text_id=actor.person_id)
    for line in role_lines(own, on=on):
        return line
    raise access.MembershipNotFound(membership_id=membership_pk)


def _groups(
    row: models.Person | models.Organization,
    groups: tuple[cards.Group, ...],
    *,
    on: date,
    language: str,
) -> tuple[GroupOverview, ...]:
    names = names_of(row.network, language=language)
    checked = checked_groups(row.checks.all(), on=on)
    titles = labels.GROUPS if isinstance(row, models.Person) else labels.GROUPS_OF_ORGANIZATION
    return tuple(
        GroupOverview(
            group=group.value,
            title=str(titles[group]),
            lines=group_lines(row, group, names=names, language=language),
            checked=checked.get(group.value),
        )
        for group in groups
    )
