# SPDX-License-Identifier: EUPL-1.2
"""What a person gets a copy of, and what is left once they are erased or all is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scharnier.apps.rights import labels, selectors, services
from scharnier.apps.situations import models
from tests.factories import DAY, NOON
from tests.integration.apps import situations_scenes as scenes
from tests.integration.apps.rights_scenes import whole_database

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def filled() -> models.Situation:
    row = scenes.a_situation(lead=scenes.person("noor"), lead_text_id="noor")
    scenes.fill_all(row, by=scenes.person("karel"), partner=scenes.organization("politie"))
    return row


def copied(actor):
    return selectors.copy_of(actor, on=DAY, at=NOON)


class TestCopy:
    def test_tells_what_a_person_leads_without_the_words_of_others(self):
        filled()

        found = copied(scenes.NOOR).situations

        assert [(each.id, each.your_part, each.text) for each in found] == [("plein", "lead", "")]

    def test_tells_what_a_person_has_to_do_and_did(self):
        filled()

        copy = copied(scenes.KAREL)

        assert [(each.your_part, each.text, each.state) for each in copy.situations] == [
            ("action", "Loop elke avond langs.", "action_open")
        ]
        assert [(each.event, each.what) for each in copy.situation_acts] == [("step", "propose")]

    def test_holds_nothing_of_others(self):
        filled()

        copy = copied(scenes.BAS)

        assert (copy.situations, copy.situation_acts) == ([], [])

    def test_has_words_for_every_state_of_an_action_and_every_event(self):
        states = {f"action_{value}" for value, _ in models.Action._meta.get_field("state").choices or ()}
        states |= {f"action_{each}" for each in ("open", "done", "not_possible", "not_done")}

        assert states <= set(labels.CODES)


class TestErasure:
    def test_leaves_what_was_done_without_who_did_it(self):
        row = filled()

        services.erase_self(actor=scenes.KAREL, on=DAY, at=NOON)

        action, line = models.Action.objects.get(), models.StoryLine.objects.get()
        assert (action.person, action.person_text_id, line.by) == (None, "karel", None)
        assert models.Situation.objects.filter(pk=row.pk).exists()
        assert "Karel" not in whole_database()

    def test_leaves_a_situation_that_nobody_leads_any_more(self):
        filled()

        services.erase_self(actor=scenes.NOOR, on=DAY, at=NOON)

        row = models.Situation.objects.get()
        assert (row.lead, row.owner_text_id) == (None, "jongerenwerk")


class TestRetention:
    def test_takes_everything_that_belongs_to_it_and_leaves_the_figures(self):
        row = filled()
        long_ago = DAY - timedelta(days=731)
        models.Situation.objects.filter(pk=row.pk).update(
            state="dismissed", reason="Voorbij.", ended_on=long_ago
        )

        services.run_retention(on=DAY, at=NOON)

        kept = {models.Result: 1, models.Template: 1}  # the result of another, and what the network has
        kept |= {
            models.ScanGround: 1,
            models.ScanRun: 1,
            models.ScanAnswer: 2,
        }  # the next scan clears those up
        kept |= {models.MapMonth: 1}  # bands of the whole network, which belong to no situation
        assert {
            each: each._default_manager.count()
            for each in map(models.__dict__.get, models.__all__)
            if each._default_manager.exists()
        } == kept

    def test_leaves_what_still_goes_on(self):
        row = filled()
        models.Situation.objects.update(made_on=DAY - timedelta(days=5000))

        services.run_retention(on=DAY, at=NOON)

        assert models.Situation.objects.filter(pk=row.pk).exists()
