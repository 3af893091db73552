# SPDX-License-Identifier: EUPL-1.2
"""How often one address may ask, without keeping which addresses asked."""

from __future__ import annotations

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from scharnier.core.kernel import NotAllowed

MOST_REQUESTS = 5
WITHIN_SECONDS = 3600


class TooManyRequests(NotAllowed):
    """That address asked too often within an hour."""

    code = "members.too_many_requests"


def count_request(address: str) -> None:
    """Count a request of an address; only a keyed digest is kept, in memory, for an hour.

    Raises
    ------
    TooManyRequests
    """
    key = f"members.join.{salted_hmac('members.join', address, algorithm='sha256').hexdigest()}"
    cache.add(key, 0, WITHIN_SECONDS)
    if cache.incr(key) > MOST_REQUESTS:
        raise TooManyRequests
