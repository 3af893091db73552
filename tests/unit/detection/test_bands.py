# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from scharnier.core import detection


class TestBandCount:
    @pytest.mark.parametrize(
        ("n", "band"),
        [
            (0, "<5"),
            (1, "<5"),
            (4, "<5"),
            (5, "5-9"),
            (9, "5-9"),
            (10, "10-19"),
            (19, "10-19"),
            (20, "20-49"),
            (50, "50-99"),
            (999, "500-999"),
            (1000, "1000+"),
            (10**9, "1000+"),
        ],
    )
    def test_is_the_band_around_it(self, n, band):
        assert str(detection.band_count(n)) == band

    def test_refuses_less_than_nothing(self):
        with pytest.raises(detection.NegativeCount):
            detection.band_count(-1)
