# SPDX-License-Identifier: EUPL-1.2
"""publiccode.yml is what catalogues of public software expect, and agrees with the package."""

from __future__ import annotations

import tomllib

import pytest
import yaml

from tests.architecture import source

NEEDED = {
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
}


@pytest.fixture(scope="module")
def metadata():
    return yaml.safe_load((source.ROOT / "publiccode.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def package():
    return tomllib.loads((source.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


class TestPubliccode:
    def test_has_the_keys_that_every_catalogue_needs(self, metadata):
        assert set(metadata) >= NEEDED

    def test_agrees_with_the_package(self, metadata, package):
        assert (metadata["softwareVersion"], metadata["legal"]["license"]) == (
            package["version"],
            package["license"],
        )

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_describes_itself_at_the_length_of_the_standard(self, metadata, language):
        description = metadata["description"][language]

        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"]) <= 10_000
        assert description["features"]


class TestLicence:
    def test_is_there_in_full(self):
        text = (source.ROOT / "LICENSE").read_text(encoding="utf-8")

        assert text.startswith("# EUROPEAN UNION PUBLIC LICENCE v. 1.2")
        assert [f"## {number}. " in text for number in range(1, 16)] == [True] * 15
        assert "## Appendix" in text
