# SPDX-License-Identifier: EUPL-1.2
"""Write the digest of what waits as a mail."""

from __future__ import annotations

from datetime import date

from django.utils import timezone, translation
from django.utils.translation import gettext

from scharnier.apps.digest import access, labels, links, selectors
from scharnier.apps.mail import services as mail
from scharnier.apps.mail.composing import Fact
from scharnier.apps.people.models import Account
from scharnier.core.digest import Often
from scharnier.core.kernel import Actor
from scharnier.formats import wording


def load_addresses() -> None:
    """Have the addresses of the site ready before a transaction, as `links.page_of` says."""
    links.page_of("referral:work")


def send(account: Account, *, actor: Actor, on: date) -> int:
    """Write to somebody what waits for them, when anything does; return how many things do."""
    language = selectors.language_of(account)
    with translation.override(language):
        waits = selectors.what_waits(actor, on=on)
        stop = links.stop_address(network_id=account.network_id, account_pk=account.pk)
        facts: dict[str, Fact] = {
            "subject": labels.say_subject(waits.total, network=account.network.name),
            "counts": tuple(labels.say_waiting(whose, n) for whose, n in waits.totals.items() if n),
            "lines": tuple(_say(line, on=on) for line in waits.lines),
            "more": labels.say_more(waits.n_more),
            "notes": _say_notes(waits, on=on),
            "own_notes": links.page_of("notes:own_notes"),
            "shared": labels.say_shared(waits.n_shared),
            "own_shared": links.page_of("situations:list"),
            "often": _say_often(account, language=language),
            "work": links.page_of("referral:work"),
            "settings": links.page_of("digest:mail"),
            "stop": stop,
        }
    if waits.total:
        mail.queue_message(
            to=account.user.email, template="digest", facts=facts, language=language, stop_address=stop
        )
    return waits.total


def _say(line: selectors.Line, *, on: date) -> str:
    since = labels.say_since((on - timezone.localdate(line.since)).days)
    return f"{line.said}, {since}: {line.address}"


def _say_notes(waits: selectors.WhatWaits, *, on: date) -> str:
    """Return how much somebody wrote down that waits, without a word of it; empty: nothing."""
    if waits.notes_since is None:
        return ""
    since = labels.say_since((on - timezone.localdate(waits.notes_since)).days)
    return labels.say_notes(waits.n_notes, since=since)


def _say_often(account: Account, *, language: wording.Language) -> str:
    terms = access.terms_of(account)
    if terms.often is not Often.WEEKLY:
        return gettext("every working day")
    day = str(labels.WEEKDAYS[terms.weekday])
    return gettext("once a week on %(day)s") % {"day": day if language == "en" else day.lower()}
