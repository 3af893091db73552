# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import date, time

import pytest

from scharnier.core import network
from scharnier.core.kernel import AreaId, LocationId
from tests.factories import a_location, an_area

TRIANGLE = ((5.0, 52.0), (5.1, 52.0), (5.1, 52.1), (5.0, 52.0))
HOLE = ((5.06, 52.02), (5.08, 52.02), (5.08, 52.04), (5.06, 52.02))
APART = ((6.0, 52.0), (6.1, 52.0), (6.1, 52.1), (6.0, 52.0))
NAN = float("nan")


class TestArea:
    @pytest.mark.parametrize("name", ["", "  ", "\n"])
    def test_has_a_name(self, name: str) -> None:
        with pytest.raises(network.InvalidPlace):
            network.Area(id=AreaId("a"), name=name)

    def test_does_not_lie_in_itself(self) -> None:
        with pytest.raises(network.InvalidPlace):
            an_area("a", parent="a")

    def test_may_have_an_outline(self) -> None:
        outline = ((TRIANGLE, HOLE), (APART,))

        assert network.Area(id=AreaId("a"), name="A", outline=outline).outline == outline

    def test_has_no_polygon_without_a_ring(self) -> None:
        with pytest.raises(network.InvalidPlace):
            network.Area(id=AreaId("a"), name="A", outline=((TRIANGLE,), ()))

    @pytest.mark.parametrize(
        "ring",
        [
            TRIANGLE[:3],
            (*TRIANGLE[:3], (5.0, 52.1)),
            ((181.0, 0.0), *TRIANGLE[1:3], (181.0, 0.0)),
            ((0.0, -90.5), *TRIANGLE[1:3], (0.0, -90.5)),
            (TRIANGLE[0], (NAN, 52.0), *TRIANGLE[2:]),
        ],
        ids=["short", "open", "too far east", "below the pole", "nowhere"],
    )
    @pytest.mark.parametrize("place", ["alone", "a hole", "apart"])
    def test_has_an_outline_that_is_closed_and_on_earth(self, ring: network.Ring, place: str) -> None:
        outlines = {"alone": ((ring,),), "a hole": ((TRIANGLE, ring),), "apart": ((TRIANGLE,), (ring,))}

        with pytest.raises(network.InvalidPlace):
            network.Area(id=AreaId("a"), name="A", outline=outlines[place])


class TestLocation:
    @pytest.mark.parametrize("coordinates", [(90.0, 180.0), (-90.0, -180.0), (0.0, 0.0)])
    def test_may_be_anywhere_on_earth(self, coordinates: tuple[float, float]) -> None:
        location = a_location(coordinates=coordinates)

        assert (location.latitude, location.longitude) == coordinates

    @pytest.mark.parametrize("coordinates", [(90.1, 0.0), (0.0, -180.1), (NAN, 0.0), (0.0, NAN), (NAN, NAN)])
    def test_is_on_earth(self, coordinates: tuple[float, float]) -> None:
        with pytest.raises(network.InvalidPlace):
            a_location(coordinates=coordinates)

    @pytest.mark.parametrize(("latitude", "longitude"), [(52.0, None), (None, 5.0), (0.0, None)])
    def test_has_both_coordinates_or_none(self, latitude: float | None, longitude: float | None) -> None:
        with pytest.raises(network.InvalidPlace):
            network.Location(id=LocationId("l"), latitude=latitude, longitude=longitude)


class TestSchedule:
    def test_may_be_by_appointment(self) -> None:
        assert network.Schedule(description="op afspraak").weekdays == frozenset()

    @pytest.mark.parametrize("closes_at", [time(9), time(8, 59)])
    def test_closes_after_it_opens(self, closes_at: time) -> None:
        with pytest.raises(network.InvalidPlace):
            network.Schedule(opens_at=time(9), closes_at=closes_at)

    def test_may_hold_for_one_day(self) -> None:
        day = date(2026, 1, 1)

        assert network.Schedule(valid_from=day, valid_to=day).valid_to == day

    def test_does_not_end_before_it_starts(self) -> None:
        with pytest.raises(network.InvalidPlace):
            network.Schedule(valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1))


class TestCapacity:
    @pytest.mark.parametrize(("available", "maximum"), [(0, None), (3, 3), (0, 0)])
    def test_has_room_up_to_the_maximum(self, available: int, maximum: int | None) -> None:
        assert network.Capacity(available=available, maximum=maximum).available == available

    @pytest.mark.parametrize(("available", "maximum"), [(-1, None), (4, 3)])
    def test_has_neither_less_than_nothing_nor_more_than_the_maximum(
        self, available: int, maximum: int | None
    ) -> None:
        with pytest.raises(network.InvalidPlace):
            network.Capacity(available=available, maximum=maximum)
