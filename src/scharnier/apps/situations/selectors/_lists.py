# SPDX-License-Identifier: EUPL-1.2
"""What waits for somebody in shared situations, those they take part in, and those they only count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.utils.text import capfirst

from scharnier.apps.http import request_language
from scharnier.apps.people import access as people
from scharnier.apps.people import selectors as names
from scharnier.apps.situations import access, find_words, models, rows
from scharnier.core import situations
from scharnier.core.kernel import Actor, NetworkId, SituationId, TopicId
from scharnier.core.situations import Awaiting, Phase, State

MOST_ENDED = 50

Matters: TypeAlias = "tuple[str, Sequence[str], Sequence[str]]"  # a situation, its topics and its areas


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A situation in a list."""

    id: str
    question: str
    state: State
    since: date | None
    about: str = ""  # in names of topics and areas, for who reads no question


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitLine:
    """Something that waits for the reader."""

    awaiting: Awaiting
    text: str  # what it asks, or the words of an invitation; for who keeps watch, what it is about
    since: date | None = None  # when the situation came to where it stands


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownLine:
    """A situation that somebody may know of; without the question when they take no part."""

    id: str
    question: str
    state: State
    since: date | None
    is_whole: bool


def known_situations(actor: Actor, *, first: int, most: int) -> tuple[tuple[KnownLine, ...], int]:
    """Return a part of the situations that somebody may know of, the newest first, and how many there are."""
    found = access.figures(actor).order_by("-made_on", "pk")
    part = list(found.values_list("pk", "question", "state", "since", "origin")[first : first + most])
    whole = set(access.seen(actor).filter(pk__in=[pk for pk, *_ in part]).values_list("pk", flat=True))
    asks = _asks(((pk, origin) for pk, *_, origin in part if pk in whole), actor)
    lines = tuple(
        KnownLine(
            id=pk,
            question=asks.get(pk, question) if pk in whole else "",
            state=State(state),
            since=since,
            is_whole=pk in whole,
        )
        for pk, question, state, since, _ in part
    )
    return lines, found.count()


def waiting_lines(actor: Actor, *, on: date) -> tuple[WaitLine, ...]:
    """Return what waits for somebody, oldest promise first; in a fixed number of queries."""
    if not access.is_member(actor):
        return ()
    found = {row.pk: row for row in access.concerning(actor)}
    values = [rows.situation_value(row) for row in found.values()]
    read = {value.id for value in values if access.reads(value, actor, on=on)}
    asks = _asks(((row.pk, row.origin) for row in found.values()), actor)
    asked = {
        each.pk: find_words.reword(each.words, stored=row.question, asks=asks.get(row.pk, row.question))
        for row in found.values()
        for each in row.invitations.all()
    }
    unread = [row for row in found.values() if row.pk not in read] if access.knows_of_all(actor) else ()
    abouts = _abouts(((row.pk, row.topic_ids, row.area_ids) for row in unread), actor)
    lines = []
    for awaiting in situations.waiting_for(actor, values, on=on):
        row = found[awaiting.situation_id]
        text = (
            asks.get(row.pk, row.question)
            if awaiting.situation_id in read
            else asked.get(awaiting.subject_id, "") or abouts.get(row.pk, "")
        )
        lines.append(WaitLine(awaiting=awaiting, text=text, since=row.since or row.made_on))
    return tuple(lines)


def is_there(situation_id: SituationId, *, network_id: NetworkId) -> bool:
    """Tell whether a situation was begun; for who knows of what it would come."""
    return models.Situation.objects.filter(pk=situation_id, network_id=network_id).exists()


def own_situations(actor: Actor) -> Mapping[Phase, tuple[Line, ...]]:
    """Return the situations that somebody takes part in and that go on, by phase, the newest first."""
    ended = [state.value for state in situations.ENDED]
    lines = _lines(actor, is_ended=False, ended=ended, most=None)
    return {
        phase: tuple(line for line in lines if situations.phase_of(line.state) is phase) for phase in Phase
    }


def ended_situations(actor: Actor) -> tuple[Line, ...]:
    """Return the situations that somebody took part in and that ended, the last first."""
    ended = [state.value for state in situations.ENDED]
    return _lines(actor, is_ended=True, ended=ended, most=MOST_ENDED)


def counts(actor: Actor) -> tuple[Line, ...]:
    """Return every situation that goes on, without its words; for who keeps watch or counts."""
    if not access.knows_of_all(actor):
        return ()
    ended = [state.value for state in situations.ENDED]
    found = access.figures(actor).exclude(state__in=ended).exclude(access.takes_part(actor))
    order = found.order_by("-made_on", "pk")
    listed = list(order.values_list("pk", "state", "since", "topic_ids", "area_ids"))
    abouts = _abouts(((pk, topic_ids, area_ids) for pk, _, _, topic_ids, area_ids in listed), actor)
    return tuple(
        Line(id=pk, question="", state=State(state), since=since, about=abouts[pk])
        for pk, state, since, _, _ in listed
    )


def _abouts(found: Iterable[Matters], actor: Actor) -> Mapping[str, str]:
    """Return what situations are about, in names of topics and areas."""
    held = list(found)
    if not held:
        return {}
    ids = {TopicId(each) for _, topic_ids, _ in held for each in topic_ids}
    topics = dict(names.topic_choices(ids, actor=actor, language=request_language()))
    areas = dict(people.areas(actor).values_list("text_id", "name"))
    return {
        pk: capfirst(_about(_named(topic_ids, topics), _named(area_ids, areas)))
        for pk, topic_ids, area_ids in held
    }


def _named(ids: Iterable[str], known: Mapping[str, str]) -> str:
    return ", ".join(known[each] for each in ids if each in known)


def _about(topics: str, areas: str) -> str:
    return f"{topics} ({areas})" if topics and areas else topics or areas


def _lines(actor: Actor, *, is_ended: bool, ended: list[str], most: int | None) -> tuple[Line, ...]:
    found = access.seen(actor)
    found = found.filter(state__in=ended) if is_ended else found.exclude(state__in=ended)
    order = found.order_by("-since", "pk")
    listed = list(order.values_list("pk", "question", "state", "since", "origin")[:most])
    asks = _asks(((pk, origin) for pk, *_, origin in listed), actor)
    return tuple(
        Line(id=pk, question=asks.get(pk, question), state=State(state), since=since)
        for pk, question, state, since, _ in listed
    )


def _asks(found: Iterable[tuple[str, str]], actor: Actor) -> Mapping[str, str]:
    """Return what situations that came from the scan ask, in the language of the reader."""
    return find_words.questions_of(found, network_id=actor.network_id)
