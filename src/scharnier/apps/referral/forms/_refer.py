# SPDX-License-Identifier: EUPL-1.2
"""The form by which a need is brought to somebody: filled in by the answer, two steps in all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people import selectors as people
from scharnier.apps.people.forms import OF_WORDS, NamesForm, day, line, offer, one, words
from scharnier.apps.referral import labels, selectors
from scharnier.apps.referral.forms._steps import offer_parties, party_of
from scharnier.apps.referral.proposals import Proposed, unseal
from scharnier.apps.referral.services import Ask, ReferralWish
from scharnier.core.kernel import Actor, AreaId, OrganizationId, PersonId, ResidentGroupId, TopicId
from scharnier.core.referral import About, Proposal, ProposedBy

RATHER = Proposal(by=ProposedBy.RATHER)
INTRODUCED, DIRECTLY = "introduced", "directly"
MORE: Final = ("about", "resident_group", "purpose", "consented_on", "on_behalf")  # folded away


class ReferForm(NamesForm):
    """What is going on, where, to whom it goes and how it gets there."""

    look = "people/_look_for_name.html"
    field_of_error = {
        **dict.fromkeys(OF_WORDS, "text"),
        **dict.fromkeys(("network.unknown_place", "referral.place_ambiguous"), "place"),
        "people.person_not_found": "to",
        "people.organization_not_found": "to",
        "referral.bad_parties": "to",
    }

    text = words(
        _("What is going on?"),
        hint=_("Whoever you ask reads this. Without names, phone numbers or addresses of others."),
        n_rows=4,
        required=_("Write in a few words what is going on."),
    )
    place = line(_("Where?"), hint=_("A neighbourhood. You may leave this empty."))
    to = one(_("Whom do you ask?"), required=_("Choose whom you ask."), in_a_list=True)
    way = one(_("How do you get there?"), required=_("Choose how you get there."))
    about = one(
        _("What is it about?"),
        ((about.value, said) for about, said in labels.ABOUTS.items()),
        required=_("Choose what it is about."),
    )
    resident_group = one(_("Which group?"), hint=_("Only when it is about a group."), in_a_list=True)
    purpose = line(
        _("What for?"),
        hint=_("Only for one resident: what you ask for them, in a few words and without a name."),
    )
    consented_on = day(
        _("Since which day do they agree?"), hint=_("Only for one resident. You asked them yourself.")
    )
    on_behalf = one(_("On behalf of"), in_a_list=True)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        actor: Actor,
        on: date,
        proposed: Sequence[Proposed],
        introducers: Sequence[str],
        initial: Mapping[str, str],
    ) -> None:
        usual = {"about": About.PROBLEM.value, "way": INTRODUCED if introducers else DIRECTLY}
        super().__init__(data, initial={**usual, **initial})
        self.fields["place"].widget.attrs["list"] = "places"
        self._proposed = tuple(proposed)
        if self._proposed:
            del self.fields["to"]
            self.look_in()
        else:
            offer_parties(self, "to", actor=actor, on=on, nobody=_("Choose"))
        if introducers:
            names = gettext(" and ").join(introducers)
            first = ngettext(
                "%(names)s introduces me first. That takes five working days at most.",
                "%(names)s introduce me first. That takes five working days at most.",
                len(introducers),
            )
            offer(self, "way", [(INTRODUCED, first % {"names": names}), (DIRECTLY, _("I ask directly"))])
        else:
            del self.fields["way"]
        self._offer_more(actor)

    def _offer_more(self, actor: Actor) -> None:
        found = people.party_choices(actor)
        groups = found["resident_group"]
        if groups:
            offer(self, "resident_group", [("", _("Choose")), *groups])
        else:
            del self.fields["resident_group"]
        own = [pair for pair in found["organization"] if pair[0] in actor.acts_for]
        if own:
            offer(self, "on_behalf", [*own, ("", _("Myself"))])
        else:
            del self.fields["on_behalf"]

    def clean(self) -> dict[str, Any]:
        """Say which part of what it is about lacks."""
        said, about = self.cleaned_data, self.cleaned_data.get("about")
        if about == About.GROUP.value and not said.get("resident_group"):
            self.add_error(
                "resident_group" if "resident_group" in self.fields else "about", _("Choose the group.")
            )
        if about == About.RESIDENT.value:
            if not said.get("purpose"):
                self.add_error("purpose", _("Say what you ask for them."))
            if not said.get("consented_on") and "consented_on" not in self.errors:
                self.add_error(
                    "consented_on", _("Ask them first. Then fill in the day on which they agreed.")
                )
        return said

    @property
    def is_introduced(self) -> bool:
        """Tell whether somebody introduces the sender first."""
        return bool(self.cleaned_data.get("way") == INTRODUCED)

    @property
    def more(self) -> list[Any]:
        """The fields that are folded away."""
        return [self[name] for name in MORE if name in self.fields]

    @property
    def first(self) -> list[Any]:
        """The fields in sight."""
        return [self[name] for name in self.fields if name not in (*MORE, "key")]

    @property
    def is_more_wrong(self) -> bool:
        """Tell whether something is wrong in what is folded away."""
        return any(name in self.errors for name in MORE)

    def wish(self, *, area_id: AreaId | None, topics: frozenset[TopicId]) -> ReferralWish:
        """Return what was filled in."""
        said = self.cleaned_data
        about = About(said["about"])
        is_resident = about is About.RESIDENT
        group = said.get("resident_group") if about is About.GROUP else ""
        return ReferralWish(
            text=said["text"],
            asks=self._asks(),
            about=about,
            area_id=area_id,
            topics=topics,
            resident_group_id=ResidentGroupId(group) if group else None,
            purpose=said["purpose"] if is_resident else "",
            consented_on=said["consented_on"] if is_resident else None,
            organization_id=OrganizationId(said["on_behalf"]) if said.get("on_behalf") else None,
            key=said["key"],
        )

    def _asks(self) -> tuple[Ask, ...]:
        if self._proposed:
            return tuple(Ask(party=each.party, proposal=each.proposal) for each in self._proposed)
        return (Ask(party=party_of(self.cleaned_data["to"])),)


class NextForm(NamesForm):
    """Who is asked next: proposed, or chosen by hand."""

    look = "people/_look_for_name.html"
    field_of_error = {
        **dict.fromkeys(OF_WORDS, "reason"),
        "people.person_not_found": "to",
        "people.organization_not_found": "to",
        "referral.bad_parties": "to",
        "referral.bad_proposal": "to",
    }
    field_order = ("reason", "to", "search")

    reason = words(
        _("Why do you open it again?"),
        hint=_("In a sentence. It stays with the referral."),
        n_rows=2,
        required=_("Say in a sentence why you open it again."),
    )
    to = one(_("Or choose somebody yourself"), in_a_list=True)
    introducers: tuple[PersonId, ...] = ()  # of who is asked, once that is known

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        actor: Actor,
        on: date,
        page: selectors.ReferralPage,
        is_reopened: bool,
    ) -> None:
        super().__init__(data)
        self.is_reopened = is_reopened
        self._named = {line.handling.rather for line in page.turns} - {None}
        said = data if data is not None else {}
        self._sealed = said.get("introduced") or said.get("proposed", "")
        self._rather = said.get("rather", "")
        self.is_introduced = bool(said.get("introduced"))
        if not is_reopened:
            del self.fields["reason"]
        offer_parties(self, "to", actor=actor, on=on, nobody=_("Choose"))

    def clean(self) -> dict[str, Any]:
        """Say so when nobody was chosen."""
        if not (self._sealed or self._rather or self.cleaned_data.get("to")):
            self.add_error("to", _("Choose whom you ask."))
        return self.cleaned_data

    def ask(self) -> Ask:
        """Return who is asked, and how they came up.

        Raises
        ------
        BadProposal
        """
        if self._sealed:
            proposed = unseal(self._sealed)
            self.introducers = proposed.introducers
            is_named = proposed.party in self._named
            return Ask(party=proposed.party, proposal=RATHER if is_named else proposed.proposal)
        party = party_of(self._rather or self.cleaned_data["to"])
        return Ask(party=party, proposal=RATHER if party in self._named else Proposal())
