# SPDX-License-Identifier: EUPL-1.2
"""The network in a picture with its table, and the contacts that people enter themselves."""

from __future__ import annotations

import msgspec
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from scharnier.apps.http import ActorRequest, request_language, today
from scharnier.apps.people import exporting
from scharnier.apps.picture import access, forms, selectors, services
from scharnier.core.kernel import PersonId

REMOVED_SESSION_KEY = "removed_tie"  # what was taken away last, to put back


def _selection_form(request: ActorRequest) -> forms.SelectionForm:
    choices = selectors.choices(request.actor, on=today(), language=request_language())
    return forms.SelectionForm(request.GET, choices=choices)


@never_cache
@require_safe
def picture(request: ActorRequest) -> HttpResponse:
    """Show who is tied to whom, as a picture and as a table."""
    form = _selection_form(request)
    page = selectors.picture_page(
        form.selection,
        actor=request.actor,
        on=today(),
        number=request.GET.get("page", "1"),
        language=request_language(),
    )
    context = {"form": form, "page": page, "may_export": exporting.may_export(request.actor)}
    return render(request, "picture/picture.html", context)


@never_cache
@require_safe
def data(request: ActorRequest) -> HttpResponse:
    """Answer the points and lines of the same picture."""
    selection = _selection_form(request).selection
    found = selectors.picture_data(selection, actor=request.actor, on=today())
    return HttpResponse(found, content_type="application/json")


@never_cache
@require_safe
def contacts(request: ActorRequest) -> HttpResponse:
    """Show somebody's own contacts, and whom they could add."""
    search = forms.SearchForm(request.GET or None)
    numbers = request.GET.get("page", "1"), request.GET.get("of_me", "1")
    page = selectors.contacts_page(request.actor, on=today(), language=request_language(), numbers=numbers)
    found = selectors.find_persons(search.text, actor=request.actor, on=today())
    context = {
        "page": page,
        "search": search,
        "found": found,
        "declare": forms.DeclareForm(found=found),
        "kind": forms.KindForm(),
        "undo": _undo(request),
    }
    return render(request, "picture/contacts.html", context)


def _undo(request: ActorRequest) -> str | None:
    """Return the name at the other end of what was just taken away; None when nothing was."""
    kept = request.session.get(REMOVED_SESSION_KEY)
    if kept is None or "removed" not in request.GET:
        return None
    ends = kept["source_id"], kept["target_id"]
    return selectors.name_of_other(ends, actor=request.actor, on=today())


@require_POST
def declare(request: ActorRequest) -> HttpResponse:
    """Add a contact."""
    is_new = services.declare_tie(
        PersonId(request.POST.get("person", "")),
        kind=forms.KindForm(request.POST).chosen,
        actor=request.actor,
        on=today(),
        at=timezone.now(),
    )
    said = gettext("This contact is in your list now.")
    messages.success(request, said if is_new else gettext("That was in your list already; it holds today."))
    return redirect("picture:contacts")


@require_POST
def confirm(request: ActorRequest, tie_pk: int) -> HttpResponse:
    """Say that a contact still holds."""
    services.confirm_tie(tie_pk, actor=request.actor, on=today(), at=timezone.now())
    messages.success(request, gettext("Good to know. It holds from today."))
    return redirect("picture:contacts")


@require_POST
def change(request: ActorRequest, tie_pk: int) -> HttpResponse:
    """Say what a contact really is."""
    kind = forms.KindForm(request.POST).chosen
    services.change_tie(tie_pk, kind=kind, actor=request.actor, on=today(), at=timezone.now())
    messages.success(request, gettext("Changed. It holds from today."))
    return redirect("picture:contacts")


@require_POST
def remove(request: ActorRequest, tie_pk: int) -> HttpResponse:
    """Take a contact away; the page that follows can put it back."""
    removed = services.remove_tie(tie_pk, actor=request.actor, at=timezone.now())
    request.session[REMOVED_SESSION_KEY] = msgspec.to_builtins(removed)
    return redirect(f"{reverse('picture:contacts')}?removed=1")


@require_POST
def restore(request: ActorRequest) -> HttpResponse:
    """Put back what was just taken away."""
    kept = request.session.pop(REMOVED_SESSION_KEY, None)
    if kept is None:
        raise access.TieNotFound
    removed = msgspec.convert(kept, services.Removed)
    services.restore_tie(removed, actor=request.actor, at=timezone.now())
    messages.success(request, gettext("It is back, as it was."))
    return redirect("picture:contacts")
