# SPDX-License-Identifier: EUPL-1.2
"""A note, and what it must hold to be kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from scharnier.core import text
from scharnier.core.kernel import Invalid

KEPT_DAYS: Final = 60  # a note that became nothing by then becomes nothing any more
UNDO_DAYS: Final = 1  # how long the words of what was thrown away stay, to take it back
MOST_WAITING: Final = 100  # of one person: more is a list that nobody looks through
LONGEST_LINE: Final = 200  # characters


class ReminderOutOfReach(Invalid):
    """The day to be reminded on has passed, or comes after the note has gone."""

    code = "notes.reminder_out_of_reach"


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What somebody saw that needs somebody, as written down; only the text is needed.

    Examples
    --------
    >>> Note(text="De lamp in de steeg is stuk").place
    ''
    """

    text: str
    place: str = ""  # in the writer's words
    candidate: str = ""  # who could take it, in the writer's words
    remind_date: date | None = None


def check_note(note: Note, *, on: date) -> None:
    """Refuse a note that says nothing, says too much, points at one person or reminds too late.

    Parameters
    ----------
    note
        What somebody wrote.
    on
        The day on which it is kept.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
        Of the text, or of a line beside it.
    ReminderOutOfReach
        Facts: `first` and `last`, the days between which one can be reminded.

    Notes
    -----
    A reminder lies within `KEPT_DAYS` of the day itself. O(n) for n characters.

    Examples
    --------
    >>> check_note(Note(text="De lamp in de steeg is stuk"), on=date(2026, 3, 29))
    >>> check_note(Note(text="Lamp stuk", remind_date=date(2026, 3, 28)), on=date(2026, 3, 29))
    Traceback (most recent call last):
        ...
    scharnier.core.notes._model.ReminderOutOfReach: notes.reminder_out_of_reach: ...
    """
    text.check_input(note.text, max_characters=text.LONGEST_WORDS)
    for line in (note.place, note.candidate):
        if line.strip():
            text.check_input(line, max_characters=LONGEST_LINE)
    last = on + timedelta(days=KEPT_DAYS)
    if note.remind_date is not None and not on <= note.remind_date <= last:
        raise ReminderOutOfReach(first=on, last=last)


def is_due(note: Note, *, on: date) -> bool:
    """Tell whether the writer wants to be reminded of a note by now.

    Parameters
    ----------
    note
        What somebody wrote.
    on
        The day on which is looked.

    Examples
    --------
    >>> is_due(Note(text="Lamp stuk", remind_date=date(2026, 3, 30)), on=date(2026, 3, 30))
    True
    """
    return note.remind_date is not None and note.remind_date <= on
