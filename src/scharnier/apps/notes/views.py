# SPDX-License-Identifier: EUPL-1.2
"""Pages of notes: the one to write on, also for a phone that sends later, and the list of what waits."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scharnier.apps.http import ActorRequest, now, request_language, status_of, today
from scharnier.apps.notes import access, forms, selectors, services
from scharnier.core.kernel import Conflict, Invalid
from scharnier.core.notes import KEPT_DAYS

RULE = "note"  # of retention


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: ActorRequest) -> HttpResponse:
    """Write something down; a program of the page gets JSON."""
    access.check_may_note(request.actor, on=today())
    if request.method != "POST":
        return _write_page(request, forms.NoteForm(initial={"key": uuid4()}))
    form = forms.NoteForm(request.POST)
    is_new = _keep(form, request=request)
    if _wants_json(request):
        return _answer(form, is_new=is_new)
    if form.errors:
        return _write_page(request, form)
    messages.success(request, gettext("Noted. Only you see it."))
    return redirect("notes:write")


def _keep(form: forms.NoteForm, *, request: ActorRequest) -> bool:
    """Keep what was written, or say in the form why not."""
    if not form.is_valid():
        return False
    try:
        return services.make_note(
            form.note(),
            about=form.cleaned_data["about"],
            key=form.written_key(),
            actor=request.actor,
            at=now(),
        )
    except (Invalid, Conflict) as error:
        form.add_refusal(error, language=request_language())
        return False


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _answer(form: forms.NoteForm, *, is_new: bool) -> JsonResponse:
    """Return whether it is kept now, was kept before, or why it is not."""
    if form.errors:
        said = {name: errors[0] for name, errors in form.errors.items()}
        return JsonResponse({"errors": said}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    return JsonResponse({"is_new": is_new}, status=HTTPStatus.CREATED if is_new else HTTPStatus.OK)


def _write_page(request: ActorRequest, form: forms.NoteForm) -> HttpResponse:
    status = status_of(form)
    page = selectors.write_page(request.actor)
    return render(request, "notes/write.html", {"form": form, "page": page}, status=status)


@login_not_required
@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """Show the form with nothing of anybody in it: this is what a phone keeps to open without a network."""
    return render(request, "notes/shell.html", {"form": forms.NoteForm()})


@never_cache
@require_safe
def account(request: ActorRequest) -> HttpResponse:
    """Tell the program of the page for whom it can send now, and with which token."""
    key = selectors.account_key(request.actor)
    return JsonResponse({"account": key, "token": get_token(request)})


@never_cache
@require_safe
def leaving(request: ActorRequest) -> HttpResponse:
    """Say before logging out that something still waits on this phone."""
    return render(request, "notes/leaving.html", {"account_key": selectors.account_key(request.actor)})


@never_cache
@require_safe
def own_notes(request: ActorRequest) -> HttpResponse:
    """Show what the actor wrote down and waits."""
    kept_days = settings.RETENTION.get(RULE, KEPT_DAYS)
    page = selectors.notes_page(request.actor, on=today(), at=now(), kept_days=kept_days)
    return render(request, "notes/notes.html", {"page": page})


@require_POST
def throw_away(request: ActorRequest, note_key: UUID) -> HttpResponse:
    """Throw a note away; the list offers to take it back."""
    services.throw_away(note_key, actor=request.actor, at=now())
    messages.success(
        request, gettext("Thrown away. You can take it back for a day, at the end of this page.")
    )
    return redirect("notes:own_notes")


@require_POST
def take_back(request: ActorRequest, note_key: UUID) -> HttpResponse:
    """Let a note wait again."""
    services.take_back(note_key, actor=request.actor, at=now())
    messages.success(request, gettext("Back in your list."))
    return redirect("notes:own_notes")
