# SPDX-License-Identifier: EUPL-1.2
"""A card that was opened still has to be judged when somebody it is about is erased."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.emergency import selectors, services
from scharnier.apps.emergency.models import Attempt, Review
from scharnier.apps.http import now
from scharnier.apps.mail.models import Message
from scharnier.apps.rights import services as rights
from scharnier.apps.sharing.models import Sharing
from scharnier.core.kernel import Role
from scharnier.core.sharing import Verdict
from tests.factories import DAY, an_actor
from tests.integration import neighbourhood as here
from tests.integration.apps.emergency_scenes import (
    ANNEKE,
    KAREL,
    REASON,
    REVIEWS,
    SAMIRA,
    break_glass,
    judge,
    letters,
    settle,
)
from tests.integration.apps.rights_scenes import whole_database

pytestmark = pytest.mark.django_db
STIL = an_actor("stil", role=Role.RESIDENT)
BOTH = pytest.mark.parametrize("who", [KAREL, STIL], ids=["who opened it", "whose card it is"])


@pytest.fixture(autouse=True)
def _kruisveld(settings):
    settings.DAY = DAY
    settle()


def erase(actor):
    rights.erase_self(actor=actor, on=DAY, at=now())


def line():
    (found,) = selectors.review_lines(ANNEKE, on=DAY)
    return found


class TestErasedBeforeItWasJudged:
    @BOTH
    def test_leaves_the_review_as_a_task(self, who):
        break_glass()

        erase(who)

        row = Review.objects.get()
        assert (row.sharing, row.judged_at) == (None, None)
        assert (row.asked_by, row.person_text_id) == ("karel", "stil")
        assert selectors.waiting(ANNEKE).n_reviews == selectors.waiting(SAMIRA).n_reviews == 1

    @BOTH
    def test_leaves_no_word_and_no_name_of_them(self, who):
        break_glass()
        name = here.person(who.person_id).name

        erase(who)
        Message.objects.all().delete()  # of the judges; it goes thirty days after it was sent

        left = whole_database()
        assert REASON not in left
        assert name not in left
        assert not Sharing.objects.exists()

    def test_says_that_somebody_who_left_opened_it(self, sign_in):
        break_glass()
        erase(KAREL)

        assert (line().asker, line().reason) == ("", "")
        shown = sign_in("anneke", role=Role.COORDINATOR).get(REVIEWS).text
        assert "Iemand die weg is" in shown
        assert "De reden is gewist" in shown

    def test_still_names_who_opened_the_card_of_who_was_erased(self):
        break_glass()
        asker = here.person("karel").name
        erase(STIL)

        assert (line().asker, line().whose) == (asker, None)

    @BOTH
    @pytest.mark.parametrize("verdict", Verdict)
    def test_is_judged_and_leaves_only_that(self, who, verdict):
        break_glass()
        erase(who)

        judge(Review.objects.get(), verdict)

        assert not Review.objects.exists()
        event = AuditEvent.objects.get(act="emergency.judged")
        assert event.object_id == "stil"
        assert f'"verdict":"{verdict.value}"' in event.facts

    def test_is_reminded_of_once_it_is_late(self):
        break_glass()
        erase(KAREL)
        before = letters()

        n_reminded = services.remind_judges(DAY + timedelta(days=30))

        assert n_reminded == 1
        assert len(letters()) > len(before)

    def test_is_judged_by_somebody_else_all_the_same(self):
        break_glass(actor=SAMIRA)
        erase(SAMIRA)

        assert selectors.waiting(SAMIRA).n_reviews == 0
        assert selectors.waiting(ANNEKE).n_reviews == 1


class TestErasedAfterItWasJudged:
    @BOTH
    def test_takes_the_judgement_along(self, who):
        break_glass()
        judge(Review.objects.get())

        erase(who)

        assert not Review.objects.exists()

    def test_forgets_how_often_they_tried(self):
        break_glass()

        erase(KAREL)

        assert not Attempt.objects.exists()
