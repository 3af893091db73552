# SPDX-License-Identifier: EUPL-1.2
"""Topics to choose: look for them in everyday words, on the same form and without losing what is there."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people import selectors
from scharnier.apps.people.forms._fields import line, many, offer
from scharnier.apps.people.forms._looking import LookingForm
from scharnier.core.kernel import Actor, TopicId


class TopicsForm(LookingForm):
    """A form with topics, which are looked for in everyday words."""

    look = "people/_look_for_topics.html"
    field_of_error = {"people.unknown_topic": "topics", "people.unknown_area": "area_ids"}

    topics = many(_("What is it about?"), hint=_("What you ticked stays, also when you look for more."))
    search = line(
        _("Look for a topic"),
        hint=_("In your own words, such as: noise at night, letters about money, alone at home."),
    )
    area_ids = many(_("Where does it apply?"), hint=_("Tick nothing if it does not matter where."))

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        actor: Actor,
        language: str,
        chosen: Collection[str] = (),
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        ticked = data.getlist("topics") if data is not None else chosen
        own = selectors.topic_choices(ticked, actor=actor, language=language)
        self.found = self._find(own, actor=actor, language=language)
        offer(self, "topics", (*own, *self.found))
        areas = data.getlist("area_ids") if data is not None else (initial or {}).get("area_ids", ())
        offer(self, "area_ids", selectors.area_choices(actor, chosen=areas))

    def _find(self, own: selectors.Choices, *, actor: Actor, language: str) -> selectors.Choices:
        if not self.searched:
            return ()
        found = selectors.find_topics(self.searched, actor=actor, language=language)
        return tuple(pair for pair in found if pair not in own)

    def topic_ids(self) -> frozenset[TopicId]:
        """Return the topics that were ticked."""
        return frozenset(map(TopicId, self.cleaned_data["topics"]))
