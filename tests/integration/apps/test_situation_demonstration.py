# SPDX-License-Identifier: EUPL-1.2
"""The situations of the example are shared by the acts that everybody uses, once."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command

from scharnier import example
from scharnier.apps import wall
from scharnier.apps.situations import models, rows, selectors
from scharnier.core import situations
from scharnier.core.kernel import NetworkId, SituationId
from scharnier.core.situations import ActionState, AgreementState, Awaited, State
from tests.factories import an_actor

pytestmark = pytest.mark.django_db
KRUISVELD = NetworkId("kruisveld")
SAMIRA = an_actor("samira", acts_for="jongerenwerk")


@pytest.fixture
def _loaded():
    call_command("load_example", language="nl", stdout=io.StringIO())
    call_command("load_situations")


def of_state(state: State) -> situations.Situation:
    return rows.situation_value(rows.with_all(models.Situation.objects.filter(state=state.value)).get())


@pytest.mark.usefixtures("_loaded")
class TestLoadSituations:
    @wall.in_network(KRUISVELD)
    def test_shows_how_far_one_can_come(self):
        states = sorted(models.Situation.objects.values_list("state", flat=True))

        assert states == ["closed", "evaluating", "running"]
        assert models.Situation.objects.count() == len(example.load_situations())

    @wall.in_network(KRUISVELD)
    def test_leaves_something_to_do_for_who_tries_it(self):
        found = [of_state(state) for state in (State.RUNNING, State.EVALUATING)]

        waits = {each.awaited for each in situations.waiting_for(SAMIRA, found, on=example.KRUISVELD_DAY)}

        assert {Awaited.ACTION, Awaited.AGREEMENT, Awaited.SCORE} <= waits

    @wall.in_network(KRUISVELD)
    def test_shows_what_is_late_and_what_did_not_work_out(self):
        running = of_state(State.RUNNING)
        seen = selectors.look(SituationId(running.id), actor=SAMIRA)

        work = selectors.read_work(seen, on=example.KRUISVELD_DAY)

        assert [line.organization for line in work.late] == ["Politie Rijnveste"]
        assert len(work.due) == 1
        assert {each.state for each in running.actions} == {ActionState.OPEN, ActionState.NOT_POSSIBLE}
        assert AgreementState.NOT_KEPT in {each.state for each in running.agreements}

    @wall.in_network(KRUISVELD)
    def test_shows_a_figure_that_gets_better_and_a_meeting_to_come(self):
        running = of_state(State.RUNNING)

        noise = next(each for each in running.indicators if each.readings)
        assert situations.judge_progress(noise) is situations.Progress.BETTER
        past, coming = running.meetings
        assert past.decisions
        assert coming.starts_at.date() > example.KRUISVELD_DAY
        assert coming.present_ids == frozenset()

    @wall.in_network(KRUISVELD)
    def test_leaves_a_result_and_something_to_look_at_again(self):
        closed = of_state(State.CLOSED)

        assert models.Result.objects.get().situation_id == closed.id
        assert closed.rechecks[0].due <= example.KRUISVELD_DAY
        assert len(situations.shown_goals(closed.scores, coalition=closed.coalition).scores) == 3

    def test_is_done_once(self):
        call_command("load_situations")

        assert models.Situation.objects.count() == len(example.load_situations())
