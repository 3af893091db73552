# SPDX-License-Identifier: EUPL-1.2
"""The role of PostgreSQL that a site connects as: it owns nothing, and no policy is opened for it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.pq import TransactionStatus

NAME = "scharnier_site"
MAKE = (
    f"CREATE ROLE {NAME} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {NAME}",
    f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {NAME}",
)


def make(wrapper: BaseDatabaseWrapper) -> None:
    """Make the role in a migrated database."""
    with wrapper.cursor() as cursor:
        for statement in MAKE:
            cursor.execute(statement)


def take(wrapper: BaseDatabaseWrapper) -> None:
    """Go on as the role of a site."""
    _execute(wrapper, f"SET ROLE {NAME}")


def lay_down(wrapper: BaseDatabaseWrapper) -> None:
    """Go on as whoever connected; the rollback of a transaction that broke does that by itself."""
    if wrapper.connection.info.transaction_status is not TransactionStatus.INERROR:
        _execute(wrapper, "RESET ROLE")


@contextmanager
def taken(wrapper: BaseDatabaseWrapper) -> Iterator[None]:
    """Be the role of a site for the length of the block."""
    take(wrapper)
    try:
        yield
    finally:
        lay_down(wrapper)


def _execute(wrapper: BaseDatabaseWrapper, statement: str) -> None:
    wrapper.ensure_connection()
    with wrapper.create_cursor() as cursor:  # none of the queries that a test counts
        cursor.execute(statement)
