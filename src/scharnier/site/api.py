# SPDX-License-Identifier: EUPL-1.2
"""The API as a whole: who may use it, what it is called and how it fails."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.security import APIKeyCookie

from scharnier.apps.http import request_language
from scharnier.apps.overview.api import router as overview
from scharnier.apps.people.api import router as people
from scharnier.apps.picture.api import router as picture
from scharnier.apps.referral.api import router as referrals
from scharnier.apps.rights.api import router as rights
from scharnier.apps.signals.api import router as signals
from scharnier.apps.situations.api import router as situations
from scharnier.core.kernel import Actor, ScharnierError
from scharnier.formats import wording
from scharnier.formats.fhir_referral import MalformedReferrals
from scharnier.site import answers

DESCRIPTION = """\
Ask in plain words and get the people who can take it; read the people, organizations and services of your
network. Sign in on the site: the session's cookie goes along, and a POST carries the CSRF token in
`X-CSRFToken`. Failures are problem documents (RFC 9457). Built to the NL API Design Rules.
"""


FAILURES = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
    HTTPStatus.UNPROCESSABLE_ENTITY,
)
VERSION_HEADER = {"description": "Full version of the API.", "schema": {"type": "string"}}
TEXT = {"type": "string"}
PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "What went wrong (RFC 9457).",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {**TEXT, "format": "uri-reference"},
        "title": TEXT,
        "status": {"type": "integer"},
        "detail": {**TEXT, "description": "One sentence in the language of the request."},
        "errors": {
            "type": "array",
            "items": {"type": "object", "properties": {"pointer": TEXT, "detail": TEXT}},
        },
        "candidates": {
            "type": "array",
            "description": "What may be meant, where nothing or too much answers to a name.",
            "items": {"type": "object", "properties": {"id": TEXT, "name": TEXT}},
        },
    },
}


class MemberSession(APIKeyCookie):
    """The session of a member of a network; changes carry the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:  # noqa: ARG002  read from the session
        """Return the actor that ActorMiddleware found."""
        return getattr(request, "actor", None)


class DescribedApi(NinjaAPI):
    """An API whose description also names how it fails and the version on each answer."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the short name of an operation."""
        return operation.view_func.__name__

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, object] | None = None
    ) -> OpenAPISchema:
        """Return the description; its paths stand under the address of the server."""
        schema = super().get_openapi_schema(path_prefix=path_prefix or "", path_params=path_params)
        for path in schema["paths"].values():
            for operation in path.values():
                responses = operation["responses"]
                for response in responses.values():
                    response["headers"] = {"API-Version": VERSION_HEADER}
                responses |= {str(status.value): _problem_response(status) for status in FAILURES}
        schema["components"]["schemas"]["Problem"] = PROBLEM
        return schema


def _problem_response(status: HTTPStatus) -> dict[str, object]:
    body = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        "description": status.phrase,
        "headers": {"API-Version": VERSION_HEADER},
        "content": {"application/problem+json": body},
    }


api = DescribedApi(
    title="Scharnier",
    version=answers.API_VERSION,
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    servers=[{"url": "/api/v1"}],
    auth=MemberSession(),
    openapi_extra={"info": {"license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}}},
)
api.add_router("", overview)
api.add_router("", people)
api.add_router("", picture)
api.add_router("", rights)
api.add_router("", referrals)
api.add_router("", situations)
api.add_router("", signals)


@api.exception_handler(ValidationError)
def invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name each place of the input that does not fit."""
    errors = [{"pointer": _pointer(found["loc"]), "detail": str(found["msg"])} for found in error.errors]
    return answers.problem(HTTPStatus.UNPROCESSABLE_ENTITY, kind="site.malformed", errors=errors)


@api.exception_handler(MalformedReferrals)
def malformed(_request: HttpRequest, error: MalformedReferrals) -> HttpResponse:
    """Name each place of a file that cannot be taken in."""
    language = request_language()
    errors = [
        {"pointer": _place(fault), "detail": wording.say_error(fault, language=language)}
        for fault in error.faults
    ]
    detail = wording.say_error(error, language=language)
    return answers.problem(HTTPStatus.UNPROCESSABLE_ENTITY, kind=error.code, detail=detail, errors=errors)


@api.exception_handler(HttpError)
def refused(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """Say what the framework refused, such as a request without a session."""
    return answers.problem(HTTPStatus(error.status_code))


@api.exception_handler(Http404)
def missing(request: HttpRequest, _error: Http404) -> HttpResponse:
    """Answer an address without a resource."""
    return answers.answer_error(request, error=answers.Missing())


def _pointer(place: tuple[str | int, ...]) -> str:
    return "#/" + "/".join(str(step) for step in place[1:])


def _place(fault: ScharnierError) -> str:
    """Return a place such as `entry[2].resource.owner` as a pointer in JSON."""
    place = str(fault.facts.get("place", ""))
    return "#/" + place.replace("[", "/").replace("]", "").replace(".", "/")
