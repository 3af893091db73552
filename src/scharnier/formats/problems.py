# SPDX-License-Identifier: EUPL-1.2
"""Read earlier problems and the people who took them: a CSV of people and JSON lines of problems."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast

from scharnier.core import network, referral
from scharnier.core import text as words
from scharnier.core.kernel import Invalid, PersonId

Split = Literal["train", "test"]
_PARTY = re.compile(r"(person|organization)/.+")
_LANGUAGES: Mapping[str, words.Language] = {"nl": "nl", "en": "en"}


class MalformedProblems(Invalid):
    """A line of the file cannot be read as a problem or a person."""

    code = "problems.malformed"


class LineNotUtf8(MalformedProblems):
    """A line of the file is in another encoding."""

    code = "problems.line_not_utf8"


class LineNotJson(MalformedProblems):
    """A line of the file is not a JSON object."""

    code = "problems.line_not_json"


class LineNotCsv(MalformedProblems):
    """A quotation mark of the file is wrong."""

    code = "problems.line_not_csv"


class RepeatedId(MalformedProblems):
    """Two problems have one identifier, so that one may be learnt from and answered at once."""

    code = "problems.repeated_id"


class RefusedLine(Invalid):
    """A need of the file cannot be taken; the facts say which line, and why."""

    code = "problems.refused_line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A problem with who took it."""

    id: str
    on: date
    split: Split
    title: str
    text: str
    takers: frozenset[str]
    language: words.Language | None = None  # None: not said


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one party said to a problem."""

    party: str  # person/… or organization/…
    on: date
    response: referral.Response
    reason: referral.Reason | None = None
    rather: str | None = None  # whom it named instead


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """A problem of the past with everybody who was asked, at least one."""

    text: str
    answers: tuple[Answer, ...]


def read_people(data: bytes) -> frozenset[str]:
    """Return the identifiers in the column `id` of a CSV with a header.

    Raises
    ------
    MalformedProblems
        Without that column, or (LineNotUtf8, LineNotCsv) not CSV in UTF-8.
    """
    rows = csv.DictReader(io.StringIO(_decoded(data, file="people"), newline=""), strict=True)
    try:
        if "id" not in (rows.fieldnames or ()):
            raise MalformedProblems(file="people", line=1, field="id")
        return frozenset(row["id"] for row in rows if row["id"])
    except csv.Error:
        raise LineNotCsv(file="people", line=rows.line_num) from None


def read_problems(data: bytes, *, gold: str) -> tuple[Problem, ...]:
    """Return the problems of JSON lines, circulars left out.

    Parameters
    ----------
    data
        One object a line with `id`, `date`, `split` (train or test), `title`, `text`, and in the field
        named by `gold` a list of identifiers; perhaps `lang` (nl or en); `circular`: true leaves it out.
    gold
        The field that says who took it.

    Raises
    ------
    MalformedProblems
        Naming the first line and field that is wrong, or (LineNotUtf8, LineNotJson, RepeatedId) the line.
    """
    lines = _decoded(data, file="problems").split("\n")  # a text may hold other breaks, such as U+2028
    problems: dict[str, Problem] = {}
    for number, line in enumerate(lines, start=1):
        row = _row(number, line, file="problems") if line.strip() else {"circular": True}
        if row.get("circular"):
            continue
        problem = _problem(number, row, gold=gold)
        if problem.id in problems:
            raise RepeatedId(file="problems", line=number, value=problem.id)
        problems[problem.id] = problem
    return tuple(problems.values())


def _decoded(data: bytes, *, file: str, first: int = 1) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + first
        raise LineNotUtf8(file=file, line=line) from None


def _row(number: int, line: str, *, file: str) -> Mapping[str, object]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise LineNotJson(file=file, line=number) from None
    if not isinstance(row, dict):
        raise LineNotJson(file=file, line=number)
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
        language=_LANGUAGES.get(str(row.get("lang"))),
    )


def _wrong_fields(row: Mapping[str, object], *, gold: str) -> Iterator[str]:
    yield from (name for name in ("id", "title", "text") if not isinstance(row.get(name), str))
    if not f"{row.get('title')}{row.get('text')}".strip():
        yield "text"
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
    UnknownPlace, NoPlaces
        When the network has no such place.
    PlaceAmbiguous
        When it has several of that name: nobody reads the answers one by one and sees which was taken.
    """
    said = _decoded(line, file="needs", first=number).strip()
    if not said.startswith("{"):
        return referral.Need(text=said) if said else None
    row = _row(number, said, file="needs")
    text, place, asker = row.get("text"), str(row.get("place") or ""), row.get("from")
    if not isinstance(text, str):
        raise MalformedProblems(file="needs", line=number, field="text")
    where = referral.take_place(index, place)
    referral.check_one_place(where, words=place)
    return referral.Need(
        text=text,
        area_id=where.taken.id if where else None,
        asker_id=PersonId(str(asker)) if asker else None,
    )


def read_history(data: bytes) -> tuple[Episode, ...]:
    """Return the problems of JSON lines with who was asked, in order of the day the last of them answered.

    A line is an object with `text` and `asked`: a list of objects with `party` (`person/…` or
    `organization/…`), `response`, `on` (a day), and with a decline perhaps `reason` and `rather`.

    Raises
    ------
    MalformedProblems
        When a line is not such an object.
    """
    lines = _decoded(data, file="history").splitlines()
    said = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    episodes = [_episode(number, _row(number, line, file="history")) for number, line in said]
    return tuple(sorted(episodes, key=lambda episode: max(answer.on for answer in episode.answers)))


def _episode(number: int, row: Mapping[str, object]) -> Episode:
    text, asked = row.get("text"), row.get("asked")
    if not isinstance(text, str) or not text.strip():
        raise MalformedProblems(file="history", line=number, field="text")
    if not isinstance(asked, list) or not asked:
        raise MalformedProblems(file="history", line=number, field="asked")
    return Episode(text=text, answers=tuple(_answer(number, each) for each in asked))


def _answer(number: int, row: object) -> Answer:
    said = {name: str(value) for name, value in row.items() if value} if isinstance(row, dict) else {}
    makers: Mapping[str, Callable[[str], object]] = {
        "response": referral.Response,
        "on": date.fromisoformat,
        "party": _PARTY.fullmatch,
        **({"reason": referral.Reason} if "reason" in said else {}),
        **({"rather": _PARTY.fullmatch} if "rather" in said else {}),
    }
    for field, make in makers.items():
        if not _can_make(make, said.get(field, "")):
            raise MalformedProblems(file="history", line=number, field=field)
    return Answer(
        party=said["party"],
        on=date.fromisoformat(said["on"]),
        response=referral.Response(said["response"]),
        reason=referral.Reason(said["reason"]) if "reason" in said else None,
        rather=said.get("rather"),
    )


def _can_make(make: Callable[[str], object], said: str) -> bool:
    try:
        return make(said) is not None
    except ValueError:
        return False
