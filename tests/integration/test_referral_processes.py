# SPDX-License-Identifier: EUPL-1.2
"""Acts on referrals among real processes that begin at the same moment: exactly one of them wins."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

import pytest

from tests.integration import rivals

N_RIVALS = 3
BEGIN = """
import sys
import django
django.setup()
from datetime import UTC, datetime
from scharnier.apps.people.models import Account, Consent, Network, Organization, Outcome, Person, User
from scharnier.apps.referral import models, services
from scharnier.core import audit, referral
from scharnier.core.kernel import Actor, NetworkId, OrganizationId, PersonId, Role, ScharnierError

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)
ON = {"on": NOON.date(), "at": NOON}
"""
SETTLE = """
Network.objects.create(id="wijk", name="Wijk")
desk = Organization.objects.create(network_id="wijk", text_id="desk", name="Desk")
for name in ("noor", "omar", "els", "ria"):
    person = Person.objects.create(network_id="wijk", text_id=name, name=name)
    Account.objects.create(
        user=User.objects.create(username=name), network_id="wijk", person=person, role="professional"
    )
    Consent.objects.create(person=person, purpose="listing", given_date=NOON.date())
    Consent.objects.create(person=person, purpose="introduction", given_date=NOON.date())

def ask_desk():
    party = referral.Party(organization_id=OrganizationId("desk"))
    wish = services.ReferralWish(text="Ruzie om geld op het plein.", asks=(services.Ask(party=party),))
    noor = Actor(network_id=NetworkId("wijk"), person_id=PersonId("noor"), role=Role.PROFESSIONAL)
    made = services.make_referral(wish, actor=noor, **ON)
    return made, services.send_all(made, actor=noor, **ON)[0]

asked = [ask_desk() for _ in range(5)]
by = {"actor": audit.System(network_id=NetworkId("wijk")), **ON}
services.lapse(asked[2][1], **by)
omar = Actor(
    network_id=NetworkId("wijk"), person_id=PersonId("omar"), role=Role.PROFESSIONAL,
    acts_for=frozenset({OrganizationId("desk")}),
)
for number in (3, 4):
    services.accept(asked[number][1], actor=omar, **ON)
services.complete(asked[3][1], result="Gepraat.", actor=omar, **ON)
import json
print(json.dumps(asked))
"""
RACE = """
number = int(sys.argv[1])
ASKED = %s
def actor(name):
    return Actor(
        network_id=NetworkId("wijk"), person_id=PersonId(name), role=Role.PROFESSIONAL,
        acts_for=frozenset({OrganizationId("desk")}),
    )
mine, noor = actor(("omar", "els", "ria")[number]), actor("noor")
clock = audit.System(network_id=NetworkId("wijk"))
declined = services.Decline(reason=referral.Reason.NO_CAPACITY)
elsewhere = services.Decline(reason=referral.Reason.NOT_MY_AREA)
answers = (
    lambda turn_id: services.accept(turn_id, actor=mine, **ON),
    lambda turn_id: services.decline(turn_id, declined, actor=mine, **ON),
    lambda turn_id: services.decline(turn_id, elsewhere, actor=mine, **ON),
)
person = services.Ask(party=referral.Party(person_id=PersonId("omar")))
telling = services.Telling(by=referral.Teller.SENDER, helped=referral.Helped.YES)
ACTS = {
    "accept": lambda: services.accept(ASKED[0][1], actor=mine, **ON),
    "answer": lambda: answers[number](ASKED[1][1]),
    "next": lambda: services.ask_next(ASKED[2][0], (person,), actor=noor, **ON),
    "tell": lambda: services.tell_outcome(ASKED[3][0], telling, actor=noor, **ON),
    "complete": lambda: services.complete(ASKED[4][1], result="Gepraat.", actor=mine, **ON),
}
"""
COUNT = """
import json
from scharnier.apps.audit.models import AuditEvent
kept = {
    "outcomes": Outcome.objects,
    "feedback": models.Feedback.objects,
    "turns": models.Turn.objects,
    "events": models.Event.objects.exclude(step__in=["make", "send", "lapse"]),
    "logged": AuditEvent.objects,
}
print(json.dumps({name: rows.count() for name, rows in kept.items()}))
"""
ACTS = ("accept", "answer", "next", "tell", "complete")
SETTLE_LEAVING = """
Network.objects.create(id="wijk", name="Wijk")
for name in ("noor", "omar", "els"):
    person = Person.objects.create(network_id="wijk", text_id=name, name=name)
    Account.objects.create(
        user=User.objects.create(username=name), network_id="wijk", person=person, role="professional"
    )
    Consent.objects.create(person=person, purpose="listing", given_date=NOON.date())
noor = Actor(network_id=NetworkId("wijk"), person_id=PersonId("noor"), role=Role.PROFESSIONAL)
ask = services.Ask(party=referral.Party(person_id=PersonId("omar")))
wish = services.ReferralWish(text="Ruzie om geld op het plein.", asks=(ask,))
made = [services.make_referral(wish, actor=noor, **ON) for _ in range(6)]
import json
print(json.dumps([services.send_all(each, actor=noor, **ON)[0] for each in made]))
"""
LEAVING = """
from scharnier.apps.rights import services as erasures
number = int(sys.argv[1])
ASKED = %s
omar, noor = (
    Actor(network_id=NetworkId("wijk"), person_id=PersonId(name), role=Role.PROFESSIONAL)
    for name in ("omar", "noor")
)
ask = services.Ask(party=referral.Party(person_id=PersonId("omar")))
wish = services.ReferralWish(text="Nog een ruzie op het plein.", asks=(ask,))

def answer_all():
    for turn_id in ASKED:
        services.accept(turn_id, actor=omar, **ON)

def ask_again():
    for _ in ASKED:
        services.make_referral(wish, actor=noor, **ON)

def leave():
    erasures.erase_self(actor=omar, **ON)

ACTS = {"leave": (leave, answer_all, ask_again)[number]}
"""
LEFT = """
import json
from scharnier.apps.referral.models import Turn
print(json.dumps({
    "persons": Person.objects.filter(text_id="omar").count(),
    "with_who_left": Turn.objects.filter(person__text_id="omar").count(),
    "waiting": Turn.objects.filter(
        person_text_id="omar", state__in=["requested", "accepted", "in-progress", "on-hold"]
    ).count(),
}))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Races:
    """What came of each act that processes began at the same moment, counted, and what was kept."""

    ends: dict[str, Counter[str]]
    before: dict[str, int]
    kept: dict[str, int]


@pytest.fixture(scope="module", params=rivals.ON_BOTH_DATABASES)
def races(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Races:
    """Five referrals to one organization in a database of either kind, and every act begun three times."""
    track = rivals.lay_track(request, tmp_path_factory, begin=BEGIN)
    asked = json.loads(track.run(SETTLE))
    before = json.loads(track.run(COUNT))
    ends = track.race(RACE % json.dumps(asked), names=ACTS, n_rivals=N_RIVALS)
    return Races(ends=ends, before=before, kept=json.loads(track.run(COUNT)))


class TestRivals:
    @pytest.mark.parametrize("act", ["accept", "answer", "complete"])
    def test_of_several_answers_one_counts(self, races, act):
        assert races.ends[act] == {"done": 1, "referral.illegal_step": N_RIVALS - 1}

    def test_the_next_party_is_asked_once(self, races):
        assert races.ends["next"] == {"done": 1, "referral.still_running": N_RIVALS - 1}

    def test_whether_it_helped_is_told_once(self, races):
        assert races.ends["tell"] == {"done": 1, "referral.already_told": N_RIVALS - 1}

    def test_leave_one_of_everything_and_a_line_in_the_log_for_each(self, races):
        new = {name: number - races.before[name] for name, number in races.kept.items()}

        assert new["logged"] == len(ACTS)
        assert (new["turns"], new["feedback"]) == (1, 1)
        assert new["events"] == len(ACTS) - 1  # what was told stands in a table of its own
        assert new["outcomes"] in {1, 2}  # who called off first left nothing to learn


@pytest.fixture(scope="module", params=rivals.ON_BOTH_DATABASES)
def leaving(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Races:
    """Omar erases himself while he answers six referrals and is asked again and again."""
    track = rivals.lay_track(request, tmp_path_factory, begin=BEGIN)
    asked = json.loads(track.run(SETTLE_LEAVING))
    ends = track.race(LEAVING % json.dumps(asked), names=["leave"], n_rivals=N_RIVALS)
    return Races(ends=ends, before={}, kept=json.loads(track.run(LEFT)))


class TestLeaving:
    def test_never_waits_for_who_waits_for_it(self, leaving):
        ends = set(leaving.ends["leave"])

        assert ends <= {"done", "referral.turn_not_found", "referral.illegal_step", "people.person_not_found"}
        assert leaving.ends["leave"]["done"] >= 1

    def test_leaves_nothing_that_waits_for_who_left(self, leaving):
        assert leaving.kept == {"persons": 0, "with_who_left": 0, "waiting": 0}
