# SPDX-License-Identifier: EUPL-1.2
"""What the night does for what partners do: remind of looking again, and tell the figures of a month.

Each turn has a transaction of its own, which writes the letters as well: whoever dies in between leaves what
is done, and the next night does the rest and nothing twice.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from scharnier.apps.mail import services as mail
from scharnier.apps.people.models import Account
from scharnier.apps.situations import counting, doers, models, services
from scharnier.core import situations
from scharnier.core.kernel import NetworkId
from scharnier.core.situations import FigureSource, MonthTold, State
from scharnier.formats import wording

RECHECK: Final = "recheck_due"
GOES_ON: Final = [state.value for state in State if state not in situations.ENDED]


def remind_rechecks(network_id: NetworkId, *, on: date, at: datetime) -> int:
    """Write to who leads what is to be looked at again, once; return how many were reminded of."""
    due = models.Recheck.objects.filter(
        network_id=network_id,
        done_on=None,
        reminded_on=None,
        due__lte=on,
        situation__state=State.CLOSED.value,
    )
    reverse("situations:closing", args=["-"])  # reads the addresses of the site before a lock is held
    pks = list(due.order_by("due", "pk").values_list("pk", flat=True))
    return sum(_remind(pk, on=on, at=at) for pk in pks)


def count_signals(network_id: NetworkId) -> int:
    """Store the figures of the months of which there is a map, of what goes on; return how many are known.

    A month that was told is told the same for ever.
    """
    months = counting.read_months(network_id)
    if not months:
        return 0
    found = models.Situation.objects.filter(
        network_id=network_id, state__in=GOES_ON, indicators__source=FigureSource.SIGNALS.value
    )
    pks = list(found.order_by("pk").values_list("pk", flat=True).distinct())
    return sum(_count(pk, months) for pk in pks)


@transaction.atomic
def _remind(recheck_pk: int, *, on: date, at: datetime) -> bool:
    rows_found = models.Recheck.objects.select_related("situation__lead", "situation__network")
    row = rows_found.select_for_update(of=("self",)).get(pk=recheck_pk)
    if row.reminded_on is not None or row.done_on is not None:  # somebody was first
        return False
    row.reminded_on = on
    row.save(update_fields=["reminded_on"])
    language: wording.Language = "en" if row.situation.network.language == "en" else "nl"
    facts = {
        "closed": wording.say_day(row.situation.ended_on or on, language=language),
        "network": row.situation.network.name,
        "link": f"{settings.ADDRESS}{reverse('situations:closing', args=[row.situation_id])}",
    }
    for account in _leading(row.situation, on=on):
        is_lead = account.person == row.situation.lead
        said = {**facts, "party": "" if is_lead else row.situation.owner_name}
        mail.queue_message(to=account.user.email, template=RECHECK, facts=said, language=language)
    services.record_reminder(row, at=at)
    return True


def _leading(row: models.Situation, *, on: date) -> list[Account]:
    """Return who is written to: who leads, else everybody who acts for the organization that does."""
    acting = doers.accounts_for([row.owner_text_id], network_id=row.network_id, on=on)
    reached = [account for account in acting if mail.is_address(account.user.email)]
    leads = [account for account in reached if account.person == row.lead]
    return leads or reached


@transaction.atomic
def _count(situation_pk: str, months: tuple[MonthTold, ...]) -> int:
    held = models.Situation.objects.select_for_update(of=("self",)).filter(pk=situation_pk)
    if held.first() is None:
        return 0
    row = models.Situation.objects.prefetch_related("indicators__readings").get(pk=situation_pk)
    counted = [each for each in row.indicators.all() if each.source == FigureSource.SIGNALS.value]
    return sum(services.count_figures(row, indicator, months) for indicator in counted)
