# SPDX-License-Identifier: EUPL-1.2
"""Whom we tell by mail that the glass was broken, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings
from django.urls import reverse

from scharnier.apps.emergency import access
from scharnier.apps.mail import services as mail
from scharnier.apps.people.models import Account, Network
from scharnier.core.kernel import Role
from scharnier.core.sharing import Verdict
from scharnier.formats import wording

OPENED: Final = "emergency_opened"
FAILED: Final = "emergency_failed"
TOLD: Final = "emergency_told"
JUDGED: Final = "emergency_judged"
OVERDUE: Final = "emergency_overdue"
UNJUDGED: Final = "emergency_unjudged"
VERDICTS: Mapping[wording.Language, Mapping[Verdict, str]] = {
    "nl": {Verdict.JUSTIFIED: "terecht", Verdict.NOT_JUSTIFIED: "niet terecht"},
    "en": {Verdict.JUSTIFIED: "justified", Verdict.NOT_JUSTIFIED: "not justified"},
}
JUDGED_BY: Mapping[wording.Language, Mapping[Role, str]] = {
    "nl": {
        Role.COORDINATOR: "Een coördinator weet hiervan en beoordeelt of het nodig was.",
        Role.BOARD: "Het bestuur weet hiervan en beoordeelt of het nodig was.",
        Role.ADMINISTRATOR: "Nog niemand anders mag beoordelen of het nodig was. De beoordeling blijft open.",
    },
    "en": {
        Role.COORDINATOR: "A coordinator knows of this and judges whether it was needed.",
        Role.BOARD: "The board knows of this and judges whether it was needed.",
        Role.ADMINISTRATOR: "Nobody else may judge yet whether it was needed. The judgement stays open.",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """Where to read on, as it stands in a mail."""

    reviews: str
    card_reads: str


def find_links() -> Links:
    """Return where to read on; call it before a transaction, not in it.

    A process that asks for its first address reads the whole site, for seconds; it would hold the lock.
    """
    return Links(
        reviews=f"{settings.ADDRESS}{reverse('emergency:reviews')}",
        card_reads=f"{settings.ADDRESS}{reverse('overview:card_reads')}",
    )


def language_of(network_id: str) -> wording.Language:
    """Return the language in which a network writes."""
    language = Network.objects.values_list("language", flat=True).get(id=network_id)
    return "en" if language == "en" else "nl"


def say_day(day: date, *, network_id: str) -> str:
    """Return a day in the words of a network's language."""
    return wording.say_day(day, language=language_of(network_id))


def tell_judges(template: str, *, network_id: str, besides: str, facts: Mapping[str, str]) -> int:
    """Write to everybody who judges what somebody did; return to how many.

    Where nobody can, the administrators hear that, and not who or why.
    """
    role = access.answering_role(network_id, besides=besides)
    if role is Role.ADMINISTRATOR:
        template, facts = UNJUDGED, {}
    found = [
        account for account in access.told(role, network_id=network_id, besides=besides) if account.user.email
    ]
    for account in found:
        _send(account, template=template, facts=facts)
    return len(found)


def say_who_judges(network_id: str, *, besides: str) -> str:
    """Return the sentence about who judges what somebody did, in the words of a network's language."""
    role = access.answering_role(network_id, besides=besides)
    return JUDGED_BY[language_of(network_id)][role]


def tell_person(template: str, *, network_id: str, person_id: str, facts: Mapping[str, str]) -> None:
    """Write to a person who has an account and an address."""
    account = access.account_of(person_id, network_id=network_id)
    if account is not None and account.user.email:
        _send(account, template=template, facts=facts)


def tell_verdict(person_id: str, *, verdict: Verdict, network_id: str) -> None:
    """Write to who opened a card how that was judged."""
    said = VERDICTS[language_of(network_id)][verdict]
    tell_person(JUDGED, network_id=network_id, person_id=person_id, facts={"verdict": said})


def _send(account: Account, *, template: str, facts: Mapping[str, str]) -> None:
    language = language_of(account.network_id)
    mail.queue_message(to=account.user.email, template=template, facts=facts, language=language)
