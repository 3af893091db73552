# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scharnier.core import network
from tests.factories import a_membership, a_network, a_tie, an_area
from tests.strategies import availabilities, consents, days, networks

PARTS = ("areas", "topics", "organizations", "services", "persons", "memberships", "ties")
strengths = st.floats(0, 1, exclude_min=True)


@st.composite
def area_trees(draw: st.DrawFn) -> list[network.Area]:
    """Areas of which each lies in one other or in none, in any order."""
    parents = [draw(st.integers(-1, number - 1)) for number in range(draw(st.integers(1, 8)))]
    areas = [
        an_area(f"a{number}", parent=None if parent < 0 else f"a{parent}")
        for number, parent in enumerate(parents)
    ]
    return draw(st.permutations(areas))


def has_depth(areas: list[network.Area]) -> bool:
    return any(area.parent_id is not None for area in areas)


class TestTie:
    @given(observed=days, day=days, strength=strengths)
    def test_is_never_stronger_than_when_it_was_seen(
        self, observed: date, day: date, strength: float
    ) -> None:
        assert 0 <= a_tie(strength=strength, observed=observed).strength_on(day) <= strength

    @given(observed=days, first=st.integers(0, 5000), more=st.integers(0, 5000))
    def test_only_fades(self, observed: date, first: int, more: int) -> None:
        tie = a_tie(observed=observed)

        early, late = (tie.strength_on(observed + timedelta(days=n)) for n in (first, first + more))

        assert late <= early

    @given(observed=days, strength=strengths, years=st.integers(0, 20))
    def test_halves_each_year(self, observed: date, strength: float, years: int) -> None:
        tie = a_tie(observed=observed, strength=strength)

        left = tie.strength_on(observed + timedelta(days=years * network.HALF_LIFE_DAYS))

        assert left == pytest.approx(strength / 2**years)


class TestPeriods:
    @given(availability=availabilities, day=days)
    def test_a_statement_holds_or_is_unknown(self, availability: network.Availability, day: date) -> None:
        told = availability.accepting_on(day)

        assert told in {availability.accepting, network.Accepting.UNKNOWN}

    @given(consent=consents(), day=days)
    def test_a_consent_holds_on_its_days_only(self, consent: network.Consent, day: date) -> None:
        ends = consent.end_date or date.max

        assert consent.holds_on(day) == (consent.given_date <= day <= ends)

    @given(bounds=st.lists(days, min_size=2, max_size=2).map(sorted), day=days)
    def test_a_membership_holds_on_its_days_only(self, bounds: list[date], day: date) -> None:
        first, last = bounds

        assert a_membership(start=first, end=last).holds_on(day) == (first <= day <= last)


class TestNetwork:
    @settings(max_examples=20)
    @given(whole=networks(), data=st.data())
    def test_hangs_together_in_any_order(self, whole: network.Network, data: st.DataObject) -> None:
        shuffled = {part: tuple(data.draw(st.permutations(getattr(whole, part)))) for part in PARTS}

        again = replace(whole, **shuffled)  # type: ignore[arg-type]  # parts by name

        assert network.index_network(again).persons == network.index_network(whole).persons

    @settings(max_examples=20)
    @given(whole=networks(), data=st.data())
    def test_misses_a_topic_that_something_refers_to(
        self, whole: network.Network, data: st.DataObject
    ) -> None:
        topic = data.draw(st.sampled_from(whole.topics))
        refers = any(topic.id in person.topics for person in whole.persons) or any(
            topic.id in other.broader_ids for other in whole.topics if other is not topic
        )
        left = tuple(other for other in whole.topics if other is not topic)

        try:
            replace(whole, topics=left)
        except network.InvalidNetwork as error:
            missed = {problem.value for problem in error.problems}
        else:
            missed = set()

        assert missed == ({topic.id} if refers else set())


class TestAreas:
    @given(areas=area_trees())
    def test_are_around_each_other_both_ways(self, areas: list[network.Area]) -> None:
        index = network.index_network(a_network(areas=areas))

        around = {area.id: index.areas_around(area.id) for area in areas}

        assert all(one in around[other] for one in around for other in around[one])

    @given(areas=area_trees())
    def test_are_around_the_areas_they_lie_in(self, areas: list[network.Area]) -> None:
        index = network.index_network(a_network(areas=areas))

        for area in areas:
            assert {area.id, area.parent_id} - {None} <= index.areas_around(area.id)

    @given(areas=area_trees().filter(has_depth), data=st.data())
    def test_never_lie_in_a_circle(self, areas: list[network.Area], data: st.DataObject) -> None:
        index = network.index_network(a_network(areas=areas))
        lowest = data.draw(st.sampled_from([area for area in areas if area.parent_id is not None]))
        highest = data.draw(st.sampled_from(ancestors(index, lowest)))
        looped = [replace(area, parent_id=lowest.id) if area.id == highest else area for area in areas]

        with pytest.raises(network.InvalidNetwork) as raised:
            a_network(areas=looped)

        assert {highest, lowest.id} <= {problem.value for problem in raised.value.problems}


def ancestors(index: network.NetworkIndex, area: network.Area) -> list[str]:
    """The areas above an area, nearest first."""
    above = []
    while area.parent_id is not None:
        above.append(str(area.parent_id))
        area = index.areas[area.parent_id]
    return above


class TestMergeNetwork:
    @given(here=networks(), more=networks(), data=st.data())
    def test_takes_nothing_away_and_speaks_for_nobody(
        self, here: network.Network, more: network.Network, data: st.DataObject
    ) -> None:
        told = {part: getattr(more, part) for part in network.PARTS}
        ids = sorted({person.id for person in (*here.persons, *more.persons)})
        own = frozenset(data.draw(st.sets(st.sampled_from(ids)))) if ids else frozenset()

        try:
            found = network.merge_network(here, told, guard=network.Guard(own=own))
        except network.InvalidNetwork:
            return  # two networks may make a circle together

        before, after = ({person.id: person for person in each.persons} for each in (here, found.network))
        assert all(after[key].consents == person.consents for key, person in before.items())
        assert all(after[key] == before[key] for key in own & before.keys())
        assert all(not after[key].consents for key in after.keys() - before.keys())
        assert all(len(getattr(found.network, part)) >= len(getattr(here, part)) for part in network.PARTS)

    @given(here=networks(), more=networks())
    def test_changes_nothing_the_second_time(self, here: network.Network, more: network.Network) -> None:
        told = {part: getattr(more, part) for part in network.PARTS}
        guard = network.Guard(newcomers=network.Newcomers.AS_TOLD)

        try:
            once = network.merge_network(here, told, guard=guard).network
        except network.InvalidNetwork:
            return
        again = network.merge_network(once, told, guard=guard)

        assert again.network == once
        assert {step.fate for step in again.steps} <= {network.Fate.SAME}
