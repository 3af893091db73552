# SPDX-License-Identifier: EUPL-1.2
"""Forms of breaking the glass and of judging it."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import OF_WORDS, CardForm, line, one, words
from scharnier.core.sharing import Verdict

VERDICTS: Final = (
    (Verdict.JUSTIFIED.value, _("Yes, this was needed")),
    (Verdict.NOT_JUSTIFIED.value, _("No, this should not have been opened")),
)


class OpenForm(CardForm):
    """Whose card, and why it cannot wait."""

    field_of_error = {
        **dict.fromkeys((*OF_WORDS, "emergency.reason_too_short"), "reason"),
        "emergency.nobody_found": "name",
    }

    name = line(
        _("Whom do you need to reach?"),
        hint=_("First name and surname, exactly as on the card. We look for nothing that resembles it."),
        required=_("Fill in the name."),
    )
    reason = words(
        _("Why can this not wait?"),
        hint=_("At least 20 characters. Who judges this and the person read it. Name nobody else in it."),
        required=_("Say why this cannot wait."),
    )


class JudgeForm(CardForm):
    """Whether it was needed, and why."""

    field_of_error = dict.fromkeys(OF_WORDS, "words")

    verdict = one(_("Was this needed?"), VERDICTS, required=_("Choose yes or no."))
    words = words(
        _("Why do you think so?"),
        hint=_("A sentence or two. It stays with the review."),
        required=_("Say in a sentence why you think so."),
    )
