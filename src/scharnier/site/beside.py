# SPDX-License-Identifier: EUPL-1.2
"""Keep a worker running beside the server, in the same process group."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

LOOK_SECONDS = 0.2
RESTART_SECONDS = 1.0
PATIENCE_SECONDS = 30.0  # for the task that runs; its lease brings it back if it takes longer
Worker = subprocess.Popen[bytes]
COMMAND = (sys.executable, "-m", "scharnier.site", "worker")


@contextmanager
def worker_beside() -> Iterator[None]:
    """Run a worker until the block ends, and start it again whenever it ends by itself."""
    ended = Event()
    thread = Thread(target=_keep_working, args=(_start(), ended), name="worker")
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def _keep_working(worker: Worker, ended: Event) -> None:
    while not ended.wait(LOOK_SECONDS):
        if worker.poll() is not None and not ended.wait(RESTART_SECONDS):
            worker = _start()
    _stop(worker)


def _start() -> Worker:
    """Start a worker that does not hear Ctrl-C, which goes to the whole group: it waits for our SIGTERM.

    The mask is inherited, so that the worker is silent even while it is starting.
    """
    quiet = {"SCHARNIER_LOG_LEVEL": "WARNING"} | os.environ
    usual = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return subprocess.Popen([*COMMAND, f"--parent={os.getpid()}"], env=quiet)  # noqa: S603  our own program
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, usual)


def _stop(worker: Worker) -> None:
    worker.terminate()
    try:
        worker.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        worker.kill()
        worker.wait()
