# SPDX-License-Identifier: EUPL-1.2
"""Pages to take areas from a map: send the file, choose from what is in it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from scharnier.apps.http import ActorRequest, request_language, show_and_take, status_of, today
from scharnier.apps.people import drafts, forms, selectors, services
from scharnier.apps.people.attempting import RefusalIn
from scharnier.core import network
from scharnier.core.kernel import Conflict, Invalid, NotFound
from scharnier.formats import areas_geojson, wording

LONGEST_FILE_NAME = 100


@never_cache
@show_and_take
def import_areas(request: ActorRequest) -> HttpResponse:
    """Take a map of areas, or say what is wrong with it."""
    drafts.check_may_import(request.actor, on=today())
    form = forms.MapForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        with RefusalIn(form, Invalid):
            services.keep_areas(
                file.read(areas_geojson.MOST_BYTES + 1),  # one more tells that it is too much
                file_name=(file.name or "")[-LONGEST_FILE_NAME:],
                actor=request.actor,
                on=today(),
                at=timezone.now(),
            )
            return redirect("people:check_areas")
    return render(request, "people/areas.html", {"form": form}, status=status_of(form))


@never_cache
@show_and_take
def check_areas(request: ActorRequest) -> HttpResponse:
    """Show what is in the map, and take what the actor chose."""
    page = selectors.areas_page(request.actor, on=today(), at=timezone.now())
    form = forms.AreasForm(
        request.POST or None,
        found=[(area_id, area_id) for area_id in page.ids],
        areas=selectors.area_choices(request.actor),
        initial={"digest": page.digest, "chosen": list(page.whole_ids)},
    )
    if form.is_bound and form.is_valid():
        try:
            merge = _import(request, form)
        except Conflict as error:  # another file took its place: look at that one
            messages.error(request, wording.say_error(error, language=request_language()))
            return redirect("people:check_areas")
        except (Invalid, NotFound) as error:
            form.add_refusal(error, language=request_language())
        else:
            _say_done(request, merge)
            return redirect("mapping:map")
    return render(request, "people/check_areas.html", {"form": form, "page": page}, status=status_of(form))


def _import(request: ActorRequest, form: forms.AreasForm) -> network.Merge:
    return services.import_areas(
        form.cleaned_data["digest"],
        chosen=form.chosen_ids,
        parent_id=form.parent_id,
        actor=request.actor,
        on=today(),
        at=timezone.now(),
    )


def _say_done(request: ActorRequest, merge: network.Merge) -> None:
    added, changed = (len(merge.of("areas", fate)) for fate in (network.Fate.ADDED, network.Fate.CHANGED))
    said = gettext("Done. New: %(added)s. Changed: %(changed)s.")
    messages.success(request, said % {"added": added, "changed": changed})


@require_POST
def drop_areas(request: ActorRequest) -> HttpResponse:
    """Put the map away without taking anything."""
    services.drop_draft(actor=request.actor)
    messages.success(request, gettext("Nothing was brought in. We threw our copy of the file away."))
    return redirect("people:import_areas")
