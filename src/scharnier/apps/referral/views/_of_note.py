# SPDX-License-Identifier: EUPL-1.2
"""A note becomes the draft of a referral in one step, or fills the form in where somebody has to choose."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from scharnier.apps.http import ActorRequest, request_language
from scharnier.apps.people.attempting import doing_on
from scharnier.apps.referral import services
from scharnier.apps.referral.views._refer import refer
from scharnier.core.kernel import Conflict, Invalid
from scharnier.formats import wording


@require_POST
def of_note(request: ActorRequest, note_key: UUID) -> HttpResponse:
    """Make a referral of a note; a note that cannot be one says why, and stays."""
    try:
        made = services.make_of_note(note_key, **doing_on(request))
    except (Conflict, Invalid) as error:
        messages.error(request, wording.say_error(error, language=request_language()))
        return redirect("notes:own_notes")
    if made is None:
        messages.info(request, gettext("Choose whom you ask. Your note is filled in."))
        return refer(request, note_key)
    messages.success(request, gettext("This is a draft now. Only you see it: look it over, and send it."))
    return redirect("referral:referral", made)
