# SPDX-License-Identifier: EUPL-1.2
"""Acts on requests to join: ask, and what the coordinator says to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from scharnier.apps import wall
from scharnier.apps.audit import services as log
from scharnier.apps.mail import services as mail
from scharnier.apps.members import access, models
from scharnier.apps.members.services._invitations import AlreadyInvited, AlreadyMember, LinkTo, invite
from scharnier.apps.people.models import Account, Network
from scharnier.core import audit, policy
from scharnier.core.kernel import Actor, NetworkId, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody writes who wants to join."""

    name: str
    email: str
    why: str


@transaction.atomic
def ask_to_join(network_id: NetworkId, *, wish: Wish, at: datetime, link: str) -> None:
    """Keep a request until a coordinator decides, and tell the coordinators, with a link to the requests.

    Whoever asks twice is kept once, and told nothing else.

    Raises
    ------
    RequestsClosed
    """
    with wall.in_network(network_id):
        _keep(network_id, wish=wish, at=at, link=link)


def _keep(network_id: NetworkId, *, wish: Wish, at: datetime, link: str) -> None:
    network = Network.objects.select_for_update().filter(id=network_id, takes_requests=True).first()
    if network is None:
        raise access.RequestsClosed
    address = wish.email.strip().lower()
    waiting = models.JoinRequest.objects.filter(network=network, email=address, decided_at__isnull=True)
    if waiting.exists():
        return
    row = models.JoinRequest.objects.create(
        network=network, name=wish.name, email=address, why=wish.why, made_at=at
    )
    _tell_coordinators(network, link=link)
    _record("join_request.made", row, actor=audit.System(network_id=network_id), at=at)


@transaction.atomic
def accept_request(request_pk: int, *, role: Role, actor: Actor, at: datetime, link_to: LinkTo) -> None:
    """Say yes to a request: an invitation goes to its address.

    Raises
    ------
    RequestNotFound
    """
    row = access.join_request_for_update(request_pk, actor=actor)
    try:
        with transaction.atomic():
            invite(email=row.email, role=role, actor=actor, at=at, link_to=link_to)
    except (AlreadyInvited, AlreadyMember):
        pass  # who asked has what they asked for
    _decide(row, is_accepted=True, actor=actor, at=at)


@transaction.atomic
def decline_request(request_pk: int, *, actor: Actor, at: datetime) -> None:
    """Say no to a request; nothing is mailed, and what was written goes.

    Raises
    ------
    RequestNotFound
    """
    row = access.join_request_for_update(request_pk, actor=actor)
    _decide(row, is_accepted=False, actor=actor, at=at)


@transaction.atomic
def open_or_close_requests(*, is_open: bool, actor: Actor, at: datetime) -> None:
    """Switch the page on or off where anyone may ask to join the actor's network.

    Raises
    ------
    NotForThisRole
    """
    access.demand(actor, policy.Act.CHANGE, policy.Kind.NETWORK)
    network = access.network_for_update(actor)
    network.takes_requests = is_open
    network.save(update_fields=["takes_requests"])
    act = "network.requests_opened" if is_open else "network.requests_closed"
    log.record(actor=actor, act=act, kind="network", object_id=network.id, at=at)


def _tell_coordinators(network: Network, *, link: str) -> None:
    coordinators = Account.objects.filter(network=network, role=Role.COORDINATOR.value).exclude(
        user__email=""
    )
    for address in coordinators.order_by("pk").values_list("user__email", flat=True):
        mail.queue_message(
            to=address,
            template="join_request",
            facts={"what": network.name, "link": link},
            language="en" if network.language == "en" else "nl",
        )


def _decide(row: models.JoinRequest, *, is_accepted: bool, actor: Actor, at: datetime) -> None:
    row.name = row.email = row.why = ""
    row.decided_at, row.is_accepted = at, is_accepted
    row.save(update_fields=["name", "email", "why", "decided_at", "is_accepted"])
    act = "join_request.accepted" if is_accepted else "join_request.declined"
    _record(act, row, actor=actor, at=at)


def _record(act: str, row: models.JoinRequest, *, actor: Actor | audit.System, at: datetime) -> None:
    log.record(actor=actor, act=act, kind="join_request", object_id=str(row.pk), at=at)
