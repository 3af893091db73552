# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from scharnier.core import detection
from scharnier.core.detection import HeatPlan
from tests.unit.detection.scenes import TODAY, a_burst, a_sighting, some_sightings

PLAN = HeatPlan(radius_m=110, days=10, n_replicates=199)
ALONE = replace(PLAN, radius_m=10)  # each location by itself


def measure(sightings, plan=PLAN):
    return detection.measure_heat(sightings, today=TODAY, plan=plan)


def by_hand(sightings, *, radius, days):
    """Gi* as J. K. Ord and A. Getis (1995) write it, one location after another."""
    places = sorted({(each.x_m, each.y_m) for each in sightings})
    recent = [each for each in sightings if (TODAY - each.on).days < days]
    share = len(recent) / len(sightings)
    excess = np.array(
        [
            sum((each.x_m, each.y_m) == place for each in recent)
            - share * sum((each.x_m, each.y_m) == place for each in sightings)
            for place in places
        ]
    )
    n, scores = len(places), {}
    for place in places:
        near = np.array([np.hypot(place[0] - x, place[1] - y) <= radius for x, y in places])
        spread = excess.std() * np.sqrt((n * near.sum() - near.sum() ** 2) / (n - 1))
        scores[place] = (excess[near].sum() - excess.mean() * near.sum()) / spread
    return scores


class TestHeatPlan:
    @pytest.mark.parametrize("wrong", [{"radius_m": 0}, {"days": 0}, {"n_replicates": 0}])
    def test_is_above_nought(self, wrong):
        with pytest.raises(detection.BadHeatPlan):
            HeatPlan(**wrong)


class TestMeasureHeat:
    @pytest.mark.parametrize("seed", range(3))
    def test_is_the_sum_by_hand(self, seed):
        seen = some_sightings(seed, n=80)

        heat = measure(seen)

        scores = by_hand(seen, radius=110, days=10)
        assert {spot.place: spot.z for spot in heat.spots} == pytest.approx(scores)
        assert [spot.z for spot in heat.spots] == sorted(scores.values(), reverse=True)

    def test_sounds_an_alarm_by_the_hottest_place_of_all_only(self):
        quiet = some_sightings(8, n=300, n_places=20)

        heat = measure(quiet, ALONE)

        assert heat.spots[0].z > 1.64  # alone it would pass for one in twenty
        assert heat.p > 0.05

    def test_finds_a_burst(self):
        heat = measure([*some_sightings(8, n=300, n_places=20), *a_burst("police", 25)], ALONE)

        assert heat.p < 0.02
        assert heat.spots[0].place == (200.0, 200.0)

    def test_is_nought_where_nothing_differs(self):
        heat = measure([a_sighting(), a_sighting(x=500)])

        assert [spot.z for spot in heat.spots] == [0.0, 0.0]
        assert heat.p == 1.0

    def test_is_nought_at_one_place(self):
        assert measure([a_sighting(), a_sighting(ago=50)]).spots[0].z == 0.0

    def test_is_the_same_for_the_same_seed(self):
        seen = some_sightings(2)

        assert measure(seen) == measure(seen[::-1])
        assert measure(seen).p != measure(seen, replace(PLAN, n_replicates=77)).p

    def test_needs_something_seen(self):
        with pytest.raises(detection.NothingSeen):
            measure([])
