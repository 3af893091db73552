# SPDX-License-Identifier: EUPL-1.2
"""The form for residents without an account, which knows nobody; and who reads what they tell."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scharnier.apps.members.forms import StampedForm
from scharnier.apps.people.forms import CardForm, offer, one
from scharnier.apps.signals.forms._telling import Offer, SignalForm

Choices = tuple[tuple[str, str], ...]
OF_MEMBERS: Final = ("key", "topics", "has_suggested", "group_ids", "owner_id", "longitude", "latitude")


class OpenForm(StampedForm, SignalForm):
    """What a resident meets: words, place, day and how serious; what it is about, the words say."""

    def __init__(self, data: QueryDict | None = None, *, found: Offer, at: datetime, **more: Any) -> None:
        super().__init__(data, found=found, **more)
        self.at = at
        for name in OF_MEMBERS:
            self.fields.pop(name, None)

    def check_for_machine(self) -> bool:
        """Tell whether a machine filled it in; a page that was open too long is an error to mend."""
        try:
            return self.looks_like_a_machine(at=self.at)
        except forms.ValidationError as error:
            self.add_error(None, error)
            return False


class ReceptionForm(CardForm):
    """Which organization reads what residents tell."""

    field_of_error = {"people.organization_not_found": "organization_id"}

    organization_id = one(
        _("Who reads what residents tell?"),
        hint=_("That organization reads the words and handles it. Ask them first."),
        in_a_list=True,
    )

    def __init__(self, data: QueryDict | None = None, *, organizations: Choices, chosen: str) -> None:
        super().__init__(data, initial={"organization_id": chosen})
        offer(self, "organization_id", (("", _("Nobody; the form is closed")), *organizations))
