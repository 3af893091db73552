# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import pytest

from scharnier.core import referral
from scharnier.core.referral import Lesson, Reason, Response
from tests.unit.referral.scenes import a_party, an_outcome

OF_SKILL = {Lesson.TAKES, Lesson.LEAVES, Lesson.NO_MANDATE}


def taught(response, reason=None):
    return referral.lessons_of(an_outcome("lawaai", a_party("mo"), response=response, reason=reason))


class TestOfReason:
    def test_has_a_lesson_for_every_reason(self):
        assert set(referral.OF_REASON) == set(Reason)

    def test_cannot_be_taught_otherwise_by_a_caller(self):
        with pytest.raises(AttributeError):
            referral.OF_REASON[Reason.OTHER].add(Lesson.TAKES)


class TestLessonsOf:
    @pytest.mark.parametrize("response", [Response.ACCEPTED, Response.COMPLETED])
    def test_say_that_who_took_it_takes_such_problems(self, response):
        assert taught(response) == {Lesson.TAKES}

    @pytest.mark.parametrize("reason", [Reason.NOT_MY_REMIT, Reason.NOT_MY_AREA])
    def test_of_a_remit_or_an_area_are_about_the_text_and_the_mandate(self, reason):
        assert taught(Response.DECLINED, reason) == {Lesson.LEAVES, Lesson.NO_MANDATE}

    def test_of_no_capacity_are_about_room_alone(self):
        assert taught(Response.DECLINED, Reason.NO_CAPACITY) == {Lesson.NO_ROOM}

    def test_of_silence_are_about_being_there_alone(self):
        assert taught(Response.UNANSWERED) == {Lesson.SILENT}

    def test_of_who_has_it_already_are_those_of_who_takes_it(self):
        assert taught(Response.DECLINED, Reason.ALREADY_KNOWN) == taught(Response.ACCEPTED)

    @pytest.mark.parametrize("reason", [Reason.CONFLICT, Reason.NOT_ELIGIBLE, Reason.OTHER])
    def test_of_what_is_no_matter_of_skill_are_none_of_skill(self, reason):
        assert not taught(Response.DECLINED, reason) & OF_SKILL

    def test_of_a_decline_without_a_reason_are_none(self):
        assert taught(Response.DECLINED) == frozenset()
