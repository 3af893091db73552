# SPDX-License-Identifier: EUPL-1.2
"""What a signal must hold, when it can have been, and what becomes of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scharnier.core import signals, text
from scharnier.core.kernel import PersonId, ResidentGroupId
from scharnier.core.signals import (
    KEPT_AT_MOST,
    LONGEST_TEXT,
    Grain,
    Happening,
    HappeningUnclear,
    OwnerUnclear,
    Seriousness,
    SignalState,
    SignalStep,
    Source,
)
from tests.unit.signals.scenes import MONDAY, SCHOOL, WORDS, a_signal

SAMIRA = PersonId("samira")
STEPS = {
    (SignalState.OPEN, SignalStep.HANDLE): SignalState.HANDLED,
    (SignalState.OPEN, SignalStep.WITHDRAW): SignalState.WITHDRAWN,
    (SignalState.HANDLED, SignalStep.REOPEN): SignalState.OPEN,
    (SignalState.HANDLED, SignalStep.WITHDRAW): SignalState.WITHDRAWN,
}


class TestHappening:
    def test_is_one_day_when_the_day_is_known(self):
        met = Happening(on=MONDAY)

        assert (met.first_day, met.last_day) == (MONDAY, MONDAY)

    @pytest.mark.parametrize("weekday", range(7))
    def test_runs_from_monday_to_sunday_when_the_week_is_known(self, weekday):
        met = Happening(on=MONDAY + timedelta(days=weekday), grain=Grain.WEEK)

        assert (met.first_day, met.last_day) == (MONDAY, date(2026, 3, 8))

    @pytest.mark.parametrize(
        ("day", "first", "last"),
        [
            (date(2026, 2, 11), date(2026, 2, 1), date(2026, 2, 28)),
            (date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
            (date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        ],
    )
    def test_runs_over_the_month_when_that_is_known(self, day, first, last):
        met = Happening(on=day, grain=Grain.MONTH)

        assert (met.first_day, met.last_day) == (first, last)

    def test_may_begin_in_the_year_before(self):
        assert Happening(on=date(2026, 1, 1), grain=Grain.WEEK).first_day == date(2025, 12, 29)


class TestSignal:
    def test_needs_only_words_a_place_and_a_day(self):
        signal = a_signal(topics=frozenset(), author_id=None)

        assert signal.state is SignalState.OPEN
        assert signal.seriousness is Seriousness.ANNOYING

    def test_takes_everything_filled_in(self):
        groups = frozenset({ResidentGroupId("jongeren")})
        signal = a_signal(
            resident_group_ids=groups,
            seriousness=Seriousness.DANGEROUS,
            happened=Happening(on=MONDAY, grain=Grain.MONTH),
        )

        assert signal.resident_group_ids == groups

    @pytest.mark.parametrize("words", ["", "   ", "...\n", "?!"])
    def test_says_something(self, words):
        with pytest.raises(text.EmptyText):
            a_signal(text=words)

    def test_says_no_word_where_it_is_logged(self):
        assert WORDS not in repr(a_signal())

    def test_outlives_its_words(self):
        wordless = a_signal(text=None)

        assert signals.leave_trace(wordless) == signals.leave_trace(a_signal())
        assert signals.step_signal(wordless, SignalStep.HANDLE).text is None

    @pytest.mark.parametrize(
        ("words", "kind"),
        [
            ("bel 06-12345678", "phone"),
            ("mail sam@voorbeeld.nl", "email"),
            ("hij woont op 3512 AB 12", "address"),
            ("BSN 111222333", "bsn"),
            ("de auto met GX-123-B", "licence_plate"),
            ("Jan de Vries, geboren 1 maart 1980", "name_with_birth_date"),
        ],
    )
    def test_is_refused_with_what_points_at_one_person(self, words, kind):
        with pytest.raises(text.PersonalDataFound) as refusal:
            a_signal(text=words)

        assert kind in refusal.value.facts["kinds"]

    def test_is_told_in_two_thousand_characters(self):
        assert a_signal(text="a" * LONGEST_TEXT).text

        with pytest.raises(text.TextTooLong):
            a_signal(text="a" * (LONGEST_TEXT + 1))

    @pytest.mark.parametrize(
        ("source", "owner_id", "author_id", "is_clear"),
        [
            (Source.MEMBER, SCHOOL, SAMIRA, True),
            (Source.MEMBER, SCHOOL, None, True),
            (Source.MEMBER, None, SAMIRA, True),
            (Source.MEMBER, None, None, False),
            (Source.RESIDENT, None, None, True),
            (Source.RESIDENT, SCHOOL, None, True),
            (Source.RESIDENT, None, SAMIRA, False),
            (Source.RESIDENT, SCHOOL, SAMIRA, False),
            (Source.FILE, SCHOOL, SAMIRA, True),
            (Source.FILE, None, SAMIRA, False),
            (Source.API, SCHOOL, None, True),
            (Source.API, None, None, False),
            (Source.OPEN311, SCHOOL, None, True),
            (Source.OPEN311, None, None, False),
        ],
    )
    def test_has_an_owner_unless_it_is_of_a_resident(self, source, owner_id, author_id, is_clear):
        values = {"source": source, "owner_id": owner_id, "author_id": author_id}

        if is_clear:
            assert a_signal(**values).source is source
        else:
            with pytest.raises(OwnerUnclear) as refusal:
                a_signal(**values)
            assert refusal.value.facts == {"source": source.value}

    @pytest.mark.parametrize("days", [0, 1, KEPT_AT_MOST.days])
    def test_is_kept_for_two_years_at_most(self, days):
        assert a_signal(kept_until=MONDAY + timedelta(days=days)).kept_until >= MONDAY

    @pytest.mark.parametrize("days", [-1, KEPT_AT_MOST.days + 1])
    def test_is_kept_neither_shorter_nor_longer(self, days):
        with pytest.raises(HappeningUnclear) as refusal:
            a_signal(kept_until=MONDAY + timedelta(days=days))

        assert refusal.value.facts["most"] == MONDAY + KEPT_AT_MOST

    def test_is_told_after_it_was_met(self):
        with pytest.raises(HappeningUnclear):
            a_signal(happened=Happening(on=MONDAY + timedelta(days=1)))

    @pytest.mark.parametrize("grain", [Grain.WEEK, Grain.MONTH])
    def test_may_be_told_in_the_week_or_month_in_which_it_was_met(self, grain):
        later = Happening(on=MONDAY + timedelta(days=3), grain=grain)

        assert a_signal(happened=later).happened is later


class TestStepSignal:
    @pytest.mark.parametrize("state", SignalState)
    @pytest.mark.parametrize("step", SignalStep)
    def test_goes_where_the_table_leads(self, state, step):
        signal = a_signal(state=state)
        expected = STEPS.get((state, step))

        if expected is None:
            with pytest.raises(signals.SignalDone) as refusal:
                signals.step_signal(signal, step)
            assert refusal.value.facts == {"state": state.value, "step": step.value}
        else:
            assert signals.step_signal(signal, step).state is expected

    def test_changes_nothing_else(self):
        handled = signals.step_signal(a_signal(), SignalStep.HANDLE)

        assert signals.step_signal(handled, SignalStep.REOPEN) == a_signal()

    @pytest.mark.parametrize(
        ("state", "steps"),
        [
            (SignalState.OPEN, (SignalStep.HANDLE, SignalStep.WITHDRAW)),
            (SignalState.HANDLED, (SignalStep.REOPEN, SignalStep.WITHDRAW)),
            (SignalState.WITHDRAWN, ()),
        ],
    )
    def test_is_offered_as_it_can_be_taken(self, state, steps):
        assert signals.steps_for_signal(state) == steps

    def test_keeps_the_words_with_the_owner(self):
        assert signals.step_signal(a_signal(), SignalStep.HANDLE).text == WORDS
