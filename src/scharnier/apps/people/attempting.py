# SPDX-License-Identifier: EUPL-1.2
"""What every page does that acts on what others may have acted on meanwhile: act, and tell how that went."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from scharnier.apps.http import ActorRequest, request_language
from scharnier.apps.people.forms import CardForm, Said
from scharnier.core.kernel import Conflict, Invalid, NotFound, ScharnierError
from scharnier.formats import wording

REFUSED: Final[tuple[type[ScharnierError], ...]] = (Invalid, NotFound)


class RefusalIn:
    """Around an act and the way on from it: what is refused is said in the form, to be shown again."""

    def __init__(self, form: CardForm, *kinds: type[ScharnierError]) -> None:
        self.form, self.kinds = form, kinds

    def __enter__(self) -> None:
        """Only the end counts."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        """Say why it was refused; other errors find their own way out."""
        if not isinstance(error, self.kinds):
            return False
        self.form.add_refusal(error, language=request_language())
        return True


def attempt(  # what is done, and where each end of it is told
    request: ActorRequest,
    act: Callable[[], object],
    *,
    form: CardForm,
    done: Said,
    to: str,
    refused: tuple[type[ScharnierError], ...] = REFUSED,
) -> HttpResponse | None:
    """Do what a valid form says and go on; return nothing when the form is to be shown, perhaps with why not.

    Who was not the first to act is told so where they go on.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        act()
    except Conflict as error:
        messages.error(request, wording.say_error(error, language=request_language()))
    except refused as error:
        form.add_refusal(error, language=request_language())
        return None
    else:
        messages.success(request, str(done))
    return redirect(to)
