# SPDX-License-Identifier: EUPL-1.2
"""Places that never count: the list, one more, and one that counts again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from scharnier.apps.http import ActorRequest, now, posted, show_and_take, status_of
from scharnier.apps.people.attempting import RefusalIn
from scharnier.apps.signals import selectors as signals
from scharnier.apps.situations import forms, selectors, services
from scharnier.core.kernel import Invalid


@never_cache
@show_and_take
def excluded(request: ActorRequest) -> HttpResponse:
    """Show where nothing counts, and leave a place out."""
    places = selectors.excluded_places(request.actor)
    form = forms.ExcludeForm(posted(request), ground=signals.read_ground(request.actor))
    if request.method == "POST" and form.is_valid():
        with RefusalIn(form, Invalid):
            services.exclude_place(form.excluded(), actor=request.actor, at=now())
            messages.success(request, gettext("Left out. It does not count from the next night on."))
            return redirect("situations:excluded")
    context = {"places": places, "form": form}
    return render(request, "situations/excluded.html", context, status=status_of(form))


@never_cache
@show_and_take
def count_again(request: ActorRequest, square: str) -> HttpResponse:
    """Ask whether a place counts again, and let it."""
    place = selectors.excluded_place(square, actor=request.actor)
    if request.method == "POST":
        services.count_again(square, actor=request.actor, at=now())
        messages.success(request, gettext("It counts again from the next night on."))
        return redirect("situations:excluded")
    return render(request, "situations/count_again.html", {"place": place})
