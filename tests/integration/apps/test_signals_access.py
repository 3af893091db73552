# SPDX-License-Identifier: EUPL-1.2
"""Who reaches a signal: exactly whom the policy lets, whatever their role and wherever it came from."""

from __future__ import annotations

from itertools import product

import pytest
from django.db import IntegrityError

from scharnier.apps.people import access as people
from scharnier.apps.signals import access, ground, models, rows, selectors, services
from scharnier.core import policy, signals
from scharnier.core.kernel import AreaId, NetworkId, ResidentGroupId, Role, TopicId
from scharnier.core.policy import Act, Kind
from scharnier.core.signals import Place, Precision, SignalStep
from tests.factories import DAY, NOON, a_network, an_actor
from tests.integration.apps import signals_scenes as here
from tests.integration.apps.signals_scenes import (
    ANNEKE,
    BRAM,
    KRUISVELD,
    LITTER,
    SAMIRA,
    SCHOOL,
    SQUARE,
    tell,
    tell_by_library,
    tell_by_resident,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
PEOPLE = {"samira": "school", "bram": "school", "lies": "bibliotheek", "anneke": "", "piet": "school politie"}
ACTS = (Act.SEE, Act.CHANGE, Act.REMOVE)
ACTORS = [
    an_actor(name, role=role, acts_for=acts_for) for (name, acts_for), role in product(PEOPLE.items(), Role)
]


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground, load):
    load(here.a_neighbourhood())
    load(a_network(network_id="anders"))


@pytest.fixture
def told():
    """One of a school by Samira, one by Bram, one of the library, one of Anneke alone, one of a resident."""
    here.receive_by("bibliotheek")
    return [
        tell(),
        tell(BRAM),
        tell_by_library(),
        tell(ANNEKE, owner_id=None),
        tell_by_resident(),
    ]


def thing(row, kind=Kind.SIGNAL):
    return policy.Thing(
        kind=kind,
        network_id=NetworkId(row.network_id),
        organization_id=row.organization.text_id if row.organization else None,
        sender_id=row.author.text_id if row.author else None,
    )


@pytest.mark.parametrize("role", Role)
def test_who_may_tell_one_for_themselves_is_said_to_tell_signals(role):
    actor = an_actor("noor", role=role)

    try:
        access.check_may_begin(actor, on=DAY)
        lets = True
    except access.TellsNone:
        lets = False

    assert access.may_tell(actor) is lets


class TestSignals:
    @pytest.mark.parametrize("act", ACTS)
    def test_are_reached_by_whom_the_policy_lets(self, told, act):
        found = {actor: {row.pk for row in access.signals(actor, act=act)} for actor in ACTORS}

        assert found == {
            actor: {row.pk for row in told if policy.allow(actor, act, thing(row), at=DAY)}
            for actor in ACTORS
        }
        assert any(found.values())
        assert not all(found.values())

    def test_are_read_by_whom_the_policy_lets(self, told):
        found = {actor: {row.pk for row in access.signals_with_text(actor)} for actor in ACTORS}

        assert found == {
            actor: {
                row.pk for row in told if policy.allow(actor, Act.SEE, thing(row, Kind.SIGNAL_TEXT), at=DAY)
            }
            for actor in ACTORS
        }

    @pytest.mark.parametrize("role", [Role.COORDINATOR, Role.BOARD, Role.RESEARCHER, Role.ADMINISTRATOR])
    @pytest.mark.usefixtures("told")
    def test_are_not_read_by_who_keeps_watch(self, role):
        assert selectors.read_signals(an_actor("piet", role=role)).signals == ()

    @pytest.mark.usefixtures("told")
    def test_of_another_network_are_not_there(self):
        elsewhere = an_actor("samira", network_id="anders", acts_for="school bibliotheek politie")

        assert selectors.read_signals(elsewhere).n_signals == 0

    def test_are_locked_by_who_may_change_them_only(self, told):
        signal_id = rows.signal_value(told[0]).id

        assert access.signal_for_update(signal_id, actor=SAMIRA, act=Act.CHANGE).pk == signal_id
        with pytest.raises(access.SignalNotFound):
            access.signal_for_update(signal_id, actor=here.LIES, act=Act.CHANGE)


class TestCounted:
    def test_are_all_but_what_was_withdrawn(self, told):
        services.step_signal(rows.signal_value(told[0]).id, SignalStep.WITHDRAW, actor=SAMIRA, at=NOON)

        assert {row.pk for row in access.counted(KRUISVELD)} == {row.pk for row in told[1:]}

    @pytest.mark.usefixtures("told")
    def test_are_of_one_network(self):
        assert not access.counted(NetworkId("anders")).exists()


class TestReception:
    def test_is_the_organization_that_was_chosen(self):
        here.receive_by("politie")

        assert access.reception(KRUISVELD).name == "Politie"

    def test_of_another_network_is_none_of_this(self):
        here.receive_by("politie")

        with pytest.raises(access.FormClosed):
            access.reception(NetworkId("anders"))

    def test_is_one_for_a_network(self):
        here.receive_by("politie")

        with pytest.raises(IntegrityError):
            here.receive_by("school")


class TestOwner:
    def test_is_found_in_its_own_network_only(self):
        assert access.owner(KRUISVELD, SCHOOL).name == "De Regenboog"
        with pytest.raises(people.OrganizationNotFound):
            access.owner(NetworkId("anders"), SCHOOL)


class TestPlaceWithin:
    @pytest.mark.parametrize(
        ("place", "area_id", "has_spot"),
        [
            (Place(precision=Precision.POINT, spot=SQUARE), "noord", True),
            (Place(precision=Precision.POINT, spot=here.PARIS), None, True),
            (Place(precision=Precision.AREA, area_id=AreaId("noord")), "noord", True),
            (Place(precision=Precision.AREA, area_id=AreaId("zuid")), "zuid", False),
            (here.MARS, "marsstraat", True),
            (Place(precision=Precision.STREET, words="Ergens", area_id=AreaId("noord")), "noord", False),
            (Place(precision=Precision.ADDRESS, words="Plein 1", area_id=AreaId("noord")), "noord", False),
        ],
        ids=str,
    )
    def test_knows_as_much_as_the_network_does(self, place, area_id, has_spot):
        found = ground.place_within(place, network_id=KRUISVELD)

        assert (found.area_id, found.spot is not None) == (area_id, has_spot)
        assert (found.precision, found.words) == (place.precision, place.words)

    def test_takes_no_area_of_another_network(self):
        with pytest.raises(signals.PlaceUnclear):
            ground.place_within(here.NORTH, network_id=NetworkId("anders"))


class TestCheckSubjects:
    def test_lets_pass_what_is_in_the_network(self):
        ground.check_subjects({TopicId("noise")}, {ResidentGroupId("jongeren")}, network_id=KRUISVELD)
        ground.check_subjects((), (), network_id=KRUISVELD)

    def test_takes_nothing_of_another_network(self):
        with pytest.raises(ground.UnknownSubject):
            ground.check_subjects((), {ResidentGroupId("jongeren")}, network_id=NetworkId("anders"))

    def test_lets_pass_what_is_in_our_thesaurus(self):
        ground.check_subjects({LITTER}, (), network_id=NetworkId("anders"))

    def test_names_the_first_that_is_not(self):
        with pytest.raises(ground.UnknownSubject) as refused:
            ground.check_subjects({LITTER, TopicId("b"), TopicId("a")}, (), network_id=KRUISVELD)

        assert refused.value.facts == {"subject": "a"}
        assert not models.Signal.objects.exists()
