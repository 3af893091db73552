# SPDX-License-Identifier: EUPL-1.2
"""How a mail and a calendar say what waits: no words of a need, and no name of a person."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from scharnier.apps.referral.selectors import Whose
from scharnier.apps.situations.labels import AWAITED
from scharnier.core.digest import Often
from scharnier.core.referral import Awaited
from scharnier.core.situations import Awaited as Shared

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Text: TypeAlias = "_StrPromise"

OFTEN: Final[Mapping[Often, Text]] = MappingProxyType(
    {
        Often.WEEKLY: _("Once a week"),
        Often.WORKING_DAYS: _("Every working day"),
        Often.NEVER: _("Never"),
    }
)
WEEKDAYS: Final[Mapping[int, Text]] = MappingProxyType(
    {1: _("Monday"), 2: _("Tuesday"), 3: _("Wednesday"), 4: _("Thursday"), 5: _("Friday")}
)
MINE: Final[Mapping[Awaited, Text]] = MappingProxyType(
    {
        Awaited.SENDING: _("A draft of yours is not sent yet"),
        Awaited.ANSWER: _("%(who)s waits for your answer"),
        Awaited.START: _("%(who)s waits until you begin"),
        Awaited.RESULT: _("%(who)s waits to hear what came of it"),
        Awaited.RESUMING: _("You let something of %(who)s wait"),
        Awaited.NEXT_PARTY: _("Nobody has your question now"),
        Awaited.OUTCOME: _("Your question was taken care of. Say whether it helped"),
    }
)
OF_ORGANIZATION: Final[Mapping[Awaited, Text]] = MappingProxyType(
    {
        Awaited.ANSWER: _("%(who)s waits for an answer of %(party)s"),
        Awaited.START: _("%(who)s waits until %(party)s begins"),
        Awaited.RESULT: _("%(who)s waits to hear of %(party)s what came of it"),
        Awaited.RESUMING: _("%(party)s lets something of %(who)s wait"),
    }
)
OF_NETWORK: Final[Mapping[Awaited, Text]] = MappingProxyType(
    {
        Awaited.SENDING: _("A draft is left of somebody who has gone"),
        Awaited.ANSWER: _("%(party)s is asked, and does not answer"),
        Awaited.NEXT_PARTY: _("Nobody has the question of somebody who has gone"),
        Awaited.OUTCOME: _("Somebody has gone, and nobody says whether it helped"),
    }
)
LINES: Final[Mapping[Whose, Mapping[Awaited, Text]]] = MappingProxyType(
    {Whose.MINE: MINE, Whose.ORGANIZATIONS: OF_ORGANIZATION, Whose.NETWORK: OF_NETWORK}
)


def say_somebody(organization: str) -> str:
    """Return who somebody is without their name."""
    if not organization:
        return gettext("somebody")
    return gettext("somebody of %(organization)s") % {"organization": organization}


def say_line(said: Text | str, **names: str) -> str:
    """Return a sentence with who is in it, from its first letter on."""
    whole = str(said) % names
    return whole[:1].upper() + whole[1:]


def say_since(n_days: int) -> str:
    """Return since when, in days as a calendar counts them."""
    if n_days <= 0:
        return gettext("since today")
    return ngettext("since yesterday", "for %(n)d days", n_days) % {"n": n_days}


def say_waiting(whose: Whose, n: int) -> str:
    """Return how many things wait for one of three."""
    if whose is Whose.MINE:
        said = ngettext("%(n)d thing waits for you.", "%(n)d things wait for you.", n)
    elif whose is Whose.ORGANIZATIONS:
        said = ngettext(
            "%(n)d thing waits for an organization you act for.",
            "%(n)d things wait for organizations you act for.",
            n,
        )
    else:
        said = ngettext("%(n)d thing waits for the network.", "%(n)d things wait for the network.", n)
    return said % {"n": n}


def say_subject(n: int, *, network: str) -> str:
    """Return the subject of a mail."""
    said = ngettext("%(n)d thing waits in %(network)s", "%(n)d things wait in %(network)s", n)
    return said % {"n": n, "network": network}


def say_notes(n: int, *, since: str) -> str:
    """Return how much somebody wrote down that still has to find somebody."""
    said = ngettext(
        "%(n)d note of yours still has to find somebody, %(since)s.",
        "%(n)d notes of yours still have to find somebody, the oldest %(since)s.",
        n,
    )
    return said % {"n": n, "since": since}


def say_more(n: int) -> str:
    """Return how many more there are than were told; empty: none."""
    return gettext("And %(n)d more.") % {"n": n} if n else ""


def say_shared(n_things: int) -> str:
    """Return how much waits in shared situations, without a word of them; empty: nothing."""
    if not n_things:
        return ""
    said = ngettext(
        "In what you tackle with others, one thing waits for you:",
        "In what you tackle with others, %(n)d things wait for you:",
        n_things,
    )
    return said % {"n": n_things}


def say_shared_day(awaited: Shared) -> str:
    """Return what somebody does by a day in something they tackle with others."""
    return gettext("Together: %(what)s") % {"what": AWAITED[awaited]}
