# SPDX-License-Identifier: EUPL-1.2
"""Read the settings of an installation from its environment, typed and checked."""

from __future__ import annotations

import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypedDict
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from holidays import list_supported_countries

from scharnier.core.kernel import Invalid
from scharnier.formats import retention, wording
from scharnier.site.mail_url import Mailing, read_mail_url

PREFIX = "SCHARNIER_"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
YES, NO = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
SQLITE_PRAGMAS = "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-20000;"


class Database(TypedDict, total=False):
    """One entry of Django's DATABASES."""

    ENGINE: str
    NAME: str
    USER: str
    PASSWORD: str
    HOST: str
    PORT: str
    CONN_MAX_AGE: int
    CONN_HEALTH_CHECKS: bool
    OPTIONS: dict[str, str | int]


class OpenIdSettings(TypedDict):
    """Where an OpenID Connect provider is."""

    server_url: str


class OpenIdApp(TypedDict):
    """One provider, as allauth wants it."""

    provider_id: str
    name: str
    client_id: str
    secret: str
    settings: OpenIdSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What can be set from outside; docs/reference/settings.md describes each."""

    folder: Path
    hosts: tuple[str, ...]
    address: str  # under which people reach the site, for links in mail
    secret_key: str
    database: Database
    https: bool
    behind_proxy: bool
    static_folder: Path | None
    log_level: str
    is_demo: bool
    day: date | None  # taken for today; None: today
    country: str  # two letters: whose holidays are free days
    mailing: Mailing
    mail_from: str
    task_lease_seconds: float
    task_pause_seconds: float
    anyone_starts_networks: bool
    openid_apps: tuple[OpenIdApp, ...]
    retention: Mapping[str, int]  # rule -> days, where this installation chose others
    webhooks_on_loopback: bool

    @property
    def openid_origins(self) -> tuple[str, ...]:
        """Return where a form may go on to: the provider that people sign in with."""
        issuers = (urlsplit(app["settings"]["server_url"]) for app in self.openid_apps)
        return tuple(f"{issuer.scheme}://{issuer.netloc}" for issuer in issuers)


def read_environment(variables: Mapping[str, str]) -> Environment:
    """Return the settings that the variables make.

    Raises
    ------
    ImproperlyConfigured
        Naming the variable, when one cannot be read or a secret key is needed and absent.
    """
    folder = Path(_text(variables, "FOLDER") or "var")
    hosts = tuple(filter(None, map(str.strip, _text(variables, "HOSTS").split(",")))) or LOOPBACK
    static_folder = _text(variables, "STATIC_FOLDER")
    return Environment(
        folder=folder,
        hosts=hosts,
        address=_address(variables, host=hosts[0]),
        secret_key=_secret_key(variables, hosts=hosts),
        database=_database(_text(variables, "DATABASE_URL") or f"sqlite:///{folder / 'scharnier.sqlite3'}"),
        https=_yes_or_no(variables, "HTTPS"),
        behind_proxy=_yes_or_no(variables, "BEHIND_PROXY"),
        static_folder=Path(static_folder) if static_folder else None,
        log_level=_log_level(variables),
        day=_day(variables),
        country=_country(variables),
        is_demo=_yes_or_no(variables, "DEMO"),
        mailing=_mailing(variables, folder=folder),
        mail_from=_text(variables, "MAIL_FROM") or "Scharnier <scharnier@localhost>",
        task_lease_seconds=_seconds(variables, "TASK_LEASE_SECONDS", usual=60),
        task_pause_seconds=_seconds(variables, "TASK_PAUSE_SECONDS", usual=10),
        anyone_starts_networks=_yes_or_no(variables, "ANYONE_STARTS_NETWORKS"),
        openid_apps=_openid_apps(variables),
        retention=_retention(variables),
        webhooks_on_loopback=_yes_or_no(variables, "WEBHOOKS_ON_LOOPBACK"),
    )


def _text(variables: Mapping[str, str], name: str) -> str:
    return variables.get(PREFIX + name, "").strip()


def _address(variables: Mapping[str, str], *, host: str) -> str:
    usual = f"{'https' if _yes_or_no(variables, 'HTTPS') else 'http'}://{host.lstrip('*.') or 'localhost'}"
    address = (_text(variables, "ADDRESS") or usual).rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ImproperlyConfigured(f"{PREFIX}ADDRESS must start with https:// or http://, not {address!r}.")
    return address


def _yes_or_no(variables: Mapping[str, str], name: str) -> bool:
    value = _text(variables, name).lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{PREFIX}{name} must be yes or no, not {value!r}.")
    return value in YES


def _log_level(variables: Mapping[str, str]) -> str:
    level = _text(variables, "LOG_LEVEL").upper() or "INFO"
    if level not in LEVELS:
        raise ImproperlyConfigured(f"{PREFIX}LOG_LEVEL must be one of {', '.join(LEVELS)}, not {level!r}.")
    return level


def _day(variables: Mapping[str, str]) -> date | None:
    day = _text(variables, "DAY")
    try:
        return date.fromisoformat(day) if day else None
    except ValueError:
        raise ImproperlyConfigured(f"{PREFIX}DAY must be a day such as 2026-03-29, not {day!r}.") from None


def _country(variables: Mapping[str, str]) -> str:
    country = (_text(variables, "COUNTRY") or "NL").upper()
    if country not in list_supported_countries():
        raise ImproperlyConfigured(f"{PREFIX}COUNTRY must be a country such as NL, not {country!r}.")
    return country


def _openid_apps(variables: Mapping[str, str]) -> tuple[OpenIdApp, ...]:
    issuer = _text(variables, "OIDC_ISSUER").rstrip("/")
    client_id, secret = _text(variables, "OIDC_CLIENT_ID"), _text(variables, "OIDC_CLIENT_SECRET")
    name = _text(variables, "OIDC_NAME") or "OpenID Connect"
    if not issuer:
        return ()
    if not client_id or not secret:
        raise ImproperlyConfigured(
            f"Set {PREFIX}OIDC_CLIENT_ID and {PREFIX}OIDC_CLIENT_SECRET too: there is a {PREFIX}OIDC_ISSUER."
        )
    if urlsplit(issuer).scheme not in {"http", "https"}:
        raise ImproperlyConfigured(f"{PREFIX}OIDC_ISSUER must be an address, not {issuer!r}.")
    app: OpenIdApp = {
        "provider_id": "oidc",
        "name": name,
        "client_id": client_id,
        "secret": secret,
        "settings": {"server_url": issuer},
    }
    return (app,)


def _retention(variables: Mapping[str, str]) -> Mapping[str, int]:
    chosen = dict(part.partition("=")[::2] for part in _text(variables, "RETENTION").split())
    try:
        days = {rule: int(text) for rule, text in chosen.items()}
        retention.load_rules(days)
    except (ValueError, Invalid) as error:
        said = wording.say_error(error, language="en") if isinstance(error, Invalid) else str(error)
        raise ImproperlyConfigured(f"{PREFIX}RETENTION must be such as mail=14 tie=730. {said}") from None
    return days


def _seconds(variables: Mapping[str, str], name: str, *, usual: float) -> float:
    text = _text(variables, name)
    try:
        seconds = float(text) if text else usual
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise ImproperlyConfigured(f"{PREFIX}{name} must be a number of seconds above 0, not {text!r}.")
    return seconds


def _mailing(variables: Mapping[str, str], *, folder: Path) -> Mailing:
    demo_url = (folder / "mail").absolute().as_uri()
    usual = demo_url if _yes_or_no(variables, "DEMO") else "console:"
    return read_mail_url(_text(variables, "MAIL_URL") or usual, name=f"{PREFIX}MAIL_URL")


def _secret_key(variables: Mapping[str, str], *, hosts: tuple[str, ...]) -> str:
    key, file = _text(variables, "SECRET_KEY"), _text(variables, "SECRET_KEY_FILE")
    if file:
        key = _read_key(Path(file))
    if key:
        return key
    if set(hosts) <= set(LOOPBACK):
        return secrets.token_urlsafe(50)  # reachable from this machine only: sessions end with the process
    raise ImproperlyConfigured(
        f"Set {PREFIX}SECRET_KEY or {PREFIX}SECRET_KEY_FILE: this site has other hosts."
    )


def _read_key(file: Path) -> str:
    name = f"{PREFIX}SECRET_KEY_FILE {file}"
    try:
        key = file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {error.strerror}.") from None
    if not key:
        raise ImproperlyConfigured(f"{name} is empty.")
    return key


def _database(url: str) -> Database:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path.removeprefix("/")))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.removeprefix("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": unquote(parts.hostname or dict(parse_qsl(parts.query)).get("host", "")),
            "PORT": _port(parts),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ImproperlyConfigured(f"{PREFIX}DATABASE_URL must start with sqlite:/// or postgresql://.")


def _port(parts: SplitResult) -> str:
    try:
        return str(parts.port or "")
    except ValueError:
        raise ImproperlyConfigured(f"{PREFIX}DATABASE_URL has a port that is no number.") from None


def _sqlite(name: str) -> Database:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": 60,
        # IMMEDIATE: a reader that turns writer would lose its turn to "database is locked"
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 5, "init_command": SQLITE_PRAGMAS},
    }
