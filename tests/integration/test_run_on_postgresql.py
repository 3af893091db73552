# SPDX-License-Identifier: EUPL-1.2
"""What docs/how-to/run-on-postgresql.md says is done, word by word; then the wall stands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests import postgres
from tests.architecture import source

pytestmark = pytest.mark.needs_postgresql
PAGE = source.ROOT / "docs" / "how-to" / "run-on-postgresql.md"
SQL = re.compile(r"^```sql\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OWNER, SITE = "scharnier_owner", "scharnier_site"
CHECK = ("-m", "django", "check", "--deploy", "--tag", "database", "--database", "default")
SECONDS = 60
LOAD = """
import django
django.setup()
from django.utils import timezone
from scharnier.apps.people import services
from tests.factories import a_full_network, a_network, a_person
services.load_network(a_full_network(), at=timezone.now())
services.load_network(a_network(network_id="anders", persons=(a_person(),)), at=timezone.now())
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """A database made as the page says, and its two roles."""

    cluster: postgres.Cluster
    folder: Path
    blocks: tuple[str, ...]  # of SQL, in the order of the page

    def run(self, role: str, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603  # our own program
            [sys.executable, *words],
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "scharnier.site.settings",
                "SCHARNIER_FOLDER": str(self.folder),
                "SCHARNIER_DATABASE_URL": self.url(role),
                "PYTHONPATH": str(source.ROOT),
                "LC_ALL": "en_GB.UTF-8",
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )

    def url(self, role: str) -> str:
        return f"postgresql://{role}@/scharnier?host={self.cluster.folder}"

    def ask(self, role: str, block: str) -> list[tuple[object, ...]]:
        """Return what the last statement of a block says."""
        with psycopg.connect(self.url(role), autocommit=True) as connection:
            return _run_block(connection, block)


def _run_block(connection: psycopg.Connection, block: str) -> list[tuple[object, ...]]:
    cursor = connection.cursor()
    for statement in filter(str.strip, block.split(";")):
        cursor.execute(statement.encode())
    return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """One in a cluster of its own: roles belong to the whole of it."""
    programs = postgres.find_programs()
    assert programs is not None
    blocks = tuple(SQL.findall(PAGE.read_text(encoding="utf-8")))
    with postgres.run_cluster(programs) as cluster:
        made = Installation(cluster=cluster, folder=tmp_path_factory.mktemp("site"), blocks=blocks)
        with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
            _run_block(connection, blocks[0])
        made.ask(OWNER, blocks[1])
        for words in (("-m", "django", "migrate", "--verbosity", "0"), ("-c", LOAD)):
            done = made.run(OWNER, *words)
            assert (done.returncode, done.stderr) == (0, "")
        yield made


class TestTheWall:
    def test_is_asked_for_by_a_check(self, installation):
        said = {role: installation.run(role, *CHECK).stderr for role in (OWNER, SITE)}

        assert "scharnier.W001" in said[OWNER]
        assert "scharnier.W001" not in said[SITE]

    def test_stands_for_the_site_as_the_page_shows(self, installation):
        untold, told = installation.blocks[3:]

        assert installation.ask(SITE, untold) == [(0,)]
        assert installation.ask(SITE, told) == [("kruisveld",)]

    def test_gives_way_to_the_owner(self, installation):
        assert installation.ask(OWNER, installation.blocks[3]) == [(3,)]

    def test_leaves_the_grant_for_older_tables_to_the_owner(self, installation):
        assert installation.ask(OWNER, installation.blocks[2]) == []


class TestAfterwards:
    @pytest.fixture
    def verified(self, installation) -> Callable[[str], str]:
        return lambda role: installation.run(role, "-m", "scharnier.cli", "audit", "verify").stdout

    def test_the_log_is_verified_by_either(self, verified):
        assert verified(SITE) == verified(OWNER)
        assert [line.split(":")[0] for line in verified(SITE).splitlines()] == ["anders", "kruisveld"]

    def test_the_site_makes_no_half_copy(self, installation, tmp_path):
        done = installation.run(SITE, "-m", "scharnier.cli", "backup", str(tmp_path / "copy"))

        assert done.returncode == 1
        assert not (tmp_path / "copy").exists()

    def test_a_copy_that_is_put_back_has_its_wall_and_its_grants(self, installation, tmp_path):
        file = str(tmp_path / "copy")

        done = [installation.run(OWNER, "-m", "scharnier.cli", verb, file) for verb in ("backup", "restore")]

        assert [each.returncode for each in done] == [0, 0], done[-1].stderr
        assert installation.ask(SITE, installation.blocks[3]) == [(0,)]
        assert installation.ask(SITE, installation.blocks[4]) == [("kruisveld",)]
