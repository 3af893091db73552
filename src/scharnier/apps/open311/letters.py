# SPDX-License-Identifier: EUPL-1.2
"""Whom we write to about what is stuck on its way to another system."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.urls import reverse

from scharnier.apps.mail import services as mail
from scharnier.apps.open311 import models
from scharnier.apps.referral import letters, reach

STUCK: Final = "report_stuck"


def tell_stuck(row: models.Passage) -> None:
    """Write to the coordinators that something did not certainly arrive in a system, in the caller's act.

    One mail for all of one system, until the list of what is stuck there was worked through.
    """
    others = models.Passage.objects.filter(system=row.system_id, step__in=models.STUCK).exclude(pk=row.pk)
    if others.exists():
        return
    facts = {
        "organization": row.system.organization.name,
        "link": f"{settings.ADDRESS}{reverse('open311:reporting')}",
    }
    language = letters.language_of(row.network_id)
    for address in reach.reach_coordinators(row.network_id).members:
        mail.queue_message(to=address, template=STUCK, facts=facts, language=language)
