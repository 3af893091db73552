# SPDX-License-Identifier: EUPL-1.2
"""A check for Django: whether the wall stands for the role that this process connects as."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.checks import CheckMessage, Warning  # noqa: A004  # Django's name for it
from django.db import connections

ROLE = "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"


def check_role(*, databases: Sequence[str] | None = None, **_options: object) -> list[CheckMessage]:
    """Warn of each PostgreSQL database whose role passes every policy."""
    return [
        Warning(
            f"The role {role} of PostgreSQL may see every row: between networks stands one wall, not two.",
            hint="Let the site and its worker connect as a role with NOSUPERUSER and NOBYPASSRLS; see "
            "docs/how-to/run-on-postgresql.md. For migrating and copying this role is right.",
            id="scharnier.W001",
        )
        for role in _open_roles(databases or ())
    ]


def _open_roles(databases: Sequence[str]) -> list[str]:
    found = []
    for connection in (connections[alias] for alias in databases):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(ROLE)
                found += [role for role, is_open in cursor.fetchall() if is_open]
    return found
