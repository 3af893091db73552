# SPDX-License-Identifier: EUPL-1.2
"""Reads across functions: the box, and the answer under six plain questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from scharnier.apps.emergency import selectors as emergency
from scharnier.apps.notes import selectors as notes
from scharnier.apps.overview.others import OthersPart
from scharnier.apps.people import selectors as people
from scharnier.apps.referral import access, proposals
from scharnier.apps.referral import selectors as referral
from scharnier.core import referral as core
from scharnier.core.kernel import Actor, AreaId
from scharnier.formats import reasons, wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was typed into the box."""

    text: str
    place: str = ""
    area_id: AreaId | None = None  # chosen among several of that name


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage:
    """What the box needs around it."""

    places: tuple[str, ...]  # names to choose from
    waiting: emergency.Waiting
    n_notes_due: int  # of which the asker wanted to be reminded by now
    has_first_steps: bool  # nobody can be found yet, and the asker can do something about it
    may_refer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionLine:
    """One party that can take it, in words."""

    link: people.Link
    capacity: str  # role or organization; empty for an organization
    sentence: str  # who, and why in one breath
    reasons: tuple[str, ...]  # unfold
    way_in: str  # how to get there; empty when the sentence says it all
    sealed: str  # the suggestion, to refer to it; empty for the asker's own

    @property
    def after_name(self) -> str:
        """The sentence without the name it starts with, so that a page can set the name apart."""
        return self.sentence.removeprefix(self.link.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """The answer: functions 1 and 2 filled; the others have no data yet and say so."""

    question: Question
    place: core.PlaceTaken | None  # None: anywhere
    place_words: str  # that say this place and no other, to ask again or go on with
    topics: tuple[str, ...]  # recognised in the text
    topic_ids: tuple[str, ...]
    confidence: str  # clear, plausible, thin or none
    suggestions: tuple[SuggestionLine, ...]
    together: tuple[people.Link, ...]  # better asked as a set
    together_sealed: tuple[str, ...]
    may_have_more: bool
    others: OthersPart | None = None  # who else meets it, once that was looked for

    @property
    def area_id(self) -> str:
        """Return the area that the answer is about; empty: anywhere."""
        return self.place.taken.id if self.place else ""


def ask_page(actor: Actor, *, on: date) -> AskPage:
    """Return what the box needs."""
    return AskPage(
        places=people.area_names(actor),
        waiting=emergency.waiting(actor),
        n_notes_due=notes.count_due(actor, on=on),
        has_first_steps=people.has_first_steps(actor, on=on),
        may_refer=access.may_refer(actor, on=on),
    )


def answer(
    question: Question, *, actor: Actor, on: date, limit: int, language: wording.Language
) -> AnswerPage:
    """Return the answer to a question.

    Raises
    ------
    UnknownPlace
    InvalidNeed
    """
    found = referral.suggest(
        question.text, place=question.place, area_id=question.area_id, actor=actor, on=on, limit=limit
    )
    speaker = reasons.Speaker(index=found.index, topics=found.topics, language=language)
    suggestions = found.answer.suggestions
    return AnswerPage(
        question=question,
        place=found.place,
        place_words=_place_words(question, found.place),
        topics=tuple(found.topics[topic_id].name(language) for topic_id in found.answer.topics),
        topic_ids=found.answer.topics,
        confidence=found.answer.confidence.value,
        suggestions=tuple(
            _line(suggestion, place=place, speaker=speaker) for place, suggestion in enumerate(suggestions, 1)
        ),
        together=tuple(_link(party, speaker=speaker) for party in found.answer.together),
        together_sealed=tuple(
            proposals.seal(suggestion, place=place)
            for place, suggestion in enumerate(suggestions, 1)
            if suggestion.party in found.answer.together
        ),
        may_have_more=len(suggestions) >= limit,
    )


def _place_words(question: Question, where: core.PlaceTaken | None) -> str:
    """Return what was typed where it fits one place, else a name that does."""
    if where is not None and (question.area_id is not None or where.others):
        return where.taken.name
    return question.place


def _line(suggestion: core.Suggestion, *, place: int, speaker: reasons.Speaker) -> SuggestionLine:
    is_own = suggestion.way_in.entry is core.Entry.SELF
    said = speaker.say_suggestion(suggestion)
    return SuggestionLine(
        link=_link(suggestion.party, speaker=speaker),
        capacity=said.capacity,
        sentence=said.because,
        reasons=said.reasons,
        way_in=said.way_in,
        sealed="" if is_own else proposals.seal(suggestion, place=place),
    )


def _link(party: core.Party, *, speaker: reasons.Speaker) -> people.Link:
    kind = "organization" if party.person_id is None else "person"
    party_id = party.person_id or party.organization_id or ""
    return people.Link(name=speaker.say_party(party), kind=kind, id=party_id)
