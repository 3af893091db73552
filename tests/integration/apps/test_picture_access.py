# SPDX-License-Identifier: EUPL-1.2
"""Which ties and persons come within reach of whom, row by row, and what the forms make of an address."""

from __future__ import annotations

from itertools import product

import pytest
from django.http import QueryDict

from scharnier.apps.people import models
from scharnier.apps.people.access import PersonNotFound
from scharnier.apps.picture import access, forms, selectors
from scharnier.core import picture
from scharnier.core.kernel import PersonId, Role
from scharnier.core.network import Purpose, TieKind
from tests.factories import DAY, a_network, a_person, a_tie, an_actor

pytestmark = pytest.mark.django_db
NAMES = ("samira", "karel", "noor", "stil", "schuw")
HIDDEN = {"stil", "schuw"}
SAMIRA = an_actor()
ADMINISTRATOR = an_actor("noor", role=Role.ADMINISTRATOR)


@pytest.fixture(scope="module", autouse=True)
def _neighbourhood(_ground, load):
    load(
        a_network(
            persons=[a_person(name, purposes=() if name in HIDDEN else (Purpose.LISTING,)) for name in NAMES],
            ties=[a_tie(one, other) for one, other in product(NAMES, NAMES) if one < other],
        )
    )
    load(
        a_network(
            network_id="elders", persons=(a_person("samira"), a_person("ria")), ties=(a_tie(target="ria"),)
        )
    )


def pairs(rows):
    return {(row.source.text_id, row.target.text_id) for row in rows.select_related("source", "target")}


def tie_pk(source, target):
    return models.Tie.objects.get(source__text_id=source, target__text_id=target, network_id="kruisveld").pk


class TestShownTies:
    def test_are_between_people_who_both_want_to_be_found(self):
        assert pairs(access.shown_ties(SAMIRA, on=DAY)) == {
            ("karel", "noor"),
            ("karel", "samira"),
            ("noor", "samira"),
        }

    def test_of_somebody_hidden_are_their_own_with_who_is_found(self):
        found = pairs(access.shown_ties(an_actor("stil"), on=DAY))

        assert {("karel", "stil"), ("noor", "stil"), ("samira", "stil")} <= found
        assert ("schuw", "stil") not in found

    def test_are_none_for_who_sees_nobody(self):
        assert pairs(access.shown_ties(ADMINISTRATOR, on=DAY)) == set()

    def test_stay_within_the_network(self):
        assert pairs(access.shown_ties(an_actor(network_id="elders"), on=DAY)) == {("samira", "ria")}


class TestOwnTies:
    def test_are_those_from_the_actor_and_those_to_the_actor(self):
        assert pairs(access.declared_ties(SAMIRA)) == {("samira", "schuw"), ("samira", "stil")}
        assert pairs(access.received_ties(SAMIRA)) == {("karel", "samira"), ("noor", "samira")}

    def test_can_be_changed_by_who_entered_them(self):
        assert access.declared_tie_for_update(tie_pk("samira", "stil"), actor=SAMIRA).kind == "knows"

    @pytest.mark.parametrize("pair", [("karel", "samira"), ("karel", "noor")])
    def test_of_others_cannot_be_changed(self, pair):
        with pytest.raises(access.TieNotFound):
            access.declared_tie_for_update(tie_pk(*pair), actor=SAMIRA)

    @pytest.mark.parametrize("pair", [("samira", "stil"), ("karel", "samira")])
    def test_can_be_removed_from_both_ends(self, pair):
        assert access.tie_of_two_for_update(tie_pk(*pair), actor=SAMIRA).pk == tie_pk(*pair)

    def test_of_a_namesake_elsewhere_cannot_be_removed(self):
        with pytest.raises(access.TieNotFound):
            access.tie_of_two_for_update(tie_pk("samira", "stil"), actor=an_actor(network_id="elders"))


class TestReachablePersons:
    def test_are_those_seen_and_those_tied_to_without_the_actor(self):
        found = {row.text_id for row in access.reachable_persons(SAMIRA, on=DAY)}

        assert found == {"karel", "noor", "stil", "schuw"}

    def test_are_no_hidden_ones_who_only_name_the_actor(self):
        found = {row.text_id for row in access.reachable_persons(an_actor("stil"), on=DAY)}

        assert found == {"karel", "noor", "samira"}

    @pytest.mark.parametrize("person_id", ["samira", "ria", "niemand", ""])
    def test_are_not_the_actor_nor_anybody_elsewhere(self, person_id):
        with pytest.raises(PersonNotFound):
            access.reachable_person(PersonId(person_id), actor=SAMIRA, on=DAY)


CHOICES = selectors.Choices(
    communities=(("koor", "Koor"),),
    organizations=(("schuldhulp", "Schuldhulp"),),
    topics=(("debt", "schulden"),),
    areas=(("noord", "Noord"),),
)


def asked(address):
    return forms.SelectionForm(QueryDict(address), choices=CHOICES)


class TestSelectionForm:
    def test_asks_for_everybody_when_the_address_says_nothing(self):
        assert asked("").selection == picture.Selection()
        assert not asked("").is_narrowed

    def test_takes_empty_answers_for_none(self):
        form = asked("show=&community=&organization=&topic=&area=&age=")

        assert form.selection == picture.Selection()
        assert not form.is_narrowed

    def test_reads_every_part(self):
        form = asked("show=groups&community=koor&organization=schuldhulp&topic=debt&area=noord&age=year")

        assert form.selection == picture.Selection(
            community_id="koor",
            organization_id="schuldhulp",
            topic_id="debt",
            area_id="noord",
            age=picture.Age.YEAR,
            with_groups=True,
        )
        assert form.is_narrowed

    def test_is_not_narrowed_by_showing_groups_as_well(self):
        assert not asked("show=groups").is_narrowed

    @pytest.mark.parametrize("part", ["community", "organization", "topic", "area", "age", "show"])
    def test_refuses_what_is_not_offered(self, part):
        with pytest.raises(forms.UnknownChoice):
            _ = asked(f"{part}=atlantis").selection


class TestKindForm:
    @pytest.mark.parametrize("kind", TieKind)
    def test_takes_each_kind(self, kind):
        assert forms.KindForm({"kind": kind.value}).chosen is kind

    @pytest.mark.parametrize("data", [{}, {"kind": ""}, {"kind": "loves"}])
    def test_refuses_anything_else(self, data):
        with pytest.raises(forms.UnknownChoice):
            _ = forms.KindForm(data).chosen


class TestSearchForm:
    def test_looks_for_nobody_until_asked(self):
        assert forms.SearchForm(None).text == ""
        assert forms.SearchForm({"name": " karel "}).text == "karel"
        assert forms.SearchForm({"name": "x" * 101}).text == ""
