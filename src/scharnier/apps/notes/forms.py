# SPDX-License-Identifier: EUPL-1.2
"""The form of a note: one box, and four things that may be left out."""

from __future__ import annotations

from typing import Final
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from scharnier.apps.http import request_language
from scharnier.apps.notes import labels
from scharnier.apps.people.forms import OF_WORDS, CardForm, day, line, one, words
from scharnier.core import notes, text
from scharnier.core.kernel import Invalid
from scharnier.formats import wording

IN_WORDS: Final = ("text", "place", "candidate")
BESIDE: Final = ("place", "about", "candidate", "remind_date")  # what may be left out


class NoteForm(CardForm):
    """What is going on; where, what it is about, who could take it and when to be reminded may wait."""

    field_of_error = {
        **dict.fromkeys(OF_WORDS, "text"),
        "notes.reminder_out_of_reach": "remind_date",
    }

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    text = words(
        _("What is going on?"),
        hint=_("A word or two will do. No names, phone numbers or addresses of others."),
        required=_("Write in a few words what is going on."),
    )
    place = line(_("Where?"), hint=_("A neighbourhood or a street."))
    about = one(_("What is it about?"), labels.ABOUT.items(), in_a_list=True)
    candidate = line(_("Who could take this?"), hint=_("An organization or a role, as far as you know."))
    remind_date = day(_("Remind me on"), hint=_("Within 60 days. After that the note goes by itself."))

    def clean(self) -> dict[str, object]:
        """Say at each line what may not stand in it."""
        for name in IN_WORDS:
            value = self.cleaned_data.get(name, "")
            if value.strip():
                self._check(name, value)
        return self.cleaned_data

    def _check(self, name: str, value: str) -> None:
        try:
            text.check_input(value)
        except Invalid as error:
            self.add_error(name, wording.say_error(error, language=request_language()))

    def note(self) -> notes.Note:
        """Return the note that was written."""
        said = self.cleaned_data
        return notes.Note(
            text=said["text"],
            place=said["place"],
            candidate=said["candidate"],
            remind_date=said["remind_date"],
        )

    def written_key(self) -> UUID:
        """Return the key that came along, or a new one."""
        return self.cleaned_data["key"] or uuid4()

    @property
    def has_more(self) -> bool:
        """Tell whether something is filled in, or wrong, beside the text."""
        return any(self[name].value() or self[name].errors for name in BESIDE)
