# SPDX-License-Identifier: EUPL-1.2
"""The front door: one question, six answers."""

from __future__ import annotations

import re

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from scharnier.apps.http import ActorRequest, now, request_language, status_of, today
from scharnier.apps.overview import card_reads as reads
from scharnier.apps.overview import forms, selectors, services
from scharnier.core.kernel import Invalid, NotFound

PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: ActorRequest) -> HttpResponse:
    """Show the box; with a question in it, the answer. The text never stands in an address."""
    if request.method != "POST":
        return _page(request, forms.AskForm())
    form = forms.AskForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    language = request_language()
    try:
        answer = services.ask(
            selectors.Question(text=form.cleaned_data["text"], place=form.cleaned_data["place"]),
            actor=request.actor,
            on=today(),
            at=now(),
            limit=form.limit,
            language=language,
        )
    except (Invalid, NotFound) as error:
        form.add_refusal(error, language=language)
        return _page(request, form)
    return _page(request, form, answer=answer)


def _page(
    request: ActorRequest, form: forms.AskForm, *, answer: selectors.AnswerPage | None = None
) -> HttpResponse:
    page = selectors.ask_page(request.actor, on=today())
    status = status_of(form)
    template = "overview/answer.html" if answer else "overview/ask.html"
    return render(request, template, {"form": form, "page": page, "answer": answer}, status=status)


@never_cache
@require_safe
def card_reads(request: ActorRequest) -> HttpResponse:
    """Show who looked at the actor's own card."""
    number = request.GET.get("page", "")
    is_number = PAGE_NUMBER.fullmatch(number) is not None
    page = reads.reads_page(request.actor, number=int(number) if is_number else 1, on=today(), at=now())
    return render(request, "overview/card_reads.html", {"page": page})
