# SPDX-License-Identifier: EUPL-1.2
"""Five hundred referrals while the server and the workers are killed at random: none lost, no mail twice."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from queue import Empty, SimpleQueue
from random import Random
from threading import Event, Thread
from uuid import UUID

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.mail.models import Message, State
from scharnier.apps.members import second_factor
from scharnier.apps.people import services as people
from scharnier.apps.people.models import Outcome, User
from scharnier.apps.referral import models
from scharnier.apps.referral.letters import ASKED
from scharnier.apps.referral.news import NEWS, News
from scharnier.apps.tasks.models import Task
from scharnier.core.kernel import Role
from tests.factories import a_network, a_person, a_topic
from tests.integration import rivals, working
from tests.integration.apps.members_scenes import let_in
from tests.integration.storm import SERVER, WORKER, Server, Storm, Visitor, referral_in
from tests.integration.working import Installation, until
from tests.post_office import PostOffice, run_post_office

N_REFERRALS = {"sqlite": 500, "postgresql": 100}  # the acts are the same, and it takes three times as long
N_VISITORS, N_CANDIDATES = 8, 10
SEED = 1
SENDER = "noor"
CANDIDATES = tuple(f"buur{number}" for number in range(N_CANDIDATES))
TEXT = "Twee jongens maken ruzie over schulden op het plein."
COURSES = ((), ("accept",), ("decline",), ("accept", "complete"))  # what a candidate does
WEIGHTS = (1, 1, 3, 5)
FORMS = {
    "accept": {},
    "decline": {"reason": "no_capacity", "rather": "", "words": ""},
    "complete": {"result": "Gepraat.", "hours": ""},
}
STATES = {"": "requested", "accept": "accepted", "decline": "rejected", "complete": "completed"}
ACTS = {"accept": "referral.accepted", "decline": "referral.declined", "complete": "referral.completed"}
TOLD = {"accept": News.ACCEPTED, "decline": News.DECLINED, "complete": News.COMPLETED}
TURN = re.compile(r"/turns/([0-9a-f]+)/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One referral as it is meant: who is asked, and what they do."""

    key: UUID
    candidate: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was acknowledged, what came in by mail, and what was killed meanwhile."""

    storm: Storm
    office: PostOffice
    courses: dict[str, Course]  # by the referral that the answer named
    n: int  # referrals that were to be made
    n_acknowledged: int
    resent: Counter[str]

    def __str__(self) -> str:
        states = Counter(Message.objects.values_list("state", flat=True))
        n_steps = sum(len(each.steps) for each in self.courses.values())
        return (
            f"killed {dict(self.storm.kills)}, sent again {dict(self.resent)}, acknowledged "
            f"{self.n_acknowledged} referrals and {n_steps} steps, "
            f"mails {dict(states)}, received {len(self.office.received)}"
        )


@pytest.fixture(scope="module", params=rivals.ON_BOTH_DATABASES)
def found(request, new_database, tmp_path_factory, django_db_blocker: DjangoDbBlocker) -> Iterator[Found]:
    """What is left of a storm, after it."""
    folder = tmp_path_factory.mktemp("storm")
    url = new_database(request.param, folder)
    with (
        django_db_blocker.unblock(),
        working.connected_to(url),
        run_post_office() as office,
        _installed(Installation(folder=folder, url=url, settings="scharnier.site.settings"), office) as storm,
    ):
        yield _live_through(storm, office, n=N_REFERRALS[request.param])


@contextmanager
def _installed(installation: Installation, office: PostOffice) -> Iterator[Storm]:
    installation.mail_url = f"smtp://127.0.0.1:{office.port}"
    environment = {
        **os.environ,
        **installation.environment(),
        "SCHARNIER_SECRET_KEY": settings.SECRET_KEY,  # sessions are made here, and read there
        "SCHARNIER_LOG_LEVEL": "ERROR",
    }
    server = Server(folder=installation.folder, environment=environment)
    storm = Storm(installation=installation, server=server, dice=Random(SEED))  # noqa: S311  # a test, no secret
    try:
        yield storm
    finally:
        storm.end()


def _live_through(storm: Storm, office: PostOffice, *, n: int) -> Found:
    """Let people refer and answer while the storm rages; then let the workers finish in peace."""
    sessions = _settle()
    storm.begin()
    todo: SimpleQueue[Course] = SimpleQueue()
    for course in _courses(n):
        todo.put(course)
    visitors = [Visitor(port=storm.server.port, sessions=sessions) for _ in range(N_VISITORS)]
    over = Event()
    done = {
        SERVER: lambda: sum(visitor.n_answers for visitor in visitors),
        WORKER: lambda: len(office.received),
    }
    raging = Thread(target=storm.rage, args=(over,), kwargs={"done": done})
    raging.start()
    try:
        with ThreadPoolExecutor(N_VISITORS) as pool:
            made = [
                pair for pairs in pool.map(lambda each: _work_off(each, todo), visitors) for pair in pairs
            ]
    finally:
        over.set()
        raging.join()
    until(lambda: not _n_on_the_way())
    resent = sum((visitor.resent for visitor in visitors), Counter())
    return Found(storm=storm, office=office, courses=dict(made), n=n, n_acknowledged=len(made), resent=resent)


def _settle() -> dict[str, str]:
    """Fill the database with somebody who refers and those who are asked; return their sessions."""
    names = (SENDER, *CANDIDATES)
    topics = (a_topic("debt", nl="schulden", en="debts"),)
    persons = (a_person(name, topics="debt") for name in names)
    people.load_network(a_network(topics=topics, persons=persons), at=timezone.now())
    let_in("kruisveld", dict.fromkeys(names, Role.PROFESSIONAL))
    for name in names:
        User.objects.filter(accounts__person__text_id=name).update(email=_address_of(name))
    return {name: _sign_in(name) for name in names}


def _address_of(name: str) -> str:
    return f"{name}@mail.example"


def _sign_in(name: str) -> str:
    """Return the session of somebody who has taken both steps of signing in."""
    user = User.objects.get(accounts__person__text_id=name)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[second_factor.SESSION_KEY] = True
    session.create()
    return str(session.session_key)


def _courses(n: int) -> list[Course]:
    dice = Random(SEED)  # noqa: S311  # a test, no secret
    return [
        Course(
            key=UUID(int=dice.getrandbits(128), version=4),
            candidate=dice.choice(CANDIDATES),
            steps=dice.choices(COURSES, weights=WEIGHTS)[0],
        )
        for _ in range(n)
    ]


def _work_off(visitor: Visitor, todo: SimpleQueue[Course]) -> list[tuple[str, Course]]:
    """Take referrals from the heap and bring each as far as it is meant to go."""
    made = []
    try:
        while True:
            course = todo.get_nowait()
            made.append((_follow(visitor, course), course))
    except Empty:
        return made
    finally:
        visitor.close()
        while not todo.empty():  # whoever fails ends it for all
            with suppress(Empty):
                todo.get_nowait()


def _follow(visitor: Visitor, course: Course) -> str:
    form = {"text": TEXT, "place": "", "to": f"person:{course.candidate}", "about": "problem"}
    form |= {"key": str(course.key), "send": "yes"}
    referral_id = referral_in(visitor.post(SENDER, "/referrals/new/", form))
    if course.steps:
        page = f"/referrals/{referral_id}/"
        found = TURN.search(visitor.get(course.candidate, page))
        assert found, referral_id
        for step in course.steps:
            where = visitor.post(course.candidate, f"{page}turns/{found.group(1)}/{step}/", FORMS[step])
            assert referral_in(where) == referral_id
    return referral_id


def _n_on_the_way() -> int:
    open_tasks = Task.objects.filter(task_path__endswith="send_message", status__in=("ready", "running"))
    return Message.objects.filter(state__in=[State.QUEUED, State.SENDING]).count() + open_tasks.count()


class TestStorm:
    def test_kills_and_breaks_off(self, found):
        assert min(found.storm.kills[SERVER], found.storm.kills[WORKER]) >= (3 if found.n > 100 else 1), str(
            found
        )
        assert found.resent, str(found)

    def test_loses_no_referral_and_makes_none_twice(self, found):
        turns = Counter(models.Turn.objects.values_list("referral_id", flat=True))

        assert found.n_acknowledged == found.n, str(found)
        assert turns == Counter(found.courses.keys()), str(found)
        assert set(models.Referral.objects.values_list("pk", flat=True)) == set(found.courses), str(found)

    def test_leaves_each_turn_where_its_last_step_brought_it(self, found):
        stands = dict(models.Turn.objects.values_list("referral_id", "state"))

        assert stands == {
            referral_id: STATES[course.steps[-1] if course.steps else ""]
            for referral_id, course in found.courses.items()
        }, str(found)

    def test_tells_each_step_once_in_the_story_and_in_the_log(self, found):
        told = Counter(models.Event.objects.values_list("referral_id", "step"))
        logged = Counter(AuditEvent.objects.filter(kind="referral").values_list("object_id", "act"))

        steps = [(each, step) for each, course in found.courses.items() for step in course.steps]
        begun = [(each, step) for each in found.courses for step in ("make", "send")]
        acts = {**ACTS, "make": "referral.made", "send": "referral.sent"}
        assert told == Counter([*begun, *steps]), str(found)
        assert logged == Counter((each, acts[step]) for each, step in [*begun, *steps]), str(found)

    def test_leaves_the_log_whole(self, found):
        said = found.storm.installation.say("audit", "verify")

        assert said.returncode == 0, said.stdout + said.stderr + str(found)

    def test_learns_from_each_answer_once(self, found):
        n_answered = sum(bool(course.steps) for course in found.courses.values())
        learned = models.Turn.objects.exclude(learned=None).values_list("learned", flat=True)

        assert len(set(learned)) == n_answered, str(found)
        assert Outcome.objects.count() == n_answered, str(found)


class TestMail:
    def test_is_written_once_for_each_that_was_asked_and_each_answer(self, found):
        written = Counter(
            (referral_in(row.text), row.to, row.template if row.template == ASKED else row.subject)
            for row in Message.objects.all()
        )

        asked = [(each, _address_of(course.candidate), ASKED) for each, course in found.courses.items()]
        told = [
            (each, _address_of(SENDER), NEWS["nl"][TOLD[step]][0])
            for each, course in found.courses.items()
            for step in course.steps
        ]
        assert written == Counter([*asked, *told]), str(found)

    def test_comes_in_at_most_once_and_once_when_it_counts_as_sent(self, found):
        received = Counter(_row_of(message["Message-ID"]) for message in found.office.received)
        sent = set(Message.objects.filter(state=State.SENT).values_list("pk", flat=True))
        unknown = set(Message.objects.filter(state=State.UNKNOWN).values_list("pk", flat=True))

        assert set(received.values()) == {1}, str(found)
        assert sent <= set(received) <= sent | unknown, str(found)

    def test_leaves_none_behind_and_few_of_which_nobody_knows(self, found):
        states = Counter(Message.objects.values_list("state", flat=True))

        assert set(states) <= {State.SENT, State.UNKNOWN}, str(found)
        assert states[State.UNKNOWN] <= found.storm.kills[WORKER], str(found)
        assert not Task.objects.filter(status__in=("failed", "dead")).exists(), str(found)


def _row_of(message_id: str) -> str:
    """Return the row that a mail was written from; each time of sending has a number behind it."""
    return message_id.strip().lstrip("<").partition(".")[0]
