# SPDX-License-Identifier: EUPL-1.2
"""Pages of the site itself: health, and the answers to requests that reach no page."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account import models
from allauth.account.internal import flows
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from scharnier.apps.people import demonstration
from scharnier.site import answers, forms

READY = "SELECT 1 FROM people_network LIMIT 1"


@login_not_required
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """Say that the process answers."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """Say whether the database answers too."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(READY)
    except Error:
        return HttpResponse("no database", status=HTTPStatus.SERVICE_UNAVAILABLE, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")


class Login(LoginView):
    """Log in; a demonstration says who can."""

    authentication_form = forms.LoginForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Let in who needs no second step; ask for it otherwise."""
        login = models.Login(
            user=form.get_user(), email_verification="none", redirect_url=self.get_success_url()
        )
        credentials = {"username": form.cleaned_data["username"]}
        answer: HttpResponse = flows.login.perform_password_login(self.request, credentials, login)
        return answer

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Add the ways in, and in a demonstration (settings.DEMO) the accounts anyone may try."""
        context: dict[str, object] = super().get_context_data(**kwargs)
        context["providers"] = [
            {"name": provider.name, "url": provider.get_login_url(self.request)}
            for provider in get_adapter().list_providers(self.request)
        ]
        if settings.DEMO:
            context |= {
                "demo_accounts": demonstration.demo_accounts(),
                "demo_password": demonstration.PASSWORD,
            }
        return context


@login_not_required
@require_POST
def change_language(request: HttpRequest) -> HttpResponse:
    """Speak another language from now on, and show the same page; a question asked goes along."""
    response = set_language(request)
    if "text" in request.POST and response.has_header("Location"):
        response.status_code = HTTPStatus.TEMPORARY_REDIRECT  # the browser posts the same words again
    return response


@login_not_required
@require_safe
def look(request: HttpRequest) -> HttpResponse:
    """Show every pattern the pages are made of."""
    return render(request, "site/look.html")


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django names it
    """Answer a request that cannot be read."""
    return answers.answer_error(request, error=answers.Malformed(), status=HTTPStatus.BAD_REQUEST)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  Django names it
    """Answer a form without its token."""
    return answers.answer_error(request, error=answers.Forged())


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  Django names it
    """Answer an address without a page."""
    return answers.answer_error(request, error=answers.Missing())


def broken(request: HttpRequest) -> HttpResponse:
    """Answer when we made a mistake."""
    return answers.answer_error(request, error=answers.Broken())
