# SPDX-License-Identifier: EUPL-1.2
"""Read earlier problems and the people who took them: a CSV of people and JSON lines of problems."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from scharnier.core import network, referral
from scharnier.core.kernel import Invalid, PersonId

Split = Literal["train", "test"]


class MalformedProblems(Invalid):
    """A line of the file cannot be read as a problem or a person."""

    code = "problems.malformed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A problem with who took it."""

    id: str
    on: date
    split: Split
    title: str
    text: str
    takers: frozenset[str]


def read_people(data: bytes) -> frozenset[str]:
    """Return the identifiers in the column `id` of a CSV with a header.

    Raises
    ------
    MalformedProblems
        Without that column, or not CSV in UTF-8.
    """
    rows = csv.DictReader(io.StringIO(_decoded(data, file="people"), newline=""))
    try:
        if "id" not in (rows.fieldnames or ()):
            raise MalformedProblems(file="people", line=1, field="id")
        return frozenset(row["id"] for row in rows if row["id"])
    except csv.Error:
        raise MalformedProblems(file="people", line=rows.line_num, field="csv") from None


def read_problems(data: bytes, *, gold: str) -> tuple[Problem, ...]:
    """Return the problems of JSON lines, circulars left out.

    Parameters
    ----------
    data
        One object a line with `id`, `date`, `split` (train or test), `title`, `text`, and in the field
        named by `gold` a list of identifiers; `circular`: true leaves the problem out.
    gold
        The field that says who took it.

    Raises
    ------
    MalformedProblems
        Naming the first line and field that is wrong.
    """
    lines = _decoded(data, file="problems").split("\n")  # a text may hold other breaks, such as U+2028
    rows = ((number, _row(number, line)) for number, line in enumerate(lines, start=1) if line.strip())
    return tuple(_problem(number, row, gold=gold) for number, row in rows if not row.get("circular"))


def _decoded(data: bytes, *, file: str, first: int = 1) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + first
        raise MalformedProblems(file=file, line=line, field="utf-8") from None


def _row(number: int, line: str) -> Mapping[str, object]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise MalformedProblems(file="problems", line=number, field="json") from None
    if not isinstance(row, dict):
        raise MalformedProblems(file="problems", line=number, field="json")
    return row


def _problem(number: int, row: Mapping[str, object], *, gold: str) -> Problem:
    wrong = next(_wrong_fields(row, gold=gold), None)
    if wrong is not None:
        raise MalformedProblems(file="problems", line=number, field=wrong)
    return Problem(
        id=str(row["id"]),
        on=date.fromisoformat(str(row["date"])),
        split=cast("Split", row["split"]),
        title=str(row["title"]),
        text=str(row["text"]),
        takers=frozenset(cast("list[str]", row[gold])),
    )


def _wrong_fields(row: Mapping[str, object], *, gold: str) -> Iterator[str]:
    yield from (name for name in ("id", "title", "text") if not isinstance(row.get(name), str))
    if row.get("split") not in {"train", "test"}:
        yield "split"
    try:
        date.fromisoformat(str(row.get("date")))
    except ValueError:
        yield "date"
    takers = row.get(gold)
    if not isinstance(takers, list) or not all(isinstance(taker, str) for taker in takers):
        yield gold


def read_need(line: bytes, index: network.NetworkIndex, *, number: int) -> referral.Need | None:
    """Return the need on a line: plain text, or a JSON object with `text` and perhaps `place` and `from`.

    None for an empty line.

    Raises
    ------
    MalformedProblems
        When it is not UTF-8, or starts with a brace and is not such an object.
    UnknownPlace
        When the network has no such place.
    """
    said = _decoded(line, file="problems", first=number).strip()
    if not said.startswith("{"):
        return referral.Need(text=said) if said else None
    row = _row(number, said)
    text, place, asker = row.get("text"), row.get("place"), row.get("from")
    if not isinstance(text, str):
        raise MalformedProblems(file="problems", line=number, field="text")
    return referral.Need(
        text=text,
        area_id=index.find_area(str(place)).id if place else None,
        asker_id=PersonId(str(asker)) if asker else None,
    )
