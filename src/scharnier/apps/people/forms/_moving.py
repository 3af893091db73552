# SPDX-License-Identifier: EUPL-1.2
"""Forms to bring a file in, and to take a copy out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from scharnier.apps.http import request_language, today
from scharnier.apps.people import exporting
from scharnier.apps.people.forms._fields import CardForm, day, one
from scharnier.formats import wording

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

AIMS: Mapping[exporting.Aim, _StrPromise] = {
    exporting.Aim.CONTACT: _("To reach or invite people"),
    exporting.Aim.MEETING: _("To prepare a meeting or a plan"),
    exporting.Aim.FIGURES: _("To count, draw or study"),
    exporting.Aim.DIRECTORY: _("To bring it into another program"),
}
FORMS: Mapping[exporting.Form, _StrPromise] = {
    exporting.Form.XLSX: _("A workbook, for Excel or LibreOffice"),
    exporting.Form.CSV: _("CSV files in a zip"),
    exporting.Form.HSDS: _("Organizations and services only (HSDS, JSON)"),
    exporting.Form.GRAPHML: _("Who is tied to whom, to draw (GraphML)"),
    exporting.Form.JSON: _("A network file of Scharnier (JSON)"),
}


class UploadForm(CardForm):
    """Which file to bring in."""

    field_of_error: ClassVar[Mapping[str, str]] = {
        "people.file_too_large": "file",
        "people.nothing_in_file": "file",
    }
    file = forms.FileField(
        label=_("Your file"),
        help_text=_("The workbook that you filled in (xlsx), CSV, or a network file. At most 5 MB."),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty. Choose another one."),
            "missing": _("Choose a file."),
            "invalid": _("Choose a file."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.zip,.json"}),
    )


class ConfirmForm(CardForm):
    """That the file goes in, and whether somebody answers for the consents in it."""

    digest = forms.CharField(widget=forms.HiddenInput)
    is_vouched = forms.BooleanField(
        required=False,
        label=_("They said so themselves, on the date in the file."),
        help_text=_(
            "Leave this empty when you are not sure. Then nobody new is shown until they say so here."
        ),
    )


class ExportForm(CardForm):
    """What a copy is for, until when it is kept, and in which form."""

    aim = one(_("What do you need it for?"), AIMS.items(), required=_("Choose what you need it for."))
    until = day(
        _("Until when do you keep it?"),
        hint=_("At most a year. After that day you throw the copy away."),
        required=_("Choose until when you keep the copy."),
    )
    form = one(_("In which form?"), FORMS.items(), required=_("Choose a form."))

    def clean_until(self) -> date:
        """Refuse a day that is past or too far away."""
        until: date = self.cleaned_data["until"]
        try:
            exporting.check_keeping(until, on=today())
        except exporting.InvalidKeeping as error:
            said = wording.say_error(error, language=request_language())
            raise forms.ValidationError(said) from None
        return until

    def wish(self) -> exporting.Wish:
        """Return what was asked for."""
        return exporting.Wish(
            aim=exporting.Aim(self.cleaned_data["aim"]),
            until=self.cleaned_data["until"],
            form=exporting.Form(self.cleaned_data["form"]),
        )


def usual_wish(*, on: date) -> dict[str, object]:
    """Return what an export form says before anything was filled in."""
    return {"until": on + exporting.KEPT_USUALLY, "form": exporting.Form.XLSX.value}
