# SPDX-License-Identifier: EUPL-1.2
"""Measurements are laid beside those that were stored."""

from __future__ import annotations

import pytest

from scripts import bench


class TestCompare:
    @pytest.mark.parametrize(
        ("stored", "line"),
        [
            ([], "  seconds: 3.0"),
            ([{"seconds": 3.0}], "  seconds: 3.0"),
            ([{"seconds": 2.0}], "  seconds: 3.0  (stored 2.0, x 1.50)"),
            ([{"seconds": 0}], "  seconds: 3.0  (stored 0)"),
            ([{"seconds": "long"}], "  seconds: 3.0  (stored long)"),
        ],
    )
    def test_says_how_a_figure_changed(self, stored, line):
        assert list(bench.compare([{"seconds": 3.0}], stored)) == [line]


class TestMeasure:
    def test_reads_the_lines_of_json_that_a_script_prints(self, tmp_path):
        script = tmp_path / "claim.py"
        script.write_text("print('busy'); print('{\"n\": 1}'); print('{\"n\": 2}')")

        assert bench.measure(script) == [{"n": 1}, {"n": 2}]
