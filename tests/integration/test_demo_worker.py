# SPDX-License-Identifier: EUPL-1.2
"""The demo does its background work itself, and Ctrl-C in its terminal ends all of it."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.integration.working import PATIENCE_SECONDS, until


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _n_done(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "scharnier.sqlite3")) as connection:
        found = connection.execute("SELECT count(*) FROM tasks_task WHERE status = 'succeeded'").fetchone()
        return int(found[0])


@pytest.fixture
def demo(tmp_path) -> Iterator[subprocess.Popen[str]]:
    """A demo that serves, in a process group of its own as in a terminal."""
    words = ["demo", "--port", str(_free_port()), "--folder", str(tmp_path)]
    with subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-m", "scharnier.cli", *words],
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "http://" in line:
                break
        yield process
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)


def _is_group_gone(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


class TestDemo:
    def test_works_in_the_background_until_ctrl_c(self, demo, tmp_path):
        until(lambda: _n_done(tmp_path))

        os.killpg(demo.pid, signal.SIGINT)
        _, complaints = demo.communicate(timeout=PATIENCE_SECONDS)

        assert (demo.returncode, complaints) == (0, "")
        until(lambda: _is_group_gone(demo.pid))

    def test_stops_while_both_are_still_starting(self, demo):
        os.killpg(demo.pid, signal.SIGINT)
        _, complaints = demo.communicate(timeout=PATIENCE_SECONDS)

        assert complaints.strip() == ""
        until(lambda: _is_group_gone(demo.pid))
