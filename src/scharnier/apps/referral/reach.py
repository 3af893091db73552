# SPDX-License-Identifier: EUPL-1.2
"""How a party can be written to: the accounts that act for it, else one address that gets a link."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from scharnier.apps.mail import services as mail
from scharnier.apps.people import access as people
from scharnier.apps.people import cards
from scharnier.apps.people.models import Account, Membership, Organization, Person
from scharnier.apps.referral import models
from scharnier.core import policy
from scharnier.core.kernel import Role
from scharnier.core.network import Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Where a party can be written to; nowhere when all is empty."""

    members: tuple[str, ...] = ()  # addresses of people with an account
    address: str = ""  # of somebody without one, who gets a link
    holder: models.Holder = models.Holder.PERSON  # whose address that is

    @property
    def is_anywhere(self) -> bool:
        """Tell whether there is an address at all."""
        return bool(self.members or self.address)


NOWHERE = Reach()


def reach_turn(turn: models.Turn, *, on: date) -> Reach:
    """Return how who is asked can be written to: the person first, else the organization."""
    found = reach_person(turn.person, on=on) if turn.person else NOWHERE
    if found.is_anywhere or turn.organization is None:
        return found
    address = turn.service.email if turn.service else ""
    return reach_organization(turn.organization, on=on, address=address)


def reach_person(person: Person, *, on: date) -> Reach:
    """Return how a person can be written to: by the account, else by the card when they agree to that."""
    account = Account.objects.filter(person=person).select_related("user").first()
    if account is not None:
        return Reach(members=tuple(_addresses([account])))
    agrees = Person.objects.filter(people.consented(Purpose.CONTACT, on=on), pk=person.pk).exists()
    is_shown = "email" not in cards.private_fields(person.visibility)
    address = person.email if agrees and is_shown and mail.is_address(person.email) else ""
    return Reach(address=address)


def reach_organization(organization: Organization, *, on: date, address: str = "") -> Reach:
    """Return how an organization can be written to: those who act for it, else its own address."""
    members = tuple(_addresses(_acting_for(organization, on=on)))
    if members:
        return Reach(members=members, holder=models.Holder.ORGANIZATION)
    return Reach(address=front_door(organization, address=address), holder=models.Holder.ORGANIZATION)


def front_door(organization: Organization, *, address: str = "") -> str:
    """Return the address of an organization itself, or of what of it was asked; empty without any."""
    return next(filter(mail.is_address, (address, organization.email)), "")


def reach_coordinators(network_id: str) -> Reach:
    """Return how the coordinators of a network can be written to."""
    found = Account.objects.filter(network_id=network_id, role=Role.COORDINATOR.value)
    return Reach(members=tuple(_addresses(found.select_related("user").order_by("pk"))))


def reach_sender(row: models.Referral, *, on: date) -> Reach:
    """Return how who sent a referral can be written to; the coordinators act in the place of who has gone."""
    found = reach_person(row.sender_person, on=on) if row.sender_person else NOWHERE
    return found if found.members else reach_coordinators(row.network_id)


def stand_in_of(turn: models.Turn, *, on: date) -> Person | None:
    """Return who stands in for who is asked: the successor in a role they hold or just left, if any."""
    if turn.person is None:
        return None
    roles = Membership.objects.filter(network_id=turn.network_id, person=turn.person, is_confirmed=True)
    if turn.organization is not None:
        roles = roles.filter(organization=turn.organization)
    roles = roles.filter(Q(start_date__isnull=True) | Q(start_date__lte=on), successor__isnull=False)
    found = roles.select_related("successor").order_by("-start_date", "pk").first()
    return found.successor if found else None


def has_account(person: Person | None) -> bool:
    """Tell whether a person can sign in."""
    return person is not None and Account.objects.filter(person=person).exists()


def _acting_for(organization: Organization, *, on: date) -> QuerySet[Account]:
    current = Q(start_date__isnull=True) | Q(start_date__lte=on)
    current &= Q(end_date__isnull=True) | Q(end_date__gte=on)
    roles = Membership.objects.filter(current, organization=organization, is_confirmed=True)
    found = Account.objects.filter(network_id=organization.network_id, person__in=roles.values("person"))
    return found.filter(role__in=_answering_roles()).select_related("user").order_by("pk")


def _answering_roles() -> list[str]:
    """Return the roles that may answer for an organization."""
    conditions = ((role, policy.conditions_for(role, policy.Act.HANDLE, policy.Kind.TURN)) for role in Role)
    return [role.value for role, found in conditions if policy.Condition.FOR_ASKED in found]


def _addresses(accounts: Iterable[Account]) -> Iterable[str]:
    return (account.user.email for account in accounts if mail.is_address(account.user.email))
