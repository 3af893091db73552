# SPDX-License-Identifier: EUPL-1.2
"""How django-allauth and django-axes do things here: who may come in, by which mail, and who waits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from scharnier.apps.http import INVITED_SESSION_KEY, client_address, request_language
from scharnier.apps.mail import services as mail
from scharnier.apps.members import second_factor, services
from scharnier.apps.people.models import User
from scharnier.core.kernel import Conflict, NotAllowed
from scharnier.site import answers

TOO_MANY_REQUESTS = 429  # RFC 6585


class LockedOut(NotAllowed):
    """Five times a wrong password: this name waits a quarter of an hour at this address."""

    code = "site.locked_out"


class AccountAdapter(DefaultAccountAdapter):
    """Mail goes the way of all mail; no address leads to signing up without an invitation."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address a request comes from."""
        return client_address(request)

    def send_password_reset_mail(self, user: AbstractBaseUser, email: str, context: dict[str, Any]) -> None:
        """Queue the letter with the link to a new password."""
        facts = {"name": user.get_username(), "link": context["password_reset_url"]}
        mail.queue_message(to=email, template="password_reset", facts=facts, language=request_language())

    def add_message(
        self, request: HttpRequest, level: int, message_template: str = "", *rest: Any, **options: Any
    ) -> None:
        """Say what changed, but not that who logs in is logged in."""
        if "logged_" not in message_template:
            super().add_message(request, level, message_template, *rest, **options)


class SecondFactorAdapter(DefaultMFAAdapter):
    """The second step, which some roles cannot do without."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Wait for the next one and try again."),
        "cannot_delete_authenticator": _("Your role needs a second step. Set up another one first."),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Tell whether the user can do without it."""
        return second_factor.may_lose(authenticator)

    def build_totp_svg(self, url: str) -> str:
        """Return the picture to stand in a page, without the line that only a file begins with."""
        svg: str = super().build_totp_svg(url)
        return svg[svg.index("<svg") :]

    def _get_site_name(self) -> str:
        return "Scharnier"


class SocialAdapter(DefaultSocialAccountAdapter):
    """The organization's own sign-in lets in whom we know, and whom somebody invited."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Tell whether somebody new holds an invitation that works, under an address nobody has."""
        token = request.session.get(INVITED_SESSION_KEY, "")
        try:
            services.check_invitation(token, at=timezone.now())
        except (services.InvitationUnknown, Conflict):
            return False
        name = _name_of(sociallogin)
        return bool(name) and not User.objects.filter(username__iexact=name).exists()

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Return the new user, whose name is the address."""
        user: User = super().populate_user(request, sociallogin, data)
        user.username = _name_of(sociallogin)
        return user


def _name_of(sociallogin: SocialLogin) -> str:
    addresses = [found.email.lower() for found in sociallogin.email_addresses]
    return addresses[0] if addresses else ""


def tried_name(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """Return the name somebody tried, in one way of writing: capitals give nobody more tries."""
    return (credentials or request.POST).get("username", "").lower()


def answer_locked_out(
    request: HttpRequest, _response: HttpResponse | None = None, _credentials: object = None
) -> HttpResponse:
    """Answer whoever failed too often."""
    response = answers.answer_error(request, error=LockedOut())
    response.status_code = TOO_MANY_REQUESTS
    return response
