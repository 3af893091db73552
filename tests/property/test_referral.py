# SPDX-License-Identifier: EUPL-1.2
"""Laws of referral: what holds for any network, text and seed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scharnier.core import network, referral
from scharnier.core.kernel import PersonId, TopicId
from scharnier.core.referral._mandates import UNCHECKED, judge_mandate, judge_room, weigh_age
from scharnier.core.referral._sharing import EQUAL, Record, propose_set, share_load, track_records
from scharnier.core.referral._ways_in import MOST_INTRODUCERS, WEAKEST_WAY, find_routes, way_in_to_person
from tests.factories import DAY, a_network, a_person, a_tie, a_topic
from tests.strategies import availabilities, days, networks
from tests.unit.referral.scenes import (
    MATTERS,
    ORGANIZATIONS,
    PERSONS,
    ROLES,
    a_finder,
    a_neighbourhood,
    a_party,
    a_suggestion,
    an_outcome,
    ask,
    describe,
    fit,
    names_in,
    where,
)

FEW = settings(max_examples=25)
NAMES = ("a", "b", "c", "d")
ANN, HALF_LIFE_DAYS = PersonId("a"), network.HALF_LIFE_DAYS
WORDS = "afval buren computer deurwaarder huur lawaai lezen nacht ruzie schulden straat zwerfafval"
words = st.sampled_from(WORDS.split())
needs = st.lists(words, min_size=1, max_size=6).map(" ".join)
seeds = st.integers(0, 2**32 - 1)
outcomes = st.builds(
    lambda text, person, response, reason, on: replace(
        an_outcome(text, a_party(person), response=response, on=on), reason=reason
    ),
    needs,
    st.sampled_from([str(person.id) for person in PERSONS]),
    st.sampled_from(referral.Response),
    st.sampled_from(referral.Reason),
    st.dates(date(2026, 1, 1), DAY),
)
suggestions = st.lists(
    st.tuples(st.floats(0.01, 1), st.floats(0.1, 1), st.frozensets(st.sampled_from(NAMES))),
    min_size=1,
    max_size=6,
).map(
    lambda rows: [
        a_suggestion(f"p{number}", score=score, room=room, topics=" ".join(sorted(topics)))
        for number, (score, room, topics) in enumerate(sorted(rows, key=lambda row: -row[0]))
    ]
)


@st.composite
def acquaintances(draw):
    """Five people who know each other by up to nine ties, some of whom introduce nobody."""
    persons = [
        a_person(name, purposes=draw(st.sampled_from((tuple(network.Purpose), (network.Purpose.LISTING,)))))
        for name in "abcde"
    ]
    pairs = st.sampled_from(("ab", "ba", "bc", "cd", "de", "ac", "ad", "eb"))
    told = st.tuples(pairs, st.sampled_from((1.0, 0.5, 0.25)), st.sampled_from((0, HALF_LIFE_DAYS, -1)))
    ties = [
        a_tie(*pair, strength=strength, observed=DAY - timedelta(days=n_days))
        for pair, strength, n_days in draw(st.lists(told, min_size=1, max_size=9))
    ]
    return a_network(persons=persons, ties=ties)


@pytest.fixture(scope="module")
def neighbourhood():
    return fit(a_neighbourhood())


class TestSuggestParties:
    @FEW
    @given(words=needs, seed=seeds, data=st.data())
    def test_does_not_depend_on_the_order_of_the_network(self, neighbourhood, words, seed, data):
        parts = {"persons": PERSONS, "organizations": ORGANIZATIONS, "memberships": ROLES}
        shuffled = {name: tuple(data.draw(st.permutations(part))) for name, part in parts.items()}

        answer = ask(fit(a_neighbourhood(**shuffled)), words, seed=seed)

        assert names_in(answer) == names_in(ask(neighbourhood, words, seed=seed))

    @FEW
    @given(words=needs, seed=seeds, n=st.integers(2, 6), data=st.data())
    def test_does_not_depend_on_it_among_those_who_say_the_same(self, words, seed, n, data):
        twins = [a_person(f"p{number}", summary="Zwerfafval, lawaai en schulden.") for number in range(n)]
        whole = a_network(organizations=ORGANIZATIONS, persons=twins)
        shuffled = replace(whole, persons=tuple(data.draw(st.permutations(twins))))

        one, other = (names_in(ask(fit(each), words, seed=seed)) for each in (whole, shuffled))

        assert one == other

    @given(words=needs, seed=seeds)
    def test_gives_the_same_twice(self, neighbourhood, words, seed):
        assert ask(neighbourhood, words, seed=seed) == ask(neighbourhood, words, seed=seed)

    @given(words=needs, seed=seeds)
    def test_keeps_every_part_between_nothing_and_one(self, neighbourhood, words, seed):
        for each in ask(neighbourhood, words, seed=seed).suggestions:
            parts = (each.expertise.score, each.mandate.score, each.room.score, each.way_in.score)
            assert all(0 < part <= 1 for part in (*parts, each.propensity))
            assert each.score == pytest.approx(np.prod(parts))

    @given(words=needs, seed=seeds)
    def test_puts_nobody_before_who_is_clearly_better(self, neighbourhood, words, seed):
        found = [each.score for each in ask(neighbourhood, words, seed=seed).suggestions]

        assert all(later * EQUAL <= earlier for place, earlier in enumerate(found) for later in found[place:])

    @given(words=needs, seed=seeds, limit=st.integers(1, 8))
    def test_begins_a_long_answer_with_the_short_one(self, neighbourhood, words, seed, limit):
        whole = ask(neighbourhood, words, seed=seed)

        assert ask(neighbourhood, words, seed=seed, limit=limit).suggestions == whole.suggestions[:limit]

    @FEW
    @given(words=needs, availability=availabilities, on=days)
    def test_suggests_nobody_who_is_not_listed_or_has_no_room(self, words, availability, on):
        answer = ask(fit(where("karel", availability=availability), on=on), words)

        is_away = availability.accepting_on(on) is network.Accepting.NO or availability.is_full()
        is_listed = PERSONS[1].consents_to(network.Purpose.LISTING, on=on)
        assert ("karel" not in names_in(answer)) or (is_listed and not is_away)

    @FEW
    @given(words=needs, past=st.lists(outcomes, max_size=12), seed=seeds)
    def test_suggests_each_once_whatever_came_of_earlier_problems(self, words, past, seed):
        suggested = names_in(ask(fit(a_neighbourhood(), past), words, seed=seed))

        assert len(suggested) == len(set(suggested))

    @FEW
    @given(whole=networks(texts=needs), words=needs, on=days, seed=seeds)
    def test_answers_in_any_network(self, whole, words, on, seed):
        matcher = fit(whole, on=on)

        for each in ask(
            matcher, words, seed=seed, asker=next((p.id for p in whole.persons), None)
        ).suggestions:
            person = matcher.index.persons.get(each.party.person_id)
            assert person is None or person.consents_to(network.Purpose.LISTING, on=on)
            assert len(each.way_in.introducers) <= MOST_INTRODUCERS


class TestChooseParties:
    @FEW
    @given(whole=networks(texts=needs), words=needs, on=days, seed=seeds, data=st.data())
    def test_names_nobody_whose_consent_no_longer_holds(self, whole, words, on, seed, data):
        """Whatever was read before: who is listed and who introduces is decided by how people stand now."""
        matcher = fit(whole, on=on)
        now = tuple(
            replace(person, consents=data.draw(st.sampled_from([(), person.consents])))
            for person in whole.persons
            if data.draw(st.booleans())
        )
        among = {person.id for person in whole.persons}
        index = network.renew_index(matcher.index, persons=now, ties=whole.ties, among=among)
        asker = next((person.id for person in now), None)
        found = referral.find_parties(matcher, referral.Need(text=words, asker_id=asker))

        answer = referral.choose_parties(matcher, found, index=index, on=on, limit=10, seed=seed)

        for each in answer.suggestions:
            person_id = each.party.person_id
            assert person_id is None or index.persons[person_id].consents_to(network.Purpose.LISTING, on=on)
            for introducer in each.way_in.introducers:
                assert index.persons[introducer].consents_to(network.Purpose.INTRODUCTION, on=on)


def routes_of_ann(index):
    return find_routes(index, ANN, on=DAY)


class TestFindRoutes:
    @given(whole=acquaintances())
    def test_go_over_at_most_two_who_consent(self, whole):
        index = network.index_network(whole)

        for person_id, route in routes_of_ann(index).items():
            path = (ANN, *route.introducers, person_id)
            assert len(route.introducers) <= MOST_INTRODUCERS
            assert len(set(path)) == len(path)
            assert WEAKEST_WAY - 1e-12 <= route.strength <= 1
            assert route.since <= DAY
            assert all(
                index.persons[each].consents_to(network.Purpose.INTRODUCTION, on=DAY)
                for each in route.introducers
            )

    @given(whole=acquaintances(), data=st.data())
    def test_do_not_depend_on_the_order_of_the_ties(self, whole, data):
        shuffled = replace(whole, ties=tuple(data.draw(st.permutations(whole.ties))))

        one, other = (routes_of_ann(network.index_network(each)) for each in (whole, shuffled))

        assert one == other

    @given(whole=acquaintances())
    def test_only_gain_from_one_more_tie(self, whole):
        fewer = replace(whole, ties=whole.ties[1:])

        more, less = (routes_of_ann(network.index_network(each)) for each in (whole, fewer))

        assert all(more[each].strength >= route.strength - 1e-12 for each, route in less.items())

    @given(whole=acquaintances())
    def test_give_a_way_in_worth_what_it_says(self, whole):
        index = network.index_network(whole)
        routes = routes_of_ann(index)

        for person_id in index.persons:
            way = way_in_to_person(index, person_id, asker_id=ANN, routes=routes, on=DAY)
            assert 0.8 <= way.score <= 1
            assert (way.entry is referral.Entry.INTRODUCED) == bool(way.introducers)


class TestJudging:
    @FEW
    @given(whole=networks(texts=needs), on=days)
    def test_scores_between_nothing_and_one(self, whole, on):
        index, directory = describe(whole, on=on)

        for party in directory.parties.values():
            room = judge_room(index, directory, party, on=on)
            mandate = judge_mandate(index, directory, party, area_id=None)
            assert room is None or 0 < room.score <= 1
            assert mandate is not None
            assert mandate.score == 1

    @given(availability=availabilities, more=st.integers(1, 5), on=days)
    def test_gives_no_more_room_to_who_has_more_to_do(self, availability, more, on):
        busier = replace(availability, open_requests=availability.open_requests + more)
        rooms = []
        for each in (availability, busier):
            index, directory = describe(a_network(persons=[a_person(availability=each)]), on=on)
            rooms.append(judge_room(index, directory, a_party("samira"), on=on))

        before, after = (0.0 if room is None else room.score for room in rooms)

        assert after <= before

    @given(checked=days, older=st.integers(0, 3000), on=days)
    def test_gives_no_more_room_to_an_older_card(self, checked, older, on):
        rooms = []
        for day in (checked, max(date.min, checked - timedelta(days=older))):
            person = replace(a_person(), checked_date=min(day, on))
            index, directory = describe(a_network(persons=[person]), on=on)
            rooms.append(judge_room(index, directory, a_party("samira"), on=on))

        before, after = rooms

        assert after.score <= before.score
        assert after.score >= UNCHECKED * before.score

    @given(n_days=st.none() | st.integers(0, 20_000))
    def test_weighs_the_age_of_a_card_between_a_little_less_and_fully(self, n_days):
        assert UNCHECKED <= weigh_age(n_days) <= 1


class TestTrackRecords:
    @given(past=st.lists(outcomes), data=st.data())
    def test_do_not_depend_on_the_order_of_outcomes(self, past, data):
        assert track_records(past) == track_records(data.draw(st.permutations(past)))

    @given(past=st.lists(outcomes))
    def test_count_each_taking_and_never_more_than_was_asked(self, past):
        records = track_records(past)

        n_taking = sum(referral.Lesson.TAKES in referral.lessons_of(each) for each in past)
        assert sum(each.n_taken for each in records.values()) == n_taking
        assert all(0 <= each.n_taken <= each.n_asked for each in records.values())


class TestUpperBound:
    @given(n=st.integers(0, 500), data=st.data())
    def test_is_a_chance_above_what_was_seen(self, n, data):
        n_taken = data.draw(st.integers(0, n))

        assert (n_taken + 1) / (n + 2) <= Record(n_asked=n, n_taken=n_taken).upper_bound() <= 1

    @given(n=st.integers(0, 500), n_taken=st.integers(0, 500))
    def test_falls_with_every_refusal(self, n, n_taken):
        before, after = (Record(n_asked=n_taken + k, n_taken=n_taken).upper_bound() for k in (n, n + 1))

        assert after <= before


class TestShareLoad:
    @given(listed=suggestions, seed=seeds)
    def test_moves_people_and_changes_nothing_else(self, listed, seed):
        shared = share_load(listed, {}, seed=seed)

        plain = [replace(each, propensity=1.0) for each in shared]
        assert sorted(plain, key=lambda each: each.party.person_id) == listed

    @given(listed=suggestions, seed=seeds)
    def test_keeps_who_is_clearly_better_in_front(self, listed, seed):
        shared = share_load(listed, {}, seed=seed)

        assert all(
            later.score * EQUAL <= earlier.score + 1e-12
            for place, earlier in enumerate(shared)
            for later in shared[place:]
        )

    @given(listed=suggestions, seed=seeds)
    def test_tells_a_chance_that_is_sure_for_who_stands_alone(self, listed, seed):
        shared = share_load(listed, {}, seed=seed)

        assert all(0 < each.propensity <= 1 for each in shared)
        assert shared[-1].propensity == 1


class TestProposeSet:
    @given(listed=suggestions, asked=st.frozensets(st.sampled_from(NAMES)))
    def test_is_none_or_two_or_three_who_each_bring_something(self, listed, asked):
        together = propose_set(listed, tuple(map(TopicId, sorted(asked))))

        brought = {each.party: set(each.expertise.topics) & asked for each in listed}
        unions = [set().union(*(brought[party] for party in together[:n])) for n in range(len(together) + 1)]
        assert len(together) in {0, 2, 3}
        assert all(len(more) > len(less) for less, more in pairwise(unions))


class TestTopicFinder:
    FINDER = a_finder((*MATTERS, a_topic("rent", nl="huur", broader="money")))

    @given(s=st.text(max_size=100) | needs)
    def test_names_five_different_topics_at_most(self, s):
        found = self.FINDER.find(s, language="nl")

        assert len(found) == len(set(found)) <= 5

    @given(s=needs)
    def test_does_not_care_for_capitals_or_order(self, s):
        turned = " ".join(reversed(s.upper().split()))

        assert self.FINDER.find(s, language="nl") == self.FINDER.find(turned, language="nl")

    @given(ids=st.frozensets(st.sampled_from(["money", "debts", "rent", "litter"]).map(TopicId)))
    def test_has_nothing_above_what_is_above(self, ids):
        above = self.FINDER.with_broader(ids)

        assert ids <= above == self.FINDER.with_broader(above)
