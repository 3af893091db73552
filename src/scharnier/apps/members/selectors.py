# SPDX-License-Identifier: EUPL-1.2
"""Reads of members: who can sign in, who was invited, who asks, and what would go over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

from scharnier.apps import wall
from scharnier.apps.members import access, devices, models
from scharnier.apps.people.access import persons, waiting_persons
from scharnier.apps.people.models import Account, Membership, Network, Person, User
from scharnier.apps.people.selectors import Choices, Part, Shortlist, shortlist, take_part
from scharnier.core import policy
from scharnier.core.kernel import Actor, NetworkId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """Who can sign in, and in which role."""

    pk: int
    person_id: str
    name: str
    sign_in_name: str
    role: str
    is_self: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationLine:
    """An invitation and how it stands."""

    pk: int
    email: str
    role: str
    state: str  # open, expired, used or withdrawn
    made_at: datetime
    expires_at: datetime

    @property
    def is_open(self) -> bool:
        """Tell whether it can still be sent again or taken back."""
        return self.state in {"open", "expired"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """Somebody who asks to join."""

    pk: int
    name: str
    email: str
    why: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkLine:
    """A network that a user has an account in."""

    id: str
    name: str
    role: str
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A place where a user is signed in."""

    pk: int
    device: str
    address: str
    since: datetime
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """What the page of an invitation says."""

    network: str
    inviter: str  # empty: whoever it was has left
    email: str
    role: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleToMove:
    """A role that would go over."""

    role: str
    where: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A hand-over that was made today and can be undone."""

    pk: int
    from_name: str
    to_name: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Whether anyone may ask to join a network, and where."""

    network_id: str
    name: str
    is_open: bool


def account_lines(actor: Actor, *, number: str = "1") -> Part[AccountLine]:
    """Return who can sign in to the actor's network.

    Raises
    ------
    NotForThisRole
    """
    access.demand(actor, policy.Act.SEE, policy.Kind.ACCOUNT)
    rows = access.accounts(actor).select_related("person", "user")
    return take_part(rows, number, line=partial(_account_line, actor=actor))


def account_line(account_pk: int, *, actor: Actor) -> AccountLine:
    """Return one account, to change it.

    Raises
    ------
    AccountNotFound
    """
    return _account_line(access.account(account_pk, actor=actor, act=policy.Act.CHANGE), actor=actor)


def invitation_lines(actor: Actor, *, at: datetime, number: str = "1") -> Part[InvitationLine]:
    """Return the invitations to the actor's network, latest first.

    Raises
    ------
    NotForThisRole
    """
    access.demand(actor, policy.Act.SEE, policy.Kind.INVITATION)
    return take_part(access.invitations(actor), number, line=partial(_invitation_line, at=at))


def demand_inviting(actor: Actor) -> None:
    """Refuse who may not invite.

    Raises
    ------
    NotForThisRole
    """
    access.demand(actor, policy.Act.CREATE, policy.Kind.INVITATION)


def request_lines(actor: Actor, *, number: str = "1") -> Part[RequestLine]:
    """Return who waits for an answer, oldest first.

    Raises
    ------
    NotForThisRole
    """
    access.demand(actor, policy.Act.SEE, policy.Kind.JOIN_REQUEST)
    return take_part(access.join_requests(actor), number, line=_request_line)


def door(actor: Actor) -> Door:
    """Return whether anyone may ask to join the actor's network."""
    return _door(Network.objects.get(id=actor.network_id))


def open_door(network_id: NetworkId) -> Door:
    """Return the door through which anyone may ask to join.

    Raises
    ------
    RequestsClosed
    """
    with wall.in_network(network_id):
        row = Network.objects.filter(id=network_id, takes_requests=True).first()
    if row is None:
        raise access.RequestsClosed
    return _door(row)


def networks_of(user: User, *, actor: Actor | None) -> tuple[NetworkLine, ...]:
    """Return the networks a user can act in."""
    rows = Account.objects.filter(user=user).select_related("network").order_by("network__name", "pk")
    return tuple(
        NetworkLine(
            id=row.network_id,
            name=row.network.name,
            role=row.role,
            is_current=actor is not None and row.network_id == actor.network_id,
        )
        for row in rows
    )


def session_lines(user: User, *, current_key: str | None, at: datetime) -> tuple[SessionLine, ...]:
    """Return where a user is signed in, latest first."""
    return tuple(
        SessionLine(
            pk=row.pk,
            device=devices.say_device(row.user_agent),
            address=row.ip,
            since=row.created_at,
            is_current=row.session_key == current_key,
        )
        for row in sessions_of(user, at=at)
    )


def sessions_of(user: User, *, at: datetime) -> QuerySet[UserSession]:
    """Return the rows of where a user is signed in, latest first."""
    lasting = Session.objects.filter(expire_date__gt=at, session_key=OuterRef("session_key"))
    found: QuerySet[UserSession] = UserSession.objects.filter(Exists(lasting), user=user)
    return found.order_by("-created_at", "-pk")


def welcome(row: models.Invitation) -> Welcome:
    """Return what the page of an invitation says."""
    with wall.in_network(row.network_id):
        inviter = Person.objects.filter(network_id=row.network_id, text_id=row.invited_by).first()
    return Welcome(
        network=row.network.name,
        inviter="" if inviter is None else inviter.name,
        email=row.email,
        role=row.role,
        expires_at=row.expires_at,
    )


def cards_without_account(actor: Actor, *, on: date) -> Choices:
    """Return the cards that nobody signs in as: those that wait for their person, then known ones."""
    waiting, known = waiting_persons(actor, on=on), persons(actor, on=on).filter(account__isnull=True)
    pairs = (*waiting.values_list("text_id", "name"), *known.values_list("text_id", "name"))
    return tuple(dict.fromkeys(pairs))


def holders(actor: Actor, *, on: date, name: str = "", chosen: str = "") -> Shortlist:
    """Return whose roles the actor may hand over, to choose one."""
    return shortlist(access.holders(actor, on=on), name=name, chosen=(chosen,))


def successors(actor: Actor, *, on: date, name: str = "", chosen: str = "") -> Shortlist:
    """Return to whom roles can go, to choose one."""
    return shortlist(access.successors(actor, on=on), name=name, chosen=(chosen,))


def roles_to_move(person_id: PersonId, *, actor: Actor, on: date) -> tuple[RoleToMove, ...]:
    """Return what would go over with a day as the last."""
    rows = access.current_roles(person_id, actor=actor, on=on)
    return tuple(map(_role_to_move, rows.select_related("organization", "community", "resident_group")))


def moves_of_today(actor: Actor, *, on: date) -> tuple[Move, ...]:
    """Return the hand-overs of a day that can still be undone."""
    rows = access.hand_overs(actor).filter(made_date=on, undone_at__isnull=True)
    return tuple(
        Move(pk=row.pk, from_name=row.from_person.name, to_name=row.to_person.name, on=row.on_date)
        for row in rows.select_related("from_person", "to_person")
    )


def may_keep_members(actor: Actor) -> bool:
    """Tell whether the actor keeps the accounts of the network."""
    return access.may(actor, policy.Act.CHANGE, policy.Kind.ACCOUNT)


def may_open_the_door(actor: Actor) -> bool:
    """Tell whether the actor may let anyone ask to join."""
    return access.may(actor, policy.Act.CHANGE, policy.Kind.NETWORK)


def _account_line(row: Account, *, actor: Actor) -> AccountLine:
    return AccountLine(
        pk=row.pk,
        person_id=row.person.text_id,
        name=row.person.name,
        sign_in_name=row.user.username,
        role=row.role,
        is_self=row.person.text_id == actor.person_id,
    )


def _invitation_line(row: models.Invitation, *, at: datetime) -> InvitationLine:
    return InvitationLine(
        pk=row.pk,
        email=row.email,
        role=row.role,
        state=_state_of(row, at=at),
        made_at=row.made_at,
        expires_at=row.expires_at,
    )


def _request_line(row: models.JoinRequest) -> RequestLine:
    return RequestLine(pk=row.pk, name=row.name, email=row.email, why=row.why, made_at=row.made_at)


def _state_of(row: models.Invitation, *, at: datetime) -> str:
    if row.used_at:
        return "used"
    if row.withdrawn_at:
        return "withdrawn"
    return "open" if row.expires_at > at else "expired"


def _door(row: Network) -> Door:
    return Door(network_id=row.id, name=row.name, is_open=row.takes_requests)


def _role_to_move(row: Membership) -> RoleToMove:
    party = row.organization or row.community or row.resident_group
    return RoleToMove(
        role=row.role, where="" if party is None else party.name, since=row.start_date, until=row.end_date
    )
