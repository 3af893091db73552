# SPDX-License-Identifier: EUPL-1.2
"""The form that lays a find aside."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import OF_WORDS, CardForm, words


class LayAsideForm(CardForm):
    """Why there is nothing to do about a find."""

    field_of_error = dict.fromkeys((*OF_WORDS, "situations.nothing_said"), "reason")

    reason = words(
        _("Why is there nothing to do about it?"),
        hint=_("For instance: it was the fair. No names of people."),
        required=_("Write in a few words why."),
    )
