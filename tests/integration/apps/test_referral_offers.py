# SPDX-License-Identifier: EUPL-1.2
"""In every state the page offers each person the steps that the core opens, and each of them works."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.urls import reverse

from scharnier.apps.referral import models
from scharnier.core import referral
from scharnier.core.referral import Awaited, Part, State, Step
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import ROLES
from tests.integration.apps.referral_ways import WAYS, a_turn_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
STATES = tuple(State)
FILLED = {
    "decline": {"reason": "no_capacity"},
    "pause": {"until": "2099-01-05"},
    "complete": {"result": "We spraken met beiden."},
    "fail": {"cause": "Niemand deed open."},
    "cancel": {"cause": "Het loste zich vanzelf op."},
    "void": {"cause": "Dubbel gestuurd."},
}
ON_THE_PAGE = [step for step in Step if step not in {Step.LAPSE, Step.SEND}]
PARTS = {  # who does what in a referral that Noor sent to Karel
    "noor": {Part.SENDER},
    "karel": {Part.CANDIDATE},
    "ria": set(),
}
IN_HER_PLACE = {Part.COORDINATOR, Part.SENDER}  # once she has left


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def as_(sign_in):
    return lambda name: sign_in(name, role=ROLES[name])


def made_in(state):
    """Return a turn that stands in a state, and its referral."""
    if state is State.DRAFT:
        made = scenes.draft()
        return made, scenes.turns_of(made)[0]
    assert state in WAYS
    turn_id = a_turn_in(state)
    return scenes.row(turn_id).referral_id, turn_id


def page_of(made):
    return reverse("referral:referral", args=[made])


def step_of(made, turn_id, step):
    return reverse("referral:step", args=[made, turn_id, step.value])


def offered(html, made, turn_id):
    """Return the steps that a page leads to, whether by a form or by a link."""
    main = html.split("<main")[1]
    steps = {step for step in ON_THE_PAGE if f'"{step_of(made, turn_id, step)}"' in main}
    return steps | ({Step.SEND} if f'"{reverse("referral:send", args=[made])}"' in main else set())


def opened(state, parts):
    return {step for part in parts for step in referral.steps_for(state, part)}


def undo():
    transaction.set_rollback(True)


class TestOffers:
    @pytest.mark.parametrize("state", STATES)
    def test_are_what_the_core_opens(self, as_, state):
        made, turn_id = made_in(state)

        for name, parts in PARTS.items():
            answer = as_(name).get(page_of(made))
            if state is State.DRAFT and name == "karel":
                assert answer.status_code == 404
            else:
                assert (name, offered(answer.text, made, turn_id)) == (name, opened(state, parts))

    @pytest.mark.parametrize("state", STATES)
    def test_go_over_to_the_coordinator_once_the_sender_has_left(self, as_, state):
        made, turn_id = made_in(state)
        scenes.person("noor").account.delete()

        answer = as_("ria").get(page_of(made))

        assert offered(answer.text, made, turn_id) == opened(state, IN_HER_PLACE)

    @pytest.mark.parametrize("state", STATES)
    def test_lead_where_the_core_says_and_nothing_else_leads_anywhere(self, as_, state):
        made, turn_id = made_in(state)

        for name in ("noor", "karel"):
            client, mine = as_(name), opened(state, PARTS[name])
            for step in ON_THE_PAGE:
                with transaction.atomic():
                    answer = client.post(step_of(made, turn_id, step), FILLED.get(step.value, {}))
                    now = models.Turn.objects.get(pk=turn_id).state
                    undo()
                if step in mine and answer.status_code != 404:
                    leads_to = referral.TRANSITIONS[state][step].to
                    assert (step, answer.status_code, now) == (step, 302, leads_to)
                else:
                    assert (step, now) == (step, state)
                    assert answer.status_code in {302, 403, 404}  # 302: back to the page, which says why

    @pytest.mark.parametrize("state", STATES)
    def test_ask_for_what_the_core_demands_and_nothing_else(self, as_, state):
        made, turn_id = made_in(state)

        for name in ("noor", "karel"):
            client = as_(name)
            for step in opened(state, PARTS[name]) & set(ON_THE_PAGE):
                asks = referral.what_to_give(state, step) is not referral.Given.NOTHING
                with transaction.atomic():
                    answer = client.post(step_of(made, turn_id, step), {})
                    undo()
                assert (step, answer.status_code) == (step, 422 if asks else 302)

    @pytest.mark.parametrize("state", [State.COMPLETED, State.REQUESTED])
    def test_that_are_none_are_not_said_to_be_done(self, as_, state):
        made, turn_id = made_in(state)
        client = as_("karel")

        for step in (Step.START, Step.RESUME, Step.PAUSE):
            shown = client.post(step_of(made, turn_id, step), FILLED.get(step.value, {}), follow=True)
            assert "utrecht-alert--error" in shown.text
            assert "utrecht-alert--ok" not in shown.text


class TestDeeds:
    """What can be done to the whole, beside the steps of its turns."""

    def links(self, client, made):
        html = client.get(page_of(made)).text.split("<main")[1]
        names = ("next", "give_up", "outcome")
        return {name for name in names if f'"{reverse(f"referral:{name}", args=[made])}"' in html}

    def expected(self, made):
        awaited = {wait.awaited for wait in referral.waits(scenes.whole(made).chain)}
        found = set()
        if awaited <= {Awaited.NEXT_PARTY, Awaited.OUTCOME}:  # also when it is over: opened again
            found.add("next")
        if Awaited.NEXT_PARTY in awaited:
            found.add("give_up")
        if Awaited.OUTCOME in awaited:
            found.add("outcome")
        return found

    @pytest.mark.parametrize("state", STATES)
    def test_are_offered_when_they_are_open_to_the_sender_or_who_stands_in(self, as_, state):
        made, _ = made_in(state)
        ria = as_("ria")

        assert self.links(as_("noor"), made) == self.expected(made)
        assert self.links(as_("karel"), made) == ({"outcome"} if state is State.COMPLETED else set())
        assert self.links(ria, made) == set()
        scenes.person("noor").account.delete()
        assert self.links(ria, made) == self.expected(made)

    @pytest.mark.parametrize("state", STATES)
    def test_that_are_not_open_change_nothing(self, as_, state):
        made, _ = made_in(state)
        client, closed = as_("noor"), {"give_up", "outcome"} - self.expected(made)
        before = list(models.Referral.objects.values())

        for name in closed:
            said = {"helped": "yes", "cause": "Zomaar."}
            client.post(reverse(f"referral:{name}", args=[made]), said)

        assert list(models.Referral.objects.values()) == before
        assert not models.Feedback.objects.exists()

    @pytest.mark.parametrize("state", STATES)
    def test_stand_under_a_sentence_that_says_what_is_needed(self, as_, state):
        made, _ = made_in(state)

        for name in ("noor", "ria"):
            html = as_(name).get(page_of(made)).text
            (first, *_more) = re.findall(r'<p class="lead">([^<]*)</p>', html.split('id="state-title"')[1])
            assert first.strip().endswith((".", "?"))
            assert "%(" not in first
