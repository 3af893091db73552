# SPDX-License-Identifier: EUPL-1.2
"""Topics to choose: look for them in everyday words, on the same form and without losing what is there."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from scharnier.apps.people import selectors
from scharnier.apps.people.forms._fields import CardForm, line, many, offer
from scharnier.core.kernel import Actor, TopicId


class TopicsForm(CardForm):
    """A form with topics; as long as there is something to look for, it looks and saves nothing.

    So it does not matter which button was pressed, or that somebody pressed Enter.
    """

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
        self.searched = data.get("search", "").strip() if data is not None else ""
        if data is not None and self.searched:
            data = data.copy()
            data["search"] = ""  # found: the next time the form is sent, it is to be saved
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

    def full_clean(self) -> None:
        """Find nothing wrong as long as somebody is still looking for topics."""
        super().full_clean()
        if self.searched:
            self._errors = ErrorDict()

    def is_valid(self) -> bool:
        """Tell whether the form can be saved."""
        return not self.searched and super().is_valid()

    def topic_ids(self) -> frozenset[TopicId]:
        """Return the topics that were ticked."""
        return frozenset(map(TopicId, self.cleaned_data["topics"]))
