# SPDX-License-Identifier: EUPL-1.2
"""The reference of webhooks tells every event and every fact, and no others."""

from __future__ import annotations

import re

from scharnier.core.webhooks import FACTS, MOST_ATTEMPTS, Event
from tests.architecture.source import ROOT

PAGE = (ROOT / "docs/reference/webhooks.md").read_text(encoding="utf-8")


class TestReference:
    def test_tells_every_event_and_no_other(self):
        assert re.findall(r"^\| `((?:referral|webhook)\.[a-z_]+)` \|", PAGE, re.MULTILINE) == [
            each.value for each in Event
        ]

    def test_tells_every_fact_and_no_other(self):
        (line,) = re.findall(r"^\| (`data\.area`.*?) \|", PAGE, re.MULTILINE)

        assert {name.removeprefix("data.") for name in re.findall(r"`([a-z.]+)`", line)} == FACTS

    def test_tells_how_often_it_is_tried(self):
        assert f"up to {MOST_ATTEMPTS} times" in PAGE
