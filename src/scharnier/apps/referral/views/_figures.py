# SPDX-License-Identifier: EUPL-1.2
"""How well referrals go, and how the matching works, in plain words."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from scharnier.apps.http import ActorRequest, request_language, today
from scharnier.apps.people import selectors as people
from scharnier.apps.referral import selectors, showing
from scharnier.formats.model_card import load_model_card


@never_cache
@require_safe
def adequacy(request: ActorRequest) -> HttpResponse:
    """Show how well referrals go: as a whole, per matter and per neighbourhood; never per person."""
    found = selectors.read_adequacy(request.actor, on=today())
    language = request_language()
    topics = people.topic_choices(found.by_topic, actor=request.actor, language=language)
    areas = people.area_choices(request.actor, chosen=found.by_area)
    context = {
        "whole": showing.say_adequacy("", found.whole) if found.whole else None,
        "topics": showing.say_adequacies(found.by_topic, named=topics),
        "areas": showing.say_adequacies(found.by_area, named=areas),
    }
    return render(request, "referral/adequacy.html", context)


@require_safe
def how_we_match(request: ActorRequest) -> HttpResponse:
    """Show what the matching learns from, and what never."""
    card = load_model_card(request_language())
    return render(request, "referral/how_we_match.html", {"card": card})
