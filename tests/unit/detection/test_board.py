# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import numpy as np
import pytest

from scharnier.core.detection._board import set_board
from scharnier.core.detection._sightings import tally_sightings
from tests.unit.detection.scenes import TODAY, a_sighting, some_sightings


def board(seen, *, max_days=14):
    return set_board(tally_sightings(seen, today=TODAY), max_radius_m=250, max_days=max_days)


class TestSetBoard:
    def test_keeps_only_what_can_lie_in_a_window(self):
        found = board([a_sighting(ago=0), a_sighting(ago=13), a_sighting(ago=14)])

        assert found.lag.tolist() == [0, 13]
        assert found.totals.tolist() == [3, 3]

    def test_counts_windows_of_each_partner_and_of_all(self):
        seen = [a_sighting("police", ago=1), a_sighting("school", ago=2), a_sighting("school", ago=9)]

        assert board(seen, max_days=3).windows.tolist() == [[0, 1, 1], [0, 0, 1], [0, 1, 2]]

    def test_takes_windows_longer_than_anything_was_seen(self):
        assert board([a_sighting(ago=1)], max_days=30).windows[0, -1] == 1

    def test_knows_the_places_of_each_partner(self):
        seen = [a_sighting("police", 0), a_sighting("police", 0), a_sighting("school", 50)]

        assert [pool.tolist() for pool in board(seen).pools] == [[0, 0], [1]]


class TestBoard:
    def test_deals_to_each_partner_its_own_places(self):
        seen = some_sightings(1)
        found = board(seen)

        dealt = found.deal(range(40), seed=1)

        for number, pool in enumerate(found.pools):
            own = dealt[:, found.stream == number]
            most = np.bincount(pool, minlength=len(found.zones.points))
            assert all((np.bincount(row, minlength=len(most)) <= most).all() for row in own)

    def test_deals_every_place_as_often_as_it_has_sightings(self):
        seen = [a_sighting(x=0)] + [a_sighting(x=100, ago=50)] * 3

        dealt = board(seen).deal(range(4000), seed=2)

        assert (dealt == 0).mean() == pytest.approx(1 / 4, abs=0.03)

    def test_has_a_stream_for_each_topic_of_a_partner(self):
        seen = [a_sighting("school"), a_sighting("police", topic="noise"), a_sighting("police", topic="fire")]

        found = board(seen)

        assert found.partner_of.tolist() == [0, 0, 1]
        assert found.totals.tolist() == [1, 1, 1, 3]

    def test_leaves_a_fixed_partner_as_it_is_with_all_its_topics(self):
        found = board(some_sightings(1, topics=("noise", "fire")))

        dealt = found.deal(range(9), seed=1, fixed=1)

        own = np.isin(found.stream, [2, 3])
        assert (dealt[:, own] == found.dealt[own]).all()
        assert (dealt[:, ~own] == found.deal(range(9), seed=1)[:, ~own]).all()

    def test_of_a_partner_has_all_its_topics(self):
        seen = some_sightings(1, topics=("noise", "fire"))

        found = board(seen).of_partner(1)

        alone = board([each for each in seen if each.partner == "school"])
        assert found.partner_of.tolist() == [1, 1]
        assert found.stream.tolist() == alone.stream.tolist()
        assert found.totals.tolist() == alone.totals.tolist()
        assert found.windows.tolist() == alone.windows.tolist()

    def test_leaves_a_fixed_partner_as_it_is(self):
        found = board(some_sightings(1))

        dealt = found.deal(range(9), seed=1, fixed=1)

        own = found.stream == 1
        assert (dealt[:, own] == found.dealt[own]).all()
        assert (dealt[:, ~own] == found.deal(range(9), seed=1)[:, ~own]).all()

    def test_of_a_partner_is_as_if_no_other_saw_anything(self):
        seen = some_sightings(1)
        places, found = board(seen).zones.points, board(seen).of_partner(1)

        alone = board([each for each in seen if each.partner == "school"])
        assert found.totals.tolist() == alone.totals.tolist()
        assert found.windows.tolist() == alone.windows.tolist()
        assert places[found.dealt].tolist() == alone.zones.points[alone.dealt].tolist()

    def test_without_locations_keeps_the_counts(self):
        found = board(some_sightings(1))

        left = found.without(np.arange(3))

        assert left.totals is found.totals
        assert len(left.zones.neighbours) < len(found.zones.neighbours)
        assert not np.isin(left.zones.neighbours, np.arange(3)).any()
