# SPDX-License-Identifier: EUPL-1.2
"""Forms of agreements and actions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people.forms import OF_WORDS, CardForm, day, offer, one, words
from scharnier.apps.situations import services
from scharnier.apps.situations.forms._fields import NO_NAMES, choices_of, organizations
from scharnier.core.kernel import OrganizationId, PersonId
from scharnier.core.situations import ActionState, AgreementState

LATER = "later"  # look back on another day


class AgreementForm(CardForm):
    """What partners agree on, between whom, and when they look back."""

    field_of_error = {
        **dict.fromkeys(OF_WORDS, "text"),
        "situations.agreement_unclear": "review_on",
        "situations.not_in_coalition": "parties",
    }

    text = words(
        _("What do you agree on?"),
        hint=NO_NAMES,
        n_rows=2,
        required=_("Say in a sentence what you agree on."),
    )
    parties = organizations(_("Between whom?"), required=_("Tick two partners or more."))
    review_on = day(_("When do you look back on it?"), required=_("Choose a day to look back on it."))

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        names: Iterable[tuple[str, str]],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        offer(self, "parties", choices_of(names))

    def promise(self) -> services.Promise:
        """Return what was agreed on."""
        said = self.cleaned_data
        return services.Promise(
            text=said["text"],
            party_ids=frozenset(map(OrganizationId, said["parties"])),
            review_on=said["review_on"],
        )


class JudgeForm(CardForm):
    """What became of an agreement."""

    field_of_error = {
        **dict.fromkeys(OF_WORDS, "reason"),
        "situations.agreement_unclear": "review_on",
    }

    state = one(
        _("What became of it?"),
        (
            (AgreementState.KEPT.value, _("We kept to it")),
            (AgreementState.NOT_KEPT.value, _("We did not keep to it")),
            (AgreementState.DROPPED.value, _("It holds no more")),
            (LATER, _("It still runs, we look again later")),
        ),
        required=_("Choose what became of it."),
    )
    reason = words(
        _("Why?"), hint=_("Only if you did not keep to it, or it holds no more. Name no resident."), n_rows=2
    )
    review_on = day(_("When do you look again?"), hint=_("Only if it still runs."))

    def clean(self) -> dict[str, object]:
        """Ask for a day when it still runs."""
        runs, day_given = self.cleaned_data.get("state") == LATER, self.cleaned_data.get("review_on")
        if runs and not day_given and "review_on" not in self.errors:
            self.add_error("review_on", _("Choose a day to look again."))
        return self.cleaned_data


class ActionForm(CardForm):
    """What is done, by whom, by when."""

    field_of_error = {
        **dict.fromkeys(OF_WORDS, "text"),
        "people.person_not_found": "who",
        "situations.not_in_coalition": "who",
    }

    text = words(
        _("What will be done?"),
        hint=NO_NAMES,
        n_rows=2,
        required=_("Say in a sentence what will be done."),
    )
    who = one(
        _("Who does it?"),
        hint=_("Somebody of an organization that takes part."),
        required=_("Choose who does it."),
        in_a_list=True,
    )
    due = day(_("By when?"), required=_("Choose a day by which it is done."))

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        doers: Iterable[tuple[str, str]],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        offer(self, "who", [("", _("Choose somebody")), *doers])

    def task(self) -> services.Task:
        """Return what is to be done."""
        organization, _slash, person = self.cleaned_data["who"].partition("/")
        return services.Task(
            text=self.cleaned_data["text"],
            organization_id=OrganizationId(organization),
            person_id=PersonId(person) if person else None,
            due=self.cleaned_data["due"],
        )


class EndForm(CardForm):
    """How an action ended, and why."""

    field_of_error = {**dict.fromkeys(OF_WORDS, "reason"), "situations.action_unexplained": "reason"}

    state = one(
        _("How did it go?"),
        (
            (ActionState.DONE.value, _("It is done")),
            (ActionState.NOT_POSSIBLE.value, _("It was not possible")),
            (ActionState.NOT_DONE.value, _("It was not done")),
        ),
        required=_("Choose how it went."),
    )
    reason = words(
        _("Why?"), hint=_("Needed if it was not done or not possible. Name no resident."), n_rows=2
    )


class GiveForm(CardForm):
    """Who does an action from now on, and by when."""

    field_of_error = {"people.person_not_found": "person"}

    person = one(_("Who does it?"), required=_("Choose who does it."), in_a_list=True)
    due = day(_("By when?"), required=_("Choose a day by which it is done."))

    def __init__(
        self, data: QueryDict | None = None, *, people: Iterable[tuple[str, str]], due: date
    ) -> None:
        super().__init__(data, initial={"due": due})
        offer(self, "person", [("", _("Choose somebody")), *people])
