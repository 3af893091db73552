# SPDX-License-Identifier: EUPL-1.2
"""The only way to a row of people on behalf of someone: own network, as the policy allows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When

from scharnier.apps import wall
from scharnier.apps.people import cards, models
from scharnier.apps.sharing import access as sharing
from scharnier.core import policy
from scharnier.core.kernel import (
    Actor,
    NetworkId,
    NotAllowed,
    NotFound,
    OrganizationId,
    PersonId,
    Role,
    ServiceId,
)
from scharnier.core.network import Purpose

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class _MaySee(TypedDict):
        may_contact: bool  # the ways to reach
        may_see_fields: bool  # those that are not private
        may_see_private: bool
        is_listed: bool
        is_reachable: bool  # by consent, for every member

    class _MayName(TypedDict):
        may_name_successor: bool

    class _MayChange(TypedDict):
        may_change: bool

    VisiblePerson = WithAnnotations[models.Person, _MaySee]
    SeenOrganization = WithAnnotations[models.Organization, _MayChange]
    SeenMembership = WithAnnotations[models.Membership, _MayName]


Meaning = Mapping[policy.Condition, Q | Exists]  # what a condition of the policy is in columns
_SELF, _ACTS_FOR, _SHARED = (
    "self",
    "acts for",
    "shared",
)  # what a text identifier of an actor's reach is about
NOTHING, EVERYTHING = Q(pk__in=()), Q(pk__isnull=False)  # no row, every row


class PersonNotFound(NotFound):
    """No such person, or none this actor may know of: one answer, so nothing leaks."""

    code = "people.person_not_found"


class OrganizationNotFound(NotFound):
    """No such organization in the actor's network."""

    code = "people.organization_not_found"


class ServiceNotFound(NotFound):
    """No such service in the actor's network."""

    code = "people.service_not_found"


class MembershipNotFound(NotFound):
    """No such role, or none that this actor may change."""

    code = "people.membership_not_found"


class MayNotAdd(NotAllowed):
    """The actor may not add something of this kind to the network."""

    code = "people.may_not_add"


def actor_of_user(
    user_pk: int, *, on: date, at: datetime | None = None, network_id: NetworkId | None = None
) -> Actor | None:
    """Return whom a user acts as on a day, in the network of choice where there is an account.

    None for a user without an account in any network. Without a moment nothing counts as shared. From here
    on the database shows this user that network, and of other networks the own accounts only.
    """
    wall.tell(user_pk=user_pk)
    chosen_first = Case(When(network_id=network_id or "", then=Value(0)), default=Value(1))
    account = (
        models.Account.objects.filter(user_id=user_pk)
        .order_by(chosen_first, "network_id")
        .values_list("network_id", "role", "person_id")
        .first()
    )
    if account is None:
        return None
    found_id, role, person_pk = account
    wall.tell(network_id=found_id, user_pk=user_pk)
    return _actor(person_pk, network_id=NetworkId(found_id), role=Role(role), on=on, at=at)


def actor_of_account(account: models.Account, *, on: date) -> Actor | None:
    """Return whom an account acts as on a day, in work for it; nothing counts as shared with it."""
    network_id, role = NetworkId(account.network_id), Role(account.role)
    return _actor(account.person_id, network_id=network_id, role=role, on=on, at=None)


def _actor(
    person_pk: int, *, network_id: NetworkId, role: Role, on: date, at: datetime | None
) -> Actor | None:
    """Return who acts for which organizations and sees which shared cards, in one query.

    None when the card went since the account was read.
    """
    person = models.Person.objects.filter(pk=person_pk)
    organizations = _organizations_of(person_pk, on=on)
    found = person.annotate(what=Value(_SELF)).values_list("what", "text_id")
    found = found.union(
        organizations.annotate(what=Value(_ACTS_FOR)).values_list("what", "organization__text_id")
    )
    if at is not None:
        audience = sharing.Audience(
            network_id=network_id, persons=person.values("text_id"), role=role, organizations=organizations
        )
        shared = sharing.running_for(audience, at=at)
        found = found.union(shared.annotate(what=Value(_SHARED)).values_list("what", "person_id"))
    named: defaultdict[str, set[str]] = defaultdict(set)
    for what, text_id in found:
        named[what].add(text_id)
    if not named[_SELF]:
        return None
    return Actor(
        network_id=network_id,
        person_id=PersonId(named[_SELF].pop()),
        role=role,
        acts_for=frozenset(map(OrganizationId, named[_ACTS_FOR])),
        shared_with_me=frozenset(map(PersonId, named[_SHARED])),
    )


def _organizations_of(person_pk: int, *, on: date) -> QuerySet[models.Membership, str]:
    current = Q(start_date__isnull=True) | Q(start_date__lte=on)
    current &= Q(end_date__isnull=True) | Q(end_date__gte=on)
    found = models.Membership.objects.filter(
        current, person_id=person_pk, organization__isnull=False, is_confirmed=True
    )
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
    found = NOTHING
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
    Each row carries which parts of it this actor may see; `hidden_fields` names the others.
    """
    own, listed = Q(text_id=actor.person_id), consented(Purpose.LISTING, on=on)
    reachable = Q(listed) & Q(consented(Purpose.CONTACT, on=on))
    meaning: Meaning = {
        policy.Condition.OWN: own,
        policy.Condition.LISTED: listed,
        policy.Condition.REACHABLE: reachable,
        policy.Condition.SHOWN: listed,
        policy.Condition.SHARED: Q(text_id__in=sorted(actor.shared_with_me)),
    }
    private: Meaning = {**meaning, policy.Condition.SHOWN: NOTHING, policy.Condition.SHARED: NOTHING}
    see = policy.Act.SEE
    return (
        models.Person.objects.filter(network_id=actor.network_id)
        .filter(allowed(actor, see, policy.Kind.PERSON, meaning=meaning))
        .annotate(
            may_contact=allowed(actor, see, policy.Kind.WAYS, meaning=meaning),
            may_see_fields=allowed(actor, see, policy.Kind.CARD_FIELD, meaning=meaning),
            may_see_private=allowed(actor, see, policy.Kind.CARD_FIELD, meaning=private),
            is_listed=listed,
            is_reachable=reachable,
        )
        .order_by("name", "pk")
    )


def hidden_fields(row: VisiblePerson) -> frozenset[str]:
    """Return the fields of a card that stay hidden from the actor for whom the row was read."""
    private = cards.private_fields(row.visibility)
    hidden = frozenset() if row.may_see_private else private
    if not row.may_see_fields:
        hidden |= frozenset(cards.FIELDS) - private
    return hidden if row.may_contact else hidden | frozenset(cards.WAYS)


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


def is_there(person_id: PersonId, *, actor: Actor) -> bool:
    """Tell whether the actor's network knows a person, hidden or not; for the log, never for an answer."""
    return models.Person.objects.filter(network_id=actor.network_id, text_id=person_id).exists()


def own_person(actor: Actor, *, on: date) -> models.Person:
    """Return the actor's own row.

    Raises
    ------
    PersonNotFound
        When the card was removed meanwhile.
    """
    return person(PersonId(actor.person_id), actor=actor, on=on)


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


def memberships(actor: Actor, *, on: date) -> QuerySet[SeenMembership]:
    """Return the memberships of the persons the actor may know of.

    Notes
    -----
    Each row carries whether its successor may be named. What a person says about belonging to an
    organization is seen by others once the organization says so too.
    """
    own = Q(person__text_id=actor.person_id)
    meaning: Meaning = {
        policy.Condition.OWN: own,
        policy.Condition.LISTED: consented(Purpose.LISTING, on=on, person="person_id"),
        policy.Condition.SHARED: Q(person__text_id__in=sorted(actor.shared_with_me)),
    }
    successor: Meaning = {
        policy.Condition.OWN: Q(successor__text_id=actor.person_id),
        policy.Condition.LISTED: consented(Purpose.LISTING, on=on, person="successor_id"),
        policy.Condition.SHARED: Q(successor__text_id__in=sorted(actor.shared_with_me)),
    }
    visible = allowed(actor, policy.Act.SEE, policy.Kind.MEMBERSHIP, meaning=meaning)
    found = models.Membership.objects.filter(visible, network_id=actor.network_id)
    named = allowed(actor, policy.Act.SEE, policy.Kind.PERSON, meaning=successor)
    return found.filter(own | Q(is_confirmed=True)).annotate(may_name_successor=named).order_by("pk")


def ties(actor: Actor, *, on: date) -> QuerySet[models.Tie]:
    """Return the ties of the actor, and those between persons the actor may know of."""
    source, target = (consented(Purpose.LISTING, on=on, person=end) for end in ("source_id", "target_id"))
    meaning: Meaning = {
        policy.Condition.OWN: Q(source__text_id=actor.person_id) | Q(target__text_id=actor.person_id),
        policy.Condition.LISTED: Q(source) & Q(target),
    }
    visible = allowed(actor, policy.Act.SEE, policy.Kind.TIE, meaning=meaning)
    return models.Tie.objects.filter(visible, network_id=actor.network_id).order_by("pk")


def changeable_membership_for_update(membership_pk: int, *, actor: Actor) -> models.Membership:
    """Return a role that the actor may change, locked until the transaction ends.

    Raises
    ------
    MembershipNotFound
        Also when it is somebody else's.
    """
    meaning: Meaning = {policy.Condition.OWN: Q(person__text_id=actor.person_id)}
    found = models.Membership.objects.select_for_update(of=("self",)).filter(
        allowed(actor, policy.Act.CHANGE, policy.Kind.MEMBERSHIP, meaning=meaning),
        network_id=actor.network_id,
        pk=membership_pk,
    )
    row = found.first()
    if row is None:
        raise MembershipNotFound(membership_id=membership_pk)
    return row


def claims(organization_id: OrganizationId, *, actor: Actor) -> QuerySet[models.Membership]:
    """Return who says to belong to an organization, for who may change it to say so too."""
    meaning = _of_organization(actor, path="organization__text_id")
    return models.Membership.objects.filter(
        allowed(actor, policy.Act.CHANGE, policy.Kind.ORGANIZATION, meaning=meaning),
        network_id=actor.network_id,
        organization__text_id=organization_id,
        is_confirmed=False,
    ).order_by("pk")


def _of_organization(actor: Actor, *, path: str) -> Meaning:
    return {policy.Condition.ON_BEHALF: Q(**{f"{path}__in": sorted(actor.acts_for)})}


def changeable_organizations(actor: Actor) -> QuerySet[SeenOrganization]:
    """Return the organizations that the actor may change."""
    return organizations(actor).filter(_changeable(actor))


def changeable_organization(
    organization_id: OrganizationId, *, actor: Actor, lock: bool = False
) -> SeenOrganization:
    """Return an organization that the actor may change, locked until the transaction ends if need be.

    Raises
    ------
    OrganizationNotFound
        Also when the actor does not act for it.
    """
    found = changeable_organizations(actor).filter(text_id=organization_id)
    row = (found.select_for_update() if lock else found).first()
    if row is None:
        raise OrganizationNotFound(organization_id=organization_id)
    return row


def changeable_service(service_id: ServiceId, *, actor: Actor, lock: bool = False) -> models.Service:
    """Return a service that the actor may change, locked until the transaction ends if need be.

    Raises
    ------
    ServiceNotFound
        Also when the actor does not act for its organization.
    """
    meaning = _of_organization(actor, path="organization__text_id")
    found = services(actor).filter(
        allowed(actor, policy.Act.CHANGE, policy.Kind.SERVICE, meaning=meaning), text_id=service_id
    )
    row = (found.select_for_update(of=("self",)) if lock else found).first()
    if row is None:
        raise ServiceNotFound(service_id=service_id)
    return row


def check_may_add(actor: Actor, kind: policy.Kind, *, on: date) -> None:
    """Let those pass who may add something of a kind to their network.

    Raises
    ------
    MayNotAdd
    """
    if not may_add(actor, kind, on=on):
        raise MayNotAdd(kind=kind.value)


def may_add(actor: Actor, kind: policy.Kind, *, on: date) -> bool:
    """Tell whether somebody may add something of a kind to their network."""
    thing = policy.Thing(kind=kind, network_id=actor.network_id)
    return policy.allow(actor, policy.Act.CREATE, thing, at=on)


def organizations(actor: Actor) -> QuerySet[SeenOrganization]:
    """Return the organizations of the actor's network, each with whether the actor may change it."""
    seen = _seen(actor, policy.Kind.ORGANIZATION)
    found = models.Organization.objects.filter(seen, network_id=actor.network_id)
    return found.annotate(may_change=_changeable(actor) or EVERYTHING).order_by("name", "pk")


def _changeable(actor: Actor) -> Q:
    meaning = _of_organization(actor, path="text_id")
    return allowed(actor, policy.Act.CHANGE, policy.Kind.ORGANIZATION, meaning=meaning)


def communities(actor: Actor) -> QuerySet[models.Community]:
    """Return the communities of the actor's network."""
    seen = _seen(actor, policy.Kind.COMMUNITY)
    return models.Community.objects.filter(seen, network_id=actor.network_id).order_by("name", "pk")


def resident_groups(actor: Actor) -> QuerySet[models.ResidentGroup]:
    """Return the resident groups of the actor's network."""
    seen = _seen(actor, policy.Kind.RESIDENT_GROUP)
    return models.ResidentGroup.objects.filter(seen, network_id=actor.network_id).order_by("name", "pk")


def own_organizations(actor: Actor) -> QuerySet[SeenOrganization]:
    """Return the organizations that the actor acts for."""
    return changeable_organizations(actor).filter(text_id__in=sorted(actor.acts_for))


def organization(organization_id: OrganizationId, *, actor: Actor) -> SeenOrganization:
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


def waiting_persons(actor: Actor, *, on: date) -> QuerySet[models.Person]:
    """Return whose cards were made ready and not taken up, for who may make cards ready.

    Notes
    -----
    Whoever agreed to anything, or did once, has spoken: such a card is seen as its consents say.
    """
    may = may_add(actor, policy.Kind.PERSON, on=on)
    found = models.Person.objects.filter(EVERYTHING if may else NOTHING, network_id=actor.network_id)
    waiting = found.filter(awaits_person=True, account__isnull=True, consents__isnull=True)
    return waiting.order_by("name", "pk")
