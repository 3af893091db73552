# SPDX-License-Identifier: EUPL-1.2
"""Forms in which somebody looks for what to choose, on the same page and without losing what is there."""

from __future__ import annotations

from collections.abc import Sized
from typing import Any, ClassVar

from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms._fields import CardForm, line
from scharnier.apps.people.selectors import Shortlist


class LookingForm(CardForm):
    """A form in which to look; as long as there is something to look for, it looks and saves nothing.

    So it does not matter which button was pressed, or that somebody pressed Enter.
    """

    look: ClassVar[str]  # the template of the box to look in
    found: Sized = ()

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None) -> None:
        self.searched = data.get("search", "").strip() if data is not None else ""
        if data is not None and self.searched:
            data = data.copy()
            data["search"] = ""  # found: the next time the form is sent, it is to be saved
        super().__init__(data, initial=initial)

    def full_clean(self) -> None:
        """Find nothing wrong as long as somebody is still looking."""
        super().full_clean()
        if self.searched:
            self._errors = ErrorDict()

    def is_valid(self) -> bool:
        """Tell whether the form can be saved."""
        return not self.searched and super().is_valid()


class NamesForm(LookingForm):
    """A form to choose persons in; where they are too many to list, it looks for a name."""

    look = "people/_look_for_name.html"
    has_more = False

    search = line(
        _("Look for a name"), hint=_("There are too many people to list. A part of the name is enough.")
    )

    def look_in(self, *lists: Shortlist) -> None:
        """Say who was found, and take the box away where everybody is listed."""
        self.found = frozenset(pair for listed in lists for pair in listed.found)
        self.has_more = any(listed.has_more for listed in lists)
        if all(listed.is_whole for listed in lists):
            del self.fields["search"]
