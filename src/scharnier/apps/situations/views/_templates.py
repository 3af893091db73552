# SPDX-License-Identifier: EUPL-1.2
"""The templates of a network: everybody reads them, coordinators change their own copy."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from scharnier.apps.http import ActorRequest, posted, request_language, show_and_take, status_of, today
from scharnier.apps.people.attempting import RefusalIn, doing_on
from scharnier.apps.situations import forms, services, templates_of
from scharnier.core.kernel import Invalid

USUAL_DAYS = 120


@never_cache
@require_safe
def templates(request: ActorRequest) -> HttpResponse:
    """Show every template of the network."""
    services.check_may_shape(request.actor, on=today())
    found = templates_of.all_templates(request.actor.network_id, language=request_language())
    return render(request, "situations/templates.html", {"templates": found})


@never_cache
@show_and_take
def template(request: ActorRequest, template_id: str) -> HttpResponse:
    """Change the network's own copy of a template."""
    services.check_may_shape(request.actor, on=today())
    found = templates_of.template_of(request.actor.network_id, template_id, language=request_language())
    filled = forms.TemplateForm.filled(found.template, is_offered=found.is_offered)
    form = forms.TemplateForm(posted(request), initial=filled)
    return _edit(request, form, template_id=template_id, found=found)


@never_cache
@show_and_take
def new_template(request: ActorRequest) -> HttpResponse:
    """Add a template of the network's own."""
    services.check_may_shape(request.actor, on=today())
    form = forms.TemplateForm(posted(request), initial={"days": USUAL_DAYS, "is_offered": "yes"})
    return _edit(request, form, template_id=uuid4().hex, found=None)


@require_POST
def drop_template(request: ActorRequest, template_id: str) -> HttpResponse:
    """Go back to the template of the product, or take one of the network's own away."""
    services.drop_template(template_id, **doing_on(request))
    messages.success(request, gettext("Done."))
    return redirect("situations:templates")


def _edit(
    request: ActorRequest,
    form: forms.TemplateForm,
    *,
    template_id: str,
    found: templates_of.Offered | None,
) -> HttpResponse:
    before = found.template if found else None
    if request.method == "POST" and form.is_valid():
        with RefusalIn(form, Invalid):
            changed = form.template(template_id, before=before)
            services.save_template(changed, is_offered=form.is_chosen, **doing_on(request))
            messages.success(request, gettext("Saved. Whoever begins a plan can choose it."))
            return redirect("situations:templates")
    title = _("Change an example") if found else _("Add an example")
    context = {"form": form, "found": found, "title": title}
    return render(request, "situations/template.html", context, status=status_of(form))
