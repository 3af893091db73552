# SPDX-License-Identifier: EUPL-1.2
"""What a note must hold to be kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scharnier.core import notes, text
from scharnier.core.notes import KEPT_DAYS, LONGEST_LINE, Note
from tests.factories import DAY

LAMP = Note(text="De lamp in de steeg is stuk")
PHONE_NUMBER = "06 12345678"


class TestCheckNote:
    def test_takes_a_few_words_and_nothing_else(self):
        notes.check_note(LAMP, on=DAY)

    def test_takes_everything_filled_in(self):
        full = Note(text=LAMP.text, place="achter de Venusstraat", candidate="de gemeente", remind_date=DAY)

        notes.check_note(full, on=DAY)

    @pytest.mark.parametrize("empty", ["", "   ", "...\n"])
    def test_refuses_a_text_without_words(self, empty):
        with pytest.raises(text.EmptyText):
            notes.check_note(Note(text=empty), on=DAY)

    @pytest.mark.parametrize("part", ["text", "place", "candidate"])
    def test_refuses_personal_data_wherever_it_stands(self, part):
        with pytest.raises(text.PersonalDataFound):
            notes.check_note(replace(LAMP, **{part: f"bel {PHONE_NUMBER}"}), on=DAY)

    @pytest.mark.parametrize(
        ("part", "most"), [("text", text.LONGEST_WORDS), ("place", LONGEST_LINE), ("candidate", LONGEST_LINE)]
    )
    def test_takes_as_much_as_fits_and_no_more(self, part, most):
        notes.check_note(replace(LAMP, **{part: "a" * most}), on=DAY)

        with pytest.raises(text.TextTooLong):
            notes.check_note(replace(LAMP, **{part: "a" * (most + 1)}), on=DAY)

    @pytest.mark.parametrize("days", [0, 1, KEPT_DAYS])
    def test_reminds_as_long_as_the_note_is_kept(self, days):
        notes.check_note(replace(LAMP, remind_date=DAY + timedelta(days=days)), on=DAY)

    @pytest.mark.parametrize("days", [-1, KEPT_DAYS + 1])
    def test_reminds_on_no_other_day_and_says_between_which(self, days):
        with pytest.raises(notes.ReminderOutOfReach) as refusal:
            notes.check_note(replace(LAMP, remind_date=DAY + timedelta(days=days)), on=DAY)

        assert refusal.value.facts == {"first": DAY, "last": DAY + timedelta(days=KEPT_DAYS)}


class TestIsDue:
    @pytest.mark.parametrize(("days", "is_due"), [(-1, True), (0, True), (1, False)])
    def test_begins_on_the_day_itself(self, days, is_due):
        note = replace(LAMP, remind_date=DAY + timedelta(days=days))

        assert notes.is_due(note, on=DAY) is is_due

    def test_never_comes_without_a_day(self):
        assert not notes.is_due(LAMP, on=DAY)
