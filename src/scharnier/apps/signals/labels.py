# SPDX-License-Identifier: EUPL-1.2
"""How signals are spoken of on screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from scharnier.core.signals import (
    Grain,
    Happening,
    Naming,
    Others,
    Seriousness,
    SignalState,
    SignalStep,
    Source,
)
from scharnier.formats import wording

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SERIOUSNESS: Final[Mapping[Seriousness, _StrPromise]] = {
    Seriousness.ANNOYING: _("It is annoying"),
    Seriousness.HARMFUL: _("People suffer from it, or things get broken"),
    Seriousness.DANGEROUS: _("It is dangerous"),
}
STATES: Final[Mapping[SignalState, _StrPromise]] = {
    SignalState.OPEN: _("Open"),
    SignalState.HANDLED: _("Handled"),
    SignalState.WITHDRAWN: _("Taken back"),
}
STEPS: Final[Mapping[SignalStep, _StrPromise]] = {
    SignalStep.HANDLE: _("This is handled"),
    SignalStep.REOPEN: _("Open it again"),
    SignalStep.WITHDRAW: _("Withdraw it"),
}
DONE: Final[Mapping[str, _StrPromise]] = {  # in the story of a signal
    SignalStep.HANDLE.value: _("handled"),
    SignalStep.REOPEN.value: _("opened again"),
    SignalStep.WITHDRAW.value: _("taken back"),
    "change": _("changed"),
}
SOURCES: Final[Mapping[Source, _StrPromise]] = {
    Source.MEMBER: _("told here"),
    Source.RESIDENT: _("told by a resident, by the open form"),
    Source.FILE: _("from a list"),
    Source.API: _("sent by another system"),
    Source.OPEN311: _("reported by another system (Open311)"),
}
NAMINGS: Final[Mapping[Naming, _StrPromise]] = {
    Naming.ASKED: _("You have not decided yet whether you are named."),
    Naming.NAMED: _("The other knows that it is you."),
    Naming.NOT_NAMED: _("You are not named."),
    Naming.LAPSED: _("You said nothing in time, so you are not named. You still can."),
}


def say_happened(happened: Happening, *, language: wording.Language) -> str:
    """Return when something was met, as exactly as it is known."""
    if happened.grain is Grain.DAY:
        return wording.say_day(happened.on, language=language)
    first, last = (wording.say_day(day, language=language) for day in (happened.first_day, happened.last_day))
    return gettext("some day from %(first)s to %(last)s") % {"first": first, "last": last}


def say_others(others: Others) -> str:
    """Return who else meets something, in one sentence that anybody may read."""
    n, with_residents = others.n_partners, others.has_residents
    if n and with_residents:
        said = ngettext(
            "One other partner meets something like this here, and so do residents.",
            "%(n)d other partners meet something like this here, and so do residents.",
            n,
        )
    elif n:
        said = ngettext(
            "One other partner meets something like this here.",
            "%(n)d other partners meet something like this here.",
            n,
        )
    elif with_residents:
        said = gettext("Residents meet something like this here.")
    else:
        said = gettext("Nobody else told something like this here lately.")
    return said % {"n": n} if "%(n)d" in said else said
