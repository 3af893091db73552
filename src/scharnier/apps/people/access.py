# SPDX-License-Identifier: EUPL-1.2
"""The only way to a row of people on behalf of someone: own network, as the policy allows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Exists, OuterRef, Q, QuerySet

from scharnier.apps.people import models
from scharnier.core import policy
from scharnier.core.kernel import Actor, NetworkId, NotFound, OrganizationId, PersonId, Role, ServiceId
from scharnier.core.network import Purpose

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _Contact(TypedDict):
        may_contact: bool

    VisiblePerson = WithAnnotations[models.Person, _Contact]


Meaning = Mapping[policy.Condition, Q | Exists]  # what a condition of the policy is in columns


class PersonNotFound(NotFound):
    """No such person, or none this actor may know of: one answer, so nothing leaks."""

    code = "people.person_not_found"


class OrganizationNotFound(NotFound):
    """No such organization in the actor's network."""

    code = "people.organization_not_found"


class ServiceNotFound(NotFound):
    """No such service in the actor's network."""

    code = "people.service_not_found"


def actor_of_user(user_pk: int, *, on: date) -> Actor | None:
    """Return whom a user acts as on a day; None for a user without an account in any network."""
    account = (
        models.Account.objects.filter(user_id=user_pk)
        .order_by("network_id")
        .values_list("network_id", "person__text_id", "role", "person_id")
        .first()
    )
    if account is None:
        return None
    network_id, person_id, role, person_pk = account
    return Actor(
        network_id=NetworkId(network_id),
        person_id=PersonId(person_id),
        role=Role(role),
        acts_for=frozenset(map(OrganizationId, _organizations_of(person_pk, on=on))),
    )


def _organizations_of(person_pk: int, *, on: date) -> QuerySet[models.Membership, str]:
    current = Q(start_date__isnull=True) | Q(start_date__lte=on)
    current &= Q(end_date__isnull=True) | Q(end_date__gte=on)
    found = models.Membership.objects.filter(current, person_id=person_pk, organization__isnull=False)
    return found.values_list("organization__text_id", flat=True)


def consented(purpose: Purpose, *, on: date, person: str = "pk") -> Exists:
    """Return the condition that the person of a row consents to a purpose on a day."""
    consents = models.Consent.objects.filter(
        Q(end_date__isnull=True) | Q(end_date__gte=on),
        person=OuterRef(person),
        purpose=purpose.value,
        given_date__lte=on,
    )
    return Exists(consents)


def allowed(actor: Actor, act: policy.Act, kind: policy.Kind, *, meaning: Meaning) -> Q:
    """Return the condition under which the policy allows an actor an act on a row of a kind.

    `meaning` says what each condition of the policy is in the columns of that row.
    """
    conditions = policy.conditions_for(actor.role, act, kind)
    if policy.Condition.ALWAYS in conditions:
        return Q()
    found = Q(pk__in=())  # no row
    for condition in conditions:
        found |= Q(meaning[condition])
    return found


def _seen(actor: Actor, kind: policy.Kind) -> Q:
    """Return the condition for things that a role sees all of, or none."""
    return allowed(actor, policy.Act.SEE, kind, meaning={})


def areas(actor: Actor) -> QuerySet[models.Area]:
    """Return the areas of the actor's network."""
    found = models.Area.objects.filter(_seen(actor, policy.Kind.PLACE), network_id=actor.network_id)
    return found.order_by("pk")


def topics(actor: Actor) -> QuerySet[models.Topic]:
    """Return the topics of the actor's network."""
    found = models.Topic.objects.filter(_seen(actor, policy.Kind.TOPIC), network_id=actor.network_id)
    return found.order_by("pk")


def persons(actor: Actor, *, on: date) -> QuerySet[VisiblePerson]:
    """Return the persons whom the actor may know of, and the actor's own card.

    Notes
    -----
    Each row carries `may_contact`: whether its ways to reach may be shown to this actor.
    """
    own, listed = Q(text_id=actor.person_id), consented(Purpose.LISTING, on=on)
    reachable = Q(listed) & Q(consented(Purpose.CONTACT, on=on))
    meaning: Meaning = {
        policy.Condition.OWN: own,
        policy.Condition.LISTED: listed,
        policy.Condition.REACHABLE: reachable,
    }
    return (
        models.Person.objects.filter(network_id=actor.network_id)
        .filter(allowed(actor, policy.Act.SEE, policy.Kind.PERSON, meaning=meaning))
        .annotate(may_contact=allowed(actor, policy.Act.SEE, policy.Kind.WAYS, meaning=meaning))
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
    meaning: Meaning = {
        policy.Condition.OWN: Q(person__text_id=actor.person_id),
        policy.Condition.LISTED: consented(Purpose.LISTING, on=on, person="person_id"),
    }
    visible = allowed(actor, policy.Act.SEE, policy.Kind.MEMBERSHIP, meaning=meaning)
    return models.Membership.objects.filter(visible, network_id=actor.network_id).order_by("pk")


def ties(actor: Actor, *, on: date) -> QuerySet[models.Tie]:
    """Return the ties of the actor, and those between persons the actor may know of."""
    source, target = (consented(Purpose.LISTING, on=on, person=end) for end in ("source_id", "target_id"))
    meaning: Meaning = {
        policy.Condition.OWN: Q(source__text_id=actor.person_id) | Q(target__text_id=actor.person_id),
        policy.Condition.LISTED: Q(source) & Q(target),
    }
    visible = allowed(actor, policy.Act.SEE, policy.Kind.TIE, meaning=meaning)
    return models.Tie.objects.filter(visible, network_id=actor.network_id).order_by("pk")


def organizations(actor: Actor) -> QuerySet[models.Organization]:
    """Return the organizations of the actor's network."""
    seen = _seen(actor, policy.Kind.ORGANIZATION)
    return models.Organization.objects.filter(seen, network_id=actor.network_id).order_by("name", "pk")


def communities(actor: Actor) -> QuerySet[models.Community]:
    """Return the communities of the actor's network."""
    seen = _seen(actor, policy.Kind.COMMUNITY)
    return models.Community.objects.filter(seen, network_id=actor.network_id).order_by("name", "pk")


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
        models.Service.objects.filter(_seen(actor, policy.Kind.SERVICE), network_id=actor.network_id)
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
