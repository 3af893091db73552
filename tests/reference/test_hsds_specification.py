# SPDX-License-Identifier: EUPL-1.2
"""HSDS against what others published: the specification's own examples and a public directory."""

from __future__ import annotations

from collections import Counter

import pytest

from scharnier.formats import hsds
from tests.shared import SHARED_DATA, needs_shared_data

WASHINGTON = SHARED_DATA / "referral" / "hsds_dc"


@pytest.fixture(scope="module")
def converted() -> hsds.Converted:
    package = hsds.read_package(WASHINGTON)
    return hsds.to_network(package, network_id="dc", name="Washington", language="en")


@needs_shared_data("referral/hsds_dc")
class TestWashington:
    """An HSDS 2 directory in which no reference answers: its links hold another system's numbers."""

    def test_gives_every_service(self, converted: hsds.Converted) -> None:
        assert len(converted.network.services) == 2184

    def test_gives_every_organization_and_a_stand_in_for_those_known_by_number(
        self, converted: hsds.Converted
    ) -> None:
        assert len(converted.network.organizations) == 452 + 43

    def test_counts_what_it_could_not_take_over(self, converted: hsds.Converted) -> None:
        counts = Counter({(str(note.kind), note.file): note.count for note in converted.notes})

        assert counts["found_by_website", "services.csv"] == 1816
        assert counts["stand_in", "services.csv"] == 368
        assert counts["blank_schedule", "schedules.csv"] == 784

    def test_shows_no_markup(self, converted: hsds.Converted) -> None:
        texts = [
            party.description for party in (*converted.network.organizations, *converted.network.services)
        ]

        assert not [text for text in texts if "&rsquo;" in text or "<p>" in text]
