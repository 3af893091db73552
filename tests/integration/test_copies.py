# SPDX-License-Identifier: EUPL-1.2
"""A copy is whole although others write meanwhile; putting it back happens wholly or not at all."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests import postgres
from tests.integration.working import until

N_ROWS = 20_000
SECONDS = 60
RESTORE_HALF_WAY = """
import itertools, signal, sys, django
django.setup()
from pathlib import Path
from scharnier.site import copies
steps = itertools.count(1)
def go_on(done, whole):
    print(done, whole, flush=True)
    if next(steps) == int(sys.argv[2]): signal.pause()
copies.restore(Path(sys.argv[1]), progress=go_on)
"""
LOCKED = """
SELECT pid FROM pg_locks JOIN pg_database ON pg_database.oid = database
WHERE datname = current_database() AND mode = 'AccessExclusiveLock' AND granted
"""
WRITE_ON = """
import itertools, django
django.setup()
from django.db import connection, transaction
for number in itertools.count():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE people_network SET name = %s", [str(number)])
        cursor.execute("UPDATE people_network SET source_digest = %s", [str(number)])
    print(number, flush=True)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A database with its folder, reached by the program through the environment."""

    folder: Path
    url: str
    query: Callable[[str], list[tuple[object, ...]]]

    def run(self, *words: str, code: str = "") -> subprocess.CompletedProcess[str]:
        with self.start(*words, code=code) as process:
            said, complaints = process.communicate(timeout=SECONDS)
        return subprocess.CompletedProcess(words, process.returncode, said, complaints)

    @contextmanager
    def start(self, *words: str, code: str = "") -> Iterator[subprocess.Popen[str]]:
        command = ["-c", code, *words] if code else ["-m", "scharnier.cli", *words]
        process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, *command],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "scharnier.site.settings",
                "SCHARNIER_FOLDER": str(self.folder),
                "SCHARNIER_DATABASE_URL": self.url,
                "LC_ALL": "en_GB.UTF-8",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate(timeout=SECONDS)  # closes its pipes

    def write(self, name: str) -> None:
        self.query(f"UPDATE people_network SET name = '{name}', source_digest = '{name}'")  # noqa: S608  # our names

    @property
    def names(self) -> list[tuple[object, ...]]:
        return self.query("SELECT name, source_digest FROM people_network")

    def keeps_what_was(self) -> bool:
        """Tell whether a restore began to keep what it will replace."""
        return any(self.folder.glob("before-restore-*"))

    def loses_rows(self) -> bool:
        """Tell whether a restore kept all of that, and on PostgreSQL took the tables for itself."""
        is_kept = any(self.folder.glob("before-restore-*.copy"))
        return is_kept and (self.url.startswith("sqlite") or bool(self.query(LOCKED)))

    @property
    def n_rows(self) -> object:
        return self.query("SELECT count(*) FROM people_organization")[0][0]


def _ask_sqlite(file: Path) -> Callable[[str], list[tuple[object, ...]]]:
    def query(statement: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(file, timeout=SECONDS)) as connection, connection:
            return connection.execute(statement).fetchall()

    return query


def _ask_postgresql(url: str) -> Callable[[str], list[tuple[object, ...]]]:
    def query(statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(url) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    return query


FILL = """
import django
django.setup()
from django.core.management import call_command
from scharnier.apps.people import models
call_command("migrate", verbosity=0)
network = models.Network.objects.create(id="n", name="oud", source_digest="oud")
models.Organization.objects.bulk_create(
    models.Organization(network=network, text_id=f"o{number}", name=f"Bureau {number}")
    for number in range(20_000)
)
"""


@pytest.fixture(scope="module")
def full_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite database with so many rows that a copy takes several steps."""
    folder = tmp_path_factory.mktemp("full")
    file = folder / "full.sqlite3"
    found = Installation(folder=folder, url=f"sqlite:///{file}", query=_ask_sqlite(file))
    _fill(found)
    found.query("PRAGMA wal_checkpoint(TRUNCATE)")
    return file


@pytest.fixture(scope="module")
def full_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The same on PostgreSQL, to be taken as a template."""
    cluster, name = request.getfixturevalue("postgresql"), f"full_{uuid4().hex}"
    _create(cluster, name)
    url = cluster.url(name)
    _fill(Installation(folder=tmp_path_factory.mktemp("full"), url=url, query=_ask_postgresql(url)))
    return name


def _fill(installation: Installation) -> None:
    filled = installation.run(code=FILL)
    assert filled.returncode == 0, filled.stderr


def _create(cluster: postgres.Cluster, name: str, *, like: str = "template1") -> None:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}".encode())


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.needs_postgresql)])
def installation(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    """A full database of its own for each test."""
    if request.param == "sqlite":
        file = tmp_path / "site.sqlite3"
        shutil.copyfile(request.getfixturevalue("full_file"), file)
        return Installation(folder=tmp_path, url=f"sqlite:///{file}", query=_ask_sqlite(file))
    cluster, name = request.getfixturevalue("postgresql"), f"copies_{uuid4().hex}"
    _create(cluster, name, like=request.getfixturevalue("full_database"))
    return Installation(folder=tmp_path, url=cluster.url(name), query=_ask_postgresql(cluster.url(name)))


class TestBackup:
    def test_is_whole_and_of_one_moment_while_others_write(self, installation, tmp_path):
        file = tmp_path / "copy"

        with installation.start(code=WRITE_ON) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            done = installation.run("backup", str(file))
        installation.run("restore", str(file))

        assert done.returncode == 0, done.stderr
        ((name, digest),) = installation.names
        assert name == digest
        assert installation.n_rows == N_ROWS

    def test_can_be_read_by_nobody_else(self, installation, tmp_path):
        file = tmp_path / "copy"

        installation.run("backup", str(file))

        assert file.stat().st_mode & 0o077 == 0
        assert not (tmp_path / "copy.part").exists()

    def test_says_in_a_sentence_that_it_cannot_write_there(self, installation, tmp_path):
        done = installation.run("backup", str(tmp_path / "nowhere" / "copy"))

        assert done.returncode == 1
        assert done.stderr.startswith("scharnier: Copying ")
        assert "Traceback" not in done.stderr


class TestRestore:
    def test_puts_back_what_was_and_keeps_what_stood_there(self, installation, tmp_path):
        installation.run("backup", str(tmp_path / "copy"))
        installation.write("nieuw")

        done = installation.run("restore", str(tmp_path / "copy"))

        assert (done.returncode, installation.names) == (0, [("oud", "oud")]), done.stderr
        installation.run("restore", done.stdout.strip())
        assert installation.names == [("nieuw", "nieuw")]

    @pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\0" + b"x" * 5000])
    def test_refuses_a_file_that_is_no_copy(self, installation, tmp_path, content):
        (tmp_path / "copy").write_bytes(content)

        done = installation.run("restore", str(tmp_path / "copy"))

        assert done.returncode == 1
        assert done.stderr.endswith("is not a whole copy of a Scharnier database. Nothing changed.\n")
        assert installation.names == [("oud", "oud")]

    def test_changes_nothing_when_it_is_killed_half_way(self, tmp_path, request, installation):
        if "postgresql" in request.node.callspec.id:
            pytest.skip("pg_restore is stopped in the test below")
        installation.run("backup", str(tmp_path / "copy"))
        installation.write("nieuw")

        for n_steps in (1, 6):
            with installation.start(str(tmp_path / "copy"), str(n_steps), code=RESTORE_HALF_WAY) as process:
                assert process.stdout is not None
                steps = [process.stdout.readline().split() for _ in range(n_steps)]
                os.killpg(process.pid, signal.SIGKILL)

            assert all(0 < int(done) < int(whole) for done, whole in steps)
            assert installation.names == [("nieuw", "nieuw")]
            assert installation.query("PRAGMA integrity_check") == [("ok",)]

    @pytest.mark.parametrize("begun", ["the copy of what stood there", "the loss of what stands there"])
    def test_happens_wholly_or_not_at_all_whenever_it_is_killed(self, installation, tmp_path, begun):
        installation.run("backup", str(tmp_path / "copy"))
        installation.write("nieuw")
        has_begun = installation.keeps_what_was if begun.startswith("the copy") else installation.loses_rows

        with installation.start("restore", str(tmp_path / "copy")) as process:
            until(lambda: has_begun() or process.poll() is not None)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)

        assert installation.names in ([("nieuw", "nieuw")], [("oud", "oud")])
        assert installation.n_rows == N_ROWS
