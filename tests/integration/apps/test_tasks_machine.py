# SPDX-License-Identifier: EUPL-1.2
"""Whatever workers do and whenever they die: one holder at a time, rising fences, nothing lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from scharnier.apps.tasks import leases, models, selectors, services
from scharnier.apps.tasks.decisions import Pace
from scharnier.apps.tasks.failures import Failure
from tests.factories import NOON
from tests.integration import chores

pytestmark = pytest.mark.django_db
PACE = Pace(lease_seconds=60, pause_seconds=10, longest_pause_seconds=40)
WORKERS = ("one", "two", "three")
FAILURE = Failure(error_class="ValueError", message="here:1")
FINAL = Failure(error_class="Conflict", message="conflict", is_final=True)
workers = st.sampled_from(WORKERS)


class Queue(RuleBasedStateMachine):
    """Workers that come, work, stand still and come back, over a queue that is really there."""

    def __init__(self) -> None:
        super().__init__()
        self.at = NOON
        self.claims: dict[str, models.Task] = {}  # what each worker believes it holds
        self.tokens: dict[str, int] = {}  # the highest token seen of each task
        self.ended: dict[str, dict[str, object]] = {}
        self.n_enqueued = 0

    @initialize()
    def begin_empty(self) -> None:
        models.Task.objects.all().delete()

    @rule(is_keyed=st.booleans())
    def enqueue(self, *, is_keyed: bool) -> None:
        before = models.Task.objects.count()
        key = "key" if is_keyed else ""
        services.enqueue(chores.note_first, args=("file", "word"), at=self.at, dedupe_key=key)
        n_more = models.Task.objects.count() - before
        assert n_more == 1 or is_keyed
        self.n_enqueued += n_more

    @rule(worker=workers)
    def claim(self, worker: str) -> None:
        if worker in self.claims:
            return  # it is busy, or believes so
        task = services.claim(worker=worker, pace=PACE, at=self.at)
        if task:
            assert task.lease_token > self.tokens.get(task.id, 0)
            self.tokens[task.id] = task.lease_token
            self.claims[worker] = task

    @rule(seconds=st.sampled_from([1, 20, 61, 500]))
    def wait(self, seconds: int) -> None:
        self.at += timedelta(seconds=seconds)

    @rule(worker=workers)
    def beat(self, worker: str) -> None:
        if task := self.claims.get(worker):
            is_held = services.renew(services.lease_of(task), pace=PACE, at=self.at)
            assert is_held == self._holds(task)

    @rule(worker=workers)
    def die(self, worker: str) -> None:
        self.claims.pop(worker, None)

    @rule()
    def take_back(self) -> None:
        services.take_back(pace=PACE, at=self.at)

    @rule(worker=workers, failure=st.sampled_from([None, FAILURE, FINAL]))
    def settle(self, worker: str, failure: Failure | None) -> None:
        task = self.claims.pop(worker, None)
        if task is None:
            return
        before, was_held = self._values(task.id), self._holds(task)
        try:
            status = services.settle(task, failure=failure, pace=PACE, at=self.at)
        except leases.LeaseLost:
            assert not was_held
            assert self._values(task.id) == before
        else:
            assert was_held
            assert self._values(task.id)["status"] == status.value

    @rule()
    def put_back(self) -> None:
        for given_up in selectors.given_up()[:1]:
            services.put_back(given_up.id, at=self.at)
            self.ended.pop(given_up.id, None)

    @invariant()
    def nothing_is_lost(self) -> None:
        assert models.Task.objects.count() == self.n_enqueued

    @invariant()
    def at_most_one_worker_may_settle_a_task(self) -> None:
        holders = [task.id for task in self.claims.values() if self._holds(task)]
        assert len(holders) == len(set(holders))

    @invariant()
    def what_ended_stays_as_it_is(self) -> None:
        for task_id, values in self.ended.items():
            assert self._values(task_id) == values
        for task_id in models.Task.objects.exclude(finished_at=None).values_list("id", flat=True):
            self.ended[task_id] = self._values(task_id)

    def _holds(self, task: models.Task) -> bool:
        return services.lease_of(task).row().exists()

    def _values(self, task_id: str) -> dict[str, object]:
        return models.Task.objects.values().get(id=task_id)


class TestQueue:
    def test_keeps_its_promises_whatever_workers_do(self):
        run_state_machine_as_test(
            Queue,
            settings=settings(
                max_examples=40,
                stateful_step_count=30,
                deadline=None,
                suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
            ),
        )
