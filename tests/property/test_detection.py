# SPDX-License-Identifier: EUPL-1.2
"""Laws of the scan: what may change nothing, and what must hold whatever was seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import detection
from scharnier.core.detection import ScanPlan, Statistic
from tests.unit.detection.scenes import TODAY, a_sighting, scan_by_hand

NAMES = ("police", "school", "youth work")
OTHERS = dict(zip(NAMES, ("zorg", "corporatie", "handhaving"), strict=True))
PLAN = ScanPlan(max_radius_m=220, max_days=6, n_replicates=3, n_clusters=3)

sightings = st.lists(
    st.builds(
        a_sighting,
        st.sampled_from(NAMES),
        st.sampled_from((0.0, 100.0, 200.0, 300.0)),
        st.sampled_from((0.0, 100.0)),
        ago=st.integers(0, 12),
    ),
    min_size=1,
    max_size=24,
)


def scan(seen, **more):
    return detection.scan_signals(seen, today=TODAY, plan=PLAN, with_numba=False, **more)


def best(found):
    """The best value of each statistic, nought when there is none."""
    values = dict.fromkeys(Statistic, 0.0)
    for cluster in reversed(found.clusters):
        values[cluster.statistic] = cluster.llr
    return list(values.values())


class TestScanSignals:
    @given(seen=sightings)
    def test_finds_what_looking_everywhere_finds(self, seen):
        by_looking = scan_by_hand(seen, max_radius_m=220, max_days=6)

        assert best(scan(seen)) == pytest.approx(by_looking, abs=1e-9)

    @given(seen=sightings, data=st.data())
    def test_does_not_depend_on_the_order_of_the_signals(self, seen, data):
        assert scan(data.draw(st.permutations(seen))) == scan(seen)

    @given(seen=sightings)
    def test_does_not_depend_on_what_partners_are_called(self, seen):
        renamed = [replace(each, partner=OTHERS[each.partner]) for each in seen]

        assert best(scan(renamed)) == pytest.approx(best(scan(seen)))

    @given(seen=sightings, east=st.integers(-9000, 9000), north=st.integers(-9000, 9000))
    def test_does_not_depend_on_where_the_map_begins(self, seen, east, north):
        moved = [replace(each, x_m=each.x_m + east, y_m=each.y_m + north) for each in seen]

        assert best(scan(moved)) == best(scan(seen))

    @given(seen=sightings)
    def test_has_nothing_shared_when_one_partner_saw_it_all(self, seen):
        pooled, joint, shared = best(scan([replace(each, partner="police") for each in seen]))

        assert shared == 0.0
        assert pooled == joint

    @given(seen=sightings)
    def test_tells_values_above_nought_and_chances_up_to_one(self, seen):
        found = scan(seen)

        assert all(cluster.llr > 0 and 0 < cluster.p <= 1 for cluster in found.clusters)
        assert all(value >= 0 for values in found.null_maxima.values() for value in values)
        _, joint, shared = best(found)
        assert shared <= joint

    @given(seen=sightings)
    def test_counts_in_a_cluster_what_lies_in_it(self, seen):
        for cluster in scan(seen).clusters:
            inside = [
                each
                for each in seen
                if (each.x_m, each.y_m) in cluster.locations
                and cluster.first_day <= each.on <= cluster.last_day
            ]

            assert sum(cluster.observed.values()) == len(inside)
            assert max(
                np.hypot(x - cluster.center[0], y - cluster.center[1]) for x, y in cluster.locations
            ) == pytest.approx(cluster.radius_m)

    @given(seen=sightings)
    def test_keeps_clusters_of_a_statistic_apart(self, seen):
        clusters = scan(seen).clusters
        for statistic in Statistic:
            found = [each for each in clusters if each.statistic is statistic]
            places = [place for cluster in found for place in cluster.locations]

            assert len(places) == len(set(places))
            assert [each.llr for each in found] == sorted((each.llr for each in found), reverse=True)

    @pytest.mark.skipif(not detection.has_numba(), reason="numba absent: extra fast")
    @given(seen=sightings, seed=st.integers(0, 2**64))
    def test_comes_to_the_same_with_numba(self, seen, seed):
        plan = replace(PLAN, seed=seed)

        one, other = (
            detection.scan_signals(seen, today=TODAY, plan=plan, with_numba=each) for each in (True, False)
        )

        assert one == other


class TestMayShow:
    @given(counts=st.lists(st.integers(0, 12), min_size=1, max_size=5))
    def test_lets_nobody_who_knows_all_other_counts_work_out_one_under_five(self, counts):
        """Whoever knows the rule and every other count still has two counts to choose from."""
        for place, n in enumerate(counts):
            others = ([*counts[:place], other, *counts[place + 1 :]] for other in range(13))
            alike = [each[place] for each in others if self.told(each) == self.told(counts)]

            assert n in alike
            assert len(alike) > 1

    @staticmethod
    def told(counts):
        may = detection.may_show(dict(enumerate(counts)))
        return [str(detection.band_count(n)) if n > 1 else "" for n in counts] if may else None
