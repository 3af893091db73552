# SPDX-License-Identifier: EUPL-1.2
"""A signal and a match as their pages show them: every value in words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from scharnier.apps.signals import labels, selectors
from scharnier.apps.signals.selectors import MatchLine, OwnSignal
from scharnier.core.kernel import Actor
from scharnier.core.signals import NamingStep, Nearness, Place, SignalState
from scharnier.formats import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A signal in a list."""

    id: str
    text: str  # empty: the words went
    place: str
    area: str  # its name alone; empty: none is known
    happened: str
    topics: tuple[str, ...]
    state: str  # the value
    state_said: str
    owner: str
    told_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A signal on its own page."""

    line: Line
    groups: tuple[str, ...]
    seriousness: str
    source: str
    is_own: bool
    kept_until: str
    words_until: str  # so long the words are kept, if they still are
    met_until: str  # what others meet up to this day is still found; empty: that day is over
    story: tuple[tuple[str, datetime], ...]
    steps: tuple[tuple[str, str], ...]  # value and words, of what is open
    may_change: bool
    may_match: bool
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchShown:
    """A match, for one organization of the reader's."""

    id: str
    organization_id: str
    organization: str
    other: str  # empty: not named
    other_id: str
    asked_on: str
    until: str  # empty: it is decided
    own: str
    place: str  # of what the reader's organization met, nothing of the other; empty: no area is known
    topics: tuple[str, ...]  # the same
    signal_id: str
    may_name: bool
    may_keep_unnamed: bool
    are_both_named: bool


def lines(found: tuple[OwnSignal, ...], *, actor: Actor, language: wording.Language) -> tuple[Line, ...]:
    """Return signals as a list shows them, in as many queries for one as for many."""
    areas, topics = _names(
        {own.value.place.area_id for own in found if own.value.place.area_id},
        {topic_id for own in found for topic_id in own.value.topics},
        actor=actor,
        language=language,
    )
    return tuple(_line(own, areas=areas, topics=topics, language=language) for own in found)


def show(own: OwnSignal, *, words_days: int, on: date, actor: Actor, language: wording.Language) -> Shown:
    """Return a signal as its own page shows it."""
    (line,) = lines((own,), actor=actor, language=language)
    value = own.value
    met_until = value.happened.last_day + timedelta(days=Nearness().within_days)
    return Shown(
        line=line,
        groups=selectors.name_groups(value.resident_group_ids, actor=actor),
        seriousness=str(labels.SERIOUSNESS[value.seriousness]),
        source=str(labels.SOURCES[value.source]),
        is_own=own.is_own,
        kept_until=wording.say_day(value.kept_until, language=language),
        words_until=wording.say_day(value.told_on + timedelta(days=words_days), language=language),
        met_until=wording.say_day(met_until, language=language) if met_until >= on else "",
        story=tuple((str(labels.DONE.get(what, what)), at) for what, at in own.story),
        steps=tuple((step.value, str(labels.STEPS[step])) for step in own.steps),
        may_change=value.state is SignalState.OPEN and value.text is not None,
        may_match=value.owner_id is not None and value.owner_id in actor.acts_for,
        reference=own.reference,
    )


def say_place(place: Place, *, area: str) -> str:
    """Return where something was met, as exactly as it is known."""
    return ", ".join(dict.fromkeys(filter(None, (place.words, area))))


def _line(
    own: OwnSignal, *, areas: Mapping[str, str], topics: Mapping[str, str], language: wording.Language
) -> Line:
    value = own.value
    area = areas.get(value.place.area_id or "", "")
    return Line(
        id=value.id,
        text=value.text or "",
        place=say_place(value.place, area=area),
        area=area,
        happened=labels.say_happened(value.happened, language=language),
        topics=_sorted_names(value.topics, topics),
        state=value.state.value,
        state_said=str(labels.STATES[value.state]),
        owner=own.owner_name,
        told_at=own.told_at,
    )


def matches(
    found: tuple[MatchLine, ...], *, actor: Actor, language: wording.Language
) -> tuple[MatchShown, ...]:
    """Return matches as lists and pages show them, in as many queries for one as for many."""
    areas, topics = _names(
        {line.area_id for line in found if line.area_id},
        {topic_id for line in found for topic_id in line.topics},
        actor=actor,
        language=language,
    )
    return tuple(_match(line, areas=areas, topics=topics, language=language) for line in found)


def match_states(found: tuple[MatchLine, ...], *, language: wording.Language) -> tuple[MatchShown, ...]:
    """Return matches as the page of their signal shows them, which says itself what they are about."""
    return tuple(_match(line, areas={}, topics={}, language=language) for line in found)


def _match(
    line: MatchLine, *, areas: Mapping[str, str], topics: Mapping[str, str], language: wording.Language
) -> MatchShown:
    return MatchShown(
        id=line.view.match_id,
        organization_id=line.organization_id,
        organization=line.organization_name,
        other=line.other_name,
        other_id=line.view.other_id or "",
        asked_on=wording.say_day(line.view.asked_on, language=language),
        until=wording.say_day(line.last_day, language=language) if line.is_asked else "",
        own=str(labels.NAMINGS[line.view.own]),
        place=areas.get(line.area_id or "", ""),
        topics=_sorted_names(line.topics, topics),
        signal_id=line.signal_id,
        may_name=NamingStep.NAME in line.steps,
        may_keep_unnamed=NamingStep.KEEP_UNNAMED in line.steps,
        are_both_named=line.are_both_named,
    )


def _names(
    area_ids: Collection[str], topic_ids: Collection[str], *, actor: Actor, language: wording.Language
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return what areas and topics are called."""
    areas = selectors.name_areas(area_ids, network_id=actor.network_id)
    return areas, dict(selectors.name_topics(topic_ids, actor=actor, language=language))


def _sorted_names(topic_ids: Collection[str], topics: Mapping[str, str]) -> tuple[str, ...]:
    names = (topics[topic_id] for topic_id in topic_ids if topic_id in topics)
    return tuple(sorted(names, key=lambda name: (name.casefold(), name)))
