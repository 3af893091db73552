# SPDX-License-Identifier: EUPL-1.2
"""Who can sign in, and in which role."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from scharnier.apps.http import ActorRequest
from scharnier.apps.members import forms, selectors, services
from scharnier.core.kernel import Role


@never_cache
@require_safe
def accounts(request: ActorRequest) -> HttpResponse:
    """Show who can sign in to the network."""
    part = selectors.account_lines(request.actor, number=request.GET.get("page", "1"))
    return render(request, "members/accounts.html", {"part": part})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account(request: ActorRequest, account_pk: int) -> HttpResponse:
    """Show one account, or give it another role."""
    line = selectors.account_line(account_pk, actor=request.actor)
    form = forms.RoleForm(request.POST or None, initial={"role": line.role})
    if request.method == "POST" and form.is_valid():
        role = Role(form.cleaned_data["role"])
        services.change_role(account_pk, role=role, actor=request.actor, at=timezone.now())
        messages.success(request, _("The role has been changed."))
        return redirect("members:own_account" if line.is_self else "members:accounts")
    return render(request, "members/account.html", {"line": line, "form": form})


@require_POST
def end_account(request: ActorRequest, account_pk: int) -> HttpResponse:
    """End an account."""
    line = selectors.account_line(account_pk, actor=request.actor)
    services.end_account(account_pk, actor=request.actor, at=timezone.now())
    messages.success(request, _("%(name)s cannot sign in to this network any more.") % {"name": line.name})
    return redirect("members:own_account" if line.is_self else "members:accounts")
