# SPDX-License-Identifier: EUPL-1.2
"""Read what somebody posts, and which requests somebody asks for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from scharnier.core import text
from scharnier.formats.open311._faults import LongSpan, NoLocation, PersonalReport, WrongField
from scharnier.formats.open311._fields import Fields, need_text, read_moment, read_point, read_text
from scharnier.formats.open311._values import Query, Report, Status

LONGEST_SPAN: Final = timedelta(days=90)
MOST_REQUESTS: Final = 1000
LONGEST_DESCRIPTION: Final = 4000  # characters
_LONGEST_FIELD: Final = 400


def read_report(form: Fields) -> Report:
    """Return a report out of the fields of a form.

    Parameters
    ----------
    form
        As it was posted. Name, mail address, phone, device and account of who reports are passed over.

    Raises
    ------
    WrongField
        When a field is missing, too long or not what it should be.
    NoLocation
    PersonalReport
    """
    report = Report(
        service_code=need_text(form, "service_code"),
        description=_words(form, "description", longest=LONGEST_DESCRIPTION),
        jurisdiction_id=read_text(form, "jurisdiction_id"),
        point=read_point(form),
        address=_words(form, "address_string"),
        address_id=_words(form, "address_id"),
        media_url=_web_address(form),
    )
    if report.point is None and not report.address and not report.address_id:
        raise NoLocation
    found = text.find_personal_data(report.description)
    if found:
        raise PersonalReport(found=found)
    return report


def read_query(form: Fields, *, at: datetime) -> Query:
    """Return which requests somebody asks for.

    Parameters
    ----------
    form
        The arguments of the address.
    at
        Now: without a span it is the last 90 days; with one end of it, 90 days on the other side.

    Raises
    ------
    WrongField, LongSpan

    Examples
    --------
    >>> from datetime import UTC
    >>> read_query({}, at=datetime(2026, 4, 1, tzinfo=UTC)).since.isoformat()
    '2026-01-01T00:00:00+00:00'
    """
    start, end = read_moment(form, "start_date"), read_moment(form, "end_date")
    try:
        until = end or (min(start + LONGEST_SPAN, max(start, at)) if start else at)
        since = start or until - LONGEST_SPAN
    except OverflowError as error:
        raise LongSpan from error
    if not timedelta() <= until - since <= LONGEST_SPAN:
        raise LongSpan
    return Query(
        since=since,
        until=until,
        request_ids=_several(form, "service_request_id"),
        service_codes=_several(form, "service_code"),
        statuses=_statuses(form),
    )


def _statuses(form: Fields) -> frozenset[Status]:
    try:
        return frozenset(map(Status, _several(form, "status"))) or frozenset(Status)
    except ValueError as error:
        raise WrongField(field="status") from error


def _several(form: Fields, name: str) -> frozenset[str]:
    return frozenset(value.strip() for value in read_text(form, name).split(",") if value.strip())


def _words(form: Fields, name: str, *, longest: int = _LONGEST_FIELD) -> str:
    words = read_text(form, name)
    if len(words) > longest:
        raise WrongField(field=name)
    return words


def _web_address(form: Fields) -> str:
    address = _words(form, "media_url")
    if address and not address.lower().startswith(("https://", "http://")):
        raise WrongField(field="media_url")
    return address
