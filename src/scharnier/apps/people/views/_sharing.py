# SPDX-License-Identifier: EUPL-1.2
"""Pages of what somebody shares: with whom, what for, until when; and stop it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scharnier.apps.http import ActorRequest, now, today
from scharnier.apps.people import forms, selectors, services
from scharnier.apps.people.views._editing import EditPage, edit
from scharnier.apps.sharing import services as sharings


@never_cache
@require_safe
def sharing(request: ActorRequest) -> HttpResponse:
    """Show with whom the actor shares their card, and who shares theirs."""
    page = selectors.sharing_page(request.actor, on=today(), at=now())
    return render(request, "people/sharing.html", {"page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def share(request: ActorRequest) -> HttpResponse:
    """Share the own card."""
    form = forms.ShareForm(request.POST or None, actor=request.actor, on=today())
    page = EditPage(
        title=_("Share my card"),
        lead=_("Also with people who cannot find or reach you otherwise. You say for what, and until when."),
        back=reverse("people:sharing"),
        save=_("Share"),
        saved=_("Shared. You see each time they open your card under “Who looked at my card”."),
    )
    return edit(
        request,
        form,
        page=page,
        act=lambda: services.share_card(form.value(), actor=request.actor, on=today(), at=now()),
    )


@require_POST
def stop_sharing(request: ActorRequest, sharing_pk: int) -> HttpResponse:
    """Stop sharing, at once."""
    sharings.stop(sharing_pk, actor=request.actor, at=now())
    messages.success(request, gettext("Stopped. They do not see your card through this any more."))
    return redirect("people:sharing")
