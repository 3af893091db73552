# SPDX-License-Identifier: EUPL-1.2
"""The private PostgreSQL of the tests."""

from __future__ import annotations

import psycopg
import pytest

from tests import postgres

pytestmark = pytest.mark.needs_postgresql


class TestCluster:
    def test_is_new_enough_and_listens_on_no_port(self, postgresql):
        with psycopg.connect(postgresql.url("postgres")) as connection:
            version, addresses = connection.execute(
                "SELECT current_setting('server_version_num')::int, current_setting('listen_addresses')"
            ).fetchone()

        assert (version >= postgres.OLDEST * 10_000, addresses) == (True, "")

    def test_leaves_nothing_behind(self):
        with postgres.run_cluster(postgres.find_programs()) as cluster:
            folder = cluster.folder

        assert not folder.exists()
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(cluster.url("postgres"))
