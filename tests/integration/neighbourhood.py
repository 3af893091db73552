# SPDX-License-Identifier: EUPL-1.2
"""A small network to change cards in, and what is left behind by a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from scharnier.apps.audit import models as audit
from scharnier.apps.people import models, selectors
from scharnier.core import network
from scharnier.core.kernel import NetworkId
from tests.factories import (
    a_community,
    a_membership,
    a_network,
    a_person,
    a_resident_group,
    a_service,
    a_topic,
    an_area,
    an_organization,
)

KRUISVELD = NetworkId("kruisveld")


def a_neighbourhood() -> network.Network:
    """Samira of youth work, Karel of the debt desk, Stil who is in no list, and Anneke who coordinates."""
    return a_network(
        areas=(
            an_area("noord"),
            an_area("zuid"),
            an_area("venusplein", kind=network.AreaKind.STREET),
        ),
        topics=(a_topic("debt", nl="schulden", en="debts"),),
        organizations=(
            an_organization(name="Schuldhulp", remit="Hulp bij schulden.", topics="debt"),
            an_organization("jongerenwerk", name="Jongerenwerk"),
        ),
        services=(a_service(description="Kom met je brieven."),),
        communities=(a_community(),),
        resident_groups=(a_resident_group(),),
        persons=(
            replace(
                a_person(
                    name="Samira Ouaddi",
                    summary="Ik ken de jongeren.",
                    topics="debt",
                    areas="noord",
                    languages="nl rif",
                    email="samira@example.org",
                ),
                competences=("luisteren", "zwaardvechten"),
                phone="06 11112222",
                reach="App na twee uur.",
            ),
            a_person("karel", name="Karel de Bruin", email="karel@example.org"),
            a_person("stil", name="Stille Kracht", purposes=()),
            a_person("anneke", name="Anneke Vos"),
        ),
        memberships=(
            a_membership(organization="jongerenwerk", role="jongerenwerker", start=date(2021, 3, 1)),
            a_membership("karel", organization="schuldhulp", role="adviseur", start=date(2024, 1, 1)),
            a_membership(community="koor", role="alt"),
        ),
    )


def person(person_id: str = "samira") -> models.Person:
    return models.Person.objects.get(network_id=KRUISVELD, text_id=person_id)


def organization(organization_id: str = "schuldhulp") -> models.Organization:
    return models.Organization.objects.get(network_id=KRUISVELD, text_id=organization_id)


def revision() -> str:
    return selectors.revision(KRUISVELD)


def acts() -> list[str]:
    """Return what was done, in order, save loading the network and reading cards."""
    found = audit.AuditEvent.objects.filter(network_id=KRUISVELD).order_by("number")
    left_out = ("network.loaded", "card.read")
    return [event.act for event in found if event.act not in left_out]


def last_event() -> audit.AuditEvent:
    found = audit.AuditEvent.objects.filter(network_id=KRUISVELD).order_by("-number").first()
    assert found is not None
    return found


def checked(group: str, *, of: str = "samira") -> date | None:
    """Return when a group of somebody's card was looked over."""
    found = models.CardCheck.objects.filter(person__text_id=of, group=group).first()
    return found.checked_on if found else None
