# SPDX-License-Identifier: EUPL-1.2
"""Starting a network."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Literal
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.text import slugify

from scharnier.apps import wall
from scharnier.apps.audit import services as log
from scharnier.apps.people import services as people
from scharnier.apps.people.models import Account, Network, Person, User
from scharnier.core.kernel import Actor, NetworkId, NotAllowed, PersonId, Role


class MayNotStart(NotAllowed):
    """Only some people may start a network here."""

    code = "members.may_not_start"


def may_start_network(user: User) -> bool:
    """Tell whether somebody may start a network here."""
    return bool(user.is_active and (user.is_superuser or settings.ANYONE_STARTS_NETWORKS))


@transaction.atomic
def start_network(
    *, name: str, language: Literal["nl", "en"], own_name: str, user: User, at: datetime
) -> NetworkId:
    """Make a network of which the user is the coordinator, with a card that nobody else finds.

    Raises
    ------
    MayNotStart
    """
    if not may_start_network(user):
        raise MayNotStart
    network_id = _free_id(name)
    with wall.in_network(network_id):
        row = Network.objects.create(id=network_id, name=name, language=language)
        person = new_person(row, name=own_name)
        Account.objects.create(user=user, network=row, person=person, role=Role.COORDINATOR.value)
        people.bump_revision(network_id)
        actor = Actor(network_id=network_id, person_id=PersonId(person.text_id), role=Role.COORDINATOR)
        log.record(actor=actor, act="network.started", kind="network", object_id=row.id, at=at)
    return network_id


def new_person(network: Network, *, name: str) -> Person:
    """Return a new card without any consent: its identifier says nothing about whom it is."""
    return Person.objects.create(network=network, text_id=f"p-{uuid4().hex}", name=name)


def _free_id(name: str) -> NetworkId:
    wanted = slugify(name) or "network"
    with wall.in_network(wanted):  # only there it can be seen
        taken = Network.objects.filter(id=wanted).exists()
    return NetworkId(f"{wanted}-{secrets.token_hex(4)}" if taken else wanted)
