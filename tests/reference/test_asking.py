# SPDX-License-Identifier: EUPL-1.2
"""Questions as people ask them in Kruisveld, with the organizations that a neighbour would name."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from scharnier import example
from scharnier.core import network, referral
from scharnier.formats import lexicon, skos

ROWS = (
    (Path(__file__).parents[1] / "data" / "kruisveld_questions.csv").read_text(encoding="utf-8").splitlines()
)
QUESTIONS = {row["question"]: frozenset(row["taken_by"].split()) for row in csv.DictReader(ROWS)}


def fit(outcomes):
    kruisveld = example.load_kruisveld()
    return referral.fit_matcher(
        network.index_network(kruisveld.network),
        outcomes,
        topics=skos.load_thesaurus(),
        lexicon=lexicon.load_lexicon(),
        on=kruisveld.day,
    )


def organizations(matcher, question):
    answer = referral.suggest_parties(matcher, referral.Need(text=question), limit=3, seed=0)
    return [suggestion.party.organization_id for suggestion in answer.suggestions]


class TestQuestions:
    def test_name_organizations_of_kruisveld(self):
        known = {each.id for each in example.load_kruisveld().network.organizations}

        assert frozenset().union(*QUESTIONS.values()) - known == set()


@pytest.mark.parametrize("has_outcomes", [False, True], ids=["on the first day", "after two years"])
class TestAsking:
    def test_names_whom_a_neighbour_would_name(self, has_outcomes):
        matcher = fit(example.load_kruisveld().outcomes if has_outcomes else ())

        found = {question: organizations(matcher, question) for question in QUESTIONS}

        first = [
            question
            for question in QUESTIONS
            if found[question][:1] and found[question][0] in QUESTIONS[question]
        ]
        missed = [question for question in QUESTIONS if QUESTIONS[question].isdisjoint(found[question])]
        assert len(first) / len(QUESTIONS) >= 0.9
        assert missed == []
