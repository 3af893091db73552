# SPDX-License-Identifier: EUPL-1.2
"""The form by which somebody shares their own card."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people import selectors, services
from scharnier.apps.people.forms._fields import OF_WORDS, day, iso, offer, one, words
from scharnier.apps.people.forms._looking import NamesForm
from scharnier.apps.sharing import labels
from scharnier.core.kernel import Actor
from scharnier.core.sharing import Audience, AudienceKind, Purpose

USUALLY_LASTS: Final = timedelta(days=91)
KINDS: Mapping[AudienceKind, object] = {
    AudienceKind.ORGANIZATION: _("An organization"),
    AudienceKind.ROLE: _("Everyone with a role"),
    AudienceKind.PERSON: _("One person"),
}


class ShareForm(NamesForm):
    """With whom, what for, why, until when."""

    field_of_error = {
        "sharing.invalid_end": "until",
        "people.unknown_audience": "audience",
        **dict.fromkeys(OF_WORDS, "reason"),
    }
    field_order = ("audience", "search", "purpose", "reason", "until")

    audience = one(
        _("With whom?"),
        hint=_("They see your card with how to reach you. What is for you alone stays for you alone."),
        required=_("Choose with whom you share your card."),
        in_a_list=True,
    )
    purpose = one(
        _("What for?"),
        ((purpose.value, label) for purpose, label in labels.CHOSEN.items()),
        required=_("Choose what it is for."),
    )
    reason = words(
        _("In your own words"),
        hint=_("They read this on your card, such as: we prepare the street party together."),
        required=_("Say in a sentence what it is for."),
    )
    until = day(
        _("Until and including which day?"),
        hint=_("At most a year from now. You can stop earlier at any time."),
        required=_("Choose a day until which you share."),
    )

    def __init__(self, data: QueryDict | None = None, *, actor: Actor, on: date) -> None:
        super().__init__(data, initial={"until": iso(on + USUALLY_LASTS)})
        _kind, _colon, chosen = self.data.get("audience", "").partition(":")
        persons = selectors.other_persons(actor, on=on, name=self.searched, chosen=chosen)
        choices = {**selectors.audience_choices(actor), AudienceKind.PERSON: persons.choices}
        groups = [
            (str(label), [(f"{kind.value}:{value}", capfirst(name)) for value, name in choices[kind]])
            for kind, label in KINDS.items()
        ]
        offer(self, "audience", [("", gettext("Choose …")), *groups])
        self.look_in(persons)

    def value(self) -> services.SharingWish:
        """Return what was filled in."""
        said = self.cleaned_data
        kind, _colon, audience_id = said["audience"].partition(":")
        return services.SharingWish(
            audience=Audience(kind=AudienceKind(kind), id=audience_id),
            purpose=Purpose(said["purpose"]),
            reason=said["reason"],
            until=said["until"],
        )
