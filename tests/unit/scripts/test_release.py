# SPDX-License-Identifier: EUPL-1.2
"""A release changes three files and nothing more."""

from __future__ import annotations

import pytest

from scripts.release import released

TEXTS = {
    "CHANGELOG.md": "# Changelog\n\n## [Unreleased]\n\n### Added\n- A way in.\n\n## [0.1.0] - 2026-01-01\n",
    "pyproject.toml": '[project]\nversion = "0.1.0"\ndependencies = []\n',
    "publiccode.yml": 'softwareVersion: "0.1.0"\nreleaseDate: "2026-01-01"\n',
}


class TestReleased:
    def test_dates_the_news_and_leaves_room_for_more(self):
        changelog = released(TEXTS, version="0.2.0", day="2026-02-03")["CHANGELOG.md"]

        assert "## [Unreleased]\n\n## [0.2.0] - 2026-02-03\n\n### Added\n- A way in.\n" in changelog

    @pytest.mark.parametrize(
        ("name", "line"),
        [
            ("pyproject.toml", 'version = "0.2.0"'),
            ("publiccode.yml", 'softwareVersion: "0.2.0"'),
            ("publiccode.yml", 'releaseDate: "2026-02-03"'),
        ],
    )
    def test_bumps_the_version_where_it_stands(self, name, line):
        assert line in released(TEXTS, version="0.2.0", day="2026-02-03")[name].splitlines()

    def test_refuses_without_news(self):
        empty = TEXTS | {"CHANGELOG.md": "## [Unreleased]\n\n## [0.1.0] - 2026-01-01\n\n- Old.\n"}

        with pytest.raises(ValueError, match="nothing under Unreleased"):
            released(empty, version="0.2.0", day="2026-02-03")

    @pytest.mark.parametrize("version", ["", "1.0", "v1.0.0", "1.0.0 "])
    def test_refuses_what_is_no_version(self, version):
        with pytest.raises(ValueError, match="three numbers"):
            released(TEXTS, version=version, day="2026-02-03")
