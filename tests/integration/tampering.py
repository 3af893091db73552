# SPDX-License-Identifier: EUPL-1.2
"""A writer who owns the database, and takes the log's triggers away before writing."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("audit_auditevent", "audit_audithead")
TEXT_COLUMNS = (
    "network_id",
    "at",
    "actor_id",
    "on_behalf_of",
    "act",
    "kind",
    "object_id",
    "purpose",
    "basis",
    "outcome",
    "facts",
    "digest",
)


def take_triggers_away(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            return
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP TRIGGER {name}")


def tamper(connection: BaseDatabaseWrapper, statement: str, *values: object) -> None:
    """Run one statement on the log as if nothing guarded it."""
    take_triggers_away(connection)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def change_column(connection: BaseDatabaseWrapper, column: str, value: str, *, number: int) -> None:
    """Write another value in one column of one event."""
    assert column in TEXT_COLUMNS
    tamper(connection, f"UPDATE audit_auditevent SET {column} = %s WHERE number = %s", value, number)  # noqa: S608  # checked
