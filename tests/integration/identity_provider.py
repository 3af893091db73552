# SPDX-License-Identifier: EUPL-1.2
"""An OpenID Connect provider on this machine: allauth's own, in a process of its own.

`python identity_provider.py FOLDER PORT CALLBACK` serves people by first name: an address that is checked for
all, except for those whose name starts with x. `/enter/NAME/` stands for its login page.
"""

from __future__ import annotations

import sys
from pathlib import Path
from wsgiref.simple_server import make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.contrib.auth.hashers import make_password
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path

CLIENT_ID, CLIENT_SECRET = "scharnier", "a secret that two sites share"
BACKEND = "django.contrib.auth.backends.ModelBackend"


def configure(folder: Path) -> None:
    """Make a site of nothing but a provider."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    settings.configure(
        SECRET_KEY="provider",  # noqa: S106  of this test alone
        ALLOWED_HOSTS=["127.0.0.1"],
        USE_TZ=True,
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "provider.sqlite3")}
        },
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        AUTHENTICATION_BACKENDS=[BACKEND],
        IDP_OIDC_PRIVATE_KEY=pem.decode(),
    )
    django.setup()
    settings.ROOT_URLCONF = addresses()
    call_command("migrate", verbosity=0)


def register(callback: str) -> None:
    """Let our site ask who people are."""
    from allauth.idp.oidc.models import Client  # noqa: PLC0415  needs the settings above

    Client.objects.create(
        id=CLIENT_ID,
        name="Scharnier",
        secret=make_password(CLIENT_SECRET),
        scopes="openid\nprofile\nemail",
        redirect_uris=callback,
        skip_consent=True,
    )


def enter(request: HttpRequest, name: str) -> HttpResponse:
    """Sign somebody in here, as a login page would."""
    from allauth.account.models import EmailAddress  # noqa: PLC0415  needs the settings above

    email = f"{name}@example.org"
    user, is_new = get_user_model().objects.get_or_create(
        username=name, defaults={"email": email, "first_name": name.capitalize()}
    )
    if is_new:
        EmailAddress.objects.create(user=user, email=email, verified=name[0] != "x", primary=True)
    login(request, user, backend=BACKEND)
    return HttpResponse("ok")


def addresses() -> tuple[URLPattern | URLResolver, ...]:
    """Return where everything is; allauth's own ask for the settings above."""
    return (
        path("enter/<slug:name>/", enter),
        path("accounts/", include("allauth.account.urls")),
        path("", include("allauth.idp.urls")),
    )


def main() -> None:
    """Serve until ended."""
    folder, port, callback = sys.argv[1:]
    configure(Path(folder))
    register(callback)
    with make_server("127.0.0.1", int(port), WSGIHandler()) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
