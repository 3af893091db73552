# SPDX-License-Identifier: EUPL-1.2
"""Read where outgoing mail goes from one address."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

BACKENDS = "django.core.mail.backends"
SMTP_PORT, TLS_PORT, SUBMISSION_PORT = 25, 465, 587
PORTS = {"": SMTP_PORT, "yes": TLS_PORT, "starttls": SUBMISSION_PORT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailing:
    """Where outgoing mail goes: to the screen, to a folder or to a server."""

    backend: str
    folder: Path | None = None
    host: str = ""
    port: int = SMTP_PORT
    user: str = ""
    password: str = ""
    tls: str = ""  # "", yes (from the first byte) or starttls


def read_mail_url(url: str, *, name: str) -> Mailing:
    """Return what `console:`, `file:///folder` or `smtp://user:password@host:port?tls=starttls` asks.

    Raises
    ------
    ImproperlyConfigured
        With the name of the setting; never with the address, which may hold a password.
    """
    parts = urlsplit(url)
    match parts.scheme:
        case "console":
            return Mailing(backend=f"{BACKENDS}.console.EmailBackend")
        case "file" if parts.path:
            return Mailing(backend=f"{BACKENDS}.filebased.EmailBackend", folder=Path(unquote(parts.path)))
        case "smtp" if parts.hostname:
            return _smtp(parts, name=name)
    raise ImproperlyConfigured(f"{name} must be console:, file:///folder or smtp://host:port.")


def _smtp(parts: SplitResult, *, name: str) -> Mailing:
    tls = dict(parse_qsl(parts.query)).get("tls", "")
    if tls not in PORTS:
        raise ImproperlyConfigured(f"{name} has a tls that is neither yes nor starttls.")
    try:
        port = parts.port or PORTS[tls]
    except ValueError:
        raise ImproperlyConfigured(f"{name} has a port that is no number.") from None
    return Mailing(
        backend=f"{BACKENDS}.smtp.EmailBackend",
        host=parts.hostname or "",
        port=port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        tls=tls,
    )
