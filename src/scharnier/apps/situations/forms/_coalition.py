# SPDX-License-Identifier: EUPL-1.2
"""The form that invites partners."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import OF_WORDS, CardForm, many, offer, words
from scharnier.core.kernel import OrganizationId


class InviteForm(CardForm):
    """Whom to invite, and what they read before they answer."""

    field_of_error = {
        **dict.fromkeys(OF_WORDS, "words"),
        "situations.invited_twice": "partners",
        "people.organization_not_found": "partners",
    }

    partners = many(_("Whom do you invite?"))
    others = many(_("Or somebody else"))
    words = words(
        _("What do you tell them?"),
        hint=_("This is all they read before they say yes. Name nobody in it."),
        n_rows=3,
        required=_("Write what you tell them."),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        proposed: Iterable[tuple[str, str]],
        others: Iterable[tuple[str, str]],
        words: str,
    ) -> None:
        super().__init__(data, initial={"words": words})
        for name, choices in (("partners", list(proposed)), ("others", list(others))):
            if choices:
                offer(self, name, choices)
            else:
                del self.fields[name]

    def clean(self) -> dict[str, object]:
        """Say so when nobody was ticked."""
        if not self.chosen() and self.fields.keys() & {"partners", "others"}:
            self.add_error("partners" if "partners" in self.fields else "others", _("Tick whom you invite."))
        return self.cleaned_data

    def chosen(self) -> list[OrganizationId]:
        """Return whom to invite."""
        said = self.cleaned_data
        return [OrganizationId(each) for name in ("partners", "others") for each in said.get(name, ())]
