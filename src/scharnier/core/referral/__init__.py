# SPDX-License-Identifier: EUPL-1.2
"""Referral: bring a problem to the people who can take it, with reasons and a way in."""

from scharnier.core.referral._choosing import UnknownAsker, choose_parties, concerned_persons, suggest_parties
from scharnier.core.referral._fitting import NothingToRank, fit_ranker
from scharnier.core.referral._loop import Learner
from scharnier.core.referral._matching import Findings, Matcher, find_parties, fit_matcher
from scharnier.core.referral._mixing import Mix
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
from scharnier.core.referral._quality import NothingToMeasure, Quality, count_asks, measure_quality
from scharnier.core.referral._ranking import Document, Ranker
from scharnier.core.referral._sharing import Record
from scharnier.core.referral._topics import TopicFinder

__all__ = [
    "Answer",
    "Confidence",
    "Cover",
    "Document",
    "Entry",
    "Expertise",
    "Findings",
    "InvalidNeed",
    "Learner",
    "Mandate",
    "Matcher",
    "Mix",
    "Need",
    "NothingToMeasure",
    "NothingToRank",
    "Outcome",
    "Party",
    "Quality",
    "Ranker",
    "Reason",
    "Record",
    "Response",
    "Room",
    "Suggestion",
    "TopicFinder",
    "UnknownAsker",
    "WayIn",
    "choose_parties",
    "concerned_persons",
    "count_asks",
    "find_parties",
    "fit_matcher",
    "fit_ranker",
    "measure_quality",
    "suggest_parties",
]
