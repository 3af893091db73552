# SPDX-License-Identifier: EUPL-1.2
"""Tell the connection of this thread where it works; SQLite has no policies, and is told nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, NewType

from django.db import Error, connection

Pass = NewType("Pass", str)
MAIL: Final = Pass("mail")  # every message: for who queues or sends one
NETWORKS: Final = Pass("networks")  # which networks there are: for work that goes past all of them
LOG: Final = Pass("log")  # every log, to read: for who checks or exports them

NETWORK, USER, PASS = "scharnier.network", "scharnier.user", "scharnier.pass"
ASK: Final = "SELECT coalesce(current_setting(%s, true), '')"
TELL: Final = "SELECT set_config(%s, %s, false)"
TELL_ALL: Final = "SELECT set_config(%s, %s, false), set_config(%s, %s, false), set_config(%s, '', false)"
SOUND: Final = {"IDLE", "INTRANS"}  # psycopg's names for a connection that takes statements


def pass_of_invitation(digest: str) -> Pass:
    """Return the pass to one invitation: for who knows the digest of its token."""
    return Pass(f"invitation:{digest}")


def pass_of_link(digest: str) -> Pass:
    """Return the pass to one link of a referral: for who knows the digest of its token."""
    return Pass(f"link:{digest}")


def tell(*, network_id: str = "", user_pk: int | None = None) -> None:
    """Tell the connection in which network it works and for which user; a pass is given back.

    It stays told until it is told otherwise; a transaction that is rolled back takes along what it was told.
    """
    if connection.vendor == "postgresql":
        user = "" if user_pk is None else str(user_pk)
        _execute(TELL_ALL, NETWORK, network_id, USER, user, PASS)


def forget() -> None:
    """Let the connection know of nobody.

    One that cannot be told is closed, for a new one knows nothing; a transaction that broke is left to its
    rollback.
    """
    if connection.vendor != "postgresql" or connection.connection is None:
        return
    try:
        tell()
    except Error:
        if not connection.in_atomic_block:
            connection.close()


@contextmanager
def in_network(network_id: str) -> Iterator[None]:
    """Work in a network for the length of the block, then where it was before."""
    with _told(NETWORK, network_id):
        yield


@contextmanager
def holding(given: Pass) -> Iterator[None]:
    """Hold a pass for the length of the block."""
    with _told(PASS, given):
        yield


@contextmanager
def _told(name: str, value: str) -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    before = _execute(ASK, name)
    _execute(TELL, name, value)
    try:
        yield
    finally:
        if _is_sound():  # else the rollback to come takes the setting along
            _execute(TELL, name, before)


def _execute(statement: str, *values: str) -> str:
    """Return the first value of a statement, which is none of the queries that Django counts."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.create_cursor() as cursor:
        cursor.execute(statement, values)
        return str(cursor.fetchone()[0])


def _is_sound() -> bool:
    held = connection.connection
    return held is not None and held.info.transaction_status.name in SOUND
