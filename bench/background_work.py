# SPDX-License-Identifier: EUPL-1.2
"""Claim: on SQLite a small task takes under 10 ms of CPU, the start of workers included; each runs once."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

N_TASKS = 1_000


def main(folder: Path) -> None:
    """Enqueue and run tasks with one worker and with two, and print a line for each."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "scharnier.site.settings",
        "SCHARNIER_DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "SCHARNIER_LOG_LEVEL": "ERROR",
    }
    django.setup()
    django.core.management.call_command("migrate", verbosity=0)
    for n_workers in (1, 2):
        print(json.dumps({"workers": n_workers, "tasks": N_TASKS} | measure(n_workers)))  # noqa: T201  # the result


def measure(n_workers: int) -> dict[str, float]:
    """Return tasks a second: brought in one by one, and run; by wall time, with the start of processes."""
    from scharnier.apps.mail import tasks  # noqa: PLC0415  # only now is there a Django
    from scharnier.apps.tasks import models  # noqa: PLC0415  # as above

    models.Task.objects.all().delete()
    started = time.perf_counter()
    for _ in range(N_TASKS):
        tasks.send_message.enqueue("of nobody")
    enqueued = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    workers = [
        subprocess.Popen([sys.executable, "-m", "scharnier.site", "worker", "--burst"])
        for _ in range(n_workers)
    ]
    codes = [worker.wait() for worker in workers]
    drained = time.perf_counter()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = models.Task.objects.filter(status="succeeded", attempts=1, dedupe_key="").count()
    cpu_seconds = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return {
        "done_once": done,
        "failed_workers": sum(map(bool, codes)),
        "enqueued_per_second": round(N_TASKS / (enqueued - started)),
        "drained_per_second": round(N_TASKS / (drained - enqueued)),
        "cpu_milliseconds_per_task": round(1000 * cpu_seconds / N_TASKS, 2),
    }


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        main(Path(made))
