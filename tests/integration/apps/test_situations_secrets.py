# SPDX-License-Identifier: EUPL-1.2
"""Marked words in every column of both apps: each is read by whom it is for, on no page by anybody else."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import User
from scharnier.apps.signals import models as signals
from scharnier.apps.situations import models, services
from scharnier.core.kernel import SituationId
from scharnier.core.situations import InvitationStep, PartnerState
from tests.factories import DAY, NOON
from tests.integration.apps import situations_scenes as scenes
from tests.integration.apps.conftest import ON_SQLITE_ONLY
from tests.integration.apps.situations_scenes import BAS, KAREL, NOOR, an_invitation

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("_today"),
    ON_SQLITE_ONLY,  # what a page says does not depend on the database
]
MARK = re.compile(r"kenteken[a-z]+")
COALITION = {
    "question", "goal", "baseline", "agreement", "action", "reason", "indicator", "unit", "place",
    "decision", "lesson", "residents", "earlier",
}  # fmt: skip
OF_POLICE = {"roomown", "statusown", "signalpolitie"}
OF_WORK = {"signaljongerenwerk"}
PEOPLE = {
    "noor": COALITION | OF_WORK | {"roomnamed", "template", "invitation", "left"},
    "karel": COALITION | OF_POLICE | {"roomnamed", "template", "invitation", "left"},
    "bas": {"invitation", "template"},  # of the school, which is asked, and may begin one of its own
    "mo": set(),
    "ria": {"template"},  # coordinates
    "els": set(),
    "wim": set(),
    "ad": set(),
}
DECLINED = "kentekendeclined"


def mark(name):
    return f"kenteken{name}"


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()
    for user in User.objects.filter(username__endswith="@kruisveld"):
        user.email = f"{user.username}.example.org"
        user.save()
    row = scenes.a_situation(
        question=mark("question"), state="evaluating", goal=mark("goal"), baseline=mark("baseline"),
        since=DAY, lead=scenes.person("noor"), lead_text_id="noor",
    )  # fmt: skip
    an_invitation(row, "politie")
    an_invitation(row, "school", state="invited", words=mark("invitation"))
    an_invitation(row, "school", state="left", reason=mark("left"))
    _work(row)
    _close(row)
    _share(row)
    _tell()


def _work(row):
    of_it = {"network_id": row.network_id, "situation": row}
    models.Agreement.objects.create(
        **of_it, id="g", text=mark("agreement"), party_ids=["jongerenwerk", "politie"],
        made_on=DAY, review_on=DAY + timedelta(days=9),
    )  # fmt: skip
    models.Action.objects.create(
        **of_it, id="a", text=mark("action"), organization_text_id="politie", due=DAY,
        person=scenes.person("karel"), person_text_id="karel", state="not_done", reason=mark("reason"),
    )  # fmt: skip
    models.Indicator.objects.create(**of_it, id="n", name=mark("indicator"), unit=mark("unit"))
    models.Meeting.objects.create(
        **of_it, id="m", starts_at=NOON, ends_at=NOON + timedelta(hours=1), place=mark("place"),
        decisions=[mark("decision")], present_ids=["jongerenwerk", "politie"],
    )  # fmt: skip


def _close(row):
    of_it = {"network_id": row.network_id, "situation": row, "made_on": DAY}
    models.Evaluation.objects.create(**of_it, lesson=mark("lesson"), residents_noticed=mark("residents"))
    models.Evaluation.objects.create(**of_it, lesson=mark("earlier"), is_earlier=True)
    models.Template.objects.create(
        network_id=row.network_id, text_id="eigen", content={"name": mark("template"), "days": 90}
    )


def _share(row):
    of_it = {"network_id": row.network_id, "situation": row, "source_text_id": "politie"}
    models.Room.objects.create(
        **of_it, id="r1", title=mark("roomown"), text=mark("roomown"), audience="own", opens_on=DAY
    )
    models.Room.objects.create(
        **of_it, id="r2", title=mark("roomnamed"), text=mark("roomnamed"), audience="named",
        named_ids=["jongerenwerk"], opens_on=DAY,
    )  # fmt: skip
    models.Status.objects.create(**of_it, audience="own", state="busy", words=mark("statusown"), told_on=DAY)


def _tell():
    for name, person in (("jongerenwerk", "noor"), ("politie", "karel")):
        signals.Signal.objects.create(
            id=name, network_id="kruisveld", organization=scenes.organization(name),
            author=scenes.person(person), source="member", text=mark(f"signal{name}"), precision="area",
            place_words=mark(f"signal{name}"), area_text_id="noord", spread_m=500, happened_on=DAY,
            grain="day", first_day=DAY, last_day=DAY, kept_until=DAY + timedelta(days=99),
            seriousness="annoying", state="open", told_at=NOON, topic_ids=["noise"],
        )  # fmt: skip


def patterns(found=None, prefix="") -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every address with the names of what is to be filled in."""
    for each in get_resolver().url_patterns if found is None else found:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns, prefix + str(each.pattern))
        elif isinstance(each, URLPattern):
            yield prefix + str(each.pattern), tuple(each.pattern.converters)


FILLED_IN = {
    "situation_id": "plein", "agreement_id": "g", "action_id": "a", "indicator_id": "n", "meeting_id": "m",
    "room_id": "r1", "part_id": "r1", "template_id": "eigen", "invitation_id": "plein-1",
    "organization_id": "politie", "person_id": "karel", "signal_id": "politie",
}  # fmt: skip
LEAVES = ("logout", "leave", "end")


def addresses() -> list[str]:
    """Return every address that can be asked for, with the identifiers of what is marked."""
    found = set()
    for pattern, names in patterns():
        if any(name not in FILLED_IN for name in names) or any(word in pattern for word in LEAVES):
            continue
        if "(?P" in pattern:  # of a library of ours; none of them knows a situation
            continue
        address = re.sub(r"<(?:\w+:)?(\w+)>", lambda name: FILLED_IN[name[1]], pattern)
        if re.fullmatch(r"[\w/.-]*", address):
            found.add(f"/{address}")
    return sorted(found)


def words_of(answer) -> str:
    """Return all that an answer says: of a PDF also what is compressed in it."""
    if not hasattr(answer, "content"):
        return b"".join(answer.streaming_content).decode("utf-8", "replace")
    said = answer.content
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", said, re.DOTALL):
        try:
            said += zlib.decompressobj().decompress(packed)
        except zlib.error:
            continue
    return said.decode("utf-8", "replace")


def marks_in(text: str) -> set[str]:
    return {each.removeprefix("kenteken") for each in MARK.findall(text)}


class TestEveryAddress:
    @pytest.mark.parametrize("name", PEOPLE)
    def test_tells_a_person_no_more_than_is_theirs(self, sign_in, name):
        client = sign_in(name, role=scenes.ROLES[name])

        told = {each: marks_in(words_of(client.get(each))) - PEOPLE[name] for each in addresses()}

        assert {each: marks for each, marks in told.items() if marks} == {}

    def test_tells_another_network_nothing(self, sign_in):
        client = sign_in("vera", network_id="elders", role=scenes.VERA.role)

        assert {each for each in addresses() if marks_in(words_of(client.get(each)))} == set()

    def test_tells_who_is_not_signed_in_nothing(self, client):
        assert {each for each in addresses() if marks_in(words_of(client.get(each)))} == set()

    def test_is_tried_on_pages_that_do_tell_partners(self, sign_in):
        client = sign_in("karel")

        told = set().union(*(marks_in(words_of(client.get(each))) for each in addresses() if "plein" in each))

        assert told >= COALITION - {"place", "earlier", "reason"}  # which no page shows yet


class TestAnswers:
    @pytest.mark.parametrize("name", ["bas", "mo", "ria", "wim"])
    def test_to_what_is_not_theirs_say_nothing_of_it(self, sign_in, name):
        client = sign_in(name, role=scenes.ROLES[name])
        there = [each for each in addresses() if each.startswith("/situations/plein/")]

        sent = {"text": "Ik lees mee"}
        said = {each: marks_in(words_of(client.post(each, sent))) - PEOPLE[name] for each in there}

        assert len(there) > 20
        assert {each: marks for each, marks in said.items() if marks} == {}


class TestMails:
    def test_hold_no_word_of_what_they_are_about(self, django_capture_on_commit_callbacks):
        with django_capture_on_commit_callbacks(execute=True):
            moment = services.Appointment(
                starts_at=NOON + timedelta(days=9), ends_at=NOON + timedelta(days=9, hours=1)
            )
            services.plan_meeting(SituationId("plein"), moment, actor=NOOR, on=DAY, at=NOON)

        kept = [str(row) for row in Message.objects.values()]

        assert kept
        assert set().union(*map(marks_in, kept)) == set()


class TestLog:
    def test_holds_identifiers_and_no_words(self):
        reply = services.Reply(step=InvitationStep.DECLINE, reason=DECLINED)
        standing = services.Standing(state=PartnerState.BUSY, words=DECLINED)
        services.answer(SituationId("plein"), "plein-1", reply, actor=BAS, on=DAY, at=NOON)
        services.tell_status(SituationId("plein"), standing, actor=KAREL, on=DAY, at=NOON)
        services.evaluate(
            SituationId("plein"), services.Findings(lesson=DECLINED), actor=NOOR, on=DAY, at=NOON
        )

        events = [str(row) for row in AuditEvent.objects.values()]
        lines = [str(row) for row in models.StoryLine.objects.values()]

        assert len(events) >= 3
        assert set().union(*map(marks_in, (*events, *lines))) == set()


class TestCopies:
    def test_hold_what_one_does_and_no_words_of_others(self, sign_in):
        client = sign_in("karel")

        said = marks_in(words_of(client.get("/api/v1/me/data")))

        assert "action" in said
        assert said <= COALITION | {"signalpolitie"}
