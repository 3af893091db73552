# SPDX-License-Identifier: EUPL-1.2
"""The API as a whole: who may use it, what it is called and how it fails."""

from __future__ import annotations

from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.security import APIKeyCookie

from scharnier.apps.overview.api import router as overview
from scharnier.apps.people.api import router as people
from scharnier.core.kernel import Actor
from scharnier.site import answers

DESCRIPTION = """\
Ask in plain words and get the people who can take it; read the people, organizations and services of your
network. Sign in on the site: the session's cookie goes along, and a POST carries the CSRF token in
`X-CSRFToken`. Failures are problem documents (RFC 9457). Built to the NL API Design Rules.
"""


class MemberSession(APIKeyCookie):
    """The session of a member of a network; changes carry the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:  # noqa: ARG002  read from the session
        """Return the actor that ActorMiddleware found."""
        return getattr(request, "actor", None)


api = NinjaAPI(
    title="Scharnier",
    version=answers.API_VERSION,
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    auth=MemberSession(),
    openapi_extra={"info": {"license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"}}},
)
api.add_router("", overview)
api.add_router("", people)


@api.exception_handler(ValidationError)
def invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Name each place of the input that does not fit."""
    errors = [{"pointer": _pointer(found["loc"]), "detail": str(found["msg"])} for found in error.errors]
    return answers.problem(HTTPStatus.UNPROCESSABLE_ENTITY, kind="site.malformed", errors=errors)


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
