# SPDX-License-Identifier: EUPL-1.2
"""The rules that ship: complete in both languages, and the same in the reference."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scharnier.core.retention import Fate, OutOfBounds
from scharnier.formats import retention, wording

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "retention.md"
FATES = {
    Fate.DELETE: "goes",
    Fate.EMPTY: "is emptied",
    Fate.ERASE: "is erased, with all about them",
    Fate.KEEP: "stays",
}


def table():
    lines = ["| rule | what | kept | counted from | then | why |", "|---|---|---|---|---|---|"]
    for worded in retention.say_rules(retention.load_rules(), language="en"):
        rule = worded.rule
        kept = (
            f"{wording.say_time(rule.kept_days, language='en')} ({rule.least_days} to {rule.most_days} days)"
        )
        kept = "always" if rule.fate is Fate.KEEP else kept
        cells = (f"`{rule.id}`", worded.what, kept, worded.since, FATES[rule.fate], worded.why)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


class TestLoadRules:
    def test_names_each_rule_once(self):
        ids = [rule.id for rule in retention.load_rules()]

        assert len(set(ids)) == len(ids)

    def test_takes_the_days_an_installation_chose(self):
        chosen = {rule.id: rule.kept_days for rule in retention.load_rules({"mail": 14, "tie": 400})}

        assert (chosen["mail"], chosen["tie"]) == (14, 400)
        assert chosen["task"] == {rule.id: rule.kept_days for rule in retention.load_rules()}["task"]

    def test_refuses_days_outside_the_bounds(self):
        with pytest.raises(OutOfBounds):
            retention.load_rules({"mail": 91})

    def test_refuses_a_rule_that_is_not_there(self):
        with pytest.raises(retention.UnknownRule) as caught:
            retention.load_rules({"post": 14})

        assert caught.value.facts == {"rules": ("post",)}

    def test_warns_before_it_erases_a_person(self):
        erasing = [rule for rule in retention.load_rules() if rule.fate is Fate.ERASE]

        assert [rule.id for rule in erasing] == ["person"]
        assert all(rule.warned_days for rule in erasing)


class TestSayRules:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_has_words_for_each(self, language):
        rules = retention.load_rules()

        said = retention.say_rules(rules, language=language)

        assert [worded.rule for worded in said] == list(rules)
        assert all(worded.what and worded.since and worded.why for worded in said)


class TestReference:
    def test_is_the_file(self):
        text = REFERENCE.read_text(encoding="utf-8")
        head, _, _ = text.partition("| rule |")

        if os.environ.get("UPDATE_SNAPSHOTS"):
            REFERENCE.write_text(head + table(), encoding="utf-8")
        assert REFERENCE.read_text(encoding="utf-8") == head + table()
