# SPDX-License-Identifier: EUPL-1.2
"""Pages to bring a file in, after a look at what would come of it, and to take a copy out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from scharnier.apps.http import ActorRequest, request_language, show_and_take, status_of, today
from scharnier.apps.people import drafts, exporting, forms, labels, selectors, services
from scharnier.core import network
from scharnier.core.kernel import Conflict, Invalid, ScharnierError
from scharnier.formats import network_json, tables, wording

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_FILE_NAME = 100


@never_cache
@show_and_take
def import_network(request: ActorRequest) -> HttpResponse:
    """Take a file to bring into the network, or say what is wrong with it."""
    drafts.check_may_import(request.actor, on=today())
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    faults: tuple[str, ...] = ()
    if form.is_bound and form.is_valid():
        try:
            _keep(request, form.cleaned_data["file"])
        except Invalid as error:
            faults = _said_faults(error, language=request_language())
            _say(form, error, faults=faults)
        else:
            return redirect("people:check_import")
    context = {
        "form": form,
        "faults": faults,
        "n_waiting": len(selectors.waiting_cards(request.actor, on=today())),
    }
    status = status_of(form)
    return render(request, "people/import.html", context, status=status)


def _keep(request: ActorRequest, file: UploadedFile[Any]) -> None:
    services.keep_draft(
        file.read(selectors.MOST_BYTES + 1),  # one more tells that it is too much
        file_name=(file.name or "")[-LONGEST_FILE_NAME:],
        actor=request.actor,
        on=today(),
        at=timezone.now(),
    )


def _say(form: forms.UploadForm, error: Invalid, *, faults: tuple[str, ...]) -> None:
    if not faults:
        form.add_refusal(error, language=request_language())
        return
    said = ngettext(
        "One thing in the file is not right. Nothing was read. Mend it and choose the file again.",
        "%(n)s things in the file are not right. Nothing was read. Mend them and choose the file again.",
        len(faults),
    )
    form.add_error("file", said % {"n": len(faults)})


def _said_faults(error: ScharnierError, *, language: wording.Language) -> tuple[str, ...]:
    """Return what is wrong with a file, each by its place; nothing when it is the file as a whole."""
    if isinstance(error, tables.MalformedTables | network_json.MalformedNetwork):
        return tuple(wording.say_error(fault, language=language) for fault in error.faults)
    if isinstance(error, network.InvalidNetwork):
        return tuple(wording.say_note(problem, language=language) for problem in error.problems)
    return ()


@require_safe
def import_template(request: ActorRequest) -> HttpResponse:
    """Give the empty workbook to fill in."""
    drafts.check_may_import(request.actor, on=today())
    answer = HttpResponse(tables.write_template(request_language()), content_type=WORKBOOK)
    answer["Content-Disposition"] = 'attachment; filename="scharnier.xlsx"'
    return answer


@never_cache
@show_and_take
def check_import(request: ActorRequest) -> HttpResponse:
    """Show what would come of the file, and do it when the actor says so."""
    if request.method == "POST":
        return _import(request)
    page = selectors.import_preview(request.actor, on=today(), at=timezone.now())
    form = forms.ConfirmForm(initial={"digest": page.digest})
    titles = [(labels.PARTS[part.part], part) for part in page.parts]
    return render(request, "people/check_import.html", {"form": form, "page": page, "parts": titles})


def _import(request: ActorRequest) -> HttpResponse:
    form = forms.ConfirmForm(request.POST)
    form.is_valid()  # a digest that is not there is that of no file
    try:
        merge = services.import_draft(
            form.cleaned_data.get("digest", ""),
            is_vouched=form.cleaned_data["is_vouched"],
            actor=request.actor,
            on=today(),
            at=timezone.now(),
        )
    except (Conflict, Invalid) as error:
        messages.error(request, wording.say_error(error, language=request_language()))
        is_there = isinstance(error, Conflict)
        return redirect("people:check_import" if is_there else "people:import_network")
    added, changed = (
        len([step for step in merge.steps if step.fate is fate])
        for fate in (network.Fate.ADDED, network.Fate.CHANGED)
    )
    said = gettext("Done. New: %(added)s. Changed: %(changed)s.")
    messages.success(request, said % {"added": added, "changed": changed})
    return redirect("people:import_network")


@require_POST
def drop_import(request: ActorRequest) -> HttpResponse:
    """Put the file away without bringing it in."""
    services.drop_draft(actor=request.actor)
    messages.success(request, gettext("Nothing was brought in. We threw our copy of the file away."))
    return redirect("people:import_network")


@never_cache
@show_and_take
def export_network(request: ActorRequest) -> HttpResponse:
    """Give a copy of what the actor may see, once they say what it is for."""
    exporting.check_may_export(request.actor)
    form = forms.ExportForm(request.POST or None, initial=forms.usual_wish(on=today()))
    if form.is_bound and form.is_valid():
        copy = exporting.export_network(form.wish(), actor=request.actor, on=today(), at=timezone.now())
        answer = HttpResponse(copy.data, content_type=copy.content_type)
        answer["Content-Disposition"] = f'attachment; filename="{copy.file_name}"'
        return answer
    status = status_of(form)
    return render(request, "people/export.html", {"form": form}, status=status)
