# SPDX-License-Identifier: EUPL-1.2
"""Acts on signals among real processes that begin at once: nothing is kept twice, no word stays."""

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
from scharnier.apps.people import services as people
from scharnier.apps.people.models import Account, Person, User
from scharnier.apps.rights import services as erasures
from scharnier.apps.signals import imports, models, services
from scharnier.core.kernel import ScharnierError
from scharnier.core.signals import SignalStep
from tests.integration.apps import signals_scenes as scenes
from tests.integration.apps.signals_scenes import BRAM, DAY, KRUISVELD, LIES, NOON, SAMIRA, SCHOOL, told

LIST = (
    "Wat;Wanneer;Waar\\n"
    "Fietsen in de gang;2026-03-02;Noord\\n"
    "Vuil bij de deur;2026-03-03;Noord\\n"
    "Vuil bij de deur;2026-03-03;Noord\\n"
).encode()
ON = {"on": DAY, "at": NOON}
"""
SETTLE = """
people.load_network(scenes.a_neighbourhood(), at=NOON)
scenes.receive_by()
ids = {name: scenes.tell(text="Er ligt glas op straat").id for name in ("handle", "withdraw", "change")}
for number in range(services.MOST_AN_HOUR - 1):
    scenes.tell_by_resident(text="Er is lawaai op het plein")
for actor in (SAMIRA, BRAM):
    imports.keep_list(LIST, file_name="lijst.csv", owner_id=SCHOOL, actor=actor, **ON)
imports.keep_list(LIST, file_name="lijst.csv", owner_id="bibliotheek", actor=LIES, **ON)
print(json.dumps(ids))
"""
RACE = """
import hashlib
number = int(sys.argv[1])
IDS = %s
mine = (SAMIRA, BRAM, SAMIRA)[number]
digest = hashlib.sha256(LIST).hexdigest()

def step(name, which, *, actor=mine):
    services.step_signal(IDS[name], which, actor=actor, at=NOON)

def change():
    services.change_signal(IDS["change"], told(text="Er ligt meer glas"), actor=mine, at=NOON)

ACTS = {
    "handle": lambda: step("handle", SignalStep.HANDLE),
    "withdraw": lambda: step("withdraw", SignalStep.WITHDRAW if number else SignalStep.HANDLE),
    "change": (change, lambda: step("change", SignalStep.WITHDRAW), change)[number],
    "key": lambda: services.tell_signal(
        told(text="Eén keer verteld"), actor=SAMIRA, at=NOON, key=UUID(int=4)
    ),
    "reference": lambda: services.tell_signal(
        told(text="Uit het systeem", reference="M-1"), actor=mine, at=NOON
    ),
    "last": lambda: services.tell_as_resident(
        told(text="Er is lawaai op het plein", owner_id=None), network_id=KRUISVELD, at=NOON
    ),
    "import": lambda: imports.import_list(digest, actor=(SAMIRA, BRAM, SAMIRA)[number], **ON),
    "twice": lambda: imports.import_list(digest, actor=LIES, **ON),
}
"""
ACTS = ("handle", "withdraw", "change", "key", "reference", "last", "import", "twice")
COUNT = """
def of(name):
    row = models.Signal.objects.get(pk=IDS[name])
    return {"state": row.state, "text": row.text, "story": [step for step, _at in row.story]}

def imported(organization):
    found = models.Signal.objects.filter(source="file", organization__text_id=organization)
    return sorted(found.values_list("text", flat=True))

log = AuditEvent.objects.order_by("number")
print(json.dumps({
    **{name: of(name) for name in IDS},
    "key": models.Signal.objects.filter(text="Eén keer verteld").count(),
    "reference": models.Signal.objects.filter(reference="M-1").count(),
    "residents": models.Signal.objects.filter(source="resident").count(),
    "school": imported("school"),
    "library": imported("bibliotheek"),
    "facts": [json.loads(event.facts)["new"] for event in log.filter(act="signal.imported")],
    "told": log.filter(act="signal.told").count(),
    "signals": models.Signal.objects.exclude(source="file").count(),
}))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Races:
    """How each act ended that processes began at the same moment, counted, and what was kept."""

    ends: dict[str, Counter[str]]
    kept: dict[str, Any]


@pytest.fixture(scope="module", params=rivals.ON_BOTH_DATABASES)
def races(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Races:
    """A school and a library with signals in a database of either kind, and every act begun three times."""
    track = rivals.lay_track(request, tmp_path_factory, begin=BEGIN)
    ids = track.run(SETTLE).strip()
    ends = track.race(RACE % ids, names=ACTS, n_rivals=N_RIVALS)
    return Races(ends=ends, kept=json.loads(track.run(f"IDS = {ids}\n{COUNT}")))


class TestRivals:
    def test_of_several_steps_one_counts(self, races):
        assert races.ends["handle"] == {"done": 1, "signals.done": N_RIVALS - 1}
        assert races.kept["handle"]["story"] == ["handle"]

    def test_what_is_taken_back_stays_taken_back(self, races):
        kept = races.kept["withdraw"]

        assert (kept["state"], kept["text"]) == ("withdrawn", None)
        assert kept["story"] in (["withdraw"], ["handle", "withdraw"])

    def test_no_word_comes_back_by_who_changes_it_at_that_moment(self, races):
        kept = races.kept["change"]

        assert (kept["state"], kept["text"]) == ("withdrawn", None)
        assert kept["story"][-1] == "withdraw"
        assert races.ends["change"].keys() <= {"done", "signals.done"}

    def test_what_a_form_sends_again_is_kept_once(self, races):
        assert races.ends["key"] == {"done": N_RIVALS}
        assert races.kept["key"] == 1

    def test_a_reference_is_taken_once(self, races):
        assert races.ends["reference"] == {"done": 1, "signals.reference_taken": N_RIVALS - 1}
        assert races.kept["reference"] == 1

    def test_the_form_of_residents_takes_no_more_than_it_says(self, races):
        assert races.ends["last"] == {"done": 1, "signals.too_many": N_RIVALS - 1}
        assert races.kept["residents"] == 30

    def test_a_list_that_two_colleagues_bring_in_at_once_is_here_once(self, races):
        assert races.ends["import"] == {"done": 2, "people.draft_not_found": 1}
        assert races.kept["school"] == ["Fietsen in de gang", "Vuil bij de deur", "Vuil bij de deur"]

    def test_a_list_that_one_sends_three_times_at_once_is_here_once(self, races):
        assert races.ends["twice"] == {"done": 1, "people.draft_not_found": N_RIVALS - 1}
        assert races.kept["library"] == ["Fietsen in de gang", "Vuil bij de deur", "Vuil bij de deur"]

    def test_leave_in_the_log_what_was_kept(self, races):
        assert sorted(races.kept["facts"]) == ["0", "3", "3"]
        assert races.kept["told"] == races.kept["signals"]


SETTLE_LEAVING = """
people.load_network(scenes.a_neighbourhood(), at=NOON)
ids = {name: scenes.tell(text="Er ligt glas op straat").id for name in map(str, range(8))}
ids["own"] = scenes.tell(owner_id=None, text="Voor mijzelf verteld").id
imports.keep_list(LIST, file_name="lijst.csv", owner_id=SCHOOL, actor=SAMIRA, **ON)
print(json.dumps(ids))
"""
LEAVING = """
import hashlib
number = int(sys.argv[1])
IDS = %s

def tell_all():
    for _ in IDS:
        services.tell_signal(told(text="Nog meer glas"), actor=SAMIRA, at=NOON)
        services.tell_signal(told(text="Nog iets van mijzelf", owner_id=None), actor=SAMIRA, at=NOON)

def handle_all():
    for signal_id in IDS.values():
        services.step_signal(signal_id, SignalStep.HANDLE, actor=SAMIRA, at=NOON)

def bring_in():
    imports.import_list(hashlib.sha256(LIST).hexdigest(), actor=SAMIRA, **ON)

def leave():
    erasures.erase_self(actor=SAMIRA, **ON)

ACTS = {"leave": (leave, tell_all, handle_all, bring_in)[number]}
"""
LEFT = """
found = models.Signal.objects
print(json.dumps({
    "persons": Person.objects.filter(text_id="samira").count(),
    "by_who_left": found.filter(author__text_id="samira").count(),
    "for_themselves": found.filter(organization__isnull=True).count(),
    "of_school": min(found.filter(text="Er ligt glas op straat").count(), 8),
    "drafts": imports.ImportDraft.objects.count(),
}))
"""


@pytest.fixture(scope="module", params=rivals.ON_BOTH_DATABASES)
def leaving(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Races:
    """Samira erases herself while she tells signals, handles them and brings in a list."""
    track = rivals.lay_track(request, tmp_path_factory, begin=BEGIN)
    ids = track.run(SETTLE_LEAVING).strip()
    ends = track.race(LEAVING % ids, names=["leave"], n_rivals=4)
    return Races(ends=ends, kept=json.loads(track.run(LEFT)))


class TestLeaving:
    def test_never_waits_for_who_waits_for_it(self, leaving):
        ends = set(leaving.ends["leave"])

        assert ends <= {
            "done",
            "people.draft_not_found",
            "people.person_not_found",
            "signals.signal_not_found",
        }
        assert leaving.ends["leave"]["done"] >= 1

    def test_leaves_what_is_the_organizations_and_nothing_of_who_left(self, leaving):
        assert leaving.kept == {
            "persons": 0,
            "by_who_left": 0,
            "for_themselves": 0,
            "of_school": 8,
            "drafts": 0,
        }
