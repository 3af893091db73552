# SPDX-License-Identifier: EUPL-1.2
"""Forms of the steps that need something said."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people import selectors as people
from scharnier.apps.people.forms import OF_WORDS, CardForm, NamesForm, Said, day, offer, one, words
from scharnier.apps.referral import labels
from scharnier.core.kernel import Actor, OrganizationId, PersonId
from scharnier.core.referral import Party, Reply

WAITS_USUALLY: Final = timedelta(days=14)
MOST_HOURS: Final = 999

REPLIES: Mapping[Reply, object] = {
    Reply.YES: _("Yes, I will bring them together"),
    Reply.LATER: _("Not now, ask me later"),
    Reply.NO: _("I would rather not"),
}


class WhyNotForm(CardForm):
    """Why not."""

    field_order = ("reason", "rather", "search", "words")
    field_of_error = {
        **dict.fromkeys((*OF_WORDS, "referral.nothing_given"), "words"),
        **dict.fromkeys(("people.person_not_found", "people.organization_not_found"), "rather"),
    }

    reason = one(
        _("Why can you not take this on?"),
        ((reason.value, said) for reason, said in labels.REASONS.items()),
        required=_("Choose why not."),
    )
    words = words(
        _("Do you want to add something?"),
        hint=_("Whoever asked you reads it. Name nobody else in it."),
        n_rows=2,
    )


class DeclineForm(WhyNotForm, NamesForm):
    """Why not, and whom to go to rather."""

    rather = one(
        _("Who would be a better one to ask?"),
        hint=_("You may leave this open. Whoever asked you sees it at once."),
        in_a_list=True,
    )

    def __init__(self, data: QueryDict | None = None, *, actor: Actor, on: date) -> None:
        super().__init__(data)
        offer_parties(self, "rather", actor=actor, on=on, nobody=_("I do not know"))

    @property
    def rather_party(self) -> Party | None:
        """Whom they name, if anybody."""
        return party_of(self.cleaned_data["rather"])


class PauseForm(CardForm):
    """Until when it waits, and for what."""

    field_of_error = {**dict.fromkeys(OF_WORDS, "words"), "referral.day_passed": "until"}

    until = day(
        _("Until when does it wait?"),
        hint=_("On that day it is back on your list."),
        required=_("Choose a day."),
    )
    words = words(_("What does it wait for?"), hint=_("In a few words. You may leave this empty."), n_rows=2)


class CompleteForm(CardForm):
    """What was done, and how long that took."""

    field_of_error = {**dict.fromkeys(OF_WORDS, "result"), "referral.nothing_given": "result"}

    result = words(
        _("What did you do?"),
        hint=_("A sentence or two, for whoever asked you. Name nobody else in it."),
        n_rows=2,
        required=_("Say in a sentence what you did."),
    )
    hours = forms.DecimalField(
        label=_("How many hours did it take?"),
        help_text=_("About. You may leave this empty."),
        required=False,
        localize=True,
        min_value=0,
        max_value=MOST_HOURS,
        error_messages={
            "invalid": _("Fill in a number of hours, such as 1.5."),
            "min_value": _("Fill in a number of hours, 0 or more."),
            "max_value": _("That is too many."),
        },
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )


class CauseForm(CardForm):
    """Why it ends without being done."""

    field_of_error = {**dict.fromkeys(OF_WORDS, "cause"), "referral.nothing_given": "cause"}

    cause = words(
        _("Why?"),
        hint=_("In a sentence. Who takes part in this reads it. Name nobody else in it."),
        n_rows=2,
        required=_("Say in a sentence why."),
    )


class OutcomeForm(CardForm):
    """Whether it helped."""

    field_of_error = dict.fromkeys(OF_WORDS, "words")

    helped = one(
        _("Did it help?"),
        ((helped.value, said) for helped, said in labels.HELPED.items()),
        required=_("Choose whether it helped."),
    )
    words = words(
        _("What made the difference?"),
        hint=_("You may leave this empty. Name nobody else in it."),
        n_rows=2,
    )


class RemarkForm(CardForm):
    """A question, or the answer to one."""

    field_of_error = dict.fromkeys(OF_WORDS, "words")

    words = words(
        _("What do you want to ask or say?"),
        hint=_("Name nobody else in it."),
        n_rows=2,
        required=_("Write what you want to ask or say."),
    )


class ReplyForm(CardForm):
    """Whether somebody introduces two people to each other."""

    reply = one(
        _("Will you introduce them?"),
        ((reply.value, said) for reply, said in REPLIES.items()),
        required=_("Choose yes, later or no."),
    )


def usual_pause(*, on: date) -> dict[str, object]:
    """Return what the form to wait says before anything was filled in."""
    return {"until": on + WAITS_USUALLY}


def offer_parties(form: NamesForm, name: str, *, actor: Actor, on: date, nobody: Said) -> None:
    """Offer the organizations and the other persons whom the actor may know of, to choose one."""
    chosen = form.data.get(name, "") if form.is_bound else form.initial.get(name, "")
    party = party_of(str(chosen))
    chosen_id = (party.person_id or "") if party else ""
    persons = people.other_persons(actor, on=on, name=form.searched, chosen=chosen_id)
    form.look_in(persons)
    organizations = people.party_choices(actor)["organization"]
    groups: list[tuple[str, object]] = [("", nobody)]
    for title, of_kind, pairs in (
        (_("People"), "person", persons.choices),
        (_("Organizations"), "organization", organizations),
    ):
        if pairs:
            groups.append((str(title), [(f"{of_kind}:{value}", said) for value, said in pairs]))
    offer(form, name, groups)


def party_of(value: str) -> Party | None:
    """Return whom a choice names: `person:…` or `organization:…`; nothing, or no text, names nobody."""
    kind, _colon, party_id = value.partition(":")
    if not party_id or "\x00" in party_id:  # which no database takes
        return None
    if kind == "person":
        return Party(person_id=PersonId(party_id))
    return Party(organization_id=OrganizationId(party_id))
