# SPDX-License-Identifier: EUPL-1.2
"""What the scan found: a page to read it, and to propose or lay aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from scharnier.apps.http import ActorRequest, status_of
from scharnier.apps.people.attempting import RefusalIn, doing_on
from scharnier.apps.situations import find_labels, forms, selectors, services, taking_up
from scharnier.core.kernel import Invalid, SituationId
from scharnier.core.situations import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class FindLine:
    """A find in words."""

    id: SituationId
    question: str
    area_name: str
    is_circle: bool  # around a spot in the area, not the whole of it
    first_day: date
    last_day: date
    seen_again_on: date | None
    rarity: str
    partners: tuple[tuple[str, str], ...]  # who, and how many
    takes_part: bool
    may_propose: bool
    form: forms.LayAsideForm | None  # None: the reader cannot lay it aside


@never_cache
@require_safe
def found(request: ActorRequest) -> HttpResponse:
    """Show what the scan found and waits for somebody."""
    return _page(request)


@require_POST
def propose_found(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Take up a find: the partners in it are asked to take part."""
    taking_up.take_up(SituationId(situation_id), **doing_on(request))
    messages.success(request, gettext("Taken up. The partners who meet it are asked to take part."))
    return redirect("situations:overview", situation_id)


@never_cache
@require_POST
def dismiss_found(request: ActorRequest, situation_id: str) -> HttpResponse:
    """Lay a find aside with a reason; for eight weeks the scan keeps silent about it."""
    form = _form(situation_id, request.POST)
    if form.is_valid():
        with RefusalIn(form, Invalid):
            said = form.cleaned_data["reason"]
            services.take_step(SituationId(situation_id), Step.DISMISS, said=said, **doing_on(request))
            messages.success(
                request,
                gettext("Laid aside. For eight weeks you only hear of it again when it is much rarer."),
            )
            return redirect("situations:found")
    return _page(request, refused=(situation_id, form))


def _form(situation_id: str, data: QueryDict | None = None) -> forms.LayAsideForm:
    return forms.LayAsideForm(data, auto_id=f"id_{situation_id}_%s")


def _page(request: ActorRequest, *, refused: tuple[str, forms.LayAsideForm] | None = None) -> HttpResponse:
    page = selectors.found_page(request.actor)
    context = {
        "lines": list(_lines(page, refused=refused)),
        "n_more": page.n_more,
        "following": find_labels.say_following(page.following, of=page.followed_from),
        "counted_at": page.counted_at,
        "is_whole": page.is_whole,
        "may_tell": page.may_tell,
        "form": refused[1] if refused else None,
        "may_exclude": selectors.may_exclude(request.actor),
    }
    status = status_of(refused[1]) if refused else 200
    return render(request, "situations/found.html", context, status=status)


def _lines(
    page: selectors.FoundPage, *, refused: tuple[str, forms.LayAsideForm] | None
) -> Iterator[FindLine]:
    for find in page.finds:
        form = _form(find.situation_id) if Step.DISMISS in find.steps else None
        if refused and refused[0] == find.situation_id:
            form = refused[1]
        yield FindLine(
            id=find.situation_id,
            question=find.question,
            area_name=find.area_name,
            is_circle=find.radius_m is not None,
            first_day=find.first_day,
            last_day=find.last_day,
            seen_again_on=find.seen_again_on,
            rarity=find_labels.say_rarity(find.weeks),
            partners=find_labels.say_partners(find.partners),
            takes_part=find.takes_part,
            may_propose=Step.PROPOSE in find.steps,
            form=form,
        )
