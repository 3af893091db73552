# SPDX-License-Identifier: EUPL-1.2
"""The only way to what a right is exercised on: one's own rows, and who asks without an account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db.models import Q, QuerySet

from scharnier.apps.people import access as people
from scharnier.apps.people import gone
from scharnier.apps.people.models import Membership, Person, Tie, User
from scharnier.apps.referral import access as referrals
from scharnier.apps.rights import models
from scharnier.apps.situations import access as situations
from scharnier.apps.tombstones.models import Tombstone
from scharnier.core import policy
from scharnier.core.kernel import Actor, NetworkId, NotAllowed, NotFound, PersonId, Role

BY_OBJECTION: Final = "right.objection"


class DataRequestNotFound(NotFound):
    """No such request in the actor's network."""

    code = "rights.request_not_found"


class ObjectionNotFound(NotFound):
    """No such objection of the actor's own."""

    code = "rights.objection_not_found"


class NotForCoordinator(NotAllowed):
    """Only who coordinates the network may do this."""

    code = "rights.only_coordinator"


def demand(actor: Actor, act: policy.Act, kind: policy.Kind) -> None:
    """Refuse an act that the policy allows the actor's role on nothing of a kind.

    Raises
    ------
    NotForCoordinator
    """
    if policy.Condition.ALWAYS not in policy.conditions_for(actor.role, act, kind):
        raise NotForCoordinator(role=actor.role.value)


def said_ties(actor: Actor) -> QuerySet[Tie]:
    """Return the ties that others entered to the actor, whom the actor may take them away from."""
    own = Q(target__text_id=actor.person_id)
    found = people.allowed(actor, policy.Act.REMOVE, policy.Kind.TIE, meaning={policy.Condition.OWN: own})
    rows = Tie.objects.filter(found, own, network_id=actor.network_id)
    return rows.select_related("source").order_by("observed_date", "pk")


def own_roles(actor: Actor) -> QuerySet[Membership]:
    """Return the roles that are said to be the actor's, and that the actor may take away."""
    own = Q(person__text_id=actor.person_id)
    found = people.allowed(
        actor, policy.Act.REMOVE, policy.Kind.MEMBERSHIP, meaning={policy.Condition.OWN: own}
    )
    rows = Membership.objects.filter(found, own, network_id=actor.network_id)
    related = ("person", "organization", "community", "resident_group", "successor")
    return rows.select_related(*related).order_by("pk")


def objections(actor: Actor) -> QuerySet[Tombstone]:
    """Return what the actor objected to, latest first."""
    to_roles = Q(kind=gone.MEMBERSHIP, object_id__startswith=f"{actor.person_id} ")
    to_ties = Q(kind=gone.TIE, object_id__endswith=f" {actor.person_id}")
    found = Tombstone.objects.filter(to_roles | to_ties, network_id=actor.network_id, by=BY_OBJECTION)
    return found.order_by("-removed_date", "-pk")


def sent_to(column: str, *, person: Person, user: User | None) -> Q:
    """Return the condition that a column holds an address of a person, however it is capitalized."""
    return one_of_addresses(column, addresses_of(person, user=user))


def addresses_of(person: Person, *, user: User | None) -> frozenset[str]:
    """Return the addresses of a person: on the card, and those to sign in with."""
    known = {person.email, user.email if user else "", user.username if user else ""}
    return frozenset(address.strip().lower() for address in known if "@" in address)


def one_of_addresses(column: str, addresses: Iterable[str]) -> Q:
    """Return the condition that a column holds one of some addresses, however it is capitalized."""
    found = Q(pk__in=())
    for address in sorted(addresses):
        found |= Q(**{f"{column}__iexact": address})
    return found


def removable_person_for_update(actor: Actor) -> Person:
    """Return the actor's own card, to erase it, locked until the transaction ends.

    Raises
    ------
    PersonNotFound
    """
    own = Q(text_id=actor.person_id)
    meaning: people.Meaning = {policy.Condition.OWN: own}
    found = people.allowed(actor, policy.Act.REMOVE, policy.Kind.PERSON, meaning=meaning)
    rows = Person.objects.select_for_update().filter(found, own, network_id=actor.network_id)
    row = rows.first()
    if row is None:
        raise people.PersonNotFound(person_id=actor.person_id)
    return row


def hold_work(actor: Actor) -> None:
    """Lock the referrals and situations that the actor has a part in, so that nobody waits for the other."""
    found = Person.objects.filter(network_id=actor.network_id, text_id=actor.person_id)
    for person_pk in found.values_list("pk", flat=True):
        referrals.hold_all_of(person_pk)
        situations.hold_all_of(person_pk)


def data_requests(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.DataRequest]:
    """Return the requests of people without an account, those that wait first, soonest due first."""
    found = people.allowed(actor, act, policy.Kind.DATA_REQUEST, meaning={})
    rows = models.DataRequest.objects.filter(found, network_id=actor.network_id)
    return rows.order_by("-done_at", "answer_by", "pk")


def data_request(
    request_pk: int, *, actor: Actor, act: policy.Act = policy.Act.SEE, lock: bool = False
) -> models.DataRequest:
    """Return one request, locked until the transaction ends if need be.

    Raises
    ------
    DataRequestNotFound
    """
    found = data_requests(actor, act=act).filter(pk=request_pk)
    row = (found.select_for_update() if lock else found).first()
    if row is None:
        raise DataRequestNotFound(request_id=request_pk)
    return row


def cards_without_account(actor: Actor) -> QuerySet[Person]:
    """Return the cards nobody signs in as, hidden ones too: whose they are asks by letter or in person."""
    found = people.allowed(actor, policy.Act.CREATE, policy.Kind.DATA_REQUEST, meaning={})
    return Person.objects.filter(found, network_id=actor.network_id, account__isnull=True).order_by("pk")


def card_of_request_for_update(row: models.DataRequest, *, actor: Actor) -> Person:
    """Return the card that a request is about, locked until the transaction ends.

    Raises
    ------
    PersonNotFound
        Also when the person got an account meanwhile.
    """
    found = cards_without_account(actor).select_for_update(of=("self",)).select_related("network")
    person = found.filter(text_id=row.person_text_id).first()
    if person is None:
        raise people.PersonNotFound(person_id=row.person_text_id)
    return person


def subject_of(person: Person) -> Actor:
    """Return in whose place everything about a person is read: their own, in the role that sees least."""
    return Actor(
        network_id=NetworkId(person.network_id), person_id=PersonId(person.text_id), role=Role.RESIDENT
    )
