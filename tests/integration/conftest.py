# SPDX-License-Identifier: EUPL-1.2
"""New databases with every table in them, copied from one that was migrated once for all tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.core.management import call_command
from pytest_django import DjangoDbBlocker

from tests import postgres
from tests.integration import working

TEMPLATE = "migrated_template"
NewDatabase = Callable[[str, Path], str]  # the kind, and a folder of its own -> its address


@pytest.fixture(scope="session")
def _migrated_file(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "template.sqlite3"
    _migrate(f"sqlite:///{file}", django_db_blocker)
    return file


@pytest.fixture(scope="session")
def _migrated_cluster(postgresql: postgres.Cluster, django_db_blocker: DjangoDbBlocker) -> postgres.Cluster:
    _create(postgresql, TEMPLATE, of="template1")
    _migrate(postgresql.url(TEMPLATE), django_db_blocker)
    return postgresql


@pytest.fixture(scope="session")
def new_database(request: pytest.FixtureRequest) -> NewDatabase:
    """Make a migrated database of a kind; a file lies in the folder given."""

    def make(kind: str, folder: Path) -> str:
        if kind == "sqlite":
            file = folder / "own.sqlite3"
            shutil.copy(request.getfixturevalue("_migrated_file"), file)
            return f"sqlite:///{file}"
        cluster, name = request.getfixturevalue("_migrated_cluster"), f"own_{uuid4().hex}"
        _create(cluster, name, of=TEMPLATE)
        return str(cluster.url(name))

    return make


def _migrate(url: str, blocker: DjangoDbBlocker) -> None:
    with blocker.unblock(), working.connected_to(url):
        call_command("migrate", verbosity=0)


def _create(cluster: postgres.Cluster, name: str, *, of: str) -> None:
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{of}"'.encode())
