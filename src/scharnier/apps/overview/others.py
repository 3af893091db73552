# SPDX-License-Identifier: EUPL-1.2
"""The second question of the answer: who else meets this here, as a number and with one next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext

from scharnier.apps.signals import labels
from scharnier.apps.signals import selectors as signals
from scharnier.apps.signals import services as acts
from scharnier.core.kernel import Actor, AreaId, TopicId
from scharnier.core.signals import Others
from scharnier.formats import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class OthersPart:
    """Who else meets what is asked about, or why that cannot be said."""

    found: Others | None  # None: it cannot be said
    said: str  # one sentence


def look_for_others(
    text: str,
    *,
    topic_ids: tuple[str, ...],
    area_id: str,
    actor: Actor,
    at: datetime,
    language: wording.Language,
) -> OthersPart:
    """Return who else lately met the matters of a question in its place."""
    if not area_id:
        return OthersPart(found=None, said=gettext("Say where it is, and we look who else meets it there."))
    known = signals.suggest_topics(text, actor=actor, language=language)
    topics = frozenset(map(TopicId, (*topic_ids, *(topic_id for topic_id, _ in known))))
    if not topics:
        said = gettext("We do not recognise what it is about, so we cannot look who else meets it.")
        return OthersPart(found=None, said=said)
    around = acts.Around(area_id=AreaId(area_id), topics=topics)
    try:
        found = acts.look_around(around, actor=actor, at=at)
    except acts.TooManyLooks as error:
        return OthersPart(found=None, said=wording.say_error(error, language=language))
    return OthersPart(found=found, said=labels.say_others(found))
