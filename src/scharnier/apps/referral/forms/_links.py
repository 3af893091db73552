# SPDX-License-Identifier: EUPL-1.2
"""Forms of links: what who has no account can say, without a list of people to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import CardForm, offer, one
from scharnier.apps.referral.forms._steps import WhyNotForm
from scharnier.core.kernel import OrganizationId
from scharnier.core.referral import LEAST_DAYS, MOST_DAYS, Party


class LinkDeclineForm(WhyNotForm):
    """Why not, and which organization to go to rather."""

    rather = one(
        _("Which organization would be better to ask?"),
        hint=_("You may leave this open. Whoever asked you sees it at once."),
        in_a_list=True,
    )

    def __init__(self, data: QueryDict | None = None, *, rather: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        offer(self, "rather", [("", _("I do not know")), *rather])

    @property
    def rather_party(self) -> Party | None:
        """Which organization they name, if any."""
        chosen = self.cleaned_data["rather"]
        return Party(organization_id=OrganizationId(chosen)) if chosen else None


class AnswerTimeForm(CardForm):
    """How many working days an organization has to answer."""

    field_of_error = {"referral.bad_ladder": "n_days"}

    n_days = forms.IntegerField(
        label=_("How many working days do you need to answer?"),
        help_text=_("Between 5 and 40. Before that we remind you; after that the question goes to others."),
        min_value=LEAST_DAYS,
        max_value=MOST_DAYS,
        error_messages={
            "required": _("Fill in a number of working days."),
            "invalid": _("Fill in a whole number of working days."),
            "min_value": _("Take at least 5 working days."),
            "max_value": _("Take at most 40 working days."),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
