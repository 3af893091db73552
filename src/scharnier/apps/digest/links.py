# SPDX-License-Identifier: EUPL-1.2
"""Addresses that work without logging in: to stop the mail digest, and to read the days to keep.

Both are signed, and neither is kept: a copy of the database opens nothing. That of a calendar holds a version
by chance, so that its owner can see it again for another device, renew it and take it back; had we kept a
digest of it only, each new device would have ended the one before.
"""

from __future__ import annotations

import secrets
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from scharnier.apps.digest import models
from scharnier.core.kernel import NetworkId, NotFound

STOP_SALT: Final = "digest.stop"  # a token for something else is none of ours
CALENDAR_SALT: Final = "digest.calendar"
N_BYTES: Final = 32


class LinkInvalid(NotFound):
    """The link was never ours, was changed, or whom it is about is gone."""

    code = "digest.link_invalid"


class CalendarNotFound(NotFound):
    """No such calendar address, or one that was renewed or taken back."""

    code = "digest.calendar_not_found"


def new_version() -> str:
    """Return a version that nobody guesses."""
    return secrets.token_urlsafe(N_BYTES)


def page_of(name: str, *parts: object) -> str:
    """Return the address of a page as it stands in a mail; call it once before a transaction, not in it.

    A process that asks for its first address reads the whole site, for seconds; it would hold the lock.
    """
    return f"{settings.ADDRESS}{reverse(name, args=parts)}"


def host() -> str:
    """Return the name of this installation on the internet."""
    return urlsplit(settings.ADDRESS).hostname or "localhost"


def stop_address(*, network_id: str, account_pk: int) -> str:
    """Return the address at which somebody stops the mail digest."""
    return page_of("digest:stop", Signer(salt=STOP_SALT).sign_object([network_id, account_pk]))


def read_stop(token: str) -> tuple[NetworkId, int]:
    """Return whose mail digest a link stops: the network and the account.

    Raises
    ------
    LinkInvalid
    """
    match _read(token, salt=STOP_SALT):
        case [str(network_id), int(account_pk)]:
            return NetworkId(network_id), account_pk
    raise LinkInvalid


def calendar_address(feed: models.Feed) -> str:
    """Return the address at which a calendar reads somebody's days."""
    held = [feed.network_id, feed.account_id, feed.version]
    return page_of("digest:calendar", Signer(salt=CALENDAR_SALT).sign_object(held))


def read_calendar(token: str) -> tuple[NetworkId, int, str]:
    """Return whose calendar an address reads: the network, the account and the version.

    Raises
    ------
    CalendarNotFound
    """
    match _read(token, salt=CALENDAR_SALT):
        case [str(network_id), int(account_pk), str(version)]:
            return NetworkId(network_id), account_pk, version
    raise CalendarNotFound


def _read(token: str, *, salt: str) -> object:
    try:
        return Signer(salt=salt).unsign_object(token)
    except (BadSignature, ValueError):
        return None
