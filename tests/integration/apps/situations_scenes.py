# SPDX-License-Identifier: EUPL-1.2
"""A square that several meet trouble on: who takes part, and short words for what happens."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from scharnier.apps.people import services as people
from scharnier.apps.people.models import Organization, Person, Tie, User
from scharnier.apps.situations import models, rows, telling
from scharnier.apps.situations.services._acting import Acted
from scharnier.core import network, situations
from scharnier.core.kernel import NetworkId, Role
from tests.factories import (
    DAY,
    NOON,
    a_membership,
    a_network,
    a_person,
    a_resident_group,
    a_topic,
    an_actor,
    an_area,
    an_organization,
)
from tests.integration.apps.members_scenes import let_in

__all__ = ["Acted", "an_actor"]

ROLES = {
    "noor": Role.PROFESSIONAL,  # of the youth work, which leads
    "joke": Role.PROFESSIONAL,  # her colleague
    "karel": Role.PROFESSIONAL,  # of the police
    "bas": Role.PROFESSIONAL,  # of the school
    "mo": Role.RESIDENT,
    "ria": Role.COORDINATOR,
    "els": Role.BOARD,
    "wim": Role.RESEARCHER,
    "ad": Role.ADMINISTRATOR,
}
OF = {"noor": "jongerenwerk", "joke": "jongerenwerk", "karel": "politie", "bas": "school"}
NOOR, JOKE = an_actor("noor", acts_for="jongerenwerk"), an_actor("joke", acts_for="jongerenwerk")
KAREL, BAS = an_actor("karel", acts_for="politie"), an_actor("bas", acts_for="school")
MO, RIA = an_actor("mo", role=Role.RESIDENT), an_actor("ria", role=Role.COORDINATOR)
ELS, WIM = an_actor("els", role=Role.BOARD), an_actor("wim", role=Role.RESEARCHER)
AD = an_actor("ad", role=Role.ADMINISTRATOR)
VERA = an_actor("vera", network_id="elders", role=Role.COORDINATOR)
ACTORS = (NOOR, JOKE, KAREL, BAS, MO, RIA, ELS, WIM, AD)
QUESTION = "Elke avond lawaai op het plein"


def kruisveld() -> network.Network:
    return a_network(
        areas=(an_area("noord"), an_area("zuid")),
        topics=(a_topic("noise", nl="geluidsoverlast", en="noise"),),
        organizations=(
            an_organization("jongerenwerk", topics="noise", areas="noord"),
            an_organization("politie", topics="noise"),
            an_organization("school", areas="noord"),
        ),
        resident_groups=(a_resident_group(),),
        persons=tuple(a_person(name, email=f"{name}@example.org") for name in ROLES),
        memberships=tuple(a_membership(name, organization=where) for name, where in OF.items()),
    )


def settle() -> None:
    people.load_network(kruisveld(), at=NOON)
    let_in("kruisveld", ROLES)
    for name in ROLES:
        User.objects.filter(username=f"{name}@kruisveld").update(email=f"{name}@example.org")
    elders = a_network(
        network_id="elders",
        organizations=(an_organization("jongerenwerk"),),
        persons=(a_person("vera"),),
        memberships=(a_membership("vera", organization="jongerenwerk"),),
    )
    people.load_network(elders, at=NOON)
    let_in("elders", {"vera": Role.COORDINATOR})


def person(name: str, *, network_id: str = "kruisveld") -> Person:
    return Person.objects.get(network_id=network_id, text_id=name)


def organization(name: str, *, network_id: str = "kruisveld") -> Organization:
    return Organization.objects.get(network_id=network_id, text_id=name)


def a_situation(situation_id: str = "plein", *, owner: str = "jongerenwerk", **parts) -> models.Situation:
    """Return a situation that an organization leads, as a row; say only what the test is about."""
    led = {"owner": organization(owner), "owner_text_id": owner} if owner else {}
    return models.Situation.objects.create(**{
        "id": situation_id, "network_id": "kruisveld", "question": QUESTION, "made_on": DAY, "origin": "hand",
        "state": "proposed", **led, **parts,
    })  # fmt: skip


def an_invitation(row: models.Situation, name: str, *, state: str = "accepted", **parts) -> models.Invitation:
    n_before = row.invitations.count()
    return models.Invitation.objects.create(**{
        "id": f"{row.pk}-{n_before}", "network_id": row.network_id, "situation": row,
        "organization": organization(name), "organization_text_id": name, "organization_name": name.title(),
        "invited_on": DAY, "state": state, "place": n_before, **parts,
    })  # fmt: skip


def fill_all(situation: models.Situation, *, by: Person, partner: Organization) -> None:
    """Leave something in every table that belongs to a situation."""
    fill_many(situation, by=by, partners=[partner])
    leave_a_scan(situation)
    leave_results(situation.network_id, n=1)


def leave_a_scan(situation: models.Situation) -> None:
    """Leave what a scan leaves, as if the situation came of it."""
    network_id = situation.network_id
    models.ScanGround.objects.create(network_id=network_id, longitude=5.1, latitude=52.1)
    models.ScanRun.objects.create(network_id=network_id, day=DAY, seed=1, began_at=NOON, done_at=NOON)
    days = {"network_id": network_id, "made_on": DAY, "first_day": DAY, "last_day": DAY}
    models.ScanAnswer.objects.create(**days, is_release=False, squares=["a"])
    answer = models.ScanAnswer.objects.create(
        **days, is_release=True, squares=["b"], width="ring", name="Noord", n_addresses_low=10,
        partners={"partner politie": 5, "residents": 0}, longitude=5.1, latitude=52.1, radius_m=200,
    )  # fmt: skip
    models.Found.objects.create(network_id=network_id, situation=situation, answer=answer)
    models.MapMonth.objects.create(network_id=network_id, first_day=DAY.replace(day=1), drawn_on=DAY)


def leave_results(network_id: str, *, n: int) -> None:
    """Leave what stays of n situations that are gone, and n templates."""
    for number in range(n):
        models.Result.objects.create(
            network_id=network_id, situation_id=f"gone-{number}", state="closed", ended_on=DAY
        )
        models.Template.objects.create(
            network_id=network_id, text_id=f"eigen-{number}", content={"name": f"Eigen {number}", "days": 90}
        )


def fill_many(situation: models.Situation, *, by: Person, partners: Sequence[Organization]) -> None:
    """Leave something of each partner in every table that belongs to a situation."""
    for number, partner in enumerate(partners):
        _fill(situation, by=by, partner=partner, number=number)
    models.Evaluation.objects.create(
        network_id=situation.network_id,
        situation=situation,
        lesson="Samen lopen helpt.",
        n_kept=1,
        n_judged=1,
        made_on=DAY,
    )


def _fill(situation: models.Situation, *, by: Person, partner: Organization, number: int) -> None:
    of_it = {"network_id": situation.network_id, "situation": situation}
    mark, source = f"{situation.pk}-{number}", partner.text_id
    models.BundlePartner.objects.create(**of_it, organization=partner, share=0.5)
    models.Invitation.objects.create(
        **of_it, id=f"{mark}-i", organization=partner, organization_text_id=source, invited_on=DAY,
        organization_name=partner.name, state="accepted", place=number,
    )  # fmt: skip
    models.Agreement.objects.create(
        **of_it, id=f"{mark}-g", text="We houden het plein heel.", party_ids=["gemeente", source],
        made_on=DAY, review_on=DAY + timedelta(days=30),
    )  # fmt: skip
    models.Action.objects.create(
        **of_it, id=f"{mark}-a", text="Loop elke avond langs.", person=by, person_text_id=by.text_id,
        organization_text_id=source, due=DAY,
    )  # fmt: skip
    indicator = models.Indicator.objects.create(**of_it, id=f"{mark}-n", name="Meldingen per week")
    models.Reading.objects.create(network_id=situation.network_id, indicator=indicator, on=DAY, low=5, high=9)
    models.Meeting.objects.create(
        **of_it,
        id=f"{mark}-m",
        starts_at=NOON,
        ends_at=NOON + timedelta(hours=1),
        decisions=["We beginnen."],
        present_ids=["gemeente", source],
    )
    models.Room.objects.create(
        **of_it, id=f"{mark}-r", title="Rooster", text="Om tien uur.", source_text_id=source, opens_on=DAY
    )
    models.Status.objects.create(**of_it, source_text_id=source, state="busy", told_on=DAY)
    models.StoryLine.objects.create(
        **of_it, at=NOON, event="step", what="propose", source_text_id=source, by=by, by_text_id=by.text_id
    )
    models.Score.objects.create(**of_it, organization_text_id=source, score=4)
    models.Recheck.objects.create(**of_it, due=DAY + timedelta(days=number))


def value_of(row: models.Situation) -> situations.Situation:
    return rows.situation_value(rows.with_all(models.Situation.objects.filter(pk=row.pk)).get())


def tie(source: str, target: str) -> None:
    Tie.objects.create(
        network_id="kruisveld", source=person(source), target=person(target), kind="knows", strength=1.0,
        observed_date=DAY, origin="declared",
    )  # fmt: skip


def lapse(on: date) -> int:
    return telling.lapse_all(NetworkId("kruisveld"), on=on, at=NOON)
