# SPDX-License-Identifier: EUPL-1.2
"""What every page does that acts where others may have acted meanwhile: say who, act, tell how it went."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final, TypedDict

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from scharnier.apps.http import ActorRequest, now, request_language, today
from scharnier.apps.people.forms import CardForm, Said
from scharnier.core.kernel import Actor, Conflict, Invalid, NotFound, ScharnierError
from scharnier.formats import wording

REFUSED: Final[tuple[type[ScharnierError], ...]] = (Invalid, NotFound)


class Doing(TypedDict):
    """Who acts, and at which moment."""

    actor: Actor
    at: datetime


class DoingOn(Doing):
    """The same, with the day."""

    on: date


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


def doing(request: ActorRequest) -> Doing:
    """Return who acts now."""
    return Doing(actor=request.actor, at=now())


def doing_on(request: ActorRequest) -> DoingOn:
    """Return who acts now, and the day."""
    return DoingOn(actor=request.actor, at=now(), on=today())


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
