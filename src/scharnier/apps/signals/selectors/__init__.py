# SPDX-License-Identifier: EUPL-1.2
"""Reads of signals: one's own with their words, what others may count with, and matches as one of the two."""

from scharnier.apps.signals.selectors._entry import (
    Choices,
    Ground,
    areas_of,
    name_area,
    name_areas,
    name_groups,
    name_topics,
    read_ground,
    suggest_topics,
    used_topics,
)
from scharnier.apps.signals.selectors._matches import (
    MatchLine,
    count_matches,
    matches_of,
    read_match,
    read_matches,
)
from scharnier.apps.signals.selectors._reading import (
    RESIDENTS,
    Asked,
    OwnSignal,
    Read,
    Sightings,
    partner_of,
    read_sightings,
    read_signal,
    read_signals,
    read_traces,
    stream_of,
)

__all__ = [
    "RESIDENTS",
    "Asked",
    "Choices",
    "Ground",
    "MatchLine",
    "OwnSignal",
    "Read",
    "Sightings",
    "areas_of",
    "count_matches",
    "matches_of",
    "name_area",
    "name_areas",
    "name_groups",
    "name_topics",
    "partner_of",
    "read_ground",
    "read_match",
    "read_matches",
    "read_sightings",
    "read_signal",
    "read_signals",
    "read_traces",
    "stream_of",
    "suggest_topics",
    "used_topics",
]
