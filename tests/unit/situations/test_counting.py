# SPDX-License-Identifier: EUPL-1.2
"""Maps of months as they are stored become figures: the bands they told, in order, and nothing more."""

from __future__ import annotations

from datetime import date

from scharnier.apps.situations import counting, models
from scharnier.core.detection import Band
from scharnier.core.kernel import AreaId

NOORD = AreaId("noord")


def a_row(month: int, *squares: tuple[str, list[int] | None]) -> models.MapMonth:
    """Return a map of squares side by side: of each its areas, and the low ends of its bands if shown."""
    return models.MapMonth(
        first_day=date(2026, month, 1),
        squares=[
            {"size_m": 1000, "column": column, "row": 0, "area_ids": areas.split(), "lows": lows}
            for column, (areas, lows) in enumerate(squares)
        ],
    )


class TestToldValue:
    def test_has_the_bands_that_the_map_shows(self):
        told = counting.told_value(a_row(3, ("noord zuid", [0, 10]), ("", None)))

        shown, hidden = told.squares
        assert (shown.area_id, shown.count) == (NOORD, Band(low=12, high=23))
        assert (hidden.area_id, hidden.count) == (None, Band(low=0, high=None))
        assert (told.month.first_day, told.month.last_day) == (date(2026, 3, 1), date(2026, 3, 31))


class TestReadingsOf:
    def readings(self, *rows: models.MapMonth):
        return [
            (each.on, each.low, each.high)
            for each in counting.readings_of(map(counting.told_value, rows), {NOORD})
        ]

    def test_come_once_a_month_at_its_end(self):
        rows = [a_row(month, ("noord", [0, 10]), ("zuid", [20, 20])) for month in (1, 2, 3)]

        assert self.readings(*rows) == [
            (date(2026, 1, 31), 12, 23),
            (date(2026, 2, 28), 12, 23),
            (date(2026, 3, 31), 12, 23),
        ]

    def test_count_a_square_for_the_area_with_most_of_it(self):
        assert self.readings(a_row(3, ("noord zuid", [5, 5]), ("zuid noord", [50, 50]))) == [
            (date(2026, 3, 31), 10, 18)
        ]

    def test_have_no_end_where_the_map_leaves_a_square_out(self):
        assert self.readings(a_row(3, ("noord", [5, 5]), ("noord", None))) == [(date(2026, 3, 31), 10, None)]

    def test_leave_out_a_month_of_which_the_map_shows_nothing(self):
        rows = a_row(1, ("noord", None)), a_row(2), a_row(3, ("noord", [0, 5]))

        assert self.readings(*rows) == [(date(2026, 3, 31), 7, 13)]
