# SPDX-License-Identifier: EUPL-1.2
"""Acts across functions: to ask."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.overview import selectors
from scharnier.apps.overview.others import look_for_others
from scharnier.core import audit
from scharnier.core.kernel import Actor
from scharnier.formats import wording


def ask(
    question: selectors.Question,
    *,
    actor: Actor,
    on: date,
    at: datetime,
    limit: int,
    language: wording.Language,
) -> selectors.AnswerPage:
    """Return the answer to a question, and put on record what it was about, never its words.

    Raises
    ------
    UnknownPlace
    InvalidNeed
    """
    answer = selectors.answer(question, actor=actor, on=on, limit=limit, language=language)
    topics = filter(audit.is_identifier, answer.topic_ids)
    facts = {f"topic_{number}": topic_id for number, topic_id in enumerate(topics, start=1)}
    with transaction.atomic():
        log.record(
            actor=actor,
            act="ask.answered",
            kind="network",
            object_id=actor.network_id,
            at=at,
            facts={**facts, "suggestions": str(len(answer.suggestions))},
        )
    others = look_for_others(
        question.text,
        topic_ids=answer.topic_ids,
        area_id=answer.area_id,
        actor=actor,
        at=at,
        language=language,
    )
    return replace(answer, others=others)
