# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from scharnier import example
from scharnier.core import detection, network, signals, text
from scharnier.core.detection import Projection, ScanPlan, Sighting, Statistic
from scharnier.core.signals import Place, Precision, Spot
from scharnier.example import _records, _told

PARK = {"jongerenwerk", "politie", "winkeliersvereniging", "openbare-ruimte"}
FORTNIGHT = timedelta(days=14)


@pytest.fixture(scope="module")
def told():
    return example.load_told()


@pytest.fixture(scope="module")
def outlines(kruisveld):
    return [
        area
        for area in kruisveld.network.areas
        if area.kind is network.AreaKind.NEIGHBOURHOOD and area.outline
    ]


def _planted(told):
    texts = {each.text for each in _records.read_planted()}
    return [each for each in told if each.text in texts]


class TestLoadTold:
    def test_holds_every_signal_of_the_example_as_it_was_met(self, told, kruisveld):
        drawn = {each.id: each for each in told}

        for signal in kruisveld.signals:
            each = drawn[signal.id]
            assert (each.text, each.date, each.area_id) == (signal.text, signal.date, signal.area_id)
            assert (each.person_id, each.topic_ids) == (signal.reporter_id, signal.topic_ids)

    def test_is_the_same_for_the_same_seed_and_in_order_of_date(self, told):
        assert example.load_told(seed=1) == told
        assert [each.date for each in told] == sorted(each.date for each in told)
        assert max(each.date for each in told) < example.KRUISVELD_DAY

    def test_tells_for_an_organization_that_the_person_works_for_on_the_day(self, told, kruisveld):
        index = network.index_network(kruisveld.network)
        for each in told:
            held = {
                member.organization_id
                for member in index.memberships_of[each.person_id]
                if member.holds_on(each.date)
            }
            assert each.organization_id in held - {None} if held - {None} else each.organization_id is None

    def test_tells_some_for_oneself_and_most_for_an_organization(self, told):
        of_nobody = sum(each.organization_id is None for each in told)

        assert 0 < of_nobody < len(told) / 2

    def test_places_what_is_met_in_a_street_within_the_neighbourhood(self, told, outlines):
        placed = [each for each in told if each.spot is not None]

        outside = [each for each in placed if network.area_around(*each.spot, outlines) is None]

        assert len(placed) > len(told) / 2
        assert outside == []

    def test_holds_nothing_that_the_act_would_refuse(self, told, kruisveld):
        topics = {topic.id for topic in kruisveld.network.topics}
        for each in told:
            text.check_input(each.text, max_characters=signals.LONGEST_TEXT)
            assert set(each.topic_ids) <= topics


class TestStreets:
    def test_have_a_middle_each(self, kruisveld):
        streets = {area.id for area in kruisveld.network.areas if area.kind is network.AreaKind.STREET}

        assert set(_told.read_streets()) == streets

    def test_lie_where_their_locations_are(self, kruisveld):
        middles = _told.read_streets()
        for location in kruisveld.network.locations:
            if location.area_id in middles:
                longitude, latitude = middles[location.area_id]
                there = Spot(longitude=location.longitude, latitude=location.latitude)
                apart = signals.measure_distance(Spot(longitude=longitude, latitude=latitude), there)
                assert apart < 200, location.id


class TestPlanted:
    def test_names_people_streets_and_topics_that_exist(self, kruisveld):
        people = {person.id for person in kruisveld.network.persons}
        for each in _records.read_planted():
            assert each.by in people
            assert each.area in _told.read_streets()
            assert each.ago, each.text
            assert min(each.ago) > 0

    def test_is_met_by_four_partners_and_residents_in_the_park_within_a_fortnight(self, told):
        seen = [each for each in _planted(told) if each.date >= example.KRUISVELD_DAY - FORTNIGHT]

        assert {each.organization_id for each in seen} == PARK | {None}
        assert min(Counter(each.organization_id for each in seen).values()) >= 2
        assert {each.area_id for each in seen} == {"kruispark"}

    def test_is_what_the_scan_finds_first_as_shared(self, told):
        flat = Projection(longitude=5.25, latitude=52.55)
        seen = [
            Sighting(partner=each.organization_id or "residents", x_m=x, y_m=y, on=each.date)
            for each in told
            if each.spot is not None
            for x, y in [flat.to_metres(_square_of(each.spot))]
        ]

        found = detection.scan_signals(seen, today=example.KRUISVELD_DAY, plan=ScanPlan(n_replicates=199))

        shared = next(cluster for cluster in found.clusters if cluster.statistic is Statistic.SHARED)
        assert shared.p < 0.01
        assert {partner for partner, n in shared.observed.items() if n} >= PARK


def _square_of(spot):
    place = Place(precision=Precision.POINT, spot=Spot(longitude=spot[0], latitude=spot[1]))
    middle = signals.coarsen(place.spot)
    return middle.longitude, middle.latitude
