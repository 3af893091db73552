# SPDX-License-Identifier: EUPL-1.2
"""What the database itself refuses of referrals, whatever program writes it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from scharnier.apps.people.models import Organization
from scharnier.apps.referral import models
from tests.factories import DAY, NOON
from tests.integration.apps import referral_scenes as scenes

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def refuse(queryset, **values):
    with pytest.raises(IntegrityError), transaction.atomic():
        queryset.update(**values)


class TestReferralRow:
    @pytest.mark.parametrize(
        "values",
        [
            {"about": "anything"},
            {"about": "resident"},
            {"about": "group", "purpose": "Hulp."},
            {"purpose": "Hulp."},
            {"consented_on": DAY},
            {"awaited": "answer"},
            {"awaited": "outcome", "over_at": NOON},
            {"language": "fr"},
            {"sender_text_id": ""},
            {"open_since": 0},
            {"text": ""},
        ],
        ids=str,
    )
    def test_is_refused_when_it_breaks_a_rule(self, values):
        scenes.sent()

        refuse(models.Referral.objects, **values)

    def test_may_be_without_words_once_it_is_over(self):
        scenes.sent()

        models.Referral.objects.update(text="", over_at=NOON)

        assert models.Referral.objects.get().text == ""


class TestTurnRow:
    @pytest.mark.parametrize(
        "values",
        [
            {"state": "received"},
            {"state": "rejected"},
            {"reason": "conflict"},
            {"state": "rejected", "reason": "no_time"},
            {"proposed_by": "chance"},
            {"person_text_id": ""},
            {"round": 0},
            {"place_in_round": 0},
            {"hours": -1.0},
            {"requested_at": None},
            {"state": "on-hold"},
        ],
        ids=str,
    )
    def test_is_refused_when_it_breaks_a_rule(self, values):
        scenes.sent()

        refuse(models.Turn.objects, **values)

    @pytest.mark.parametrize(
        "values",
        [
            {"state": "rejected", "reason": "conflict"},
            {"state": "entered-in-error", "reason": "conflict"},
            {"state": "on-hold", "until": DAY},
            {"state": "draft", "requested_at": None},
        ],
        ids=str,
    )
    def test_is_kept_when_it_follows_the_rules(self, values):
        scenes.sent()

        models.Turn.objects.update(**values)

        assert models.Turn.objects.filter(**values).count() == 1

    def test_stands_at_a_place_of_its_own(self):
        scenes.sent(scenes.BY_KAREL, scenes.a_person_of("bas"))

        refuse(models.Turn.objects, place_in_round=1)

    def test_stays_without_its_organization_and_goes_with_its_referral(self):
        made = scenes.sent(scenes.an_organization_of("jongerenwerk"))

        Organization.objects.filter(text_id="jongerenwerk").delete()
        assert models.Turn.objects.get().organization is None
        models.Referral.objects.filter(pk=made).delete()

        assert not models.Turn.objects.exists()
        assert models.Event.objects.filter(referral_id=made).count() == 0


class TestRowsOfWords:
    @pytest.mark.parametrize(
        "values", [{"part": "judge"}, {"step": "forward"}, {"step": "send"}, {"step": "make"}], ids=str
    )
    def test_of_an_event_name_who_and_what(self, values):
        scenes.sent()
        events = models.Event.objects.filter(turn__isnull=values.get("step") != "make")

        refuse(events, **values)

    @pytest.mark.parametrize("values", [{"told_by": "neighbour"}, {"helped": "maybe"}], ids=str)
    def test_of_feedback_are_those_of_the_core(self, values):
        scenes.tell(scenes.done())

        refuse(models.Feedback.objects, **values)

    def test_of_feedback_stand_once_for_each_who_tells(self):
        scenes.tell(scenes.done())
        row = models.Feedback.objects.get()
        row.pk = None

        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()

    def test_of_a_remark_name_in_what_part(self):
        turn_id = scenes.a_turn()
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Remark.objects.create(
                network_id="kruisveld", turn_id=turn_id, at=NOON, part="judge", words="Zo."
            )


class TestIntroductionRow:
    @pytest.mark.parametrize(
        "values",
        [
            {"first_text_id": ""},
            {"first_text_id": "mo", "second_text_id": "mo"},
            {"first_text_id": "bas", "n_yes": 2},
            {"first_text_id": "bas", "second_text_id": "mo", "n_yes": 3},
        ],
        ids=str,
    )
    def test_is_refused_when_it_breaks_a_rule(self, values):
        turn_id = scenes.a_turn()

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Introduction.objects.create(
                network_id="kruisveld", turn_id=turn_id, asked_at=NOON, **values
            )

    def test_is_kept_when_both_said_yes(self):
        models.Introduction.objects.create(
            network_id="kruisveld", turn_id=scenes.a_turn(), asked_at=NOON, first_text_id="bas",
            second_text_id="mo", n_yes=2,
        )  # fmt: skip

        assert models.Introduction.objects.count() == 1
