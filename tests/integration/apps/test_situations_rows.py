# SPDX-License-Identifier: EUPL-1.2
"""Rows of a situation as values: all of it, in a fixed number of queries, also of who has left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from scharnier.apps.situations import models, rows
from scharnier.core import situations
from tests.factories import DAY, NOON
from tests.integration.apps import situations_scenes as scenes

pytestmark = pytest.mark.django_db
FIND = situations.Find(
    zone=situations.Zone(x_m=1.5, y_m=2.0, radius_m=150.0),
    first_day=DAY - timedelta(days=13),
    last_day=DAY,
    llr=8.2,
    recurrence_weeks=26.0,
    partner_ids=frozenset({"politie", "school"}),
)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def filled(situation_id: str = "plein", **parts: object) -> models.Situation:
    row = scenes.a_situation(situation_id, lead=scenes.person("noor"), lead_text_id="noor", **parts)
    scenes.fill_all(row, by=scenes.person("karel"), partner=scenes.organization("politie"))
    return row


def read(row: models.Situation) -> situations.Situation:
    return rows.situation_value(rows.with_all(models.Situation.objects.filter(pk=row.pk)).get())


class TestSituationValue:
    def test_holds_everything_that_belongs_to_it(self):
        value = read(filled(goal="Rust na tienen", topic_ids=["noise"], area_ids=["noord"]))

        assert (value.question, value.state, value.owner_id, value.lead_id) == (
            scenes.QUESTION, situations.State.PROPOSED, "jongerenwerk", "noor",
        )  # fmt: skip
        assert (value.plan.goal, value.topics, value.area_ids) == ("Rust na tienen", {"noise"}, {"noord"})
        assert value.signal_partner_ids == {"politie"}
        assert value.coalition == {"jongerenwerk", "politie"}
        assert [each.text for each in value.agreements] == ["We houden het plein heel."]
        assert [each.person_id for each in value.actions] == ["karel"]
        assert [(each.low, each.high) for each in value.indicators[0].readings] == [(5, 9)]
        assert [each.decisions for each in value.meetings] == [("We beginnen.",)]
        assert [each.title for each in value.parts] == ["Rooster"]
        assert [each.state for each in value.statuses] == [situations.PartnerState.BUSY]
        assert value.evaluation is not None
        assert value.evaluation.kept == situations.Kept(n_kept=1, n_judged=1)
        assert [(each.organization_id, each.score) for each in value.scores] == [("politie", 4)]
        assert [each.due for each in value.rechecks] == [DAY]

    def test_takes_the_same_queries_for_one_and_for_many(self):
        filled()
        with CaptureQueriesContext(connection) as of_one:
            list(rows.with_all(models.Situation.objects.all()))
        for number in range(5):
            row = scenes.a_situation(f"s{number}")
            scenes.an_invitation(row, "school")

        with CaptureQueriesContext(connection) as of_many:
            values = [rows.situation_value(row) for row in rows.with_all(models.Situation.objects.all())]

        assert len(values) == 6
        assert len(of_many) == len(of_one)

    def test_keeps_the_place_of_an_organization_that_left(self):
        row = filled()
        scenes.organization("politie").delete()
        scenes.organization("jongerenwerk").delete()

        value = read(row)

        assert value.owner_id == "jongerenwerk"
        assert value.coalition == {"jongerenwerk", "politie"}

    def test_keeps_what_a_person_did_without_the_person(self):
        row = filled()
        scenes.person("karel").delete()
        scenes.person("noor").delete()

        value = read(row)

        assert (value.lead_id, value.actions[0].has_owner) == (None, False)
        assert value.actions[0].text == "Loop elke avond langs."

    def test_keeps_an_earlier_evaluation_apart(self):
        row = filled()
        models.Evaluation.objects.create(
            network_id="kruisveld", situation=row, lesson="Te vroeg gestopt.", is_earlier=True, made_on=DAY
        )

        value = read(row)

        assert value.evaluation is not None
        assert value.evaluation.lesson == "Samen lopen helpt."
        assert [each.lesson for each in value.earlier_evaluations] == ["Te vroeg gestopt."]

    @pytest.mark.parametrize(("ratio", "is_measured"), [(None, False), (0.4, True)])
    def test_is_measured_where_figures_allowed_it(self, ratio, is_measured):
        row = filled()
        row.evaluations.update(rate_ratio=ratio, low=ratio and 0.2, high=ratio and 0.8)

        evaluation = read(row).evaluation

        assert evaluation is not None
        assert (evaluation.measured is not None) is is_measured


class TestFind:
    def test_comes_back_as_it_was_stored(self):
        row = scenes.a_situation(find=rows.find_stored(FIND), origin="scan")

        assert read(models.Situation.objects.get(pk=row.pk)).find == FIND

    def test_is_nothing_where_nothing_was_found(self):
        assert rows.find_value(rows.find_stored(None)) is None


class TestNamesOf:
    def test_name_who_is_in_it_and_who_left_the_network(self):
        row = scenes.a_situation(owner_name="Jongerenwerk")
        scenes.an_invitation(row, "politie")
        scenes.organization("politie").delete()

        names = rows.names_of(rows.with_all(models.Situation.objects.filter(pk=row.pk)).get())

        assert names == {"jongerenwerk": "Jongerenwerk", "politie": "Politie"}


class TestStoryValue:
    def test_is_for_whom_the_line_says(self):
        filled()

        story = rows.story_value(models.StoryLine.objects.get())

        assert (story.at, story.event, story.readers.source_id) == (NOON, situations.Event.STEP, "politie")


class TestIntegrity:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"state": "gone"},
            {"origin": "dream"},
            {"question": ""},
            {"state": "running", "owner": None, "owner_text_id": ""},
            {"state": "closed"},  # without the day it ended
            {"ended_on": DAY},  # though it goes on
        ],
    )
    def test_of_a_situation_is_kept_by_the_database(self, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            scenes.a_situation(**wrong)

        assert not models.Situation.objects.exists()

    def test_lets_no_two_invitations_stand_in_one_place(self):
        row = scenes.a_situation()
        scenes.an_invitation(row, "politie")

        with pytest.raises(IntegrityError), transaction.atomic():
            scenes.an_invitation(row, "school", id="other", place=0)

        assert row.invitations.count() == 1
