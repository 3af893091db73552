# SPDX-License-Identifier: EUPL-1.2
"""A task is a row: it commits with its act, is claimed once, and only its holder may settle it."""

from __future__ import annotations

import sys
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django_tasks import TaskResultStatus, default_task_backend
from django_tasks.base import Task
from django_tasks.exceptions import TaskResultDoesNotExist

from scharnier.apps.tasks import leases, models, selectors, services
from scharnier.apps.tasks.decisions import Pace, Status
from scharnier.apps.tasks.definitions import load_task
from scharnier.apps.tasks.failures import Failure
from tests.factories import NOON
from tests.integration import chores

pytestmark = pytest.mark.django_db
PACE = Pace(lease_seconds=60, pause_seconds=10, longest_pause_seconds=100)
SOON, LATER = NOON + timedelta(seconds=30), NOON + timedelta(seconds=61)
FAILURE = Failure(error_class="ValueError", message="here:1")
NOTE = "tests.integration.chores.note"


def _enqueue(word="word", *, task=chores.note, at=NOON, **options):
    return services.enqueue(task, args=("file", word), at=at, **options)


def _claim(*, worker="one", at=NOON, queue=""):
    return services.claim(worker=worker, pace=PACE, at=at, queue=queue)


def _settle(task, *, failure=None, at=NOON):
    return services.settle(task, failure=failure, pace=PACE, at=at)


def _row(task):
    return models.Task.objects.get(id=task.id)


class TestEnqueue:
    def test_is_a_row_with_what_the_task_says_of_itself(self):
        row = _row(_enqueue(task=chores.note_first))

        assert (row.task_path, row.args, row.kwargs) == (
            "tests.integration.chores.note_first",
            ["file", "word"],
            {},
        )
        assert (row.priority, row.max_attempts, row.queue) == (50, 2, "default")
        assert (row.status, row.attempts, row.lease_token) == ("ready", 0, 0)
        assert row.run_after == row.enqueued_at == NOON

    def test_is_gone_when_the_act_around_it_fails(self):
        with transaction.atomic():
            chores.note.enqueue("file", "word")
            transaction.set_rollback(True)

        assert not models.Task.objects.exists()

    def test_waits_for_its_time(self):
        services.enqueue(chores.note.using(run_after=SOON), at=NOON)

        assert _claim(at=SOON - timedelta(seconds=1)) is None
        assert _claim(at=SOON) is not None

    def test_takes_only_what_can_be_stored(self):
        with pytest.raises(TypeError):
            chores.note.enqueue(object(), "word")

    def test_lets_what_is_open_under_its_key_stand(self):
        first = _enqueue("one", dedupe_key="key")

        assert _enqueue("two", dedupe_key="key").id == first.id

    def test_begins_anew_when_nothing_is_open_under_its_key(self):
        first = _enqueue("one", dedupe_key="key")
        _settle(_claim())

        assert _enqueue("two", dedupe_key="key").id != first.id

    def test_never_stands_twice_under_one_key(self):
        first = _enqueue("one", dedupe_key="key")
        other = _enqueue("two")

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Task.objects.filter(id=other.id).update(dedupe_key=first.dedupe_key)


class TestBackend:
    def test_gives_a_result_that_can_be_asked_again(self):
        result = chores.note.enqueue("file", word="word")

        again = chores.note.get_result(result.id)

        assert (again.args, again.kwargs, again.status) == (
            ["file"],
            {"word": "word"},
            TaskResultStatus.READY,
        )

    def test_tells_how_a_task_went(self):
        result = chores.note.enqueue("file", "word")
        _settle(_claim(at=result.enqueued_at), failure=FAILURE)
        models.Task.objects.update(status="failed", finished_at=NOON)

        result.refresh()

        assert (result.status, result.attempts) == (TaskResultStatus.FAILED, 1)
        assert [(error.exception_class_path, error.traceback) for error in result.errors] == [
            ("ValueError", "here:1")
        ]

    def test_knows_no_other_results(self):
        with pytest.raises(TaskResultDoesNotExist):
            default_task_backend.get_result("nothing")

    def test_refuses_a_task_of_another_backend(self):
        with pytest.raises(TypeError):
            default_task_backend.enqueue(Task(func=chores.note.func), (), {})


class TestLoadTask:
    def test_finds_what_stands_at_a_path(self):
        assert load_task(NOTE) is chores.note

    @pytest.mark.parametrize(
        ("path", "error"), [(f"{NOTE}_gone", ImportError), ("tests.integration.chores.no_task", TypeError)]
    )
    def test_refuses_what_is_no_task(self, path, error):
        with pytest.raises(error):
            load_task(path)


class TestClaim:
    def test_gives_a_task_to_one_worker(self):
        task = _enqueue()

        claimed = _claim()

        assert (claimed.id, claimed.status, claimed.attempts, claimed.worker) == (
            task.id,
            "running",
            1,
            "one",
        )
        assert (claimed.started_at, claimed.lease_until) == (NOON, NOON + timedelta(seconds=60))
        assert claimed.args == ["file", "word"]
        assert _claim(worker="two") is None

    def test_takes_the_most_pressing_first_then_the_longest_waiting(self):
        young, old = _enqueue(at=NOON), _enqueue(at=NOON - timedelta(days=1))
        pressing = _enqueue(task=chores.note_first)

        assert [_claim().id for _ in range(3)] == [pressing.id, old.id, young.id]

    def test_keeps_to_its_queue(self):
        _enqueue()
        mail = _enqueue(task=chores.note.using(queue_name="mail"))

        assert _claim(queue="mail").id == mail.id
        assert _claim(queue="mail") is None

    def test_takes_one_query(self, django_assert_num_queries):
        _enqueue()

        with django_assert_num_queries(1):
            _claim()


class TestSettle:
    def test_ends_a_task_that_went_well(self):
        _enqueue()
        task = _claim()

        assert _settle(task, at=SOON) is Status.SUCCEEDED
        row = _row(task)
        assert (row.status, row.finished_at, row.lease_until) == ("succeeded", SOON, None)

    def test_puts_a_failed_task_off_within_its_pause(self):
        _enqueue()
        task = _claim()

        assert _settle(task, failure=FAILURE) is Status.READY
        row = _row(task)
        assert NOON <= row.run_after <= NOON + timedelta(seconds=10)
        assert (row.error_class, row.error_message, row.finished_at) == ("ValueError", "here:1", None)

    def test_gives_up_after_the_last_attempt(self):
        _enqueue(task=chores.note_first)

        statuses = [_settle(_claim(at=at), failure=FAILURE, at=at) for at in (NOON, LATER)]

        assert statuses == [Status.READY, Status.DEAD]
        assert _claim(at=LATER + timedelta(days=1)) is None

    def test_does_not_try_again_what_would_fail_again(self):
        _enqueue()

        final = Failure(error_class="Conflict", message="conflict", is_final=True)

        assert _settle(_claim(), failure=final) is Status.FAILED

    def test_forgets_the_error_of_an_earlier_attempt(self):
        _enqueue()
        _settle(_claim(), failure=FAILURE)
        task = _claim(at=LATER)

        _settle(task, at=LATER)

        assert (_row(task).error_class, _row(task).error_message) == ("", "")

    @pytest.mark.parametrize("failure", [None, FAILURE])
    def test_changes_nothing_once_another_holds_the_task(self, failure):
        _enqueue()
        old = _claim()
        services.take_back(pace=PACE, at=LATER)
        held = _claim(worker="two", at=LATER + timedelta(seconds=10))
        before = models.Task.objects.values().get()

        with pytest.raises(leases.LeaseLost):
            _settle(old, failure=failure, at=LATER)

        assert held.lease_token == old.lease_token + 1
        assert models.Task.objects.values().get() == before

    def test_changes_nothing_twice(self):
        _enqueue()
        task = _claim()
        _settle(task)

        with pytest.raises(leases.LeaseLost):
            _settle(task, failure=FAILURE)

        assert _row(task).status == "succeeded"


class TestRenew:
    def test_lengthens_a_lease(self):
        _enqueue()
        task = _claim()

        assert services.renew(services.lease_of(task), pace=PACE, at=SOON)
        assert services.take_back(pace=PACE, at=LATER) == 0

    def test_tells_that_the_lease_is_lost(self):
        _enqueue()
        task = _claim()
        services.take_back(pace=PACE, at=LATER)

        assert not services.renew(services.lease_of(task), pace=PACE, at=LATER)
        assert _row(task).lease_until is None


class TestTakeBack:
    def test_makes_a_task_ready_again_after_a_pause(self):
        _enqueue()
        task = _claim()

        assert services.take_back(pace=PACE, at=LATER) == 1
        row = _row(task)
        assert (row.status, row.attempts, row.error_class, row.error_message) == (
            "ready",
            1,
            "LeaseExpired",
            "worker one",
        )
        assert LATER <= row.run_after <= LATER + timedelta(seconds=10)

    def test_leaves_a_lease_that_still_runs(self):
        _enqueue()
        _claim()

        assert services.take_back(pace=PACE, at=SOON) == 0

    def test_gives_up_what_kills_its_worker_each_time(self):
        task = _enqueue(task=chores.note_first)

        for days in range(2):
            _claim(at=NOON + timedelta(days=days))
            services.take_back(pace=PACE, at=NOON + timedelta(days=days, seconds=61))

        assert _row(task).status == "dead"


class TestHold:
    def test_keeps_a_lease_that_is_ours(self):
        _enqueue()

        with transaction.atomic(), leases.running_under(services.lease_of(_claim())):
            leases.hold()

    def test_refuses_once_the_lease_is_lost(self):
        _enqueue()
        lease = services.lease_of(_claim())
        services.take_back(pace=PACE, at=LATER)

        with pytest.raises(leases.LeaseLost), transaction.atomic(), leases.running_under(lease):
            leases.hold()

    def test_asks_nothing_outside_a_worker(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            leases.hold()


class TestPutBack:
    def test_gives_a_dead_task_all_its_attempts_again(self):
        _enqueue(task=chores.note_first, dedupe_key="key")
        for at in (NOON, LATER):
            _settle(_claim(at=at), failure=FAILURE, at=at)
        (given_up,) = selectors.given_up()

        services.put_back(given_up.id, at=LATER)

        task = _claim(at=LATER)
        assert (task.id, task.attempts, task.lease_token) == (given_up.id, 1, 3)
        assert selectors.given_up() == ()

    def test_stands_beside_a_newer_one_under_the_same_key(self):
        old = _enqueue(dedupe_key="key")
        _settle(_claim(), failure=Failure(error_class="E", message="m", is_final=True))
        _enqueue(dedupe_key="key")

        services.put_back(old.id, at=NOON)

        assert models.Task.objects.filter(status="ready").count() == 2

    def test_knows_only_what_was_given_up(self):
        task = _enqueue()

        for task_id in (task.id, "nothing"):
            with pytest.raises(services.TaskNotFound):
                services.put_back(task_id, at=NOON)


class TestPeriodicTasks:
    def test_come_back_in_time(self):
        services.plan({"chores": (NOTE, 3600)}, at=NOON)

        assert services.enqueue_due(at=NOON) == 1
        _settle(_claim())
        assert services.enqueue_due(at=NOON + timedelta(minutes=59)) == 0
        assert services.enqueue_due(at=NOON + timedelta(minutes=60)) == 1

    def test_do_not_pile_up(self):
        services.plan({"chores": (NOTE, 60)}, at=NOON)

        for minutes in range(5):
            services.enqueue_due(at=NOON + timedelta(minutes=minutes))

        assert models.Task.objects.count() == 1

    @pytest.mark.django_db(transaction=True)
    def test_are_loaded_before_anything_is_locked(self):
        services.plan({"rest": ("tests.integration.slow_chores.rest", 3600)}, at=NOON)

        assert sys.modules["tests.integration.slow_chores"].WAS_LOCKED is False

    def test_keep_their_time_when_planned_again(self):
        services.plan({"chores": (NOTE, 3600)}, at=NOON)
        services.enqueue_due(at=NOON)

        services.plan({"chores": (NOTE, 60)}, at=SOON)

        row = models.PeriodicTask.objects.get()
        assert (row.every_seconds, row.next_at) == (60, NOON + timedelta(hours=1))

    def test_end_when_they_are_planned_no_more(self):
        services.plan({"chores": (NOTE, 3600)}, at=NOON)

        services.plan({}, at=NOON)

        assert services.enqueue_due(at=NOON) == 0

    def test_lead_to_a_task(self):
        with pytest.raises(ImportError):
            services.plan({"chores": (f"{NOTE}_gone", 60)}, at=NOON)

    def test_are_enqueued_by_one_worker(self):
        services.plan({"chores": (NOTE, 3600)}, at=NOON)
        (seen,) = models.PeriodicTask.objects.all()  # by two workers at the same time

        turns = [services._enqueue_turn(seen, at=NOON) for _ in range(2)]

        assert turns == [True, False]


class TestRows:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"status": "lost"},
            {"status": "running"},  # without a lease
            {"lease_until": NOON},  # with one, but not running
            {"status": "dead"},  # without an end
            {"finished_at": NOON},
            {"attempts": 9},
            {"max_attempts": 0},
        ],
    )
    def test_cannot_hold_what_cannot_be(self, wrong):
        task = _enqueue()

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Task.objects.filter(id=task.id).update(**wrong)

    def test_of_periodic_tasks_go_forward(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.PeriodicTask.objects.create(name="n", task_path=NOTE, every_seconds=0, next_at=NOON)

    def test_name_themselves(self):
        services.plan({"chores": (NOTE, 60)}, at=NOON)

        assert str(models.PeriodicTask.objects.get()) == "chores"
        assert str(_enqueue()).startswith(NOTE)


class TestMigration:
    @pytest.mark.django_db(transaction=True)
    @pytest.mark.parametrize("app", ["tasks", "mail"])
    def test_goes_back_and_forth(self, app):
        call_command("migrate", app, "zero", verbosity=0)
        call_command("migrate", verbosity=0)  # with what stands on it

        assert not models.Task.objects.exists()
