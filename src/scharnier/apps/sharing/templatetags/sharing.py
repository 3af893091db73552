# SPDX-License-Identifier: EUPL-1.2
"""How the end of a sharing is told: as the last day where it ends with one, else with the clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def ends_with_a_day(at: datetime) -> bool:
    """Tell whether a moment is midnight where the network is."""
    return timezone.localtime(at).time() == time.min


@register.filter
def last_day(at: datetime) -> date:
    """Return the last day before a midnight."""
    return timezone.localdate(at) - timedelta(days=1)
