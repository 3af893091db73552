# SPDX-License-Identifier: EUPL-1.2
"""Speak to the Open311 of another system, through the same guarded way as webhooks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

from django.conf import settings

from scharnier.apps.webhooks import sending
from scharnier.core.kernel import Conflict, ScharnierError
from scharnier.core.webhooks import is_taken
from scharnier.formats import open311
from scharnier.formats.open311 import Format, Receipt, Report, Service, ServiceRequest

AGENT: Final = "Scharnier-Open311"
AT_ONCE: Final = sending.Patience(connecting=3.0, reading=5.0, in_all=8.0)  # while somebody waits for a page


class SystemSilent(Conflict):
    """The other system gave no answer that can be read."""

    code = "open311.system_silent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where another system answers, and how it knows us."""

    address: str
    jurisdiction_id: str = ""
    api_key: str = ""
    form: Format = Format.JSON


def find_services(
    address: str, *, jurisdiction_id: str, patience: sending.Patience = AT_ONCE
) -> tuple[Format, tuple[Service, ...]]:
    """Return what another system offers, and in what form it speaks: JSON rather than XML.

    Raises
    ------
    SystemSilent
    """
    for form in (Format.JSON, Format.XML):
        place = Place(address=address, jurisdiction_id=jurisdiction_id, form=form)
        try:
            return form, read_services(place, patience=patience)
        except SystemSilent:
            if form is Format.XML:
                raise
    raise AssertionError  # the loop ends in one of the two


def read_services(place: Place, *, patience: sending.Patience = sending.USUAL) -> tuple[Service, ...]:
    """Return what another system offers (raises SystemSilent)."""
    data = _fetch(place, "services", patience=patience)
    try:
        return open311.read_services(data, form=place.form)
    except ScharnierError as error:
        raise SystemSilent(reason="no_sense") from error


def read_request(place: Place, request_id: str) -> ServiceRequest:
    """Return where one request stands (raises SystemSilent)."""
    data = _fetch(place, f"requests/{quote(request_id, safe='')}")
    try:
        found = open311.read_requests(data, form=place.form)
    except ScharnierError as error:
        raise SystemSilent(reason="no_sense") from error
    wanted = [one for one in found if one.id == request_id]
    if not wanted:
        raise SystemSilent(reason="no_sense")
    return wanted[0]


def read_token(place: Place, token: str) -> str:
    """Return the number that belongs to a token now, empty while there is none (raises SystemSilent)."""
    data = _fetch(place, f"tokens/{quote(token, safe='')}")
    try:
        return open311.read_receipt(data, form=place.form).request_id
    except ScharnierError as error:
        raise SystemSilent(reason="no_sense") from error


def post_report(place: Place, report: Report) -> sending.Answer:
    """Post a report, once, and return what came of it."""
    return sending.post(
        f"{place.address}/requests.{place.form.value}",
        open311.write_report(report, api_key=place.api_key),
        headers={"user-agent": AGENT, "content-type": "application/x-www-form-urlencoded"},
        on_loopback=settings.WEBHOOKS_ON_LOOPBACK,
        is_read=True,
    )


def receipt_of(answer: sending.Answer, *, form: Format) -> Receipt | None:
    """Return the number or token in an answer; None when there is none that can be read."""
    if answer.error or not is_taken(answer.status):
        return None
    try:
        return open311.read_receipt(answer.body, form=form)
    except ScharnierError:
        return None


def _fetch(place: Place, path: str, *, patience: sending.Patience = sending.USUAL) -> bytes:
    asked = {"jurisdiction_id": place.jurisdiction_id} if place.jurisdiction_id else {}
    query = f"?{urlencode(asked)}" if asked else ""
    answer = sending.get(
        f"{place.address}/{path}.{place.form.value}{query}",
        headers={"user-agent": AGENT},
        on_loopback=settings.WEBHOOKS_ON_LOOPBACK,
        patience=patience,
    )
    if answer.error or not is_taken(answer.status):
        raise SystemSilent(reason=answer.error or str(answer.status))
    return answer.body
