# SPDX-License-Identifier: EUPL-1.2
"""What the coordinator keeps an eye on: requests of people without an account, and clearing up."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scharnier.apps.http import ActorRequest, request_language, status_of, today
from scharnier.apps.rights import forms, selectors, services
from scharnier.apps.rights.views._downloads import Form, as_file
from scharnier.core.kernel import Conflict, NotFound


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def data_requests(request: ActorRequest) -> HttpResponse:
    """Show the requests of people without an account, or note one."""
    lines = selectors.request_lines(request.actor, on=today())
    form = forms.RequestForm(request.POST or None, today=today(), initial={"received": today()})
    if request.method == "POST" and form.is_valid():
        try:
            row = services.note_request(**form.cleaned_data, actor=request.actor, at=timezone.now())
        except (NotFound, Conflict) as error:
            form.add_refusal(error, language=request_language())
        else:
            return redirect("rights:data_request", row.pk)
    status = status_of(form)
    return render(request, "rights/data_requests.html", {"lines": lines, "form": form}, status=status)


@never_cache
@require_safe
def data_request(request: ActorRequest, request_pk: int) -> HttpResponse:
    """Show one request and what answers it."""
    line = selectors.request_line(request_pk, actor=request.actor, on=today())
    return render(request, "rights/data_request.html", {"line": line})


def _copy(request: ActorRequest, request_pk: int, form: Form) -> HttpResponse:
    copy = services.copy_for_request(
        request_pk, form=form, actor=request.actor, on=today(), at=timezone.now()
    )
    return as_file(copy, form=form, language=request_language())


@require_POST
def request_copy(request: ActorRequest, request_pk: int) -> HttpResponse:
    """Give everything about who asked as a file for programs."""
    return _copy(request, request_pk, "json")


@require_POST
def request_document(request: ActorRequest, request_pk: int) -> HttpResponse:
    """Give everything about who asked as a document to read."""
    return _copy(request, request_pk, "pdf")


@require_POST
def erase_for_request(request: ActorRequest, request_pk: int) -> HttpResponse:
    """Erase who asked for it."""
    services.erase_for_request(request_pk, actor=request.actor, on=today(), at=timezone.now())
    messages.success(request, _("This person has been erased."))
    return redirect("rights:data_requests")


@never_cache
@require_safe
def retention(request: ActorRequest) -> HttpResponse:
    """Show the rules of retention and what the last night did."""
    page = selectors.retention_page(request.actor, language=request_language())
    return render(request, "rights/retention.html", {"page": page})
