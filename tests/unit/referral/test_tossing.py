# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from scharnier.core.referral._tossing import Tossing


@pytest.fixture
def tossing():
    """The first named the second once and the third twice."""
    tossing = Tossing(3)
    for named in (1, 2, 2):
        tossing.learn(0, named)
    return tossing


class TestTossing:
    def test_says_nothing_until_somebody_declines(self, tossing):
        assert tossing.scores({}).tolist() == [0, 0, 0]

    def test_says_nothing_of_who_never_named_anybody(self, tossing):
        assert tossing.scores({1: None}).tolist() == [0, 0, 0]

    def test_remembers_whom_a_decliner_named_before(self, tossing):
        assert tossing.scores({0: None}).tolist() == [0, 1 / 4, 2 / 4]

    def test_believes_most_who_is_named_now(self, tossing):
        assert tossing.scores({0: 1}).tolist() == [0, 1, 2 / 4]

    def test_adds_up_over_decliners(self, tossing):
        assert tossing.scores({0: None, 1: 2}).tolist() == [0, 1 / 4, 3 / 2]

    def test_reads_an_edge_one_way(self, tossing):
        assert tossing.scores({2: None}).tolist() == [0, 0, 0]
