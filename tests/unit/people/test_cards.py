# SPDX-License-Identifier: EUPL-1.2
"""What a card is made of."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.apps.people import cards
from scharnier.core import network
from scharnier.core.network import Purpose
from tests.factories import DAY

PURPOSES = st.frozensets(st.sampled_from(Purpose))


class TestLevelOf:
    @pytest.mark.parametrize(
        ("purposes", "level"),
        [
            ((), cards.Level.HIDDEN),
            ((Purpose.CONTACT,), cards.Level.HIDDEN),
            ((Purpose.INTRODUCTION, Purpose.RESEARCH), cards.Level.HIDDEN),
            ((Purpose.LISTING,), cards.Level.INTERMEDIARY),
            ((Purpose.LISTING, Purpose.CONTACT), cards.Level.CONTACT),
        ],
    )
    def test_follows_from_what_somebody_agrees_to(self, purposes, level):
        assert cards.level_of(frozenset(purposes)) is level

    @pytest.mark.parametrize("level", cards.Level)
    def test_is_the_level_whose_purposes_those_are(self, level):
        assert cards.level_of(frozenset(cards.PURPOSES[level])) is level

    @given(PURPOSES)
    def test_does_not_depend_on_what_else_somebody_agrees_to(self, purposes):
        others = {Purpose.INTRODUCTION, Purpose.RESEARCH}

        assert cards.level_of(purposes | others) is cards.level_of(purposes - others)


class TestPrivateFields:
    def test_are_none_on_a_card_that_says_nothing(self):
        assert cards.private_fields({}) == frozenset()

    def test_are_those_that_say_so(self):
        said = {"phone": "private", "email": "network", "summary": "public"}

        assert cards.private_fields(said) == {"phone"}

    def test_leave_out_what_is_no_field(self):
        assert cards.private_fields({"name": "private"}) == frozenset()

    @pytest.mark.parametrize("field", cards.FIELDS)
    def test_are_fields_that_a_person_has(self, field):
        assert hasattr(network.Person(id="ria", name="Ria"), field)


class TestCheckEnd:
    @pytest.mark.parametrize("days", [0, 1, 365, 730])
    def test_lets_a_day_pass_from_today_to_the_last(self, days):
        cards.check_end(DAY + timedelta(days=days), on=DAY, lasts_at_most=cards.CONSENT_LASTS_AT_MOST)

    @pytest.mark.parametrize("days", [-1, -365, 731, 10_000])
    def test_refuses_the_past_and_what_is_too_far(self, days):
        with pytest.raises(cards.InvalidEnd) as raised:
            cards.check_end(DAY + timedelta(days=days), on=DAY, lasts_at_most=cards.CONSENT_LASTS_AT_MOST)

        assert raised.value.facts == {"first": DAY, "last": DAY + timedelta(days=730)}


class TestVerifyBy:
    @pytest.mark.parametrize(
        ("group", "days"),
        [
            (cards.Group.WAYS, 183),
            (cards.Group.ROOM, 183),
            (cards.Group.SKILLS, 365),
            (cards.Group.ABOUT, 365),
            (cards.Group.SERVICES, 365),
        ],
    )
    def test_is_half_a_year_for_what_changes_soon_and_a_year_for_the_rest(self, group, days):
        assert cards.verify_by(group, checked_on=DAY) == DAY + timedelta(days=days)

    def test_is_known_for_every_group(self):
        assert set(cards.LASTS) == set(cards.Group)
        assert set(cards.OF_PERSON) | set(cards.OF_ORGANIZATION) == set(cards.Group)
