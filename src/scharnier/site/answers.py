# SPDX-License-Identifier: EUPL-1.2
"""What went wrong as an answer: problem details (RFC 9457) to programs, a page to people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import select_template

from scharnier.apps.http import Candidate, candidates_of, request_language
from scharnier.core.kernel import Conflict, Invalid, NotAllowed, NotFound, ScharnierError
from scharnier.core.network import UnknownPlace
from scharnier.formats import wording

API_PREFIX = "/api/"
API_VERSION = "1.0.0"
STATUS: Mapping[type[ScharnierError], HTTPStatus] = {
    UnknownPlace: HTTPStatus.UNPROCESSABLE_ENTITY,  # not found, but what was asked for is there
    Invalid: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFound: HTTPStatus.NOT_FOUND,
    NotAllowed: HTTPStatus.FORBIDDEN,
    Conflict: HTTPStatus.CONFLICT,
}


class Missing(NotFound):
    """No page at that address."""

    code = "site.missing"


class Forged(NotAllowed):
    """A form came back without the token it was given."""

    code = "site.forged"


class Malformed(Invalid):
    """The request cannot be read."""

    code = "site.malformed"


class Broken(ScharnierError):
    """Our own mistake."""

    code = "site.broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """What the error page says."""

    status: int
    sentence: str


def is_api(request: HttpRequest) -> bool:
    """Tell whether a program asks."""
    return request.path.startswith(API_PREFIX)


def status_of(error: ScharnierError) -> HTTPStatus:
    """Return the HTTP status of an error's kind."""
    kinds = (status for kind, status in STATUS.items() if isinstance(error, kind))
    return next(kinds, HTTPStatus.INTERNAL_SERVER_ERROR)


def answer_error(
    request: HttpRequest, *, error: ScharnierError, status: HTTPStatus | None = None
) -> HttpResponse:
    """Return the answer to an anticipated error, in the form the asker can read."""
    status = status or status_of(error)
    sentence = wording.say_error(error, language=request_language())
    if is_api(request):
        return problem(status, kind=error.code, detail=sentence, candidates=candidates_of(error))
    page = ErrorPage(status=status.value, sentence=sentence)
    template = select_template([f"{status.value}.html", "error.html"])
    return HttpResponse(template.render({"page": page}, request), status=status)


def problem(
    status: HTTPStatus,
    *,
    kind: str = "",
    detail: str = "",
    errors: list[dict[str, str]] | None = None,
    candidates: Iterable[Candidate] = (),
) -> JsonResponse:
    """Return problem details; without a kind the status says it all."""
    body: dict[str, object] = {
        "type": f"urn:problem-type:scharnier:{kind}" if kind else "about:blank",
        "title": status.phrase,
        "status": status.value,
    }
    if detail:
        body["detail"] = detail
    if errors:
        body["errors"] = errors
    choice = [{"id": each.id, "name": each.name} for each in candidates]
    if choice:
        body["candidates"] = choice
    return JsonResponse(body, status=status, content_type="application/problem+json")
