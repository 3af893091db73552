# SPDX-License-Identifier: EUPL-1.2
"""Referral: bring a problem to the people who can take it, with reasons and a way in."""

from scharnier.core.referral._model import (
    Answer,
    Confidence,
    Cover,
    Entry,
    Expertise,
    InvalidNeed,
    Mandate,
    Need,
    Outcome,
    Party,
    Reason,
    Response,
    Room,
    Suggestion,
    WayIn,
)

__all__ = [
    "Answer",
    "Confidence",
    "Cover",
    "Entry",
    "Expertise",
    "InvalidNeed",
    "Mandate",
    "Need",
    "Outcome",
    "Party",
    "Reason",
    "Response",
    "Room",
    "Suggestion",
    "WayIn",
]
