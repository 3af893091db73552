# SPDX-License-Identifier: EUPL-1.2
"""Bring a need to the parties that can take it: expertise x mandate x room x way in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from scharnier.core.kernel import NotFound, PersonId
from scharnier.core.network import NetworkIndex, Topic
from scharnier.core.referral._directory import Directory, describe_network, person_key, topic_hints
from scharnier.core.referral._evidence import Evidence, weigh_evidence
from scharnier.core.referral._fitting import fit_ranker
from scharnier.core.referral._mandates import judge_mandate, judge_room
from scharnier.core.referral._model import (
    Answer,
    Confidence,
    InvalidNeed,
    Need,
    Outcome,
    Party,
    Suggestion,
)
from scharnier.core.referral._ranking import Ranker
from scharnier.core.referral._sharing import Record, propose_set, share_load, track_records
from scharnier.core.referral._topics import TopicFinder
from scharnier.core.referral._ways_in import Route, find_routes, front_door, way_in_to_person
from scharnier.core.text import Analyzer, Language, Lexicon, UnknownLanguage, check_input, detect_language

CLEAR_LEAD = 0.8  # the second scores less than this share of the first
THIN_COVER = 0.25  # less than this share of the need's words is known with the best party


class UnknownAsker(NotFound):
    """The one who asks is not in the network."""

    code = "referral.unknown_asker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Matcher:
    """A network that has been read on a day, ready for needs."""

    index: NetworkIndex
    lexicon: Lexicon
    finder: TopicFinder
    directory: Directory
    ranker: Ranker
    records: Mapping[str, Record]
    on: date


def fit_matcher(
    index: NetworkIndex,
    outcomes: Sequence[Outcome],
    *,
    topics: Sequence[Topic],
    lexicon: Lexicon,
    on: date,
) -> Matcher:
    """Return a matcher that has read a network and what came of earlier problems.

    Parameters
    ----------
    index
        The network; only persons who consent to being listed on the day are read.
    outcomes
        n earlier problems with their party; none is fine.
    topics
        The thesaurus to recognise matters with; the network's own topics may be among them.
    lexicon
        What is known of words.
    on
        The day for which consents, roles and recency hold.

    Raises
    ------
    NothingToRank
        When nobody in the network can be suggested.

    Notes
    -----
    O(words in cards, services, remits and outcomes). Fit again when consents change.

    Examples
    --------
    >>> from scharnier.core import network, text
    >>> from scharnier.core.kernel import NetworkId, OrganizationId
    >>> desk = network.Organization(id=OrganizationId("desk"), name="Schuldhulp")
    >>> whole = network.Network(id=NetworkId("n"), name="N", organizations=(desk,))
    >>> day = date(2026, 1, 1)
    >>> lexicon = text.Lexicon(dutch={"hulp": 5.0})
    >>> fit_matcher(network.index_network(whole), (), topics=(), lexicon=lexicon, on=day).ranker.candidates
    ('organization/desk',)
    """
    analyzer = Analyzer(lexicon)
    finder = TopicFinder(topics, analyzer)
    directory = describe_network(index, outcomes, finder=finder, lexicon=lexicon, on=on)
    return Matcher(
        index=index,
        lexicon=lexicon,
        finder=finder,
        directory=directory,
        ranker=fit_ranker(directory.documents, directory.candidates, analyzer=analyzer, on=on),
        records=track_records(outcomes),
        on=on,
    )


def suggest_parties(matcher: Matcher, need: Need, *, limit: int, seed: int) -> Answer:
    """Return who can take a need, best first, with the four parts of each score as facts.

    Parameters
    ----------
    matcher
        The network on a day.
    need
        The problem in words, perhaps a place and who asks.
    limit
        Most suggestions, >= 1.
    seed
        Decides the order among equally good parties; the same seed gives the same answer.

    Returns
    -------
    Answer
        At most one suggestion an organization or community. Nobody who is not listed, does not accept, is
        full, or does not work at the place. Scores are relative to the best expertise of this answer.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
        When the text cannot be taken.
    UnknownLanguage
        When it is neither Dutch nor English.
    InvalidNeed
        When the limit is under 1.
    UnknownAsker, UnknownPlace
        When who asks, or where it is, is not in the network.

    Notes
    -----
    score = expertise x mandate x room x way in, each in 0..1. Parties within 5 % of one another count as
    equally good and share the load (see `share_load`). O(postings of the words + candidates).

    Examples
    --------
    >>> from scharnier.core import network, text
    >>> from scharnier.core.kernel import NetworkId, OrganizationId
    >>> desk = network.Organization(id=OrganizationId("desk"), name="Desk", remit="hulp bij schulden")
    >>> index = network.index_network(network.Network(id=NetworkId("n"), name="N", organizations=(desk,)))
    >>> lexicon = text.Lexicon(dutch={"hulp": 5.0, "schulden": 4.0})
    >>> matcher = fit_matcher(index, (), topics=(), lexicon=lexicon, on=date(2026, 1, 1))
    >>> answer = suggest_parties(matcher, Need(text="hulp"), limit=3, seed=0)
    >>> [suggestion.party.organization_id for suggestion in answer.suggestions], answer.confidence.value
    (['desk'], 'clear')
    """
    if limit < 1:
        raise InvalidNeed(limit=limit)
    _check_references(need, matcher.index)
    language = _language(need.text, matcher)
    topics = matcher.finder.find(need.text, language=language)
    evidence = weigh_evidence(
        matcher.ranker,
        matcher.directory,
        need.text,
        language=language,
        hints=topic_hints(
            matcher.finder, topics, matcher.ranker.analyzer.terms(need.text, language=language)
        ),
        topics=topics,
    )
    judged = sorted(_judge_all(matcher, need, evidence), key=lambda each: (-each.score, _key(each.party)))
    shared = share_load(_one_each(judged), matcher.records, seed=seed)
    return Answer(
        language=language,
        topics=topics,
        confidence=_confidence(shared, evidence.covered_share),
        suggestions=shared[:limit],
        together=propose_set(shared[:limit], topics),
    )


def _check_references(need: Need, index: NetworkIndex) -> None:
    if need.asker_id is not None and need.asker_id not in index.persons:
        raise UnknownAsker(asker_id=need.asker_id)
    if need.area_id is not None and need.area_id not in index.areas:
        raise index.unknown_place(need.area_id)


def _language(text: str, matcher: Matcher) -> Language:
    check_input(text)
    default: Language = "en" if matcher.index.network.language == "en" else "nl"
    language = detect_language(text, lexicon=matcher.lexicon, default=default)
    if language is None:
        raise UnknownLanguage
    return language


def _key(party: Party) -> str:
    return person_key(party.person_id) if party.person_id else f"organization/{party.organization_id}"


def _judge_all(matcher: Matcher, need: Need, evidence: Evidence) -> Iterator[Suggestion]:
    routes = find_routes(matcher.index, need.asker_id, on=matcher.on) if need.asker_id else {}
    for key in evidence.found:
        judged = _judge(matcher, key, need=need, evidence=evidence, routes=routes)
        if judged is not None:
            yield judged


def _judge(
    matcher: Matcher, key: str, *, need: Need, evidence: Evidence, routes: Mapping[PersonId, Route]
) -> Suggestion | None:
    """Return a suggestion, or None for a party without mandate or room."""
    party = matcher.directory.parties[key]
    mandate = judge_mandate(matcher.index, matcher.directory, party, area_id=need.area_id)
    room = judge_room(matcher.index, matcher.directory, party, on=matcher.on)
    if mandate is None or room is None:
        return None
    way_in = front_door()
    if party.person_id is not None:
        way_in = way_in_to_person(
            matcher.index, party.person_id, asker_id=need.asker_id, routes=routes, on=matcher.on
        )
    expertise = evidence.facts(key)
    score = expertise.score * mandate.score * room.score * way_in.score
    return Suggestion(
        party=party,
        score=score,
        expertise=expertise,
        mandate=mandate,
        room=room,
        way_in=way_in,
        propensity=1.0,
    )


def _one_each(judged: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """Keep one of each organization or community, a person before the body itself, and all without one."""
    groups: dict[str, list[Suggestion]] = {}
    for each in judged:
        groups.setdefault(_body(each.party), []).append(each)
    kept = [next((each for each in group if each.party.person_id), group[0]) for group in groups.values()]
    return tuple(sorted(kept, key=lambda each: (-each.score, _key(each.party))))


def _body(party: Party) -> str:
    if party.organization_id is None and party.community_id is not None:
        return f"community/{party.community_id}"
    return f"organization/{party.organization_id}" if party.organization_id is not None else _key(party)


def _confidence(suggestions: Sequence[Suggestion], covered_share: float) -> Confidence:
    if not suggestions:
        return Confidence.NONE
    if covered_share < THIN_COVER and not suggestions[0].expertise.topics:
        return Confidence.THIN
    best = sorted((each.score for each in suggestions), reverse=True)
    return Confidence.CLEAR if len(best) == 1 or best[1] < CLEAR_LEAD * best[0] else Confidence.PLAUSIBLE
