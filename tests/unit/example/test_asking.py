# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest

from scharnier.core import network, referral
from scharnier.example import _asking

TOOK_IT = {referral.Response.ACCEPTED, referral.Response.COMPLETED}
LATELY = timedelta(days=30)


@pytest.fixture(scope="module")
def asked(kruisveld):
    """Every party that was asked, with its signal."""
    return [(signal, each) for signal in kruisveld.signals for each in signal.asked]


@pytest.fixture(scope="module")
def takes(kruisveld):
    """The topics of each organization, of its services too."""
    found = {each.id: set(each.topics) for each in kruisveld.network.organizations}
    for service in kruisveld.network.services:
        found[service.organization_id] |= service.topics
    return found


class TestAskAround:
    def test_asks_one_to_three_parties_unless_it_happened_lately(self, kruisveld):
        for signal in kruisveld.signals:
            is_late = signal.date > kruisveld.day - LATELY

            assert (0 if is_late else 1) <= len(signal.asked) <= 3

    def test_hears_after_the_signal_in_order_of_time_and_before_today(self, kruisveld):
        for signal in kruisveld.signals:
            days = [signal.date, *(each.date for each in signal.asked), kruisveld.day]

            assert all(day < later for day, later in pairwise(days))

    def test_stops_once_somebody_has_it(self, kruisveld):
        for signal in kruisveld.signals:
            going_on = signal.asked[:-1]

            assert not TOOK_IT.intersection(each.response for each in going_on)
            assert all(each.reason is not referral.Reason.ALREADY_KNOWN for each in going_on)

    def test_asks_people_in_their_role_of_that_day(self, asked, index):
        for signal, each in asked:
            if each.person_id is not None:
                roles = index.memberships_of[each.person_id]

                assert any(
                    role.organization_id == each.organization_id and role.holds_on(signal.date)
                    for role in roles
                )

    def test_asks_by_name_only_who_is_listed_works_there_and_knows_of_it(self, kruisveld, asked, index):
        for signal, each in asked:
            if each.person_id is not None:
                person = index.persons[each.person_id]

                assert person.consents_to(network.Purpose.LISTING, on=kruisveld.day)
                assert not person.area_ids or person.area_ids & index.areas_around(signal.area_id)
                assert person.topics.intersection(signal.topic_ids)

    def test_asks_nobody_to_take_what_they_told_themselves(self, asked, index):
        for signal, each in asked:
            own = {
                role.organization_id
                for role in index.memberships_of[signal.reporter_id]
                if role.holds_on(signal.date)
            }
            assert each.organization_id not in own

    def test_asks_nearly_all_organizations_and_many_people(self, asked):
        assert len({each.organization_id for _, each in asked}) >= 35
        assert len({each.person_id for _, each in asked if each.person_id is not None}) >= 45

    def test_gives_a_reason_with_what_is_declined_and_with_nothing_else(self, asked):
        for _, each in asked:
            assert (each.reason is not None) is (each.response is referral.Response.DECLINED)


class TestAnswers:
    def test_are_a_yes_for_seven_in_ten_of_the_first_asked(self, kruisveld):
        first = [signal.asked[0].response for signal in kruisveld.signals if signal.asked]

        assert sum(response in TOOK_IT for response in first) / len(first) == pytest.approx(0.7, abs=0.06)

    def test_stay_away_for_about_one_signal_in_twelve(self, kruisveld):
        silent = [
            signal
            for signal in kruisveld.signals
            if referral.Response.UNANSWERED in {each.response for each in signal.asked}
        ]

        assert len(silent) / len(kruisveld.signals) == pytest.approx(0.08, abs=0.03)

    def test_know_every_reason(self, kruisveld, elsewhen):
        reasons = {outcome.reason for each in (kruisveld, elsewhen) for outcome in each.outcomes}

        assert reasons >= set(referral.Reason)

    def test_of_not_my_area_are_given_outside_it_only(self, asked, index):
        for signal, each in asked:
            areas = index.organizations[each.organization_id].area_ids
            is_outside = bool(areas) and areas.isdisjoint(index.areas_around(signal.area_id))

            assert is_outside is (each.reason is referral.Reason.NOT_MY_AREA)

    def test_that_take_it_come_from_who_is_about_it_nearly_always(self, asked, takes):
        taken = [(signal, each) for signal, each in asked if each.response in TOOK_IT]

        fitting = [
            each for signal, each in taken if takes[each.organization_id].intersection(signal.topic_ids)
        ]

        assert len(fitting) >= 0.95 * len(taken)

    def test_of_lately_taken_are_not_yet_completed(self, kruisveld, asked):
        lately = [each for _, each in asked if each.date > kruisveld.day - LATELY]

        assert referral.Response.COMPLETED not in {each.response for each in lately}


class TestToOutcomes:
    def test_gives_every_answer_by_date(self, kruisveld, asked):
        days = [outcome.on for outcome in kruisveld.outcomes]

        assert days == sorted(each.date for _, each in asked)

    def test_keeps_the_words_and_the_topics_of_the_signal(self, kruisveld):
        topics = {signal.text: frozenset(signal.topic_ids) for signal in kruisveld.signals}

        assert all(outcome.topics == topics[outcome.text] for outcome in kruisveld.outcomes)

    def test_names_the_organization_with_every_person(self, kruisveld):
        by_name = Counter(outcome.party.person_id is not None for outcome in kruisveld.outcomes)

        assert all(outcome.party.organization_id is not None for outcome in kruisveld.outcomes)
        assert min(by_name.values()) >= 100

    def test_gives_nothing_without_signals(self):
        assert _asking.to_outcomes(()) == ()
