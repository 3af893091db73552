# SPDX-License-Identifier: EUPL-1.2
"""The log among real processes: who append at once, and who come to see whether it is whole."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.integration.tampering import TABLES

SECONDS = 120
N_WRITERS, N_EVENTS = 3, 40
APPEND = """
import sys
import django
django.setup()
from datetime import UTC, datetime
from django.db import transaction
from scharnier.apps.audit import services
from scharnier.core.audit import System
from scharnier.core.kernel import NetworkId

print("ready", flush=True)
sys.stdin.readline()
for number in range({n_events}):
    with transaction.atomic():
        services.record(
            actor=System(network_id=NetworkId("kruisveld")),
            act="card.read",
            kind="person",
            object_id="{name}-" + str(number),
            at=datetime(2026, 3, 29, 12, tzinfo=UTC),
        )
        if number % 4 == 3:
            transaction.set_rollback(True)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A database of its own, and how to write in it as its owner."""

    url: str
    execute: Callable[[str], list[tuple[object, ...]]]

    def start(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, *words],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "scharnier.site.settings",
                "SCHARNIER_DATABASE_URL": self.url,
                "LC_ALL": "C.UTF-8",
            },
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *words: str) -> tuple[int, str, str]:
        process = self.start(*words)
        said, complaint = process.communicate(timeout=SECONDS)
        return process.returncode, said, complaint

    def verify(self, *words: str) -> tuple[int, str, str]:
        return self.run("-m", "scharnier.cli", "audit", "verify", *words)

    def append_at_once(self, *, n_writers: int, n_events: int) -> None:
        """Let processes append as fast as they can, begun at the same moment."""
        scripts = [APPEND.format(n_events=n_events, name=f"w{number}") for number in range(n_writers)]
        writers = [self.start("-c", script) for script in scripts]
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write("go\n")
            writer.stdin.flush()
        complaints = [writer.communicate(timeout=SECONDS)[1] for writer in writers]
        assert [(writer.returncode, said) for writer, said in zip(writers, complaints, strict=True)] == [
            (0, "")
        ] * n_writers


def _on_sqlite(folder: Path) -> Installation:
    file = folder / "scharnier.sqlite3"

    def execute(statement: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(file) as connection:
            return connection.execute(statement).fetchall()

    return Installation(url=f"sqlite:///{file}", execute=execute)


def _on_postgresql(cluster: postgres.Cluster, *, name: str) -> Installation:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())

    def execute(statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(cluster.url(name)) as connection:
            found = connection.execute(statement.encode())
            return found.fetchall() if found.description else []

    return Installation(url=cluster.url(name), execute=execute)


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)]
)
def installation(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A migrated database in which some writers appended at once."""
    if request.param == "sqlite":
        made = _on_sqlite(tmp_path_factory.mktemp("audit"))
    else:
        made = _on_postgresql(request.getfixturevalue("postgresql"), name="audit_processes")
    code, _, complaint = made.run("-m", "django", "migrate", "--verbosity", "0")
    assert (code, complaint) == (0, "")
    made.append_at_once(n_writers=N_WRITERS, n_events=N_EVENTS)
    return made


class TestAppendingAtOnce:
    def test_gives_one_unbroken_chain(self, installation):
        n_kept = N_WRITERS * N_EVENTS * 3 // 4  # each writer undoes one in four

        code, said, complaint = installation.verify("--network", "kruisveld")

        assert (code, complaint) == (0, "")
        found = re.fullmatch(r"kruisveld: (\d+) events, whole\. Head: (\d+):[0-9a-f]{64}\n", said)
        assert found.groups() == (str(n_kept), str(n_kept))

    def test_keeps_what_each_writer_did_in_order_and_without_gaps(self, installation):
        rows = installation.execute("SELECT number, object_id FROM audit_auditevent ORDER BY number")

        assert [number for number, _ in rows] == list(range(1, len(rows) + 1))
        steps = [str(object_id).split("-") for _, object_id in rows]
        for name in (f"w{number}" for number in range(N_WRITERS)):
            own = [int(step) for writer, step in steps if writer == name]
            assert own == [step for step in range(N_EVENTS) if step % 4 != 3]


class TestAudit:
    def test_exports_to_a_file_and_puts_that_on_record(self, installation, tmp_path):
        words = ("--network", "kruisveld", "--format", "fhir", "--output", str(tmp_path / "log"))

        code, _, complaint = installation.run("-m", "scharnier.cli", "audit", "export", *words)

        assert (code, complaint) == (0, "")
        assert "w0-0" in (tmp_path / "log").read_text(encoding="utf-8")
        last = installation.execute("SELECT act FROM audit_auditevent ORDER BY number DESC LIMIT 1")
        assert last == [("audit.exported",)]

    def test_finds_one_changed_byte_and_its_number(self, installation):
        ((before,),) = installation.execute("SELECT object_id FROM audit_auditevent WHERE number = 17")
        changed = before[:-1] + chr(ord(before[-1]) ^ 1)
        _take_guards_off(installation)

        installation.execute(
            f"UPDATE audit_auditevent SET object_id = '{changed}' WHERE number = 17"  # noqa: S608  # ours
        )

        code, said, complaint = installation.verify()
        assert (code, said) == (1, "")
        assert complaint.splitlines()[-1] == "kruisveld: event 17 was changed."


def _take_guards_off(installation: Installation) -> None:
    if installation.url.startswith("postgresql"):
        for table in TABLES:
            installation.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return
    for (name,) in installation.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
        installation.execute(f"DROP TRIGGER {name}")


class TestWithoutADatabase:
    def test_says_where_to_look(self, tmp_path):
        nowhere = _on_sqlite(tmp_path / "no" / "such")

        code, said, complaint = nowhere.verify()

        assert (code, said) == (1, "")
        assert complaint.startswith("scharnier: The database cannot be read: ")
        assert "SCHARNIER_DATABASE_URL" in complaint
