# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from scharnier.core import network
from scharnier.core import text as language
from scharnier.example import _records, _signals
from scharnier.formats import lexicon, skos

TWO_YEARS = timedelta(days=730)
SQUARE = {"evening-nuisance", "street-hangout", "street-noise"}
STREET = {"vacant-shop", "shop-waste", "shoplifting"}
SPORT = {"girls-sport", "youth-sport", "exercise"}


@pytest.fixture(scope="module")
def signals(kruisveld):
    return kruisveld.signals


@pytest.fixture(scope="module")
def words():
    return lexicon.load_lexicon()


def _partners(signals, index):
    """Count the signals of each organization that met them."""
    return Counter(
        role.organization_id
        for signal in signals
        for role in index.memberships_of[signal.reporter_id]
        if role.organization_id is not None and role.holds_on(signal.date)
    )


def _about(signals, topics, *, areas=None):
    return [
        each
        for each in signals
        if topics.intersection(each.topic_ids) and (areas is None or each.area_id in areas)
    ]


class TestSources:
    def test_hold_well_over_a_hundred_sentences_each_of_them_once(self):
        concerns = _records.read_concerns()
        sentences = [sentence for each in concerns for sentence in (*each.says, *each.english)]

        assert len(sentences) >= 130
        assert len(set(sentences)) == len(sentences)

    def test_name_parties_and_topics_that_exist(self, kruisveld):
        whole = kruisveld.network
        organizations = {each.id for each in whole.organizations}
        bodies = organizations | {each.id for each in (*whole.communities, *whole.resident_groups)}
        topics = {topic.id for topic in skos.load_thesaurus()}

        for each in _records.read_concerns():
            assert set(each.by.split()) <= bodies
            assert {*each.to.split(), *each.amiss.split()} <= organizations
            assert set(each.topics.split()) <= topics

    def test_do_not_ask_in_vain_who_takes_it(self):
        doubled = [
            each.topics
            for each in _records.read_concerns()
            if not set(each.to.split()).isdisjoint(each.amiss.split())
        ]

        assert doubled == []


class TestDrawReports:
    @pytest.mark.parametrize("seed", range(3, 9))
    def test_finds_a_reporter_for_every_signal_whatever_the_seed(self, index, seed):
        assert len(_signals.draw_reports(index, seed=seed)) == _signals.N_SIGNALS

    def test_never_says_the_same_twice(self, signals):
        assert len({signal.text for signal in signals}) == len(signals) == 300

    def test_fills_every_slot_and_begins_with_a_capital(self, signals):
        odd = [
            each.text
            for each in signals
            if "{" in each.text
            or not each.text.removeprefix("'s ")[0].isupper()
            or each.text[-1] not in ".?!"
        ]

        assert odd == []

    def test_puts_them_in_order_of_date_in_two_years(self, kruisveld, signals):
        days = [signal.date for signal in signals]

        assert all(day <= later for day, later in pairwise(days))
        assert days[0] >= kruisveld.day - TWO_YEARS
        assert days[-1] < kruisveld.day

    def test_numbers_them_in_that_order(self, signals):
        assert [signal.id for signal in signals] == [f"signal-{number:03}" for number in range(1, 301)]


class TestSignals:
    def test_can_be_taken_in_since_they_point_at_nobody(self, signals):
        for signal in signals:
            language.check_input(signal.text)

    def test_name_nobody_of_the_network(self, kruisveld, signals):
        names = {person.name for person in kruisveld.network.persons}

        assert [each.id for each in signals if any(name in each.text for name in names)] == []

    def test_are_in_the_language_they_say(self, signals, words):
        said = {each.id: language.detect_language(each.text, lexicon=words) for each in signals}

        assert {each.id: each.language for each in signals} == said

    def test_are_for_a_small_part_in_english(self, signals):
        share = sum(signal.language == "en" for signal in signals) / len(signals)

        assert share == pytest.approx(0.08, abs=0.03)

    @pytest.mark.parametrize("field", network.Field)
    def test_touch_every_field(self, kruisveld, signals, field):
        of_field = {topic.id for topic in kruisveld.network.topics if field in topic.fields}

        assert len(_about(signals, of_field)) >= 15

    def test_are_about_topics_and_areas_that_exist(self, signals, index):
        assert all(index.topics.keys() >= set(signal.topic_ids) for signal in signals)
        assert all(signal.area_id in index.areas for signal in signals)

    def test_are_told_by_somebody_with_a_role_in_the_area_on_that_day(self, signals, index):
        for each in signals:
            areas = index.persons[each.reporter_id].area_ids
            roles = index.memberships_of[each.reporter_id]

            assert any(role.holds_on(each.date) for role in roles)
            assert not areas or areas & index.areas_around(each.area_id)

    def test_are_told_by_many(self, signals):
        told = Counter(signal.reporter_id for signal in signals)

        assert len(told) >= 80
        assert max(told.values()) <= 20

    @pytest.mark.parametrize(
        ("topic", "months"),
        [("fireworks", {12, 1}), ("icy-streets", {12, 1, 2}), ("heat", {6, 7, 8})],
    )
    def test_follow_the_seasons(self, signals, topic, months):
        found = {signal.date.month for signal in _about(signals, {topic})}

        assert found
        assert found <= months


class TestPatterns:
    def test_of_evenings_on_the_square_are_met_by_several_partners_in_one_spring_and_summer(
        self, signals, index
    ):
        found = _about(signals, SQUARE, areas={"kruisplein"})
        summer = [each for each in found if date(2026, 3, 15) <= each.date <= date(2026, 9, 30)]

        partners = _partners(found, index)
        assert len(found) >= 25
        assert len(summer) >= 0.9 * len(found)
        assert set(partners) >= {"politie", "jongerenwerk", "de-goede-drempel", "winkeliersvereniging"}

    def test_of_evenings_stand_out_among_the_places(self, signals):
        places = Counter(each.area_id for each in _about(signals, SQUARE))

        (first, most), (_, second) = places.most_common(2)
        assert first == "kruisplein"
        assert most >= 3 * second

    def test_of_the_shopping_street_are_met_by_several_partners_in_two_years(self, signals, index):
        found = _about(signals, STREET, areas={"kruisstraat", "kruisplein"})

        partners = _partners(found, index)
        assert len(found) >= 18
        assert {each.date.year for each in found} == {2025, 2026}
        assert set(partners) >= {"winkeliersvereniging", "winkelstraat", "openbare-ruimte", "politie"}

    def test_of_sport_are_met_by_schools_the_club_and_the_municipality(self, signals, index):
        found = _about(signals, SPORT)

        partners = _partners(found, index)
        assert len(found) >= 18
        assert set(partners) >= {"vv-kruisveld", "sportbedrijf", "kruisveld-college", "de-wegwijzer"}

    def test_are_there_for_another_seed_as_well(self, elsewhen):
        assert len(_about(elsewhen.signals, SQUARE, areas={"kruisplein"})) >= 25
        assert len(_about(elsewhen.signals, STREET, areas={"kruisstraat", "kruisplein"})) >= 15
        assert len(_about(elsewhen.signals, SPORT)) >= 15
