# SPDX-License-Identifier: EUPL-1.2
"""What every page with a form of a situation does: act, and tell how that went."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from scharnier.apps.http import ActorRequest, request_language
from scharnier.apps.people.forms import CardForm, Said
from scharnier.core.kernel import Conflict, Invalid, NotAllowed, NotFound
from scharnier.formats import wording


def act_or_say(
    request: ActorRequest, act: Callable[[], object], *, form: CardForm, done: Said, to: str
) -> HttpResponse | None:
    """Act and go on; return nothing when the form has to say what is wrong.

    Who was not the first to act is told so where they go on.
    """
    try:
        act()
    except Conflict as error:
        messages.error(request, wording.say_error(error, language=request_language()))
    except (Invalid, NotFound, NotAllowed) as error:
        form.add_refusal(error, language=request_language())
        return None
    else:
        messages.success(request, str(done))
    return redirect(to)
