# SPDX-License-Identifier: EUPL-1.2
"""The front door: one question, six answers."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from scharnier.apps.http import ActorRequest, request_language, today
from scharnier.apps.overview import forms, selectors
from scharnier.core.kernel import Invalid, NotFound


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
        answer = selectors.answer(
            selectors.Question(text=form.cleaned_data["text"], place=form.cleaned_data["place"]),
            actor=request.actor,
            on=today(),
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
    page = selectors.ask_page(request.actor)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    template = "overview/answer.html" if answer else "overview/ask.html"
    return render(request, template, {"form": form, "page": page, "answer": answer}, status=status)
