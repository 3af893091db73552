# SPDX-License-Identifier: EUPL-1.2
"""The form that begins a situation: what is going on, what it is about, and for whom one acts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people import selectors as people
from scharnier.apps.people.forms import OF_WORDS, TopicsForm, many, offer, one, words
from scharnier.apps.situations.services import SituationWish
from scharnier.apps.situations.taking_up import Wish
from scharnier.core import situations
from scharnier.core.kernel import Actor, AreaId, OrganizationId, ResidentGroupId, Role, TopicId


def _question() -> forms.CharField:
    return words(
        _("What is going on?"),
        hint=_("In a sentence. Partners who take part read this. Name nobody in it."),
        n_rows=3,
        required=_("Write in a sentence what is going on."),
    )


class BeginTogetherForm(TopicsForm):
    """What two partners who met the same begin together; it starts with what the reader's own met."""

    field_order = ("question", "topics", "search", "area_ids")
    field_of_error = {**TopicsForm.field_of_error, **dict.fromkeys(OF_WORDS, "question")}

    question = _question()

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        actor: Actor,
        language: str,
        topics: Collection[TopicId],
        area_ids: Collection[AreaId],
    ) -> None:
        begins = {"question": "", "topics": sorted(topics), "area_ids": sorted(area_ids)}
        super().__init__(data, actor=actor, language=language, chosen=topics, initial=begins)
        self.fields["area_ids"].label = _("Where?")
        self.fields["area_ids"].help_text = _("Tick nothing if it is everywhere.")

    def wish(self) -> Wish:
        """Return what was filled in."""
        said = self.cleaned_data
        return Wish(
            question=said["question"],
            topics=self.topic_ids(),
            area_ids=frozenset(map(AreaId, said["area_ids"])),
        )


class BeginSituationForm(TopicsForm):
    """What somebody wants to get a hold on with others."""

    field_order = ("template", "question", "topics", "search", "area_ids", "groups", "organization", "key")
    field_of_error = {
        **TopicsForm.field_of_error,
        **dict.fromkeys(OF_WORDS, "question"),
        "situations.group_not_found": "groups",
        "people.organization_not_found": "organization",
        "situations.may_not_begin": "organization",
    }

    template = one(
        _("What looks most like it?"),
        hint=_("You get a goal and figures to begin with. All of it can be changed."),
        required=_("Choose what looks most like it, or the empty one."),
    )
    question = _question()
    groups = many(_("Which groups is it about?"), hint=_("You may leave this open."))
    organization = one(_("For which organization do you do this?"), required=_("Choose an organization."))
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        actor: Actor,
        language: str,
        templates: Sequence[situations.Template],
        initial: dict[str, Any] | None = None,
    ) -> None:
        self._templates = {each.id: each for each in templates}
        super().__init__(data, actor=actor, language=language, initial=initial)
        self.fields["topics"].help_text = _(
            "Tick nothing, and it is about what usually goes with your choice."
        )
        self.fields["area_ids"].label = _("Where?")
        self.fields["area_ids"].help_text = _("Tick nothing if it is everywhere.")
        offer(self, "template", [(each.id, each.name) for each in templates])
        found = people.party_choices(actor)
        if found["resident_group"]:
            offer(self, "groups", found["resident_group"])
        else:
            del self.fields["groups"]
        own: list[tuple[str, object]] = [pair for pair in found["organization"] if pair[0] in actor.acts_for]
        if actor.role is Role.COORDINATOR:
            own.append(("", _("None, I coordinate")))
            self.fields["organization"].required = False
        offer(self, "organization", own)

    def wish(self) -> SituationWish:
        """Return what was filled in."""
        said = self.cleaned_data
        template = self._templates[said["template"]]
        organization = said["organization"]
        return SituationWish(
            question=said["question"],
            organization_id=OrganizationId(organization) if organization else None,
            topics=self.topic_ids() or template.topics,
            area_ids=frozenset(map(AreaId, said["area_ids"])),
            resident_group_ids=frozenset(map(ResidentGroupId, said.get("groups", ()))),
            template=template,
            key=said["key"],
        )
