# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest

from scharnier.core.detection import _plain
from scharnier.core.detection._board import set_board
from scharnier.core.detection._sightings import tally_sightings
from tests.unit.detection.scenes import TODAY, a_burst, a_sighting, by_hand, some_sightings


def board(seen):
    return set_board(tally_sightings(seen, today=TODAY), max_radius_m=250, max_days=14)


class TestFindBest:
    def test_takes_the_sum_by_hand(self):
        """Both partners have two of their four here and lately; of either one is expected."""
        seen = [
            each
            for partner in ("police", "school")
            for each in (
                a_sighting(partner),
                a_sighting(partner),
                a_sighting(partner, 900, ago=40),
                a_sighting(partner, 900, ago=50),
            )
        ]
        found = board(seen)

        best = _plain.find_best(found, found.dealt)

        own, whole = by_hand(2, 2, 2, 4), by_hand(4, 4, 4, 8)
        assert best.values.tolist() == pytest.approx([whole, 2 * own, own])
        assert best.days.tolist() == [1, 1, 1]
        assert {found.zones.members(row).tolist()[0] for row in best.rows.tolist()} == {0}

    def test_takes_the_smallest_zone_and_the_shortest_window_of_equals(self):
        """The second place has nothing, and no day before the first has anything: both would add nothing."""
        seen = [a_sighting()] * 2 + [a_sighting(x=900, ago=40)] * 6
        found = board(seen)

        best = _plain.find_best(found, found.dealt)

        assert found.zones.members(int(best.rows[0])).tolist() == [0]
        assert best.days[0] == 1

    def test_finds_nothing_where_nothing_is_recent(self):
        found = board([a_sighting(ago=40), a_sighting(x=90, ago=50)])

        best = _plain.find_best(found, found.dealt)

        assert best.values.tolist() == [0, 0, 0]
        assert best.rows.tolist() == [-1, -1, -1]

    @pytest.mark.parametrize("most", [1, 7, 64])
    def test_does_not_depend_on_how_much_it_looks_at_together(self, monkeypatch, most):
        found = board([*some_sightings(2, n=150, n_places=20), *a_burst("school", 5)])
        whole = _plain.find_best(found, found.dealt)

        monkeypatch.setattr(_plain, "MOST_ROWS", most)
        in_parts = _plain.find_best(found, found.dealt)

        assert in_parts.values.tolist() == whole.values.tolist()
        assert (in_parts.rows.tolist(), in_parts.days.tolist()) == (whole.rows.tolist(), whole.days.tolist())


class TestBounds:
    @pytest.mark.parametrize("seed", range(5))
    def test_are_no_less_than_what_they_bound_and_close_to_it(self, seed):
        found = board([*some_sightings(seed, n=200, n_places=20), *a_burst("school", 5)])

        for cells in _plain._busy_cells(found, found.dealt):
            bounds = _plain._three(_plain._bounds(found, cells), found.partner_of)
            exact = _plain._exact(found, cells, np.arange(len(cells.rows)))
            assert (bounds + _plain.SLACK >= exact).all()
            assert np.median(bounds - exact) < 0.2


class TestThree:
    def test_are_pooled_joint_and_all_but_the_strongest(self):
        ratios = np.array([[1.0, 4.0], [3.0, 2.0], [2.0, 0.0], [9.0, 5.0]])

        assert _plain._three(ratios, np.arange(3)).tolist() == [[9.0, 5.0], [6.0, 6.0], [3.0, 2.0]]

    def test_take_the_streams_of_a_partner_together(self):
        ratios = np.array([[1.0, 4.0], [3.0, 2.0], [2.0, 0.0], [9.0, 5.0]])

        assert _plain._three(ratios, np.array([0, 0, 1])).tolist() == [[9.0, 5.0], [6.0, 6.0], [2.0, 0.0]]

    def test_share_nothing_when_one_partner_has_all(self):
        assert _plain._three(np.array([[0.0], [7.7], [0.0], [5.0]]), np.arange(3))[2].tolist() == [0.0]
