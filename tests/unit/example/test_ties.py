# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from scharnier.core import network
from scharnier.example import _ties

THREE_YEARS = timedelta(days=1095)


@pytest.fixture(scope="module")
def ties(kruisveld):
    return kruisveld.network.ties


class TestReadTies:
    def test_gives_each_pair_once(self):
        pairs = [frozenset((tie.source_id, tie.target_id)) for tie in _ties.read_ties()]

        assert len(set(pairs)) == len(pairs)


class TestDrawTies:
    def test_puts_those_written_by_hand_first(self, ties):
        by_hand = _ties.read_ties()

        assert ties[: len(by_hand)] == by_hand

    def test_observes_each_pair_once_and_nobody_with_themselves(self, ties):
        pairs = {frozenset((tie.source_id, tie.target_id)) for tie in ties}

        assert len(pairs) == len(ties)
        assert all(len(pair) == 2 for pair in pairs)

    def test_observes_them_in_the_last_three_years(self, kruisveld, ties):
        days = [kruisveld.day - tie.observed_date for tie in ties]

        assert timedelta(0) < min(days)
        assert max(days) <= THREE_YEARS

    def test_gives_all_kinds_and_origins(self, ties):
        assert {tie.kind for tie in ties} == set(network.TieKind)
        assert {tie.origin for tie in ties} == set(network.TieOrigin)

    def test_leaves_hardly_anybody_alone(self, kruisveld, index):
        alone = [person.id for person in kruisveld.network.persons if not index.ties_of.get(person.id)]

        assert len(alone) <= 5

    def test_makes_hinges_of_those_who_know_many(self, ties):
        n_ties = Counter(end for tie in ties for end in (tie.source_id, tie.target_id))

        best_known = {person_id for person_id, _ in n_ties.most_common(12)}

        assert set(_ties.HINGES) & best_known >= {"karel", "samira", "anneke", "fatma"}

    def test_ties_who_left_to_who_took_over(self, kruisveld, index):
        ended = [each for each in kruisveld.network.memberships if each.successor_id is not None]

        for each in ended:
            known = {end for tie in index.ties_of[each.person_id] for end in (tie.source_id, tie.target_id)}
            assert each.successor_id in known
