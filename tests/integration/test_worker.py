# SPDX-License-Identifier: EUPL-1.2
"""Real workers on real databases: every task once, nothing lost when one is killed, nothing past a fence."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from scharnier.apps.mail import services
from scharnier.apps.mail.models import Message
from scharnier.apps.tasks import models
from scharnier.site import beside
from tests.integration import chores, rivals, working
from tests.integration.working import Installation, until
from tests.post_office import run_post_office

N_TASKS = 200
ON_SQLITE_ONLY = pytest.mark.parametrize("installation", ["sqlite"], indirect=True)
CARD = {"what": "dinsdag in het buurthuis", "link": "https://example.org/card"}
KILLED = -signal.SIGKILL


@pytest.fixture(params=rivals.ON_BOTH_DATABASES)
def installation(
    request, new_database, tmp_path, django_db_blocker: DjangoDbBlocker
) -> Iterator[Installation]:
    """An installation of this test's own; its workers are gone afterwards."""
    found = Installation(folder=tmp_path, url=new_database(request.param, tmp_path))
    with django_db_blocker.unblock(), working.connected_to(found.url):
        yield found
    found.end_all()


@pytest.fixture
def noted(tmp_path) -> Path:
    return tmp_path / "noted"


def _lines(file: Path) -> list[str]:
    return file.read_text().splitlines() if file.exists() else []


def _n_open() -> int:
    return models.Task.objects.filter(status__in=("ready", "running")).exclude(dedupe_key__gt="").count()


def _the_task() -> models.Task:
    return models.Task.objects.get(dedupe_key="")


OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


def _n_connections() -> int:
    with connection.cursor() as cursor:
        return int(cursor.execute(f"SELECT count(*) {OTHERS}").fetchone()[0])  # fixed words


def _hang_up() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_terminate_backend(pid) {OTHERS}")  # fixed words


class TestTwoWorkers:
    def test_run_every_task_once(self, installation, noted):
        installation.lease_seconds = 30  # none is taken back, however slow the machine
        workers = [installation.start_ready() for _ in range(2)]

        for number in range(N_TASKS):
            chores.note_slowly.enqueue(str(noted), str(number))
        until(lambda: not _n_open())

        codes = [worker.end(signal.SIGTERM) for worker in workers]
        assert Counter(_lines(noted)) == Counter(map(str, range(N_TASKS)))
        rows = models.Task.objects.filter(dedupe_key="")
        assert set(rows.values_list("status", "attempts")) == {("succeeded", 1)}
        assert len(set(rows.values_list("worker", flat=True))) == 2
        assert codes == [0, 0]
        logs = "".join(worker.log() for worker in workers)
        assert "locked" not in logs
        assert "did not answer" not in logs

    def test_enqueue_a_periodic_task_once(self, installation):
        for worker in [installation.start("--burst") for _ in range(2)]:
            assert worker.popen.wait(working.PATIENCE_SECONDS) == 0, worker.log()

        paths = Counter(models.Task.objects.exclude(dedupe_key="").values_list("task_path", flat=True))
        assert set(paths.values()) == {1}


class TestKilledWorker:
    def test_leaves_its_task_to_the_next(self, installation, noted, tmp_path):
        gate = tmp_path / "gate"
        chores.note_behind_gate.enqueue(str(noted), str(gate))
        first = installation.start()
        until(lambda: _lines(noted))

        assert first.end(signal.SIGKILL) == KILLED
        gate.touch()
        second = installation.start()
        until(lambda: not _n_open())

        assert _lines(noted) == [f"began {first.pid}", f"began {second.pid}", f"ended {second.pid}"]
        task = _the_task()
        assert (task.status, task.attempts, task.lease_token) == ("succeeded", 2, 2)

    def test_loses_nothing_that_waited(self, installation, noted):
        for number in range(50):
            chores.note_slowly.enqueue(str(noted), str(number))
        first = installation.start()
        until(lambda: len(_lines(noted)) > 5)

        first.end(signal.SIGKILL)
        installation.start()
        until(lambda: not _n_open())

        assert set(_lines(noted)) == set(map(str, range(50)))
        assert set(models.Task.objects.filter(dedupe_key="").values_list("status", flat=True)) == {
            "succeeded"
        }


class TestPausedWorker:
    def test_cannot_write_past_its_fence(self, installation, noted, tmp_path):
        gate = tmp_path / "gate"
        chores.note_behind_gate.enqueue(str(noted), str(gate))
        first = installation.start()
        until(lambda: _lines(noted))
        os.kill(first.pid, signal.SIGSTOP)  # it lives, but misses every beat

        second = installation.start()
        until(lambda: f"began {second.pid}" in _lines(noted))
        gate.touch()
        until(lambda: not _n_open())
        settled = models.Task.objects.filter(dedupe_key="").values().get()
        os.kill(first.pid, signal.SIGCONT)
        until(lambda: "lease lost" in first.log())

        assert _lines(noted) == [f"began {first.pid}", f"began {second.pid}", f"ended {second.pid}"]
        assert models.Task.objects.filter(dedupe_key="").values().get() == settled
        assert (settled["status"], settled["attempts"]) == ("succeeded", 2)


class TestKilledWhileMailing:
    def test_sends_once_and_says_that_nobody_knows(self, installation):
        with run_post_office() as office:
            office.is_open.clear()  # takes the message, and does not answer
            installation.mail_url = f"smtp://127.0.0.1:{office.port}"
            services.queue_message(to="karel@example.org", template="confirm_card", facts=CARD, language="nl")
            first = installation.start()
            until(office.asked.is_set)

            first.end(signal.SIGKILL)
            office.is_open.set()
            second = installation.start()
            until(lambda: not _n_open())

            message = Message.objects.get()
            assert (message.state, len(office.received)) == ("unknown", 1)
            assert f"message {message.id}: not known whether it was sent" in second.log()

            services.resend_message(message.id)
            until(lambda: not _n_open())
            assert (Message.objects.get().state, len(office.received)) == ("sent", 2)


class TestManyMessages:
    def test_go_once_each_with_two_workers(self, installation):
        installation.lease_seconds = 30
        with run_post_office() as office:
            installation.mail_url = f"smtp://127.0.0.1:{office.port}"
            office.to_data += ["451 Later"] * 5
            addresses = [f"person{number}@example.org" for number in range(30)]
            for address in addresses:
                services.queue_message(to=address, template="confirm_card", facts=CARD, language="en")

            for _ in range(2):
                installation.start()
            until(lambda: not _n_open())

        assert sorted(str(mail["To"]) for mail in office.received) == sorted(addresses)
        assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


class TestSlowTask:
    def test_keeps_its_lease_while_it_runs(self, installation, noted, tmp_path):
        installation.lease_seconds = 0.6
        gate = tmp_path / "gate"
        chores.note_behind_gate.enqueue(str(noted), str(gate))
        workers = [installation.start_ready() for _ in range(2)]
        until(lambda: _lines(noted))
        first_lease = _the_task().lease_until

        until(lambda: _the_task().lease_until.timestamp() > first_lease.timestamp() + 1.2)  # two leases on
        gate.touch()
        until(lambda: not _n_open())

        assert len(_lines(noted)) == 2
        assert _the_task().attempts == 1
        assert [worker.end(signal.SIGTERM) for worker in workers] == [0, 0]


@ON_SQLITE_ONLY
class TestStoppedWorker:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_ends_after_the_task_that_runs(self, installation, noted, tmp_path, number):
        gate = tmp_path / "gate"
        for _ in range(2):
            chores.note_behind_gate.enqueue(str(noted), str(gate))
        worker = installation.start()
        until(lambda: _lines(noted))

        worker.popen.send_signal(number)
        gate.touch()

        assert worker.popen.wait(working.PATIENCE_SECONDS) == 0
        assert _lines(noted) == [f"began {worker.pid}", f"ended {worker.pid}"]
        statuses = models.Task.objects.filter(dedupe_key="").values_list("status", flat=True)
        assert sorted(statuses) == ["ready", "succeeded"]


@pytest.mark.needs_postgresql
@pytest.mark.parametrize("installation", ["postgresql"], indirect=True)
class TestDatabaseThatHangsUp:
    def test_is_asked_again_by_a_worker_at_rest(self, installation, noted):
        worker = installation.start()
        periodic = models.Task.objects.filter(dedupe_key__startswith="periodic:")
        until(lambda: periodic.exists() and not periodic.exclude(status="succeeded").exists())

        _hang_up()
        until(lambda: "did not answer" in worker.log())
        chores.note.enqueue(str(noted), "word")
        until(lambda: not _n_open())

        assert _lines(noted) == ["word"]
        assert worker.end(signal.SIGTERM) == 0

    def test_lets_a_task_in_the_middle_come_back(self, installation, noted, tmp_path):
        gate = tmp_path / "gate"
        chores.note_behind_gate.enqueue(str(noted), str(gate))
        worker = installation.start()
        until(lambda: _n_connections() > 1)  # that of the worker, and that of the heartbeat

        _hang_up()
        until(lambda: _n_connections() > 0)  # the heartbeat is back
        gate.touch()
        until(lambda: not _n_open())

        task = _the_task()
        assert (task.status, task.attempts) == ("succeeded", 2)
        assert [line for line in _lines(noted) if line.startswith("ended")] == [f"ended {worker.pid}"]


@ON_SQLITE_ONLY
class TestCommandLine:
    def test_shows_what_was_given_up_and_puts_it_back(self, installation):
        chores.refuse.enqueue()

        burst = installation.say("worker", "--burst", "--queue", "default")
        listed = json.loads(installation.say("worker", "--list-dead", "--json").stdout)
        put_back = installation.say("worker", "--retry", listed["id"])

        assert (burst.returncode, put_back.returncode) == (0, 0)
        assert (listed["status"], listed["error_message"]) == ("failed", "conflict")
        assert _the_task().status == "ready"

    def test_refuses_a_task_that_is_not_there_in_one_sentence(self, installation):
        refused = installation.say("worker", "--retry", "nothing")

        assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
        assert "nothing" in refused.stderr

    def test_shows_mail_that_did_not_go(self, installation):
        services.queue_message(to="karel@example.org", template="confirm_card", facts=CARD, language="nl")

        listed = json.loads(installation.say("mail", "list", "--json").stdout)
        refused = installation.say("mail", "resend", listed["id"])

        assert listed["state"] == "queued"
        assert refused.returncode == 1
        assert listed["id"] in refused.stderr


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _noted_pid(noted: Path, *, turn: int) -> int:
    until(lambda: len(_lines(noted)) >= 2 * turn)
    return int(_lines(noted)[-1].split()[1])


@pytest.mark.usefixtures("_surroundings")
@ON_SQLITE_ONLY
class TestWorkerBeside:
    @pytest.fixture
    def _surroundings(self, installation, monkeypatch):
        for name, value in installation.environment().items():
            monkeypatch.setenv(name, value)

    def test_is_started_again_when_it_is_killed_and_ends_with_the_block(self, noted, tmp_path):
        gate = tmp_path / "gate"
        gate.touch()

        with beside.worker_beside():
            chores.note_behind_gate.enqueue(str(noted), str(gate))
            first = _noted_pid(noted, turn=1)
            os.kill(first, signal.SIGKILL)
            chores.note_behind_gate.enqueue(str(noted), str(gate))
            second = _noted_pid(noted, turn=2)
            is_in_group = os.getpgid(second) == os.getpgrp()

        assert first != second
        assert is_in_group
        assert not _alive(second)

    def test_ends_when_the_server_is_killed(self, noted, tmp_path):
        gate = tmp_path / "gate"
        gate.touch()
        chores.note_behind_gate.enqueue(str(noted), str(gate))
        program = (
            "from scharnier.site import beside; from threading import Event\n"
            "with beside.worker_beside(): Event().wait(60)"
        )
        with subprocess.Popen([sys.executable, "-c", program]) as server:  # noqa: S603  # our own program
            worker = _noted_pid(noted, turn=1)
            server.kill()

        until(lambda: not _alive(worker))
