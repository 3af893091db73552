# SPDX-License-Identifier: EUPL-1.2
"""Notes: what somebody writes down between two doors, for themselves, to find who can take it later."""

from scharnier.core.notes._model import (
    KEPT_DAYS,
    LONGEST_LINE,
    MOST_WAITING,
    UNDO_DAYS,
    Note,
    ReminderOutOfReach,
    check_note,
    is_due,
)

__all__ = [
    "KEPT_DAYS",
    "LONGEST_LINE",
    "MOST_WAITING",
    "UNDO_DAYS",
    "Note",
    "ReminderOutOfReach",
    "check_note",
    "is_due",
]
