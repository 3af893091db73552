# SPDX-License-Identifier: EUPL-1.2
"""Who may read what one partner brings in, from when to when, and the story as each may read it."""

from __future__ import annotations

from datetime import timedelta
from itertools import permutations

import pytest

from scharnier.core import situations, text
from scharnier.core.situations import (
    Audience,
    Event,
    PartnerState,
    PartnerStatus,
    Readers,
    ReadersUnclear,
    StoryLine,
)
from tests.unit.situations.scenes import (
    HOUSING,
    LIBRARY,
    MONDAY,
    NOON,
    PHONE,
    POLICE,
    SCHOOL,
    a_part,
    days,
)

COALITION = frozenset({SCHOOL, LIBRARY, POLICE})
TO_POLICE = Readers(source_id=SCHOOL, audience=Audience.NAMED, named_ids=frozenset({POLICE, HOUSING}))
READERS = {
    Audience.COALITION: Readers(source_id=SCHOOL),
    Audience.OWN: Readers(source_id=SCHOOL, audience=Audience.OWN),
    Audience.NAMED: TO_POLICE,
}
EVERYBODY = (SCHOOL, LIBRARY, POLICE, HOUSING)


class TestReaders:
    @pytest.mark.parametrize("audience", [Audience.COALITION, Audience.OWN])
    def test_name_nobody_unless_they_are_named(self, audience):
        with pytest.raises(ReadersUnclear) as refusal:
            Readers(source_id=SCHOOL, audience=audience, named_ids=frozenset({POLICE}))

        assert refusal.value.facts == {"audience": audience.value}

    def test_name_somebody_when_they_are(self):
        with pytest.raises(ReadersUnclear):
            Readers(source_id=SCHOOL, audience=Audience.NAMED)


class TestIsReader:
    @pytest.mark.parametrize(
        ("audience", "expected"),
        [
            (Audience.COALITION, {SCHOOL, LIBRARY, POLICE}),
            (Audience.OWN, {SCHOOL}),
            (Audience.NAMED, {SCHOOL, POLICE}),
        ],
    )
    def test_holds_for_whom_it_is_meant_within_the_coalition(self, audience, expected):
        found = {
            each for each in EVERYBODY if situations.is_reader(READERS[audience], each, coalition=COALITION)
        }

        assert found == expected

    @pytest.mark.parametrize("audience", Audience)
    def test_ends_for_who_leaves_and_not_for_the_source(self, audience):
        found = {each for each in EVERYBODY if situations.is_reader(READERS[audience], each, coalition=())}

        assert found == {SCHOOL}


class TestPart:
    @pytest.mark.parametrize("part", ["title", "text"])
    @pytest.mark.parametrize(("words", "error"), [("", text.EmptyText), (PHONE, text.PersonalDataFound)])
    def test_says_something_and_points_at_nobody(self, part, words, error):
        with pytest.raises(error):
            a_part(**{part: words})

    def test_is_open_for_a_day_at_least(self):
        assert a_part(closes_on=MONDAY).closes_on == MONDAY

        with pytest.raises(ReadersUnclear):
            a_part(closes_on=days(-1))


class TestMayRead:
    @pytest.mark.parametrize(
        ("n_days", "is_open"), [(-1, False), (0, True), (7, True), (14, True), (15, False)]
    )
    def test_is_for_others_only_in_its_time(self, n_days, is_open):
        part = a_part(closes_on=days(14))

        assert situations.may_read(part, POLICE, coalition=COALITION, on=days(n_days)) is is_open
        assert situations.may_read(part, SCHOOL, coalition=COALITION, on=days(n_days))

    def test_lasts_while_they_take_part_when_no_day_is_said(self):
        assert situations.may_read(a_part(), POLICE, coalition=COALITION, on=days(900))
        assert not situations.may_read(a_part(), POLICE, coalition=COALITION - {POLICE}, on=days(1))

    @pytest.mark.parametrize("reader", EVERYBODY)
    def test_is_only_for_whom_it_is_named(self, reader):
        allowed = situations.may_read(a_part(readers=TO_POLICE), reader, coalition=COALITION, on=MONDAY)

        assert allowed is (reader in {SCHOOL, POLICE})

    def test_does_not_let_somebody_in_by_name_alone(self):
        part = a_part(readers=TO_POLICE)

        assert not situations.may_read(part, HOUSING, coalition=COALITION, on=MONDAY)


class TestPartnerStatus:
    @pytest.mark.parametrize("state", PartnerState)
    def test_may_be_one_word(self, state):
        status = PartnerStatus(readers=READERS[Audience.OWN], state=state, told_on=MONDAY)

        assert status.words == ""

    def test_points_at_nobody(self):
        with pytest.raises(text.PersonalDataFound):
            PartnerStatus(readers=READERS[Audience.OWN], state=PartnerState.BUSY, words=PHONE, told_on=MONDAY)


class TestOrderStory:
    ENTRIES = (
        StoryLine(at=NOON, event=Event.STEP, subject_id="s", readers=READERS[Audience.COALITION]),
        StoryLine(at=NOON, event=Event.INVITED, subject_id="b", readers=READERS[Audience.COALITION]),
        StoryLine(at=NOON, event=Event.INVITED, subject_id="c", readers=READERS[Audience.COALITION]),
        StoryLine(
            at=NOON + timedelta(hours=1),
            event=Event.STATUS,
            subject_id="own",
            readers=READERS[Audience.OWN],
        ),
        StoryLine(at=NOON + timedelta(hours=2), event=Event.PART_SHARED, subject_id="p", readers=TO_POLICE),
    )

    @pytest.mark.parametrize(
        ("reader", "subjects"),
        [
            (SCHOOL, ["s", "b", "c", "own", "p"]),
            (POLICE, ["s", "b", "c", "p"]),
            (LIBRARY, ["s", "b", "c"]),
            (HOUSING, []),
        ],
    )
    def test_shows_each_what_they_may_read(self, reader, subjects):
        story = situations.order_story(self.ENTRIES, reader, coalition=COALITION)

        assert [entry.subject_id for entry in story] == subjects

    def test_does_not_depend_on_the_order(self):
        answers = {
            situations.order_story(order, SCHOOL, coalition=COALITION) for order in permutations(self.ENTRIES)
        }

        assert answers == {self.ENTRIES}
