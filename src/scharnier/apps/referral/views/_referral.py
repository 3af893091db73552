# SPDX-License-Identifier: EUPL-1.2
"""What waits, and one referral with the acts on it as a whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scharnier.apps.http import ActorRequest, posted, request_language, status_of, today
from scharnier.apps.people import selectors as people
from scharnier.apps.people.attempting import doing_on
from scharnier.apps.people.forms import CardForm
from scharnier.apps.referral import forms, selectors, services, showing, telling
from scharnier.apps.referral.views._doing import attempt
from scharnier.core.kernel import ReferralId
from scharnier.core.referral import Helped, NotOver

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Act = Callable[..., None]  # given a referral and actor, on and at
PER_PAGE = 50
TITLES = {
    selectors.Whose.MINE: _("For you"),
    selectors.Whose.ORGANIZATIONS: _("For the organizations you act for"),
    selectors.Whose.NETWORK: _("For the network"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What waits for one of three."""

    name: str
    title: _StrPromise
    lines: tuple[showing.WorkLine, ...]
    part: Page[int]
    previous: str
    next: str


@never_cache
@require_safe
def work(request: ActorRequest) -> HttpResponse:
    """Show what waits: for the reader, for their organizations, for the network."""
    groups = [_group(request, whose) for whose in selectors.Whose]
    introductions = [
        {"pk": each.pk, "said": showing.say_introduction(each)}
        for each in selectors.introductions_to_make(request.actor)
    ]
    is_empty = not introductions and not any(group.lines for group in groups)
    context = {"groups": groups, "introductions": introductions, "is_empty": is_empty}
    return render(request, "referral/work.html", context)


@never_cache
@require_safe
def begin(request: ActorRequest) -> HttpResponse:
    """Send on who has logged in: to what waits for them, else to the question."""
    return redirect("referral:work" if selectors.has_work(request.actor) else "overview:ask")


def _group(request: ActorRequest, whose: selectors.Whose) -> Group:
    key = f"{whose.value}_page"
    asked = request.GET.get(key, "")
    wanted = int(asked) if asked.isdecimal() and len(asked) <= len("99999") else 1
    found = selectors.work_list(
        request.actor, whose=whose, first=(max(wanted, 1) - 1) * PER_PAGE, most=PER_PAGE
    )
    part = Paginator(range(found.total), PER_PAGE).get_page(wanted)
    return Group(
        name=whose.value,
        title=TITLES[whose],
        lines=showing.show_work(found.lines, actor=request.actor, on=today(), language=request_language()),
        part=part,
        previous=f"?{key}={part.number - 1}",
        next=f"?{key}={part.number + 1}",
    )


@never_cache
@require_safe
def show(request: ActorRequest, referral_id: str) -> HttpResponse:
    """Show one referral."""
    return render(request, "referral/referral.html", {"shown": shown_to(request, referral_id)})


def shown_to(request: ActorRequest, referral_id: str) -> showing.Shown:
    page = selectors.referral_page(ReferralId(referral_id), actor=request.actor, on=today())
    topics = people.topic_choices(page.topics, actor=request.actor, language=request_language())
    return showing.show_referral(page, actor=request.actor, topics=tuple(name for _id, name in topics))


@require_POST
def send(request: ActorRequest, referral_id: str) -> HttpResponse:
    """Send every draft of a referral."""
    sent = telling.send_all(ReferralId(referral_id), **doing_on(request))
    said = gettext("Sent. You see here what comes of it.") if sent else gettext("It was sent before.")
    messages.success(request, said)
    return redirect("referral:referral", referral_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedPage:
    """Something done to a whole referral, as a page offers it."""

    title: _StrPromise
    lead: _StrPromise
    button: _StrPromise
    done: _StrPromise
    form: type[CardForm]
    act: Callable[[selectors.ReferralPage, Mapping[str, Any]], Act]  # what was said -> what to do


def _give_up(_page: selectors.ReferralPage, said: Mapping[str, Any]) -> Act:
    return partial(services.give_up, cause=said["cause"])


def _tell(page: selectors.ReferralPage, said: Mapping[str, Any]) -> Act:
    if not page.tells_as:
        raise NotOver
    telling = services.Telling(by=page.tells_as[0], helped=Helped(said["helped"]), words=said["words"])
    return lambda referral_id, **moment: services.tell_outcome(referral_id, telling, **moment)


DEEDS: Mapping[str, DeedPage] = {
    "give-up": DeedPage(
        title=_("Give it up"),
        lead=_("Nobody was found who can take this. Say why it stops, so that others learn from it."),
        button=_("Give it up"),
        done=_("It was given up. Your reason stays with it."),
        form=forms.CauseForm,
        act=_give_up,
    ),
    "outcome": DeedPage(
        title=_("Did it help?"),
        lead=_("Your answer makes the next advice better. It says nothing about anybody as a person."),
        button=_("Save"),
        done=_("Thank you. The network learns from it."),
        form=forms.OutcomeForm,
        act=_tell,
    ),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def deed(request: ActorRequest, referral_id: str, deed: str) -> HttpResponse:
    """Do something to a whole referral that needs something said."""
    page = DEEDS[deed]
    shown = shown_to(request, referral_id)
    form = page.form(posted(request))

    def act() -> None:
        page.act(shown.page, form.cleaned_data)(shown.page.id, **doing_on(request))

    if answer := attempt(request, referral_id, act, form=form, done=page.done):
        return answer
    context = {"form": form, "page": page, "shown": shown}
    return render(request, "referral/deed.html", context, status=status_of(form))
