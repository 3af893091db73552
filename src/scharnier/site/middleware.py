# SPDX-License-Identifier: EUPL-1.2
"""Turn sessions into actors, errors into answers, and keep the API's promises on every answer."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from scharnier.apps import wall
from scharnier.apps.http import NETWORK_SESSION_KEY, now, today
from scharnier.apps.members import second_factor
from scharnier.apps.people import access
from scharnier.core.kernel import Actor, NetworkId, NotAllowed, ScharnierError
from scharnier.site import answers

OPENAPI_PATH = "/api/v1/openapi.json"

Next = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponseBase]


class NotAMember(NotAllowed):
    """The user belongs to no network."""

    code = "people.not_a_member"


class SecondFactorMissing(NotAllowed):
    """The role asks for a second step in signing in, and there is none yet."""

    code = "site.second_factor_missing"


class AddressMiddleware:
    """Answer at once an address with a zero byte: nothing is called so, and PostgreSQL takes none."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path:
            return answers.answer_error(request, error=answers.Missing())
        return self.get_response(request)


class LoginMiddleware(LoginRequiredMiddleware):
    """Ask everyone to sign in who wants a page, save where the view says otherwise."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: View,
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        """Redirect to the login page; the API answers 401 itself."""
        if answers.is_api(request):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)


class ActorMiddleware:
    """Give every request of a member its actor, and let the connection know of nobody before and after it."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wall.forget()
        try:
            user_pk = request.user.pk
            actor = None if user_pk is None else _actor(request, user_pk)
            if actor is not None:
                request.actor = actor  # type: ignore[attr-defined]  # declared by ActorRequest
            return self.get_response(request)
        finally:
            wall.forget()

    def process_view(
        self, request: HttpRequest, view_func: View, _args: tuple[object, ...], _kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Answer a user without a network, so that a view behind the login always has an actor."""
        if _needs_actor(view_func) and not answers.is_api(request) and not hasattr(request, "actor"):
            return answers.answer_error(request, error=NotAMember())
        return None


class SecondFactorMiddleware:
    """Send on whose role asks for a second step, to set one up before anything else."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: View, _args: tuple[object, ...], _kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Answer instead of the view, as long as the second step is not there."""
        actor: Actor | None = getattr(request, "actor", None)
        is_behind = answers.is_api(request) or _needs_actor(view_func)
        if actor is None or not is_behind or not second_factor.is_needed(actor) or _has_one(request):
            return None
        if answers.is_api(request):
            return answers.answer_error(request, error=SecondFactorMissing())
        return redirect("mfa_index")


class ErrorMiddleware:
    """Answer an anticipated error by its kind; anything else stays a bug and a 500."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Map the error to an answer."""
        return answers.answer_error(request, error=error) if isinstance(error, ScharnierError) else None


class ApiMiddleware:
    """Put the version on every answer of the API and make each failure a problem document."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not answers.is_api(request):
            return response
        is_problem = response.headers.get("Content-Type") == "application/problem+json"
        if response.status_code >= HTTPStatus.BAD_REQUEST and not is_problem:
            response = _as_problem(response)
        response["API-Version"] = answers.API_VERSION
        response.setdefault("Cache-Control", "no-store")
        if request.path == OPENAPI_PATH:
            response["Access-Control-Allow-Origin"] = "*"  # public, so that any tool on the web can read it
        return response


def _actor(request: HttpRequest, user_pk: int) -> Actor | None:
    chosen = request.session.get(NETWORK_SESSION_KEY)
    return access.actor_of_user(user_pk, on=today(), at=now(), network_id=chosen and NetworkId(chosen))


def _needs_actor(view_func: View) -> bool:
    return bool(getattr(view_func, "login_required", True) and getattr(view_func, "network_required", True))


def _has_one(request: HttpRequest) -> bool:
    """Tell whether the user has a second step; asked of the database until this session knows."""
    if request.session.get(second_factor.SESSION_KEY) is True:
        return True
    if request.user.pk is None or not second_factor.has_one(request.user.pk):
        return False
    request.session[second_factor.SESSION_KEY] = True
    return True


def _as_problem(response: HttpResponse) -> HttpResponse:
    answer = answers.problem(HTTPStatus(response.status_code))
    for name in ("Allow", "WWW-Authenticate"):
        if name in response:
            answer[name] = response[name]
    return answer
