# SPDX-License-Identifier: EUPL-1.2
"""Bring a need to the parties that can take it: expertise x mandate x room x way in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scharnier.core.kernel import PersonId, TopicId
from scharnier.core.network import NetworkIndex, Topic
from scharnier.core.referral._directory import (
    TOOK_ONE,
    Directory,
    describe_network,
    topic_hints,
    topic_terms,
)
from scharnier.core.referral._evidence import Evidence, weigh_evidence
from scharnier.core.referral._fitting import fit_ranker
from scharnier.core.referral._loop import Learner, Refusal
from scharnier.core.referral._model import Need, Outcome
from scharnier.core.referral._ranking import Document, Ranker
from scharnier.core.referral._replay import Past
from scharnier.core.referral._sharing import Record, track_records
from scharnier.core.referral._topics import TopicFinder
from scharnier.core.text import Analyzer, Language, Lexicon, UnknownLanguage, check_input, detect_language


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What speaks for whom in a need, before it is judged who may and can take it."""

    need: Need
    language: Language
    topics: tuple[TopicId, ...]  # recognised in the need
    evidence: Evidence

    @property
    def person_ids(self) -> frozenset[PersonId]:
        """The persons with evidence."""
        parties = (self.evidence.directory.parties[key] for key in self.evidence.found)
        return frozenset(party.person_id for party in parties if party.person_id is not None)


def fit_matcher(
    index: NetworkIndex,
    outcomes: Sequence[Outcome],
    *,
    topics: Sequence[Topic],
    lexicon: Lexicon,
    on: date,
    finder: TopicFinder | None = None,
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
    finder
        The same topics, made ready earlier with the same lexicon: that takes longer than all else.

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
    finder = finder or TopicFinder(topics, analyzer)
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


def find_parties(matcher: Matcher, need: Need, *, learner: Learner | None = None) -> Findings:
    """Return what speaks for whom in a need, by what was read of the network, and learned since.

    Parameters
    ----------
    matcher
        The network as it was read on a day.
    need
        The problem in words.
    learner
        What was learned since the matcher was fitted, begun with its ranker; none is fine.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
        When the text cannot be taken.
    UnknownLanguage
        When it is neither Dutch nor English.

    Notes
    -----
    O(postings of the words + candidates).

    Examples
    --------
    >>> from scharnier.core import network, text
    >>> from scharnier.core.kernel import NetworkId, OrganizationId
    >>> desk = network.Organization(id=OrganizationId("desk"), name="Desk", remit="hulp bij schulden")
    >>> index = network.index_network(network.Network(id=NetworkId("n"), name="N", organizations=(desk,)))
    >>> lexicon = text.Lexicon(dutch={"hulp": 5.0, "schulden": 4.0})
    >>> matcher = fit_matcher(index, (), topics=(), lexicon=lexicon, on=date(2026, 1, 1))
    >>> found = find_parties(matcher, Need(text="hulp"))
    >>> found.evidence.found, found.person_ids
    (('organization/desk',), frozenset())
    """
    language = _language(need.text, matcher)
    topics = matcher.finder.find(need.text, language=language)
    terms = matcher.ranker.analyzer.terms(need.text, language=language)
    hints = topic_hints(matcher.finder, topics, terms)
    evidence = weigh_evidence(
        matcher.ranker,
        matcher.directory,
        need.text,
        language=language,
        hints=hints,
        topics=topics,
        asked=learner.ask(need.text, language=language, on=matcher.on, hints=hints) if learner else None,
    )
    return Findings(need=need, language=language, topics=topics, evidence=evidence)


def recall(
    matcher: Matcher, text: str, *, takers: Iterable[str], on: date, refusals: Iterable[Refusal] = ()
) -> Past:
    """Return a problem of the past as the matcher reads it, to play it again.

    Parameters
    ----------
    matcher
        The network, fitted without this problem.
    text
        The problem in words.
    takers
        Candidates who took it.
    on
        The day on which they did.
    refusals
        Of who did not take it; those of others than the candidates are left out.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound, UnknownLanguage
        When the text cannot be taken.

    Examples
    --------
    >>> from scharnier.core import network, text
    >>> from scharnier.core.kernel import NetworkId, OrganizationId
    >>> desk = network.Organization(id=OrganizationId("desk"), name="Desk", remit="hulp bij schulden")
    >>> index = network.index_network(network.Network(id=NetworkId("n"), name="N", organizations=(desk,)))
    >>> lexicon = text.Lexicon(dutch={"hulp": 5.0, "schulden": 4.0})
    >>> matcher = fit_matcher(index, (), topics=(), lexicon=lexicon, on=date(2026, 1, 1))
    >>> dict(recall(matcher, "hulp", takers=["organization/desk"], on=date(2026, 1, 2)).document.supports)
    {'organization/desk': 0.2}
    """
    language = _language(text, matcher)
    topics = matcher.finder.find(text, language=language)
    terms = matcher.ranker.analyzer.terms(text, language=language)
    known = set(matcher.ranker.candidates)
    return Past(
        asked=text,
        document=Document(
            text=text,
            language=language,
            supports=dict.fromkeys(sorted(known.intersection(takers)), TOOK_ONE),
            terms=topic_terms(matcher.finder.with_broader(topics)),
            taken_on=on,
        ),
        refusals=tuple(replace(each, weight=TOOK_ONE) for each in refusals if each.candidate in known),
        hints=topic_hints(matcher.finder, topics, terms),
    )


def _language(text: str, matcher: Matcher) -> Language:
    check_input(text)
    default: Language = "en" if matcher.index.network.language == "en" else "nl"
    language = detect_language(text, lexicon=matcher.lexicon, default=default)
    if language is None:
        raise UnknownLanguage
    return language
