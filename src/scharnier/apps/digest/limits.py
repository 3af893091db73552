# SPDX-License-Identifier: EUPL-1.2
"""How often calendars are asked for from one place, without keeping which places asked."""

from __future__ import annotations

from typing import Final

from django.core.cache import cache
from django.utils.crypto import salted_hmac

MOST_WRONG: Final = 20  # addresses that lead nowhere
MOST_READS: Final = 60  # of one calendar
WITHIN_SECONDS: Final = 3600


def is_too_often(what: str, who: str, *, most: int) -> bool:
    """Count one more and tell whether it is too many; only a keyed digest is kept, in memory, for an hour."""
    key = _key(what, who)
    cache.add(key, 0, WITHIN_SECONDS)
    return cache.incr(key) > most


def was_too_often(what: str, who: str, *, most: int) -> bool:
    """Tell whether there were too many already, without counting."""
    return int(cache.get(_key(what, who), 0)) >= most


def _key(what: str, who: str) -> str:
    return f"digest.{what}.{salted_hmac('digest.limits', who, algorithm='sha256').hexdigest()}"
