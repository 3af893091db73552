# SPDX-License-Identifier: EUPL-1.2
"""Pages to bring in a list of signals, after a look at what would come of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from scharnier.apps.http import ActorRequest, now, request_language, show_and_take, status_of, today
from scharnier.apps.people import selectors as people
from scharnier.apps.people import services as people_services
from scharnier.apps.people.attempting import RefusalIn
from scharnier.apps.signals import imports, labels
from scharnier.apps.signals.imports_forms import ListForm
from scharnier.apps.signals.imports_values import said_in
from scharnier.core.kernel import Conflict, Invalid, NotAllowed
from scharnier.formats import wording

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_FILE_NAME = 100
MOST_SHOWN = 5  # of the new signals, to see how they were read


@never_cache
@show_and_take
def import_signals(request: ActorRequest) -> HttpResponse:
    """Take a list of signals, or say why it cannot be read."""
    owners = imports.owners(request.actor, on=today())
    form = ListForm(request.POST or None, request.FILES or None, owners=owners)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        with RefusalIn(form, Invalid, NotAllowed):
            imports.keep_list(
                file.read(imports.MOST_BYTES + 1),  # one more tells that it is too much
                file_name=(file.name or "")[-LONGEST_FILE_NAME:],
                owner_id=form.owner_id,
                actor=request.actor,
                on=today(),
                at=timezone.now(),
            )
            return redirect("signals:check_list")
    return render(request, "signals/import.html", {"form": form}, status=status_of(form))


@require_safe
def list_template(request: ActorRequest) -> HttpResponse:
    """Give the empty workbook to fill in."""
    imports.owners(request.actor, on=today())
    book = imports.write_template(request.actor, language=request_language())
    answer = HttpResponse(book, content_type=WORKBOOK)
    answer["Content-Disposition"] = 'attachment; filename="scharnier.xlsx"'
    return answer


@never_cache
@show_and_take
def check_list(request: ActorRequest) -> HttpResponse:
    """Show what would come of the list, and take it in when the actor says so."""
    if request.method == "POST":
        return _import(request)
    page = imports.preview_list(request.actor, at=timezone.now())
    topics = {topic for signal in page.new[:MOST_SHOWN] for topic in signal.topics}
    language = request_language()
    names = dict(people.topic_choices(topics, actor=request.actor, language=language))
    areas = dict(people.area_choices(request.actor))
    examples = [
        {
            "signal": signal,
            "when": labels.say_happened(signal.happened, language=language),
            "place": signal.place.words or areas.get(signal.place.area_id or "", ""),
            "topics": sorted(names[topic] for topic in signal.topics if topic in names),
        }
        for signal in page.new[:MOST_SHOWN]
    ]
    context = {
        "page": page,
        "examples": examples,
        "said": said_in(page.refused.lines, language=language),
        "n_more": page.refused.n_rows - len(page.refused.lines),
    }
    return render(request, "signals/check_list.html", context)


def _import(request: ActorRequest) -> HttpResponse:
    try:
        taken = imports.import_list(request.POST.get("digest", ""), actor=request.actor, on=today(), at=now())
    except (Conflict, Invalid) as error:
        messages.error(request, wording.say_error(error, language=request_language()))
        is_there = isinstance(error, Conflict)
        return redirect("signals:check_list" if is_there else "signals:import")
    n_new, n_known = len(taken.new), taken.n_known
    said = ngettext("Done. One new signal.", "Done. %(n)s new signals.", n_new) % {"n": n_new}
    if n_known:
        kept = ngettext("One was here already.", "%(n)s were here already.", n_known) % {"n": n_known}
        said = f"{said} {kept}"
    messages.success(request, said)
    return redirect("signals:own_signals")


@require_POST
def drop_list(request: ActorRequest) -> HttpResponse:
    """Put the list away without bringing it in."""
    people_services.drop_draft(actor=request.actor)
    messages.success(request, gettext("Nothing was brought in. We threw our copy of the file away."))
    return redirect("signals:import")
