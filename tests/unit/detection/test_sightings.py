# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta

import pytest

from scharnier.core import detection
from scharnier.core.detection._sightings import tally_sightings
from tests.unit.detection.scenes import TODAY, a_sighting


class TestSighting:
    @pytest.mark.parametrize(
        ("partner", "x"), [("", 0.0), ("police", float("nan")), ("police", float("inf")), ("police", 1e9)]
    )
    def test_has_a_partner_and_a_place(self, partner, x):
        with pytest.raises(detection.BadSighting):
            a_sighting(partner, x)


class TestTallySightings:
    def test_puts_places_of_a_decimetre_together(self):
        tally = tally_sightings([a_sighting(x=1.02), a_sighting(x=0.98), a_sighting(x=1.2)], today=TODAY)

        assert tally.points.tolist() == [[10, 0], [12, 0]]
        assert tally.place(1) == (1.2, 0.0)

    def test_counts_by_place_and_partner(self):
        seen = [a_sighting("school"), a_sighting("police"), a_sighting("police", x=5)]

        tally = tally_sightings(seen, today=TODAY)

        assert tally.partners == ("police", "school")
        assert tally.counts().tolist() == [[1, 1, 2], [1, 0, 1]]

    def test_leaves_out_what_is_seen_later(self):
        tally = tally_sightings([a_sighting(ago=3), a_sighting(ago=-1)], today=TODAY)

        assert tally.lag.tolist() == [3]
        assert tally.day(3) == TODAY - timedelta(days=3)

    def test_does_not_depend_on_the_order(self):
        seen = [a_sighting(name, x, ago=ago) for name in "ba" for x in (5, 3) for ago in (2, 9)]

        one, other = (tally_sightings(each, today=TODAY) for each in (seen, seen[::-1]))

        assert (one.lag == other.lag).all()
        assert (one.location == other.location).all()

    @pytest.mark.parametrize("seen", [[], [a_sighting(ago=-1)]])
    def test_needs_something_seen(self, seen):
        with pytest.raises(detection.NothingSeen) as error:
            tally_sightings(seen, today=TODAY)

        assert error.value.facts == {"day": TODAY}
