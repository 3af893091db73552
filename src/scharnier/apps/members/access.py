# SPDX-License-Identifier: EUPL-1.2
"""The only way to a row of who may sign in, who was invited and who asks: as the policy allows."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from scharnier.apps import wall
from scharnier.apps.members import models
from scharnier.apps.people import access as people
from scharnier.apps.people.models import Account, Membership, Network, Person
from scharnier.core import policy
from scharnier.core.kernel import Actor, NotAllowed, NotFound, PersonId
from scharnier.core.network import Purpose


class AccountNotFound(NotFound):
    """No such account in the actor's network, or none the actor may do this to."""

    code = "members.account_not_found"


class InvitationNotFound(NotFound):
    """No such invitation in the actor's network."""

    code = "members.invitation_not_found"


class RequestNotFound(NotFound):
    """No such request in the actor's network."""

    code = "members.request_not_found"


class RequestsClosed(NotFound):
    """No network of that name takes requests."""

    code = "members.requests_closed"


class HandOverNotFound(NotFound):
    """No such hand-over that the actor may undo."""

    code = "members.hand_over_not_found"


class NotForThisRole(NotAllowed):
    """The actor's role does not allow this."""

    code = "members.not_for_this_role"


def demand(actor: Actor, act: policy.Act, kind: policy.Kind) -> None:
    """Refuse an act that the policy allows the actor's role on nothing of a kind.

    Raises
    ------
    NotForThisRole
    """
    if policy.Condition.ALWAYS not in policy.conditions_for(actor.role, act, kind):
        raise NotForThisRole(role=actor.role.value)


def may(actor: Actor, act: policy.Act, kind: policy.Kind) -> bool:
    """Tell whether the actor's role allows an act on everything of a kind."""
    return policy.Condition.ALWAYS in policy.conditions_for(actor.role, act, kind)


def accounts(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[Account]:
    """Return the accounts of the network that the actor may see, or do something else to."""
    meaning: people.Meaning = {policy.Condition.OWN: Q(person__text_id=actor.person_id)}
    allowed = people.allowed(actor, act, policy.Kind.ACCOUNT, meaning=meaning)
    found = Account.objects.filter(allowed, network_id=actor.network_id)
    return found.order_by("person__name", "pk")


def account(account_pk: int, *, actor: Actor, act: policy.Act = policy.Act.SEE) -> Account:
    """Return one account.

    Raises
    ------
    AccountNotFound
    """
    row = accounts(actor, act=act).select_related("person", "user").filter(pk=account_pk).first()
    if row is None:
        raise AccountNotFound(account_id=account_pk)
    return row


def own_account(actor: Actor) -> Account:
    """Return the account the actor acts with.

    Raises
    ------
    AccountNotFound
    """
    row = accounts(actor).filter(person__text_id=actor.person_id).first()
    if row is None:
        raise AccountNotFound(account_id=actor.person_id)
    return row


def network_for_update(actor: Actor) -> Network:
    """Return the row of the actor's network, locked: who changes accounts of one network waits here."""
    return Network.objects.select_for_update().get(id=actor.network_id)


def invitations(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.Invitation]:
    """Return the invitations to the actor's network, latest first."""
    allowed = people.allowed(actor, act, policy.Kind.INVITATION, meaning={})
    return models.Invitation.objects.filter(allowed, network_id=actor.network_id).order_by("-made_at", "-pk")


def invitation_by_digest(digest: str) -> models.Invitation | None:
    """Return the invitation whose token has that digest, of whatever network, to whoever holds the token."""
    with wall.holding(wall.pass_of_invitation(digest)):
        return models.Invitation.objects.filter(token_digest=digest).first()


def invitation_for_update(
    invitation_pk: int, *, actor: Actor, act: policy.Act = policy.Act.SEE
) -> models.Invitation:
    """Return one invitation, locked until the transaction ends.

    Raises
    ------
    InvitationNotFound
    """
    row = invitations(actor, act=act).select_for_update().filter(pk=invitation_pk).first()
    if row is None:
        raise InvitationNotFound(invitation_id=invitation_pk)
    return row


def join_requests(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.JoinRequest]:
    """Return the requests to join the actor's network that wait, oldest first."""
    allowed = people.allowed(actor, act, policy.Kind.JOIN_REQUEST, meaning={})
    found = models.JoinRequest.objects.filter(allowed, network_id=actor.network_id, decided_at__isnull=True)
    return found.order_by("made_at", "pk")


def join_request_for_update(request_pk: int, *, actor: Actor) -> models.JoinRequest:
    """Return one request that waits for a decision, locked until the transaction ends.

    Raises
    ------
    RequestNotFound
    """
    found = join_requests(actor, act=policy.Act.CHANGE)
    row = found.select_for_update().filter(pk=request_pk).first()
    if row is None:
        raise RequestNotFound(request_id=request_pk)
    return row


def roles_of(person_id: PersonId, *, actor: Actor) -> QuerySet[Membership]:
    """Return the memberships of a person that the actor may change, and so may look at first."""
    meaning: people.Meaning = {policy.Condition.OWN: Q(person__text_id=actor.person_id)}
    allowed = people.allowed(actor, policy.Act.CHANGE, policy.Kind.MEMBERSHIP, meaning=meaning)
    found = Membership.objects.filter(allowed, network_id=actor.network_id, person__text_id=person_id)
    return found.order_by("pk")


def current_roles(person_id: PersonId, *, actor: Actor, on: date) -> QuerySet[Membership]:
    """Return the roles that would go over with a day as their last."""
    started = Q(start_date__isnull=True) | Q(start_date__lte=on)
    lasting = Q(end_date__isnull=True) | Q(end_date__gt=on)
    return roles_of(person_id, actor=actor).filter(started, lasting)


def holders(actor: Actor, *, on: date) -> QuerySet[Person]:
    """Return whose roles the actor may hand over: oneself, or for who keeps the network all it knows of."""
    own = Q(text_id=actor.person_id)
    known = own | Q(people.consented(Purpose.LISTING, on=on)) | Q(account__isnull=False)
    keeps = may(actor, policy.Act.CHANGE, policy.Kind.MEMBERSHIP)
    found = Person.objects.filter(known if keeps else own, network_id=actor.network_id)
    return found.order_by("name", "pk")


def successors(actor: Actor, *, on: date) -> QuerySet[people.VisiblePerson]:
    """Return to whom roles can go: whom the actor knows of."""
    return people.persons(actor, on=on)


def hand_overs(actor: Actor) -> QuerySet[models.HandOver]:
    """Return the hand-overs that the actor could have made, latest first."""
    meaning: people.Meaning = {policy.Condition.OWN: Q(from_person__text_id=actor.person_id)}
    allowed = people.allowed(actor, policy.Act.CHANGE, policy.Kind.MEMBERSHIP, meaning=meaning)
    return models.HandOver.objects.filter(allowed, network_id=actor.network_id).order_by("-pk")


def hand_over_for_update(hand_over_pk: int, *, actor: Actor) -> models.HandOver:
    """Return one hand-over, locked until the transaction ends.

    Raises
    ------
    HandOverNotFound
    """
    row = hand_overs(actor).select_for_update().filter(pk=hand_over_pk).first()
    if row is None:
        raise HandOverNotFound(hand_over_id=hand_over_pk)
    return row
