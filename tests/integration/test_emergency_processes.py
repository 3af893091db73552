# SPDX-License-Identifier: EUPL-1.2
"""Broken glass among real processes that begin at the same moment: one judgement, and no fourth attempt."""

from __future__ import annotations

import pytest

from tests.integration import rivals

N_RIVALS = 4
BEGIN = """
import sys
import django
django.setup()
from datetime import UTC, datetime, timedelta
from scharnier.apps.emergency import services
from scharnier.apps.emergency.models import Attempt, Review
from scharnier.apps.people.models import Account, Network, Person, User
from scharnier.core.kernel import Actor, NetworkId, PersonId, Role, ScharnierError
from scharnier.core.sharing import Verdict

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)
REASON = "Zij heeft de sleutel en niemand doet open."

def actor(name, role=Role.COORDINATOR):
    return Actor(network_id=NetworkId("wijk"), person_id=PersonId(name), role=role)

def open_card(name, by):
    services.open_card(name=name, reason=REASON, actor=by, on=NOON.date(), at=NOON)
"""
SETTLE = """
Network.objects.create(id="wijk", name="Wijk")
Person.objects.create(network_id="wijk", text_id="stil", name="Stille Kracht")
for name in ("asker", "judge0", "judge1", "judge2", "judge3"):
    person = Person.objects.create(network_id="wijk", text_id=name, name=name)
    user = User.objects.create(username=name)  # without an address: the race is not about mail
    Account.objects.create(user=user, network_id="wijk", person=person, role="coordinator")
open_card("Stille Kracht", actor("judge0"))
Attempt.objects.all().delete()
Review.objects.update(asked_by="asker")
"""
RACE = """
judge = actor(f"judge{sys.argv[1]}")
ACTS = {
    "judge": lambda: services.judge(
        Review.objects.get().pk, verdict=Verdict.JUSTIFIED, words="Het kon niet anders.", actor=judge, at=NOON
    ),
    "try": lambda: open_card("Nie Mand", actor("asker")),
}
"""
COUNT = """
from scharnier.apps.audit.models import AuditEvent
acts = AuditEvent.objects.values_list("act", flat=True)
print(
    Attempt.objects.count(),
    sum(act == "emergency.judged" for act in acts),
    sum(act == "emergency.tried" for act in acts),
)
"""


@pytest.fixture(scope="module", params=rivals.ON_BOTH_DATABASES)
def races(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What came of four judges of one review and four attempts by one person, begun at the same moment."""
    track = rivals.lay_track(request, tmp_path_factory, begin=BEGIN)
    track.run(SETTLE)
    ends: dict[str, object] = dict(track.race(RACE, names=("judge", "try"), n_rivals=N_RIVALS))
    return ends | {"kept": track.run(COUNT).split()}


class TestRivals:
    def test_of_the_judges_only_one_judges(self, races):
        assert races["judge"] == {"done": 1, "emergency.already_judged": N_RIVALS - 1}

    def test_of_the_attempts_only_three_count(self, races):
        assert races["try"] == {"emergency.nobody_found": 3, "emergency.too_many_attempts": N_RIVALS - 3}

    def test_leave_a_line_in_the_log_for_each(self, races):
        assert races["kept"] == ["3", "1", str(N_RIVALS)]
