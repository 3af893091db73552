# SPDX-License-Identifier: EUPL-1.2
"""Who may be in what is handed on: only those who agreed to be found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scharnier.core import network


def only_listed(whole: network.Network, *, on: date) -> network.Network:
    """Return the network with only the persons who agree on a day to be listed.

    Whoever did not agree is left out, with their roles and ties; ways to reach stay only of those who agreed
    to have them shown.

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId, PersonId
    >>> ria = network.Person(id=PersonId("ria"), name="Ria")
    >>> only_listed(network.Network(id=NetworkId("n"), name="N", persons=(ria,)), on=date(2026, 1, 1)).persons
    ()
    """
    persons = tuple(
        _shown(person, on=on)
        for person in whole.persons
        if person.consents_to(network.Purpose.LISTING, on=on)
    )
    listed = {person.id for person in persons}
    return replace(
        whole,
        persons=persons,
        memberships=tuple(
            member if member.successor_id in listed else replace(member, successor_id=None)
            for member in whole.memberships
            if member.person_id in listed
        ),
        ties=tuple(tie for tie in whole.ties if {tie.source_id, tie.target_id} <= listed),
    )


def _shown(person: network.Person, *, on: date) -> network.Person:
    if person.consents_to(network.Purpose.CONTACT, on=on):
        return person
    return replace(person, email="", phone="", reach="")


def without_consents(whole: network.Network) -> network.Network:
    """Return the network without what people agreed to and when: that stays where they said it.

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId, PersonId
    >>> ria = network.Person(id=PersonId("ria"), name="Ria")
    >>> without_consents(network.Network(id=NetworkId("n"), name="N", persons=(ria,))).persons == (ria,)
    True
    """
    return replace(whole, persons=tuple(replace(person, consents=()) for person in whole.persons))
