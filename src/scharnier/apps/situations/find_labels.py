# SPDX-License-Identifier: EUPL-1.2
"""How a page says what the scan found: counts in bands, and how rare it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from scharnier.apps.situations.labels import Said
from scharnier.apps.situations.selectors import PartnerBand
from scharnier.core.detection import Band
from scharnier.core.situations import Following

PERIODS: Final[Mapping[int, Said]] = {  # of the steps that say how rare a find is, each as long or shorter
    8: _("8 weeks"),
    16: _("16 weeks"),
    32: _("half a year"),
    64: _("a year"),
    128: _("two years"),
    256: _("four years"),
    512: _("nine years"),
}
MANY: Final[Mapping[int, Said]] = {  # partners who are not named
    2: _("Two partners"),
    3: _("Three partners"),
    4: _("Four partners"),
    5: _("Five partners"),
    6: _("Six partners"),
    7: _("Seven partners"),
    8: _("Eight partners"),
    9: _("Nine partners"),
    10: _("Ten partners"),
}
SAY_ONE_BAND: Final = _(
    "After a signal more follow within some 100 metres, for %(days)d days: at least %(times)s times as "
    "many as by chance (all partners together, %(half_year)s)."
)
SAY_BANDS: Final = _(
    "After a signal more follow within some 100 metres, for %(days)d days: in the first week at least "
    "%(times)s times as many as by chance (all partners together, %(half_year)s)."
)


def say_signals(band: Band) -> str:
    """Return how many signals there are, as far as that is told."""
    if band.high is None:
        return gettext("%(low)d signals or more") % {"low": band.low}
    if not band.low:
        return gettext("fewer than %(n)d signals") % {"n": band.high + 1}
    return gettext("%(low)d to %(high)d signals") % {"low": band.low, "high": band.high}


def say_partners(partners: Iterable[PartnerBand]) -> tuple[tuple[str, str], ...]:
    """Return who meets it and how much each; those who are not named and meet as much, in one line."""
    lines = []
    for partner, alike in groupby(partners):  # two that are named are never alike
        n, signals = len(list(alike)), say_signals(partner.band)
        if n == 1:
            lines.append((say_partner(partner), signals))
        else:
            lines.append((_say_many(n), gettext("each %(signals)s") % {"signals": signals}))
    return tuple(lines)


def _say_many(n: int) -> str:
    many = MANY.get(n)
    return gettext("%(n)d partners") % {"n": n} if many is None else str(many)


def say_partner(partner: PartnerBand) -> str:
    """Return who it is, as far as the reader may know."""
    if partner.is_residents:
        return gettext("Residents together")
    return partner.name or gettext("A partner")


def say_rarity(weeks: int) -> str:
    """Return how seldom chance alone gives such a find."""
    return gettext("By chance alone something like this happens less often than once in %(period)s.") % {
        "period": PERIODS[weeks]
    }


def say_following(following: Sequence[Following], *, of: date | None) -> str:
    """Return for how long after a signal more follow nearby, and how many more; empty: nothing to tell."""
    if not following or of is None:
        return ""
    ends = of.replace(month=of.month + 5)
    half_year = f"{date_format(of, 'F')} - {date_format(ends, 'F Y')}"
    told = {"days": following[-1].to_days, "times": say_halves(following[0].times), "half_year": half_year}
    return (SAY_ONE_BAND if len(following) == 1 else SAY_BANDS) % told


def say_halves(times: float) -> str:
    """Return a number of halves as people write it.

    Examples
    --------
    >>> say_halves(1.5), say_halves(2.0)
    ('1½', '2')
    """
    return f"{int(times)}½" if times % 1 else f"{int(times)}"
