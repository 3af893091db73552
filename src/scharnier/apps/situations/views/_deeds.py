# SPDX-License-Identifier: EUPL-1.2
"""What every page does on which partners do something: act, and tell how that went."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.shortcuts import render

from scharnier.apps.http import ActorRequest, status_of
from scharnier.apps.people.attempting import attempt
from scharnier.apps.people.forms import CardForm
from scharnier.apps.situations.labels import Said
from scharnier.apps.situations.views._frame import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something to do, as a page offers it."""

    title: Said
    button: Said
    done: Said  # what is said afterwards
    back: str  # the address to go on to, and back to
    back_title: Said
    lead: Said = ""
    quoted: str = ""  # what it is about, in the words of partners
    suggestions: tuple[tuple[str, str], ...] = ()  # address and words
    extra: Mapping[str, object] = field(default_factory=dict)


def carry_out(
    request: ActorRequest,
    deed: Deed,
    act: Callable[[], object],
    *,
    form: CardForm,
    frame: Frame,
    template: str = "situations/deed.html",
) -> HttpResponse:
    """Do what a valid form says, or show the form."""
    if answer := attempt(request, act, form=form, done=deed.done, to=deed.back):
        return answer
    context = {"deed": deed, "form": form, "frame": frame, **deed.extra}
    return render(request, template, context, status=status_of(form))
