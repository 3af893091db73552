# SPDX-License-Identifier: EUPL-1.2
"""What a network holds about how somebody is told what waits."""

from __future__ import annotations

from scharnier.apps.digest.models import Feed, Sending, Terms
from scharnier.apps.people.models import Account
from scharnier.apps.rights.selectors import _copy_values as values


def copy_of_terms(account: Account | None) -> list[values.MailTermsCopy]:
    """Return what somebody chose about the mail digest."""
    return [
        values.MailTermsCopy(
            often=row.often,
            weekday=row.weekday,
            hour=row.hour,
            language=row.language,
            chosen_at=row.chosen_at,
        )
        for row in Terms.objects.filter(account=account)
    ]


def copy_of_feeds(account: Account | None) -> list[values.CalendarFeedCopy]:
    """Return whether somebody has a calendar address."""
    return [values.CalendarFeedCopy(made_at=row.made_at) for row in Feed.objects.filter(account=account)]


def copy_of_digests(account: Account | None) -> list[values.MailDigestCopy]:
    """Return on which days there was a look at what waited for somebody."""
    found = Sending.objects.filter(account=account).order_by("day")
    return [values.MailDigestCopy(day=row.day, n_things=row.n_things) for row in found]
