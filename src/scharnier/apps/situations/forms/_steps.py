# SPDX-License-Identifier: EUPL-1.2
"""Forms of steps that need something said, of answers to an invitation, and of who leads."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import OF_WORDS, CardForm, line, offer, one, words
from scharnier.core.situations import Said

OF_SAID = (*OF_WORDS, "situations.nothing_said")


class ReasonForm(CardForm):
    """Why a step is taken."""

    field_of_error = dict.fromkeys(OF_SAID, "said")

    said = words(
        _("Why?"),
        hint=_("In a sentence. Everybody who takes part reads it. Name nobody in it."),
        n_rows=2,
        required=_("Say in a sentence why."),
    )


class ToWhomForm(CardForm):
    """To whom it is handed over."""

    field_of_error = dict.fromkeys(OF_SAID, "said")

    said = line(
        _("To whom?"),
        hint=_("An organization or a group of people, not one person by name."),
        required=_("Say to whom."),
    )


def step_form(said: Said, data: QueryDict | None) -> CardForm:
    """Return the form of a step, by what has to be said with it."""
    if said is Said.REASON:
        return ReasonForm(data)
    return ToWhomForm(data) if said is Said.TO_WHOM else CardForm(data)


class AnswerForm(CardForm):
    """Whether an organization joins; declining has a reason."""

    field_of_error = dict.fromkeys((*OF_SAID, "situations.no_reason"), "reason")

    reason = words(
        _("If you do not join: why not?"),
        hint=_("In a sentence. The partners who take part read it. Name nobody in it."),
        n_rows=2,
    )


class LeaveForm(CardForm):
    """Why an organization takes part no more."""

    field_of_error = dict.fromkeys((*OF_SAID, "situations.no_reason"), "reason")

    reason = words(
        _("Why do you stop?"),
        hint=_("In a sentence. The partners who take part read it. Name nobody in it."),
        n_rows=2,
        required=_("Say in a sentence why."),
    )


class LeadForm(CardForm):
    """Who leads from now on."""

    field_of_error = {
        "people.person_not_found": "lead",
        "situations.not_in_coalition": "lead",
    }

    lead = one(
        _("Who leads this from now on?"),
        hint=_("People of organizations that said yes, as far as they want to be found."),
        required=_("Choose who leads."),
    )

    def __init__(self, data: QueryDict | None = None, *, leaders: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        offer(self, "lead", leaders)
