# SPDX-License-Identifier: EUPL-1.2
"""Acts on members among real processes that begin at the same moment: exactly one of them wins."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

import pytest

from tests.integration import rivals

N_RIVALS = 3
ACTS = ("sign up", "ask", "answer", "hand over", "tie", "leave")
BEGIN = """
import sys
import django
django.setup()
from datetime import UTC, datetime, timedelta
from scharnier.apps.members import services, tokens
from scharnier.apps.members.models import HandOver, Invitation, JoinRequest
from scharnier.apps.people.models import Account, Community, Consent, Membership, Network, Person, Tie, User
from scharnier.apps.picture import services as contacts
from scharnier.core.kernel import Actor, NetworkId, PersonId, Role, ScharnierError
from scharnier.core.network import TieKind

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)
"""
SETTLE = """
Network.objects.create(id="wijk", name="Wijk", takes_requests=True)
garden = Community.objects.create(network_id="wijk", text_id="garden", name="De tuin")
for name in ("ria", "omar", "els"):
    person = Person.objects.create(network_id="wijk", text_id=name, name=name)
    user = User.objects.create(username=name)
    Account.objects.create(user=user, network_id="wijk", person=person, role="coordinator")
    Consent.objects.create(person=person, purpose="listing", given_date=NOON.date())
Membership.objects.create(
    network_id="wijk", person=Person.objects.get(name="omar"), community=garden, role="host",
)
Invitation.objects.create(
    network_id="wijk", email="noor@example.org", role="resident", invited_by="ria",
    token_digest=tokens.digest_of("the token"), made_at=NOON, expires_at=NOON + timedelta(days=14),
)
"""
RACE = """
number = int(sys.argv[1])
name = ("ria", "omar", "els")[number]
actor = Actor(network_id=NetworkId("wijk"), person_id=PersonId(name), role=Role.COORDINATOR)
ria = Actor(network_id=NetworkId("wijk"), person_id=PersonId("ria"), role=Role.COORDINATOR)
ACTS = {
    "sign up": lambda: services.accept_with_new_user(
        "the token", at=NOON, new_user=services.NewUser(name="Noor", password="een lange zin")
    ),
    "ask": lambda: services.ask_to_join(
        NetworkId("wijk"), at=NOON, link="https://scharnier.test/",
        wish=services.Wish(name="Bas", email="bas@example.org", why="Daarom."),
    ),
    "answer": lambda: services.accept_request(
        JoinRequest.objects.get().pk, role=Role.RESIDENT, actor=actor, at=NOON, link_to="/{}".format
    ),
    "hand over": lambda: services.hand_over(
        from_person=PersonId("omar"), to_person=PersonId("els"),
        actor=actor, on=NOON.date(), today=NOON.date(), at=NOON,
    ),
    "tie": lambda: contacts.declare_tie(
        PersonId("els"), kind=TieKind.KNOWS, actor=ria, on=NOON.date(), at=NOON
    ),
    "leave": lambda: services.leave_network(hide_card=False, actor=actor, on=NOON.date(), at=NOON),
}
"""
COUNT = """
import json
from scharnier.apps.audit.models import AuditEvent
kept = {
    "users": User.objects.filter(username="noor@example.org"),
    "coordinators": Account.objects.filter(role="coordinator"),
    "requests": JoinRequest.objects,
    "invitations": Invitation.objects,
    "hand_overs": HandOver.objects,
    "roles": Membership.objects,
    "ties": Tie.objects,
    "events": AuditEvent.objects,
}
print(json.dumps({name: rows.count() for name, rows in kept.items()}))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Races:
    """What came of each act that processes began at the same moment, counted, and what was kept."""

    ends: dict[str, Counter[str]]
    kept: dict[str, int]


@pytest.fixture(scope="module", params=rivals.ON_BOTH_DATABASES)
def races(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Races:
    """Three coordinators and one invitation in a database of either kind, and every act begun three times."""
    track = rivals.lay_track(request, tmp_path_factory, begin=BEGIN)
    track.run(SETTLE)
    ends = track.race(RACE, names=ACTS, n_rivals=N_RIVALS)
    return Races(ends=ends, kept=json.loads(track.run(COUNT)))


class TestRivals:
    def test_of_one_link_only_one_comes_in(self, races):
        assert races.ends["sign up"] == {"done": 1, "members.invitation_used": N_RIVALS - 1}

    def test_all_coordinators_do_not_leave_at_once(self, races):
        assert races.ends["leave"] == {"done": N_RIVALS - 1, "members.last_coordinator": 1}

    def test_who_ask_for_the_same_address_are_all_thanked(self, races):
        assert races.ends["ask"] == {"done": N_RIVALS}

    def test_of_one_request_only_one_answer_counts(self, races):
        assert races.ends["answer"] == {"done": 1, "members.request_not_found": N_RIVALS - 1}

    def test_roles_are_handed_over_once(self, races):
        assert races.ends["hand over"] == {"done": 1, "members.nothing_to_hand_over": N_RIVALS - 1}

    def test_who_enters_a_contact_twice_has_one(self, races):
        assert races.ends["tie"] == {"done": N_RIVALS}
        assert races.kept["ties"] == 1

    def test_leave_one_of_everything_and_a_line_in_the_log_for_each(self, races):
        n_acts = sum(ends["done"] for ends in races.ends.values())
        n_invited = races.ends["answer"]["done"]  # a yes writes the invitation that it is, too
        n_thanked = N_RIVALS - 1  # who asked to join again was thanked, and that was all

        assert races.kept == {
            "users": 1,
            "coordinators": 1,
            "requests": 1,
            "invitations": 2,
            "hand_overs": 1,
            "roles": 2,
            "ties": 1,
            "events": n_acts + n_invited - n_thanked,
        }
