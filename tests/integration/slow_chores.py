# SPDX-License-Identifier: EUPL-1.2
"""A task whose module notes whether a transaction was open while it was loaded."""

from __future__ import annotations

from django.db import connection
from django_tasks import task

WAS_LOCKED = connection.in_atomic_block


@task
def rest() -> None:
    """Do nothing."""
