# SPDX-License-Identifier: EUPL-1.2
"""Acts on shared situations among real processes that begin at the same moment: none undoes another."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from tests.integration import rivals

N_RIVALS = 3
BEGIN = """
import sys
import django
django.setup()
import json
from datetime import timedelta
from uuid import UUID
from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.people.models import Person
from scharnier.apps.rights import services as erasures
from scharnier.apps.situations import models, services
from scharnier.core import situations
from scharnier.core.kernel import OrganizationId, PersonId, ScharnierError
from scharnier.core.situations import ActionState, InvitationState, InvitationStep, PartnerState, State, Step
from tests.integration.apps import doing_scenes as scenes
from tests.integration.apps.doing_scenes import BAS, CARE, DAY, JOKE, KAREL, LATER, MO, MUNICIPALITY
from tests.integration.apps.doing_scenes import NOON, NOOR, POLICE, RIA, SCHOOL
from tests.integration.apps.doing_scenes import BAS, JOKE, KAREL, MO, NOOR, RIA
from tests.integration.apps.doing_scenes import CARE, DAY, LATER, MUNICIPALITY, NOON, POLICE, SCHOOL

ON = {"on": DAY, "at": NOON}
"""
SETTLE = """
scenes.settle()
ids = dict.fromkeys(("answer", "close"))
for name in ("answer", "step", "invite", "lead", "end", "meet", "figure", "status"):
    scenes.begin(situation_id=name)
scenes.begin(State.PROPOSED, situation_id="life")
scenes.begin(State.PROPOSED, situation_id="twice")
scenes.begin(State.EVALUATING, situation_id="score")
scenes.begin(State.EVALUATING, situation_id="close")
scenes.begin(State.CLOSED, situation_id="recheck")
services.give_score("score", 4, actor=NOOR, at=NOON)
services.evaluate("close", services.Findings(lesson="Eerder bellen helpt."), actor=NOOR, **ON)
for name in ids:
    ids[name] = services.invite(name, [CARE], words="Doe je mee?", actor=NOOR, **ON)[0]
task = services.Task(text="Langs het plein lopen", organization_id=POLICE, person_id="karel", due=LATER)
ids["end"] = services.make_action("end", task, actor=NOOR, **ON)
moment = services.Appointment(starts_at=NOON, ends_at=NOON + timedelta(hours=1), place="Buurthuis")
ids["meet"] = services.plan_meeting("meet", moment, actor=NOOR, **ON)
ids["figure"] = services.add_indicator("figure", services.Aim(name="Meldingen"), actor=NOOR, at=NOON)
print(json.dumps(ids))
"""
RACE = """
number = int(sys.argv[1])
IDS = %s
declined = services.Reply(step=InvitationStep.DECLINE, reason="Geen tijd in dit jaar.")
accepted = services.Reply(step=InvitationStep.ACCEPT)
leaving = services.Reply(step=InvitationStep.LEAVE, reason="Wij houden op in deze wijk.")
wish = services.SituationWish(question="Wie maakt de lamp?", organization_id=SCHOOL, key=UUID(int=7))
present = services.Minutes(present_ids=frozenset({SCHOOL, POLICE}), decisions=("We beginnen.",))

def answer(name, reply, *, actor=MO):
    services.answer(name, IDS[name], reply, actor=actor, **ON)

def step(name, which, said="", *, actor=NOOR):
    services.take_step(name, which, said=said, actor=actor, **ON)

def end(state):
    services.end_action("end", IDS["end"], state, reason="Het regende.", actor=KAREL, **ON)

def lead(organization_id, person_id, actor):
    services.pass_lead("lead", organization_id, person_id=PersonId(person_id), actor=actor, **ON)

def stand(actor, state):
    services.tell_status("status", services.Standing(state=state), actor=actor, **ON)

def leave():
    services.answer("close", "close-gemeente", leaving, actor=BAS, **ON)

ACTS = {
    "answer": (
        lambda: answer("answer", accepted),
        lambda: answer("answer", declined),
        lambda: answer("answer", accepted),
    )[number],
    "step": lambda: step("step", Step.EVALUATE),
    "life": (
        lambda: step("life", Step.ACCEPT),
        lambda: step("life", Step.DISMISS, "Het was een feest.", actor=RIA),
        lambda: step("life", Step.ACCEPT, actor=RIA),
    )[number],
    "twice": (
        lambda: step("twice", Step.DISMISS, "Het was een feest.", actor=RIA),
        lambda: step("twice", Step.HAND_OVER, "De gebiedsmanager"),
        lambda: step("twice", Step.DISMISS, "Het hoeft niet meer."),
    )[number],
    "score": (
        lambda: services.give_score("score", 5, actor=KAREL, at=NOON),
        lambda: services.give_score("score", 2, actor=BAS, at=NOON),
        lambda: services.give_score("score", 3, actor=JOKE, at=NOON),
    )[number],
    "begin": lambda: services.begin_situation(wish, actor=NOOR, **ON),
    "end": lambda: end((ActionState.DONE, ActionState.NOT_DONE, ActionState.NOT_POSSIBLE)[number]),
    "invite": lambda: services.invite(
        "invite", [CARE], words="Doe je mee?", actor=(NOOR, RIA, NOOR)[number], **ON
    ),
    "lead": lambda: lead(
        *((POLICE, "karel", NOOR), (MUNICIPALITY, "bas", RIA), (POLICE, "joke", RIA))[number]
    ),
    "close": (lambda: step("close", Step.CLOSE), lambda: answer("close", accepted), leave)[number],
    "recheck": lambda: services.recheck(
        "recheck", situations.Lasting.HOLDS, actor=NOOR, on=DAY + timedelta(days=100), at=NOON
    ),
    "meet": (
        lambda: services.call_off_meeting("meet", IDS["meet"], actor=NOOR, **ON),
        lambda: services.record_meeting("meet", IDS["meet"], present, actor=KAREL, **ON),
        lambda: services.call_off_meeting("meet", IDS["meet"], actor=BAS, **ON),
    )[number],
    "figure": lambda: services.enter_figure(
        "figure", IDS["figure"], on=DAY, figure=float(number), actor=NOOR, at=NOON
    ),
    "status": lambda: stand((KAREL, JOKE, KAREL)[number], list(PartnerState)[number]),
}
"""
ACTS = [
    "answer",
    "step",
    "life",
    "twice",
    "score",
    "begin",
    "end",
    "invite",
    "lead",
    "close",
    "recheck",
    "meet",
    "figure",
    "status",
]
ACTS = (
    "answer", "step", "life", "twice", "score", "begin", "end", "invite", "lead", "close", "recheck", "meet",
    "figure", "status",
)  # fmt: skip
COUNT = """
def told(name):
    found = models.StoryLine.objects.filter(situation_id=name).order_by("pk")
    return list(found.values_list("event", "what"))

def all_of(model, **of):
    return model.objects.filter(situation_id=of.pop("name"), **of)

states = dict(models.Situation.objects.values_list("pk", "state"))
lead = models.Situation.objects.get(pk="lead")
print(json.dumps({
    "states": states,
    "told": {name: told(name) for name in states},
    "invitations": {
        name: list(all_of(models.Invitation, name=name).order_by("place").values_list(
            "organization_text_id", "state"
        ))
        for name in states
    },
    "scores": sorted(all_of(models.Score, name="score").values_list("organization_text_id", "score")),
    "begun": models.Situation.objects.filter(question="Wie maakt de lamp?").count(),
    "ended": list(all_of(models.Action, name="end").values_list("state", flat=True)),
    "lead": [lead.owner_text_id, lead.lead_text_id],
    "partners_at_closing": list(models.Result.objects.filter(situation_id="close").values_list(
        "n_partners", flat=True
    )),
    "rechecks": all_of(models.Recheck, name="close").count(),
    "rechecked": all_of(models.Recheck, name="recheck", done_on__isnull=False).count(),
    "meetings": list(all_of(models.Meeting, name="meet").values_list("decisions", flat=True)),
    "figures": models.Reading.objects.filter(indicator_id=IDS["figure"]).count(),
    "statuses": list(all_of(models.Status, name="status").values_list("source_text_id", flat=True)),
    "logged": AuditEvent.objects.count(),
}))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Races:
    """How each act ended that processes began at the same moment, counted, and what was kept."""

    ends: dict[str, Counter[str]]
    kept: dict[str, Any]
    n_logged_before: int


@pytest.fixture(scope="module", params=rivals.ON_BOTH_DATABASES)
def races(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Races:
    """One situation for each act, in a database of either kind, and every act begun three times."""
    track = rivals.lay_track(request, tmp_path_factory, begin=BEGIN)
    ids = track.run(SETTLE).strip()
    before = json.loads(track.run(f"IDS = {ids}\n{COUNT}"))["logged"]
    ends = track.race(RACE % ids, names=ACTS, n_rivals=N_RIVALS)
    kept = json.loads(track.run(f"IDS = {ids}\n{COUNT}"))
    return Races(ends=ends, kept=kept, n_logged_before=before)


def steps(races: Races, name: str) -> list[str]:
    return [what for event, what in races.kept["told"][name] if event == "step"]


class TestRivals:
    @pytest.mark.parametrize(
        ("act", "refusal"),
        [
            ("answer", "situations.invitation_closed"),
            ("step", "situations.step_closed"),
            ("twice", "situations.step_closed"),
            ("end", "situations.action_closed"),
            ("invite", "situations.invited_twice"),
            ("recheck", "situations.nothing_to_recheck"),
        ],
    )
    def test_of_several_that_exclude_each_other_one_counts(self, races, act, refusal):
        assert races.ends[act] == {"done": 1, refusal: N_RIVALS - 1}

    def test_an_organization_says_yes_or_no_and_not_both(self, races):
        answers = [what for event, what in races.kept["told"]["answer"] if event == "answered"]
        stands = dict(races.kept["invitations"]["answer"])["zorg"]

        assert [(answers, stands)] in ([(["accept"], "accepted")], [(["decline"], "declined")])

    def test_what_is_accepted_and_dismissed_at_once_ends_dismissed(self, races):
        taken = steps(races, "life")

        assert races.kept["states"]["life"] == "dismissed"
        assert taken in (["dismiss"], ["accept", "dismiss"])
        assert races.ends["life"]["done"] == len(taken)
        assert races.ends["life"].keys() <= {"done", "situations.step_closed"}

    def test_the_last_scores_are_all_kept_and_then_stand(self, races):
        by_organization = dict(races.kept["scores"])

        assert by_organization.keys() == {"school", "politie", "gemeente"}
        assert by_organization["gemeente"] == 2
        assert by_organization["politie"] in {3, 5}
        assert races.ends["score"] in (
            {"done": 3},
            {"done": 2, "situations.score_unclear": 1},  # a colleague came after everybody had answered
        )

    def test_the_same_wish_with_the_same_key_begins_one_situation(self, races):
        assert races.ends["begin"] == {"done": N_RIVALS}
        assert races.kept["begun"] == 1

    def test_an_action_ends_one_way(self, races):
        (state,) = races.kept["ended"]
        told = [what for event, what in races.kept["told"]["end"] if event == "action_ended"]

        assert told == [state]

    def test_an_organization_is_asked_once(self, races):
        asked = [name for name, _state in races.kept["invitations"]["invite"]]

        assert sorted(asked) == ["gemeente", "politie", "zorg"]

    def test_one_organization_leads_and_who_led_stays_a_partner(self, races):
        owner, leader = races.kept["lead"]
        partners = [name for name, state in races.kept["invitations"]["lead"] if state == "accepted"]

        assert (owner, leader) in {("politie", "karel"), ("politie", "joke"), ("gemeente", "bas")}
        assert len(partners) == len(set(partners))
        assert set(partners) == {"school", "politie", "gemeente"}

    def test_nobody_comes_in_after_closing(self, races):
        told = [what for event, what in races.kept["told"]["close"] if event in {"step", "answered"}]
        stands = dict(races.kept["invitations"]["close"])["zorg"]

        assert races.kept["states"]["close"] == "closed"
        assert (told, stands) in (
            (["accept", "close"], "accepted"),
            (["close"], "invited"),
        )
        assert races.ends["close"].keys() <= {"done", "situations.step_closed"}

    def test_closing_counts_who_took_part_at_that_moment(self, races):
        told = [(event, what) for event, what in races.kept["told"]["close"] if event != "invited"]
        before = [event for event, _what in told[: told.index(("step", "close"))]]

        (n_partners,) = races.kept["partners_at_closing"]

        assert n_partners == 3 + before.count("answered") - before.count("left")
        assert races.kept["rechecks"] == 2

    def test_what_is_called_off_is_not_recorded_and_what_was_recorded_not_called_off(self, races):
        assert races.ends["meet"]["done"] == 1
        assert races.ends["meet"] in (
            {"done": 1, "situations.piece_not_found": 2},
            {"done": 1, "situations.meeting_held": 2},
        )
        assert races.kept["meetings"] in ([], [["We beginnen."]])

    def test_one_recheck_is_done_and_the_other_waits(self, races):
        assert races.kept["rechecked"] == 1

    def test_what_may_be_said_again_is_kept_once(self, races):
        assert races.ends["figure"] == races.ends["status"] == {"done": N_RIVALS}
        assert races.kept["figures"] == 1
        assert races.kept["statuses"] == ["politie"]

    def test_leave_a_line_in_the_log_for_each_that_was_done(self, races):
        n_done = sum(ends["done"] for name, ends in races.ends.items() if name != "begin") + 1

        assert races.kept["logged"] - races.n_logged_before == n_done


LEAVING = """
number = int(sys.argv[1])
IDS = %s

def end_all():
    for action_id in IDS["give"]:
        services.end_action("leave", action_id, ActionState.DONE, actor=NOOR, **ON)

def give_all():
    for action_id in IDS["give"]:
        services.give_action("leave", action_id, person_id=PersonId("noor"), due=LATER, actor=NOOR, **ON)

def leave():
    erasures.erase_self(actor=NOOR, **ON)

ACTS = {"leave": (leave, end_all, give_all)[number]}
"""
SETTLE_LEAVING = """
scenes.settle()
scenes.begin(situation_id="leave", partners="politie gemeente")
words = [f"Langs het plein lopen met {name}" for name in "abcdefghijkl"]
tasks = [services.Task(text=text, organization_id=SCHOOL, person_id="noor", due=LATER) for text in words]
print(json.dumps({"give": [services.make_action("leave", task, actor=NOOR, **ON) for task in tasks]}))
"""
LEFT = """
row = models.Situation.objects.get(pk="leave")
print(json.dumps({
    "persons": Person.objects.filter(network_id="kruisveld", text_id="noor").count(),
    "led_by_who_left": int(row.lead is not None),
    "with_who_left": models.Action.objects.filter(person__text_id="noor").count(),
    "told_by_who_left": models.StoryLine.objects.filter(by__text_id="noor").count(),
    "actions": models.Action.objects.count(),
    "owner": row.owner_text_id,
}))
"""


@pytest.fixture(scope="module", params=rivals.ON_BOTH_DATABASES)
def leaving(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Races:
    """Noor, who leads, erases herself while she ends what she promised and is given it again."""
    track = rivals.lay_track(request, tmp_path_factory, begin=BEGIN)
    ids = track.run(SETTLE_LEAVING).strip()
    ends = track.race(LEAVING % ids, names=["leave"], n_rivals=N_RIVALS)
    return Races(ends=ends, kept=json.loads(track.run(LEFT)), n_logged_before=0)


class TestLeaving:
    def test_never_waits_for_who_waits_for_it(self, leaving):
        ends = set(leaving.ends["leave"])

        assert ends <= {"done", "people.person_not_found", "situations.action_closed"}
        assert leaving.ends["leave"]["done"] >= 1

    def test_leaves_the_work_with_the_organization_and_nothing_with_who_left(self, leaving):
        assert leaving.kept == {
            "persons": 0,
            "led_by_who_left": 0,
            "with_who_left": 0,
            "told_by_who_left": 0,
            "actions": 12,
            "owner": "school",
        }
