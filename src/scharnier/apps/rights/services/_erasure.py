# SPDX-License-Identifier: EUPL-1.2
"""Acts of erasure: by oneself, and by the coordinator for somebody without an account."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from scharnier.apps.mail import services as mail
from scharnier.apps.members import services as members
from scharnier.apps.people import services as people
from scharnier.apps.people.models import Account, Network, Person
from scharnier.apps.rights import access
from scharnier.apps.rights.services._erasing import erase
from scharnier.apps.rights.sweeps import GOODBYE
from scharnier.core.kernel import Actor
from scharnier.formats import wording

BY_RIGHT = "right.erasure"


@transaction.atomic
def erase_self(*, actor: Actor, on: date, at: datetime) -> None:
    """Erase the actor from the network at once; a mail says that it is done.

    Raises
    ------
    PersonNotFound
    LastCoordinator
    """
    access.hold_work(actor)  # before the card, as every act on a referral or a situation
    person = access.removable_person_for_update(actor)  # before the network, as every act on a card
    network = Network.objects.select_for_update().get(id=actor.network_id)
    account = Account.objects.select_related("user").filter(person=person).first()
    if account is not None:
        members.keep_a_coordinator(account)
    address = (account.user.email if account else "") or person.email
    erase(person, by=BY_RIGHT, on=on, at=at)
    say_goodbye(address, network=network)
    people.finish_act(
        "person.erased", kind="person", object_id=actor.person_id, actor=actor, at=at, facts={"by": BY_RIGHT}
    )


def erase_for(person: Person, *, actor: Actor, on: date, at: datetime) -> None:
    """Erase somebody without an account who asked for it; call it inside the transaction of the request."""
    network, person_id, address = person.network, person.text_id, person.email
    erase(person, by=BY_RIGHT, on=on, at=at)
    say_goodbye(address, network=network)
    people.finish_act(
        "person.erased",
        kind="person",
        object_id=person_id,
        actor=actor,
        at=at,
        on_behalf_of=person_id,
        facts={"by": BY_RIGHT},
    )


def say_goodbye(address: str, *, network: Network) -> None:
    """Have a mail say that somebody was erased, when there is an address to send it to."""
    language: wording.Language = "en" if network.language == "en" else "nl"
    if mail.is_address(address):
        mail.queue_message(to=address, template=GOODBYE, facts={"network": network.name}, language=language)
