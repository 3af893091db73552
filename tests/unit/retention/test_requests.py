# SPDX-License-Identifier: EUPL-1.2
"""A month is a month, also from its last day."""

from __future__ import annotations

from datetime import date

import pytest

from scharnier.core.retention import answer_by


class TestAnswerBy:
    @pytest.mark.parametrize(
        ("received", "expected"),
        [
            (date(2026, 3, 29), date(2026, 4, 29)),
            (date(2026, 3, 31), date(2026, 4, 30)),
            (date(2028, 1, 30), date(2028, 2, 29)),
            (date(2026, 12, 31), date(2027, 1, 31)),
        ],
    )
    def test_is_the_same_day_of_the_next_month(self, received, expected):
        assert answer_by(received) == expected
