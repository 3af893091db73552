# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace

import pytest

from scharnier.core import detection
from scharnier.core.detection import BandPlan
from tests.unit.detection.scenes import a_sighting, some_sightings

PLAN = BandPlan(distances_m=(0, 100), days=(1, 5), n_replicates=99)


def find(sightings, plan=PLAN, **more):
    found = detection.find_near_repeats(sightings, plan, **more)
    return {(each.to_m, each.to_days): each for each in found}


class TestBandPlan:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"distances_m": ()},
            {"days": ()},
            {"distances_m": (100, 100)},
            {"days": (14, 7)},
            {"distances_m": (-1, 5)},
            {"days": (-1,)},
            {"n_replicates": 0},
            {"distances_m": (0, float("nan"))},
        ],
    )
    def test_has_bands_that_end_ever_further(self, wrong):
        with pytest.raises(detection.BadBands):
            BandPlan(**wrong)


class TestFindNearRepeats:
    @pytest.mark.parametrize(
        ("x", "ago", "band"),
        [
            (0, 0, (0, 1)),
            (0, 1, (0, 1)),
            (0, 2, (0, 5)),
            (0.1, 0, (100, 1)),
            (100, 5, (100, 5)),
            (100.1, 0, None),
            (0, 6, None),
        ],
    )
    def test_puts_a_pair_in_its_band(self, x, ago, band):
        found = find([a_sighting(), a_sighting(x=x, ago=ago)])

        assert [key for key, each in found.items() if each.observed] == ([band] if band else [])

    def test_tells_where_bands_begin(self):
        found = find(some_sightings(0))

        assert (found[0, 1].from_m, found[0, 1].from_days) == (0, 0)
        assert (found[100, 5].from_m, found[100, 5].from_days) == (0, 2)

    def test_has_the_mean_of_the_dealings_by_hand(self):
        """Two of three at one place; of three days two are alike: one of three dealings joins them."""
        seen = [a_sighting(), a_sighting(), a_sighting(x=900, ago=50)]

        found = find(seen, replace(PLAN, n_replicates=3000))[0, 1]

        assert (found.observed, found.expected) == (1, pytest.approx(1 / 3, abs=0.03))
        assert found.ratio == pytest.approx(3, rel=0.1)
        assert found.p == pytest.approx(1 / 3, abs=0.03)

    def test_has_no_ratio_where_nothing_is_expected(self):
        assert find([a_sighting(), a_sighting(x=500)])[0, 1].ratio is None

    def test_finds_repeats_that_were_put_in(self):
        base = some_sightings(6, n=80, n_places=20, n_days=300)
        again = [replace(each, x_m=each.x_m + 20) for each in base[:25]]

        found = find([*base, *again])

        assert found[100, 1].p == 0.01
        assert found[100, 1].observed >= 25

    @pytest.mark.parametrize("seen", [[], [a_sighting()]])
    def test_finds_nothing_in_less_than_two(self, seen):
        assert {each.observed for each in find(seen).values()} == {0}

    def test_is_the_same_for_the_same_seed_whatever_the_order_of_dealing(self):
        seen = some_sightings(1)

        assert find(seen) == find(seen)
        assert find(seen) != find(seen, replace(PLAN, seed=1))
