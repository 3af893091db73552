# SPDX-License-Identifier: EUPL-1.2
"""A neighbourhood in which some have an account and some only an address, and the mails they get."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from django.test import Client

from scharnier.apps.mail.models import Message
from scharnier.apps.people import services as people
from scharnier.apps.people.models import Membership, Organization, Person, User
from scharnier.apps.referral import models, telling
from scharnier.core.kernel import Actor, ReferralId, TurnId
from tests.factories import DAY, NOON, a_network, a_person
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.members_scenes import let_in

LINK = re.compile(r"https?://\S+/r/([\w-]+)/")
OF_NEED = "Twee jongens"  # of the need; stands in no mail
PIET = scenes.a_person_of("piet")  # has no account, and an address on the card
DOOR = scenes.an_organization_of("jongerenwerk")  # nobody acts for it; it has an address


def settle() -> None:
    """Let everybody in of the scenes of referrals, with addresses; Piet stays outside."""
    value = scenes.kruisveld()
    value = replace(value, persons=(*value.persons, a_person("piet", name="Piet", email="piet@example.org")))
    people.load_network(value, at=NOON)
    let_in("kruisveld", scenes.ROLES)
    people.load_network(a_network(network_id="elders", persons=(a_person("vera"),)), at=NOON)
    for name in scenes.ROLES:
        User.objects.filter(accounts__person__text_id=name).update(email=address_of(name))
    Organization.objects.filter(text_id="jongerenwerk").update(email="balie@jongerenwerk.example")


def address_of(name: str) -> str:
    """Return where somebody with an account gets mail."""
    return f"{name}@mail.example"


def drain() -> list[Message]:
    """Return the mails since the last time that somebody looked."""
    found = list(Message.objects.order_by("to", "template"))
    Message.objects.all().delete()
    return found


def mails() -> list[tuple[str, str]]:
    """Return who got which message since the last time that somebody looked."""
    return [(row.to, row.template) for row in drain()]


def token_in(message: Message) -> str:
    """Return the secret of the link in a mail."""
    found = LINK.search(message.text)
    assert found, message.text
    return found.group(1)


def token_to(to: str) -> str:
    """Return the secret of the one link that went to an address since the last time."""
    (message,) = (row for row in drain() if row.to == to)
    return token_in(message)


def sent(*asks: object, actor: Actor = scenes.NOOR, at: datetime = NOON) -> ReferralId:
    """Make a referral and ask everybody in it, with the letters."""
    referral_id = scenes.draft(*asks, actor=actor, at=at)
    telling.send_all(referral_id, actor=actor, on=DAY, at=at)
    return referral_id


def a_turn(*asks: object, at: datetime = NOON) -> TurnId:
    return scenes.turns_of(sent(*asks, at=at))[0]


def row(turn_id: TurnId) -> models.Turn:
    return models.Turn.objects.get(pk=turn_id)


def links_of(turn_id: TurnId) -> list[models.Link]:
    return list(models.Link.objects.filter(turn=turn_id).order_by("pk"))


def days(n: int) -> timedelta:
    return timedelta(days=n)


def a_stranger() -> Client:
    """Return a browser of who is not signed in, which is checked for forgeries as in earnest."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def give_successor(name: str, to: str) -> None:
    Membership.objects.filter(person__text_id=name).update(
        successor=Person.objects.get(network_id="kruisveld", text_id=to)
    )
