# SPDX-License-Identifier: EUPL-1.2
"""What a sharing is, how long it may last, and for whom it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core import sharing
from scharnier.core.kernel import PersonId, Role
from scharnier.core.sharing import AudienceKind, LegalBasis, Purpose
from tests.factories import DAY, NOON, an_actor

SECOND = timedelta(seconds=1)
EMERGENCY = {"purpose": Purpose.EMERGENCY, "basis": LegalBasis.VITAL_INTERESTS}
working_days = st.dates(min_value=DAY - timedelta(days=900), max_value=DAY + timedelta(days=900))


def an_audience(kind=AudienceKind.PERSON, audience_id="samira"):
    return sharing.Audience(kind=kind, id=audience_id)


def a_sharing(*, lasts=timedelta(days=30), audience=None, **parts):
    return sharing.Sharing(
        person_id=PersonId("karel"),
        audience=audience or an_audience(),
        starts_at=NOON,
        ends_at=NOON + lasts,
        **{"purpose": Purpose.HELP, "basis": LegalBasis.CONSENT, **parts},
    )


class TestSharing:
    @pytest.mark.parametrize("lasts", [SECOND, sharing.LASTS_AT_MOST], ids=str)
    def test_lasts_up_to_a_year(self, lasts):
        assert a_sharing(lasts=lasts).ends_at == NOON + lasts

    @pytest.mark.parametrize("lasts", [-SECOND, timedelta(0), sharing.LASTS_AT_MOST + SECOND], ids=str)
    def test_cannot_end_before_it_begins_or_too_far_away(self, lasts):
        with pytest.raises(sharing.InvalidEnd) as caught:
            a_sharing(lasts=lasts)

        assert caught.value.facts == {"days": 366}

    def test_runs_from_its_start_without_its_end(self):
        shared = a_sharing(lasts=timedelta(hours=1))
        moments = (-SECOND, timedelta(0), timedelta(hours=1) - SECOND, timedelta(hours=1))

        assert [shared.runs_at(NOON + moment) for moment in moments] == [False, True, True, False]

    def test_is_an_emergency_for_three_hours(self):
        assert a_sharing(lasts=timedelta(hours=3), **EMERGENCY).purpose is Purpose.EMERGENCY

    @pytest.mark.parametrize(
        "parts",
        [
            {**EMERGENCY, "lasts": timedelta(hours=3) + SECOND},
            {**EMERGENCY, "lasts": timedelta(hours=3) - SECOND},
            {**EMERGENCY, "lasts": timedelta(hours=3), "audience": an_audience(AudienceKind.ROLE, "board")},
            {**EMERGENCY, "lasts": timedelta(hours=3), "basis": LegalBasis.CONSENT},
            {"basis": LegalBasis.VITAL_INTERESTS, "lasts": timedelta(hours=3)},
        ],
    )
    def test_is_no_emergency_in_any_other_way(self, parts):
        with pytest.raises(sharing.InvalidEmergency):
            a_sharing(**parts)

    @given(lasts=st.timedeltas(min_value=SECOND, max_value=sharing.LASTS_AT_MOST), after=st.timedeltas())
    def test_never_runs_outside_its_time(self, lasts, after):
        shared = a_sharing(lasts=lasts)

        try:
            at = NOON + after
        except OverflowError:
            return
        assert shared.runs_at(at) is (timedelta(0) <= after < lasts)


class TestIsFor:
    @pytest.mark.parametrize(
        ("audience", "belongs"),
        [
            (an_audience(), True),
            (an_audience(audience_id="karel"), False),
            (an_audience(AudienceKind.ORGANIZATION, "schuldhulp"), True),
            (an_audience(AudienceKind.ORGANIZATION, "samira"), False),
            (an_audience(AudienceKind.ROLE, "professional"), True),
            (an_audience(AudienceKind.ROLE, "schuldhulp"), False),
        ],
    )
    def test_tells_apart_persons_organizations_and_roles(self, audience, belongs):
        assert sharing.is_for(audience, an_actor(acts_for="schuldhulp")) is belongs

    @pytest.mark.parametrize("role", Role)
    def test_takes_the_role_somebody_has_now(self, role):
        audience = an_audience(AudienceKind.ROLE, role.value)

        assert [other for other in Role if sharing.is_for(audience, an_actor(role=other))] == [role]


class TestReviewDue:
    @given(day=working_days)
    def test_leaves_five_working_days(self, day):
        due = sharing.review_due(day)

        between = [day + timedelta(days=n) for n in range(1, (due - day).days + 1)]
        assert sum(each.weekday() < 5 for each in between) == 5
        assert due.weekday() < 5

    @given(day=working_days)
    def test_never_comes_sooner_for_who_asks_later(self, day):
        assert sharing.review_due(day) <= sharing.review_due(day + timedelta(days=1))
