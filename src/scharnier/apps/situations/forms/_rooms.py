# SPDX-License-Identifier: EUPL-1.2
"""Forms of private rooms and of how a partner stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import OF_WORDS, CardForm, day, line, many, offer, one, words
from scharnier.apps.situations import labels
from scharnier.apps.situations.services import For, Furnishing, Standing
from scharnier.core.kernel import OrganizationId
from scharnier.core.situations import Audience, PartnerState


class AudienceForm(CardForm):
    """For whom an organization brings something in."""

    audience = one(
        _("Who may read this?"),
        ((audience.value, said) for audience, said in labels.AUDIENCES.items()),
        required=_("Choose who may read this."),
    )
    named = many(_("Which partners?"), hint=_("Only when you name partners."))

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        partners: Iterable[tuple[str, str]],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        choices = list(partners)
        if choices:
            offer(self, "named", choices)
        else:
            del self.fields["named"]
            offer(self, "audience", [pair for pair in _audiences() if pair[0] != Audience.NAMED])

    def clean(self) -> dict[str, Any]:
        """Say so when partners are to be named and none is."""
        said = self.cleaned_data
        if said.get("audience") == Audience.NAMED.value and not said.get("named"):
            self.add_error("named", _("Tick the partners who may read this."))
        return said

    def meant_for(self) -> For:
        """Return for whom it is; who was ticked counts only where partners are named."""
        said = self.cleaned_data
        audience = Audience(said["audience"])
        named = said.get("named", ()) if audience is Audience.NAMED else ()
        return For(audience=audience, named_ids=frozenset(map(OrganizationId, named)))


class RoomForm(AudienceForm):
    """What a room holds, for whom, and from when to when."""

    field_order = ("title", "text", "audience", "named", "opens_on", "closes_on")
    field_of_error = {
        **dict.fromkeys(OF_WORDS, "text"),
        "situations.readers_unclear": "closes_on",
        "situations.not_in_coalition": "named",
    }

    title = line(_("What is it about?"), required=_("Give it a title."))
    text = words(
        _("What do you want to share?"),
        hint=_("Only about the place, the group or your work. Name no persons."),
        n_rows=5,
        required=_("Write what you want to share."),
    )
    opens_on = day(_("From which day?"), required=_("Choose a day."))
    closes_on = day(_("Until which day?"), hint=_("Leave it empty for as long as they take part."))

    def furnishing(self) -> Furnishing:
        """Return what was filled in."""
        said = self.cleaned_data
        return Furnishing(
            title=said["title"],
            text=said["text"],
            meant_for=self.meant_for(),
            opens_on=said["opens_on"],
            closes_on=said["closes_on"],
        )


class StandingForm(AudienceForm):
    """How an organization stands now."""

    field_order = ("state", "words", "audience", "named")
    field_of_error = {
        **dict.fromkeys(OF_WORDS, "words"),
        "situations.not_in_coalition": "named",
    }

    state = one(
        _("How do you stand?"),
        ((state.value, capfirst(said)) for state, said in labels.PARTNER_STATES.items()),
        required=_("Choose how you stand."),
    )
    words = words(_("Do you want to add something?"), hint=_("Name nobody in it."), n_rows=2)

    def standing(self) -> Standing:
        """Return what was filled in."""
        said = self.cleaned_data
        return Standing(state=PartnerState(said["state"]), words=said["words"], meant_for=self.meant_for())


def _audiences() -> Iterable[tuple[Audience, object]]:
    return ((audience, said) for audience, said in labels.AUDIENCES.items())
