# SPDX-License-Identifier: EUPL-1.2
"""The log of a network as CSV, safe to open in a spreadsheet program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

from scharnier.core import audit

COLUMNS: Final = (
    "number",
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
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def write_audit_csv(entries: Iterable[audit.Entry]) -> bytes:
    """Return a row for each entry under a row of names; an entry without an event keeps number and digest.

    Notes
    -----
    A cell that a spreadsheet program would take for a formula begins with an apostrophe. The system is
    an actor without a name.

    References
    ----------
    .. [1] OWASP, CSV Injection.

    Examples
    --------
    >>> write_audit_csv([audit.Entry(number=1, event=None, digest="ab")]).decode("utf-8-sig").splitlines()[1]
    '1,,,,,,,,,,,ab'
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_harmless(cell) for cell in _cells(entry)] for entry in entries)
    return text.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8


def _cells(entry: audit.Entry) -> tuple[str, ...]:
    event = entry.event
    if event is None:
        return (str(entry.number), *[""] * (len(COLUMNS) - 2), entry.digest)
    return (
        str(event.number),
        event.at.isoformat(),
        event.actor_id or "",
        event.on_behalf_of,
        event.act,
        event.kind,
        event.object_id,
        event.purpose,
        event.basis,
        event.outcome,
        " ".join(f"{name}={value}" for name, value in event.facts),
        entry.digest,
    )


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
