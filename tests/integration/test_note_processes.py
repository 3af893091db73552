# SPDX-License-Identifier: EUPL-1.2
"""One note sent by several at the same moment, as a page and a service worker can: it is kept once."""

from __future__ import annotations

import pytest

from tests.integration import rivals

N_RIVALS = 4
BEGIN = """
import sys
import django
django.setup()
from datetime import UTC, datetime
from uuid import UUID
from scharnier.apps.notes import services
from scharnier.apps.notes.models import Note
from scharnier.apps.people.models import Network, Person
from scharnier.core.kernel import Actor, Conflict, NetworkId, PersonId, Role, ScharnierError
from scharnier.core.notes import MOST_WAITING
from scharnier.core.notes import Note as Written

NOON = datetime(2026, 3, 29, 12, tzinfo=UTC)

class KeptBefore(Conflict):
    code = "kept_before"

def make(name, key):
    actor = Actor(network_id=NetworkId("wijk"), person_id=PersonId(name), role=Role.PROFESSIONAL)
    note = Written(text="De lamp in de steeg is stuk")
    if not services.make_note(note, about="", key=UUID(int=key), actor=actor, at=NOON):
        raise KeptBefore
"""
SETTLE = """
Network.objects.create(id="wijk", name="Wijk")
for name in ("samira", "karel"):
    Person.objects.create(network_id="wijk", text_id=name, name=name)
for number in range(MOST_WAITING - 1):
    make("karel", 1000 + number)
"""
RACE = """
ACTS = {
    "same": lambda: make("samira", 1),
    "last": lambda: make("karel", int(sys.argv[1])),
}
"""
COUNT = """
from scharnier.apps.audit.models import AuditEvent
of = lambda name: Note.objects.filter(writer__text_id=name).count()
print(of("samira"), of("karel"), AuditEvent.objects.filter(act="note.made").count() - Note.objects.count())
"""


@pytest.fixture(scope="module", params=rivals.ON_BOTH_DATABASES)
def races(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What came of four senders of one note, and of four notes for the last place in a list."""
    track = rivals.lay_track(request, tmp_path_factory, begin=BEGIN)
    track.run(SETTLE)
    ends: dict[str, object] = dict(track.race(RACE, names=("same", "last"), n_rivals=N_RIVALS))
    return ends | {"kept": track.run(COUNT).split()}


class TestRivals:
    def test_keep_one_note_once_and_hear_it(self, races):
        assert races["same"] == {"done": 1, "kept_before": N_RIVALS - 1}

    def test_fill_the_last_place_once(self, races):
        assert races["last"] == {"done": 1, "notes.too_many": N_RIVALS - 1}

    def test_leave_as_many_lines_in_the_log_as_notes(self, races):
        assert races["kept"] == ["1", "100", "0"]
