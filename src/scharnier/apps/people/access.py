# SPDX-License-Identifier: EUPL-1.2
"""The only way to a row of people on behalf of someone: own network, and persons as they consent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, OuterRef, Q, QuerySet

from scharnier.apps.people import models
from scharnier.core.kernel import Actor, NetworkId, NotFound, OrganizationId, PersonId, ServiceId
from scharnier.core.network import Purpose

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Contact(TypedDict):
        may_contact: bool

    VisiblePerson = WithAnnotations[models.Person, _Contact]


class PersonNotFound(NotFound):
    """No such person, or none this actor may know of: one answer, so nothing leaks."""

    code = "people.person_not_found"


class OrganizationNotFound(NotFound):
    """No such organization in the actor's network."""

    code = "people.organization_not_found"


class ServiceNotFound(NotFound):
    """No such service in the actor's network."""

    code = "people.service_not_found"


def actor_of_user(user_pk: int) -> Actor | None:
    """Return whom a user acts as; None for a user without an account in any network."""
    account = (
        models.Account.objects.filter(user_id=user_pk)
        .order_by("network_id")
        .values_list("network_id", "person__text_id")
        .first()
    )
    return (
        None if account is None else Actor(network_id=NetworkId(account[0]), person_id=PersonId(account[1]))
    )


def consented(purpose: Purpose, *, on: date, person: str = "pk") -> Exists:
    """Return the condition that the person of a row consents to a purpose on a day."""
    consents = models.Consent.objects.filter(
        Q(end_date__isnull=True) | Q(end_date__gte=on),
        person=OuterRef(person),
        purpose=purpose.value,
        given_date__lte=on,
    )
    return Exists(consents)


def areas(actor: Actor) -> QuerySet[models.Area]:
    """Return the areas of the actor's network."""
    return models.Area.objects.filter(network_id=actor.network_id).order_by("pk")


def topics(actor: Actor) -> QuerySet[models.Topic]:
    """Return the topics of the actor's network."""
    return models.Topic.objects.filter(network_id=actor.network_id).order_by("pk")


def persons(actor: Actor, *, on: date) -> QuerySet[VisiblePerson]:
    """Return the persons who want to be found, and the actor's own card.

    Notes
    -----
    Each row carries `may_contact`: whether its ways to reach may be shown to this actor.
    """
    own = Q(text_id=actor.person_id)
    return (
        models.Person.objects.filter(network_id=actor.network_id)
        .filter(own | consented(Purpose.LISTING, on=on))
        .annotate(may_contact=Q(own | consented(Purpose.CONTACT, on=on)))
        .order_by("name", "pk")
    )


def person(person_id: PersonId, *, actor: Actor, on: date) -> VisiblePerson:
    """Return one person.

    Raises
    ------
    PersonNotFound
        Also when the person is of another network or does not want to be found.
    """
    row = persons(actor, on=on).filter(text_id=person_id).first()
    if row is None:
        raise PersonNotFound(person_id=person_id)
    return row


def own_person_for_update(actor: Actor) -> models.Person:
    """Return the actor's own row, locked until the transaction ends.

    Raises
    ------
    PersonNotFound
        When the card was removed meanwhile.
    """
    row = (
        models.Person.objects.select_for_update()
        .filter(network_id=actor.network_id, text_id=actor.person_id)
        .first()
    )
    if row is None:
        raise PersonNotFound(person_id=actor.person_id)
    return row


def memberships(actor: Actor, *, on: date) -> QuerySet[models.Membership]:
    """Return the memberships of the persons the actor may know of."""
    visible = Q(person__text_id=actor.person_id) | consented(Purpose.LISTING, on=on, person="person_id")
    return models.Membership.objects.filter(network_id=actor.network_id).filter(visible).order_by("pk")


def organizations(actor: Actor) -> QuerySet[models.Organization]:
    """Return the organizations of the actor's network."""
    return models.Organization.objects.filter(network_id=actor.network_id).order_by("name", "pk")


def organization(organization_id: OrganizationId, *, actor: Actor) -> models.Organization:
    """Return one organization.

    Raises
    ------
    OrganizationNotFound
        Also when the organization is of another network.
    """
    row = organizations(actor).select_related("parent").filter(text_id=organization_id).first()
    if row is None:
        raise OrganizationNotFound(organization_id=organization_id)
    return row


def services(actor: Actor) -> QuerySet[models.Service]:
    """Return the services of the actor's network."""
    return (
        models.Service.objects.filter(network_id=actor.network_id)
        .select_related("organization")
        .order_by("name", "pk")
    )


def service(service_id: ServiceId, *, actor: Actor) -> models.Service:
    """Return one service.

    Raises
    ------
    ServiceNotFound
        Also when the service is of another network.
    """
    row = services(actor).filter(text_id=service_id).first()
    if row is None:
        raise ServiceNotFound(service_id=service_id)
    return row
