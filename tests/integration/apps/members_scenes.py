# SPDX-License-Identifier: EUPL-1.2
"""Two networks with people who can sign in, and short words for what the tests of members look at."""

from __future__ import annotations

import re

from django.test import Client

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.mail.models import Message
from scharnier.apps.people import models, services
from scharnier.core import network
from scharnier.core.kernel import NetworkId, PersonId, Role
from tests.factories import (
    NOON,
    a_community,
    a_membership,
    a_network,
    a_person,
    an_actor,
    an_organization,
)

PASSWORD = "een lange zin die niemand raadt"  # noqa: S105  of people that a test invents
ROLES = {
    "ria": Role.COORDINATOR,
    "omar": Role.ADMINISTRATOR,
    "samira": Role.PROFESSIONAL,
    "karel": Role.RESIDENT,
}
RIA = an_actor("ria", role=Role.COORDINATOR)
OMAR = an_actor("omar", role=Role.ADMINISTRATOR)
SAMIRA = an_actor("samira")
STRANGER = an_actor("vera", network_id="elders", role=Role.COORDINATOR)


def kruisveld() -> network.Network:
    """Ria coordinates, Omar keeps the house, Samira works, Karel lives there; Joke has a card only."""
    names = (*ROLES, "joke")
    return a_network(
        organizations=(an_organization(),),
        persons=tuple(a_person(name) for name in names),
        memberships=(
            a_membership("samira", organization="schuldhulp", role="adviseur"),
            a_membership("samira", community="koor"),
        ),
        communities=(a_community(),),
    )


def elders() -> network.Network:
    """Another network, coordinated by Vera."""
    return a_network(network_id="elders", persons=(a_person("vera"), a_person("samira")))


def let_in(network_id: str, roles: dict[str, Role]) -> None:
    logins = [
        services.Login(name=f"{name}@{network_id}", password=PASSWORD, person_id=PersonId(name), role=role)
        for name, role in roles.items()
    ]
    services.load_logins(NetworkId(network_id), logins=logins)


def settle() -> None:
    """Write both networks and let their people in."""
    for value, roles in ((kruisveld(), ROLES), (elders(), {"vera": Role.COORDINATOR})):
        services.load_network(value, at=NOON)
        let_in(value.id, roles)


def account_of(person_id: str, *, network_id: str = "kruisveld") -> models.Account:
    return models.Account.objects.get(person__text_id=person_id, network_id=network_id)


def user_of(person_id: str, *, network_id: str = "kruisveld") -> models.User:
    return account_of(person_id, network_id=network_id).user


def acts(network_id: str = "kruisveld") -> list[str]:
    """Return what stands in the log after the network was loaded."""
    found = AuditEvent.objects.filter(network_id=network_id).order_by("number")
    return [act for act in found.values_list("act", flat=True) if act != "network.loaded"]


def letters() -> list[Message]:
    return list(Message.objects.order_by("queued_at", "id"))


def link_in(letter: Message) -> str:
    """Return the path of the link in a letter."""
    found = re.search(r"https?://[^/\s]+(/\S+)", letter.text)
    assert found is not None
    return found[1]


def token_in(letter: Message) -> str:
    return link_in(letter).rstrip("/").rpartition("/")[2]


def link_to(token: str) -> str:
    return f"https://scharnier.test/invitations/{token}/"


def log_in(client: Client, name: str, *, password: str = PASSWORD):
    return client.post("/login/", {"username": name, "password": password})
