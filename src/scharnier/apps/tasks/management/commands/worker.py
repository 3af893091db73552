# SPDX-License-Identifier: EUPL-1.2
"""Command `worker`: do the background work, or look at what was given up."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django_tasks import default_task_backend

from scharnier.apps.tasks import selectors, services
from scharnier.apps.tasks.backend import LeaseBackend
from scharnier.apps.tasks.worker import Worker


class Command(BaseCommand):
    """Do the background work of this installation until Ctrl-C."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what `scharnier worker` hands over."""
        parser.add_argument("--burst", action="store_true")
        parser.add_argument("--queue", default="")
        parser.add_argument("--list-dead", action="store_true")
        parser.add_argument("--retry", metavar="ID")
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--parent", type=int)  # the process beside which it works

    def handle(self, *_arguments: object, **options: Any) -> None:
        """Do one of the three (raises TaskNotFound)."""
        if options["list_dead"]:
            self._list_dead(as_json=options["as_json"])
        elif options["retry"]:
            services.put_back(options["retry"], at=timezone.now())
        else:
            _work(is_burst=options["burst"], queue=options["queue"], parent_pid=options["parent"])

    def _list_dead(self, *, as_json: bool) -> None:
        for task in selectors.given_up():
            facts = asdict(task) | {"finished_at": task.finished_at.isoformat(timespec="seconds")}
            self.stdout.write(json.dumps(facts) if as_json else "  ".join(map(str, facts.values())))


def _work(*, is_burst: bool, queue: str, parent_pid: int | None) -> None:
    services.plan(settings.PERIODIC_TASKS, at=timezone.now())
    pace = cast("LeaseBackend", default_task_backend).pace
    worker = Worker(pace=pace, queue=queue, is_burst=is_burst, parent_pid=parent_pid)
    worker.stop_on_signals()
    worker.run()
