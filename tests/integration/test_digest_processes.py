# SPDX-License-Identifier: EUPL-1.2
"""Digests sent by several real processes at once, one of which died halfway: everybody gets one."""

from __future__ import annotations

import json

import pytest

from tests.integration import rivals

N_RIVALS = 3
NAMES = ["els", "karel", "noor", "omar", "ria"]
BEGIN = """
import os
import sys
import django
django.setup()
from datetime import UTC, datetime
from django.db import transaction
from scharnier.apps import wall
from scharnier.apps.digest import models, services
from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import Account, Network, Person, User
from scharnier.apps.referral.models import Referral
from scharnier.core.kernel import NetworkId, ScharnierError

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)
MONDAY = datetime(2026, 3, 30, 6, tzinfo=UTC)
WIJK = NetworkId("wijk")

def send():
    with wall.in_network(WIJK):
        services.send_due(WIJK, at=MONDAY)
"""
SETTLE = f"""
Network.objects.create(id="wijk", name="Wijk")
for name in {[*NAMES, "stil"]}:
    person = Person.objects.create(network_id="wijk", text_id=name, name=name)
    user = User.objects.create(username=name, email=f"{{name}}@example.org")
    Account.objects.create(user=user, network_id="wijk", person=person, role="professional")
    if name != "stil":
        Referral.objects.create(
            id=name, network_id="wijk", text="Ruzie op het plein.", language="nl", about="problem",
            sender_person=person, sender_text_id=name, made_at=NOON, moved_at=NOON, awaited="next_party",
        )
"""
DIE = """
account = Account.objects.get(person__text_id="noor")
with transaction.atomic(), wall.in_network(WIJK):
    assert services.send_digest(account.pk, day=MONDAY.date(), network_id=WIJK, at=MONDAY)
    os._exit(0)
"""
RACE = """
ACTS = {"send": send}
"""
COUNT = """
import json
print(json.dumps([
    sorted(Message.objects.values_list("to", flat=True)),
    sorted(models.Sending.objects.values_list("account__user__username", "n_things")),
]))
"""


@pytest.fixture(scope="module", params=rivals.ON_BOTH_DATABASES)
def races(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What is kept after a death, after three who send at the same moment, and after one more."""
    track = rivals.lay_track(request, tmp_path_factory, begin=BEGIN)
    track.run(SETTLE)
    track.run(DIE)
    kept: dict[str, object] = {"after a death": json.loads(track.run(COUNT))}
    kept["ends"] = track.race(RACE, names=("send",), n_rivals=N_RIVALS)["send"]
    kept["after the race"] = json.loads(track.run(COUNT))
    track.run("send()")
    kept["after one more"] = json.loads(track.run(COUNT))
    return kept


class TestRivals:
    def test_of_who_died_nothing_is_kept(self, races):
        assert races["after a death"] == [[], []]

    def test_send_each_one_mail_and_look_at_each_once(self, races):
        assert races["ends"] == {"done": N_RIVALS}
        assert races["after the race"] == [
            [f"{name}@example.org" for name in NAMES],
            [*([name, 1] for name in NAMES), ["stil", 0]],
        ]

    def test_leave_nothing_to_send_again(self, races):
        assert races["after one more"] == races["after the race"]
