# SPDX-License-Identifier: EUPL-1.2
"""What is told of a find besides its release."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import situations
from scharnier.core.detection import band_count, may_show
from scharnier.core.kernel import NetworkId, TopicId
from tests.unit.situations.scenes import MONDAY

NOISE, LITTER, FIRE, YOUTH = map(TopicId, ("noise", "litter", "fire", "youth"))
KRUISVELD = NetworkId("kruisveld")

partners = st.dictionaries(
    st.sampled_from(("police", "school", "youth work", "residents")), st.integers(2, 3000), min_size=1
)
seen = st.lists(
    st.tuples(
        st.sampled_from(("police", "school")), st.frozensets(st.sampled_from((NOISE, LITTER, FIRE, YOUTH)))
    ),
    max_size=30,
)


class TestChooseSeed:
    def test_is_the_same_for_a_network_on_a_day_and_another_else(self):
        seeds = {
            situations.choose_seed(network_id, day)
            for network_id in (KRUISVELD, NetworkId("elders"))
            for day in (MONDAY, MONDAY + timedelta(days=1))
            for _ in range(2)
        }

        assert len(seeds) == 4
        assert all(0 <= seed < 2**32 for seed in seeds)


class TestCoarsenWeeks:
    @pytest.mark.parametrize(
        ("weeks", "told"),
        [(0.1, 0), (7.99, 0), (8, 8), (15.9, 8), (16, 16), (511, 256), (512, 512), (1e12, 512)],
    )
    def test_takes_the_step_below(self, weeks, told):
        assert situations.coarsen_weeks(weeks) == told

    @given(weeks=st.floats(0.001, 1e15))
    def test_never_tells_rarer_than_it_is_and_only_eight_answers(self, weeks):
        told = situations.coarsen_weeks(weeks)

        assert told <= weeks
        assert told in {0, *(8 * 2**step for step in range(7))}


class TestShareBands:
    @given(found=partners)
    def test_gives_all_a_part_and_together_the_whole(self, found):
        shares = situations.share_bands({name: band_count(n) for name, n in found.items()})

        assert sum(shares.values()) == pytest.approx(1)
        assert all(0 < share <= 1 for share in shares.values())

    @given(found=partners)
    def test_tells_no_more_than_the_bands(self, found):
        bands = {name: band_count(n) for name, n in found.items()}
        lowest = {name: band_count(max(band.low, 2)) for name, band in bands.items()}

        assert situations.share_bands(bands) == situations.share_bands(lowest)


class TestChooseTopics:
    def test_puts_what_is_met_most_first(self):
        many = [(name, frozenset({LITTER})) for name in ("police", "school") * 6]
        some = [(name, frozenset({NOISE})) for name in ("police", "school") * 3]

        assert situations.choose_topics([*some, *many]) == (LITTER, NOISE)

    def test_takes_three_at_most(self):
        all_of_them = frozenset({NOISE, LITTER, FIRE, YOUTH})

        assert situations.choose_topics([("police", all_of_them), ("school", all_of_them)] * 5) == (
            FIRE, LITTER, NOISE,
        )  # fmt: skip

    @pytest.mark.parametrize(
        "n_each", [{"police": 9}, {"police": 9, "school": 1}, {"police": 2, "school": 2}, {}]
    )
    def test_tells_no_topic_of_one_partner_or_of_few_signals(self, n_each):
        found = [(name, frozenset({NOISE})) for name, n in n_each.items() for _ in range(n)]

        assert situations.choose_topics(found) == ()

    @given(found=seen)
    def test_tells_each_topic_by_the_rule_for_counts(self, found):
        told = situations.choose_topics(found)

        for topic in told:
            n_each = {
                name: sum(topic in topics for who, topics in found if who == name)
                for name in ("police", "school")
            }
            assert may_show(n_each)
        assert situations.choose_topics(found[::-1]) == told
