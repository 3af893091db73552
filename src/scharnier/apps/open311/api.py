# SPDX-License-Identifier: EUPL-1.2
"""Open311, GeoReport v2: what other systems ask and report, answered as XML or JSON."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Final, TypeAlias

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from scharnier.apps import wall
from scharnier.apps.http import now, request_language, today
from scharnier.apps.open311 import access, selectors, services
from scharnier.core.kernel import Invalid, NetworkId, NotAllowed, NotFound, ScharnierError
from scharnier.formats import open311, wording
from scharnier.formats.open311 import Format

ENDED: Final = ("/discovery.xml", "/discovery.json")
YES: Final = "yes"
CHANGESET: Final = "2026-11-26T00:00:00Z"  # when the addresses themselves changed last
Handler: TypeAlias = Callable[..., bytes]
View: TypeAlias = Callable[..., HttpResponse]


class MissingJurisdiction(Invalid):
    """The installation serves several networks; the request names none."""

    code = "open311.missing_jurisdiction"


def _georeport(handler: Handler) -> View:
    """Return a view that works in the network the request names, and says in its form what went wrong."""

    @wraps(handler)
    def view(request: HttpRequest, *, form: str, **parts: str) -> HttpResponse:
        written = Format(form)
        try:
            jurisdiction_id = _asked(request).get("jurisdiction_id", "").strip()
            if not jurisdiction_id or "\0" in jurisdiction_id:
                raise MissingJurisdiction
            with wall.in_network(NetworkId(jurisdiction_id)):
                body = handler(request, network_id=NetworkId(jurisdiction_id), form=written, **parts)
        except ScharnierError as error:
            return _refuse(error, form=written)
        return HttpResponse(body, content_type=written.content_type)

    return login_not_required(csrf_exempt(view))


@login_not_required
@require_safe
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Say where everything is, and how to get a key."""
    written = Format(form)
    path = reverse("open311:discovery", kwargs={"form": written.value})
    endpoint = open311.Endpoint(
        url=request.build_absolute_uri(path.removesuffix(ENDED[written is Format.JSON])),
        specification=open311.SPECIFICATION,
        changeset=CHANGESET,
    )
    told = open311.Discovery(
        changeset=CHANGESET,
        contact=gettext("Ask the coordinator of the neighbourhood network."),
        key_service=gettext("The coordinator of the neighbourhood network gives keys."),
        endpoints=(endpoint,),
    )
    return HttpResponse(open311.write_discovery(told, form=written), content_type=written.content_type)


@require_safe
@_georeport
def service_list(_request: HttpRequest, *, network_id: NetworkId, form: Format) -> bytes:
    """List what may be reported."""
    found = selectors.services(network_id, language=request_language())
    return open311.write_services(found, form=form)


@require_safe
@_georeport
def service_definition(_request: HttpRequest, *, network_id: NetworkId, form: Format, code: str) -> bytes:
    """Say what is asked with a report: whether everybody may read its words."""
    found = selectors.service(network_id, code, language=request_language())
    question = open311.Attribute(
        code=selectors.PUBLIC_WORDS,
        datatype=open311.DataType.ONE_OF,
        description=gettext("May everybody read the description?"),
        values=((YES, gettext("Yes")), ("no", gettext("No"))),
    )
    told = open311.Definition(service_code=found.code, attributes=(question,))
    return open311.write_definition(told, form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@_georeport
def requests(request: HttpRequest, *, network_id: NetworkId, form: Format) -> bytes:
    """List what was reported, or take a report."""
    if request.method == "POST":
        return _receive(request, network_id=network_id, form=form)
    query = open311.read_query(_fields(request.GET), at=now())
    found = selectors.requests(network_id, query, language=request_language())
    return open311.write_requests(found, form=form)


@require_safe
@_georeport
def one_request(_request: HttpRequest, *, network_id: NetworkId, form: Format, request_id: str) -> bytes:
    """Say where one request stands."""
    found = selectors.request(network_id, request_id, at=now(), language=request_language())
    return open311.write_requests([found], form=form)


def _receive(request: HttpRequest, *, network_id: NetworkId, form: Format) -> bytes:
    report_id = services.receive(
        open311.read_report(_fields(request.POST)),
        is_public=request.POST.get(f"attribute[{selectors.PUBLIC_WORDS}]", "").strip().lower() == YES,
        network_id=network_id,
        api_key=request.POST.get("api_key", "").strip(),
        on=today(),
        at=now(),
    )
    notice = gettext("Thank you. Ask for this number to see where it stands.")
    return open311.write_receipt(open311.Receipt(request_id=report_id, service_notice=notice), form=form)


def _asked(request: HttpRequest) -> QueryDict:
    return request.POST if request.method == "POST" else request.GET


def _fields(asked: QueryDict) -> dict[str, object]:
    """Return the fields of a form or address; a zero byte says nothing, and PostgreSQL takes none."""
    return {name: (asked.get(name) or "").replace("\0", "") for name in asked}


def _refuse(error: ScharnierError, *, form: Format) -> HttpResponse:
    status = _status(error)
    told = open311.Problem(
        code=str(status.value), description=wording.say_error(error, language=request_language())
    )
    return HttpResponse(
        open311.write_problems([told], form=form), status=status, content_type=form.content_type
    )


def _status(error: ScharnierError) -> HTTPStatus:
    """Return what the specification asks for: 404, 403, or 400 for all else, but a pause has its own."""
    match error:
        case services.TooManyReports():
            return HTTPStatus.TOO_MANY_REQUESTS
        case access.WrongKey() | NotAllowed():
            return HTTPStatus.FORBIDDEN
        case NotFound():
            return HTTPStatus.NOT_FOUND
        case _:
            return HTTPStatus.BAD_REQUEST
