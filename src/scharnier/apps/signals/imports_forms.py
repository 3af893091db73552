# SPDX-License-Identifier: EUPL-1.2
"""Forms to bring in a list of signals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import CardForm, one
from scharnier.core.kernel import OrganizationId


class ListForm(CardForm):
    """Which file to bring in, and whose signals it lists."""

    field_of_error: ClassVar[dict[str, str]] = {
        "signals.may_not_tell": "owner",
        **dict.fromkeys(
            (
                "people.file_too_large",
                "intake.old_workbook",
                "signals_list.no_list",
                "signals_list.no_place_column",
                "signals_list.no_rows",
                "signals_list.too_many_rows",
                "tables.merged_cells",
                "tables.missing_column",
                "tables.not_a_spreadsheet",
                "tables.not_csv",
                "tables.not_utf8",
                "tables.too_large",
                "tables.too_many_cells",
            ),
            "file",
        ),
    }
    owner = one(_("Whose signals are these?"), required=_("Choose whose signals these are."))
    file = forms.FileField(
        label=_("Your list"),
        help_text=_("A workbook (xlsx) or a CSV file, at most 5 MB and 5,000 signals."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose another one."),
            "missing": _("Choose a file."),
            "invalid": _("Choose a file."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
    )

    def __init__(self, *args: object, owners: Sequence[tuple[OrganizationId, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # as Django's forms take them
        self._only = owners[0][0] if len(owners) == 1 else None
        if self._only:
            del self.fields["owner"]
        else:
            field = self.fields["owner"]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
            field.choices = list(owners)

    @property
    def owner_id(self) -> OrganizationId:
        """Whose signals they become; who acts for one organization is not asked."""
        return self._only or OrganizationId(self.cleaned_data["owner"])
