# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest

from scharnier.core.detection._zones import draw_zones

LINE = np.array([[0, 0], [100, 0], [200, 0], [1000, 0]])  # decimetres
ONE_EACH = np.ones((4, 2), np.int64)


def zones_of(centre, zones):
    """Return the zones around a centre, each as its members in order of distance."""
    rows = range(zones.starts[centre], zones.starts[centre + 1])
    return [zones.members(row).tolist() for row in rows if zones.ends[row]]


class TestDrawZones:
    def test_grow_outwards(self):
        zones = draw_zones(LINE, ONE_EACH, max_radius_m=1000)

        assert zones_of(0, zones) == [[0], [0, 1]]

    def test_take_in_equal_distances_together(self):
        many = np.vstack([ONE_EACH[:3], [[4, 4]]])

        zones = draw_zones(LINE, many, max_radius_m=1000)

        assert zones_of(1, zones) == [[1], [1, 0, 2]]

    def test_hold_at_most_half_of_all(self):
        zones = draw_zones(LINE, np.array([[1, 1], [1, 1], [2, 2], [9, 9]]), max_radius_m=1000)

        assert zones_of(0, zones) == [[0], [0, 1], [0, 1, 2]]
        assert zones_of(3, zones) == []

    def test_leave_a_ring_out_when_the_whole_of_it_is_too_many(self):
        """Half of six: the ring of both neighbours would make three, and one alone is no zone."""
        zones = draw_zones(LINE, np.array([[1, 1], [1, 1], [2, 2], [2, 2]]), max_radius_m=1000)

        assert zones_of(1, zones) == [[1]]

    @pytest.mark.parametrize(("radius", "reached"), [(9.9, [0]), (10.0, [0, 1]), (19.9, [0, 1])])
    def test_reach_as_far_as_the_radius_and_no_further(self, radius, reached):
        zones = draw_zones(LINE, np.vstack([ONE_EACH[:3], [[9, 9]]]), max_radius_m=radius)

        assert zones_of(0, zones)[-1] == reached

    def test_count_each_partner_and_all(self):
        counts = np.array([[1, 2, 3], [0, 1, 1], [5, 0, 5], [9, 9, 18]])

        zones = draw_zones(LINE, counts, max_radius_m=1000)

        assert zones.counts[zones.starts[0] + 2].tolist() == [6, 3, 9]


class TestZones:
    def test_tell_their_radius(self):
        zones = draw_zones(LINE, ONE_EACH, max_radius_m=1000)

        assert zones.radius_m(int(zones.starts[0]) + 1) == 10.0

    def test_find_the_row_of_a_zone(self):
        zones = draw_zones(LINE, ONE_EACH, max_radius_m=1000)

        assert zones.row_of(zones.members(3)) == 3

    def test_without_a_location_end_before_its_ring(self):
        zones = draw_zones(LINE, np.vstack([ONE_EACH[:3], [[9, 9]]]), max_radius_m=1000)

        left = zones.without(np.array([2]))

        assert zones_of(0, left) == [[0], [0, 1]]
        assert zones_of(1, left) == [[1]]
        assert zones_of(2, left) == []

    def test_without_all_locations_are_none(self):
        zones = draw_zones(LINE, ONE_EACH, max_radius_m=1000)

        left = zones.without(np.arange(4))

        assert len(left.neighbours) == 0
        assert len(left.without(np.arange(4)).neighbours) == 0
