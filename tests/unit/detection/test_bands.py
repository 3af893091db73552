# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from scharnier.core import detection
from scharnier.core.detection import Band


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


class TestAddBands:
    def test_adds_the_ends(self):
        assert detection.add_bands(map(detection.band_count, (3, 7, 12))) == Band(low=15, high=32)

    def test_has_no_end_once_one_has_none(self):
        bands = [Band(low=5, high=9), Band(low=1000, high=None), Band(low=0, high=0)]

        assert detection.add_bands(bands) == Band(low=1005, high=None)

    def test_of_nothing_is_nought(self):
        assert detection.add_bands([]) == Band(low=0, high=0)
