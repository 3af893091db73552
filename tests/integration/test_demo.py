# SPDX-License-Identifier: EUPL-1.2
"""The demo starts by itself, says where it is, and stops without fuss."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from threading import Event
from urllib.error import URLError
from urllib.request import urlopen

import pytest

SECONDS = 60
COMMAND = (sys.executable, "-m", "scharnier.cli", "demo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a demo said and did between its start and Ctrl-C."""

    said: str
    status: int
    exit_code: int
    complaints: str


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _start(*words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(  # noqa: S603  # our own program
        [*COMMAND, *words],
        env={**os.environ, "LC_ALL": "en_GB.UTF-8", "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _said_until_ready(demo: subprocess.Popen[str]) -> Iterator[str]:
    assert demo.stdout is not None
    for line in demo.stdout:
        yield line
        if "http://" in line:
            return


def _status(address: str) -> int:
    pause = Event()
    for _ in range(SECONDS * 20):
        try:
            with urlopen(address, timeout=SECONDS) as answer:  # noqa: S310  # the demo's own address
                return int(answer.status)
        except URLError:
            pause.wait(0.05)  # it says where it is just before it listens
    return pytest.fail(f"the demo did not serve within {SECONDS} seconds")


def _refusal(*words: str) -> tuple[int, str]:
    demo = _start(*words)
    _, complaints = demo.communicate(timeout=SECONDS)
    return demo.returncode, complaints


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Visit:
    demo = _start("--port", str(_free_port()), "--folder", str(tmp_path_factory.mktemp("demo")))
    said = "".join(_said_until_ready(demo))
    address = re.search(r"http://[\w.:]+/", said)
    status = _status(address[0]) if address else 0
    demo.send_signal(signal.SIGINT)
    rest, complaints = demo.communicate(timeout=SECONDS)
    return Visit(said=said + rest, status=status, exit_code=demo.returncode, complaints=complaints)


class TestDemo:
    def test_serves_at_the_address_it_prints(self, visit):
        assert visit.status == HTTPStatus.OK, visit.complaints

    def test_prints_an_account_to_sign_in_with(self, visit):
        assert "samira" in visit.said

    def test_stops_with_ctrl_c_without_complaint(self, visit):
        assert (visit.exit_code, visit.complaints) == (0, "")


class TestBusyPort:
    def test_gives_one_sentence_that_names_it(self, tmp_path):
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = str(other.getsockname()[1])
            code, complaints = _refusal("--port", port, "--folder", str(tmp_path))

        assert (code, len(complaints.splitlines())) == (1, 1)
        assert port in complaints

    def test_leaves_the_folder_as_it_was(self, tmp_path):
        with socket.create_server(("127.0.0.1", 0)) as other:
            _refusal("--port", str(other.getsockname()[1]), "--folder", str(tmp_path))

        assert list(tmp_path.iterdir()) == []


class TestFolderThatCannotBeWritten:
    def test_gives_one_sentence_that_names_it(self, tmp_path):
        (tmp_path / "file").touch()
        folder = tmp_path / "file" / "demo"  # below a file: closed to everybody, to root as well

        code, complaints = _refusal("--port", str(_free_port()), "--folder", str(folder))

        assert (code, len(complaints.splitlines())) == (1, 1)
        assert str(folder) in complaints
