# SPDX-License-Identifier: EUPL-1.2
"""What every page with one short form does: show it, take it, or say what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from scharnier.apps.http import ActorRequest
from scharnier.apps.people import forms
from scharnier.apps.people.attempting import RefusalIn
from scharnier.core.kernel import Conflict, Invalid

Said = str | Promise
SAVE, SAVED = _("Save"), _("Saved.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditPage:
    """What stands around a form."""

    title: Said
    back: str  # the address to go to, saved or not
    lead: Said = ""
    save: Said = SAVE
    saved: Said = SAVED
    hours: BaseFormSet[Any] | None = None  # of a service


def edit(
    request: ActorRequest, form: forms.CardForm, *, page: EditPage, act: Callable[[], None]
) -> HttpResponse:
    """Do the act when the form is sent and right; else show the form with what was filled in."""
    is_looking = bool(getattr(form, "searched", ""))
    if form.is_bound and not is_looking and _is_done(form, page=page, act=act):
        messages.success(request, str(page.saved))
        return redirect(page.back)
    is_wrong = form.is_bound and not is_looking
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_wrong else HTTPStatus.OK
    return render(request, "people/edit.html", {"form": form, "page": page}, status=status)


def _is_done(form: forms.CardForm, *, page: EditPage, act: Callable[[], None]) -> bool:
    are_hours_right = page.hours is None or page.hours.is_valid()
    if not form.is_valid() or not are_hours_right:
        return False
    with RefusalIn(form, Invalid, Conflict):
        act()
    return not form.errors
