# SPDX-License-Identifier: EUPL-1.2
"""What a worker does with a task, in one process; test_worker.py has the real processes."""

from __future__ import annotations

import json
import logging
import os

import pytest
from django.core.management import call_command
from django.utils import timezone

from scharnier.apps.tasks import models, services
from scharnier.apps.tasks.decisions import Pace
from scharnier.apps.tasks.worker import Worker, own_name
from tests.integration import chores

pytestmark = pytest.mark.django_db
PACE = Pace(lease_seconds=60, pause_seconds=1e-6, longest_pause_seconds=1e-6)  # tries again at once
PRIVATE = "Samira, 06-12345678"


@pytest.fixture
def worker():
    return Worker(pace=PACE, is_burst=True)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "noted"


class TestWorker:
    def test_runs_what_is_ready_and_ends_in_a_burst(self, worker, file):
        for word in ("one", "two"):
            chores.note.enqueue(str(file), word=word)

        worker.run()

        assert file.read_text().split() == ["one", "two"]
        assert set(models.Task.objects.values_list("status", "worker")) == {("succeeded", own_name())}

    def test_gives_the_context_to_a_task_that_takes_it(self, worker, file):
        chores.note_attempt.enqueue(str(file))

        worker.run()

        assert file.read_text() == "attempt 1\n"

    def test_tries_again_until_it_gives_up(self, worker):
        chores.fail.enqueue(PRIVATE)

        worker.run()

        row = models.Task.objects.get()
        assert (row.status, row.attempts) == ("dead", 2)

    def test_keeps_and_logs_where_an_error_was_raised_and_not_what_it_said(self, worker, caplog):
        chores.fail.enqueue(PRIVATE)

        with caplog.at_level(logging.DEBUG):
            worker.run()

        row = models.Task.objects.get()
        assert (row.error_class, row.error_message.split(":")[0]) == (
            "builtins.ValueError",
            "scharnier.apps.tasks.worker",
        )
        assert PRIVATE not in caplog.text

    def test_does_not_repeat_an_anticipated_failure(self, worker):
        chores.refuse.enqueue()

        worker.run()

        row = models.Task.objects.get()
        assert (row.status, row.attempts, row.error_message) == ("failed", 1, "conflict")

    def test_keeps_the_reason_of_a_task_that_asks_for_another_try(self, worker):
        chores.ask_again.enqueue()

        worker.run()

        row = models.Task.objects.get()
        assert (row.status, row.attempts, row.error_message) == ("dead", 5, "the other side is busy")

    def test_survives_a_task_that_is_gone_from_the_program(self, worker, file):
        chores.note.enqueue(str(file), "word")
        models.Task.objects.update(task_path="tests.integration.chores.gone")

        worker.run()

        assert models.Task.objects.get().error_class == "builtins.ImportError"

    def test_brings_in_what_is_due(self, worker):
        services.plan({"ask": ("scharnier.apps.people.tasks.ask_to_confirm", 60)}, at=timezone.now())

        worker.run()

        assert models.Task.objects.get().status == "succeeded"

    def test_stops_before_the_next_task_when_asked(self, worker, file):
        chores.note.enqueue(str(file), "word")
        worker.stopped.set()

        worker.run()

        assert not file.exists()

    def test_ends_with_the_process_beside_which_it_works(self, file):
        chores.note.enqueue(str(file), "word")

        Worker(pace=PACE, parent_pid=os.getppid() + 1).run()

        assert not file.exists()


class TestCommand:
    def test_lists_what_was_given_up_and_puts_it_back(self, worker, capsys):
        chores.refuse.enqueue()
        worker.run()

        call_command("worker", "--list-dead", "--json")
        listed = json.loads(capsys.readouterr().out)
        call_command("worker", f"--retry={listed['id']}")

        assert (listed["task_path"], listed["status"]) == ("tests.integration.chores.refuse", "failed")
        assert models.Task.objects.get().status == "ready"

    def test_lists_for_people(self, worker, capsys):
        chores.refuse.enqueue()
        worker.run()

        call_command("worker", "--list-dead")

        assert "tests.integration.chores.refuse  failed  1" in capsys.readouterr().out
