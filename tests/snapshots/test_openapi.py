# SPDX-License-Identifier: EUPL-1.2
"""The API as it is promised; UPDATE_SNAPSHOTS=1 writes it anew, to be reviewed as a difference."""

import json
import os
from pathlib import Path

from scharnier.site.api import api

SNAPSHOT = Path(__file__).with_name("openapi.json")


class TestOpenApi:
    def test_is_what_was_promised(self):
        now = json.loads(json.dumps(api.get_openapi_schema()))

        if os.environ.get("UPDATE_SNAPSHOTS"):
            SNAPSHOT.write_text(json.dumps(now, indent=2, sort_keys=True) + "\n", encoding="utf-8")
        assert now == json.loads(SNAPSHOT.read_text(encoding="utf-8"))

    def test_follows_the_dutch_design_rules_for_addresses(self):
        paths = api.get_openapi_schema()["paths"]

        assert paths
        assert [path for path in paths if path.endswith("/") or path != path.lower()] == []
