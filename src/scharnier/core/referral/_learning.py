# SPDX-License-Identifier: EUPL-1.2
"""Teach a learner what came of problems in a network since it was read."""

from __future__ import annotations

from scharnier.core.referral._directory import TOOK_ONE, candidate_key, describe_outcome
from scharnier.core.referral._lessons import Lesson, lessons_of
from scharnier.core.referral._loop import Learner, Refusal
from scharnier.core.referral._matching import Matcher
from scharnier.core.referral._model import Outcome


def learn_outcome(learner: Learner, outcome: Outcome, *, matcher: Matcher) -> None:
    """Let a learner know what came of one problem, as fitting the matcher again would.

    Parameters
    ----------
    learner
        Begun with the matcher's ranker; it is changed.
    outcome
        Of any party; of one that cannot be suggested, or with its text erased, nothing is learned.
    matcher
        The network as it was read before the outcome.

    Notes
    -----
    O(words of the text). Fitting anew, in the background, makes up for the order of the lessons.

    Examples
    --------
    >>> from datetime import date
    >>> from scharnier.core import network, text
    >>> from scharnier.core.kernel import NetworkId, OrganizationId
    >>> from scharnier.core.referral import Need, Party, Response, find_parties, fit_matcher
    >>> desks = [network.Organization(id=OrganizationId(name), name=name) for name in ("bieb", "desk")]
    >>> whole = network.Network(id=NetworkId("n"), name="N", organizations=tuple(desks))
    >>> day, known = date(2026, 1, 1), text.Lexicon(dutch={"ratten": 3.0, "in": 7.0, "de": 7.0, "tuin": 4.0})
    >>> matcher = fit_matcher(network.index_network(whole), (), topics=(), lexicon=known, on=day)
    >>> learner, need = Learner(matcher.ranker), Need(text="ratten in de tuin")
    >>> taken = Outcome(text=need.text, party=Party(organization_id=OrganizationId("bieb")), on=day,
    ...     response=Response.ACCEPTED)
    >>> learn_outcome(learner, taken, matcher=matcher)
    >>> find_parties(matcher, need, learner=learner).evidence.found
    ('organization/bieb',)
    """
    lessons, key = lessons_of(outcome), candidate_key(outcome.party)
    if not outcome.text.strip() or key not in matcher.directory.parties:
        return
    document = describe_outcome(outcome, index=matcher.index, finder=matcher.finder, lexicon=matcher.lexicon)
    if Lesson.TAKES in lessons:
        learner.learn(document)
        return
    rather = candidate_key(outcome.rather) if outcome.rather else None
    learner.learn_refusal(
        Refusal(candidate=key, on=outcome.on, lessons=lessons, rather=rather, weight=TOOK_ONE),
        asked=learner.ask(outcome.text, language=document.language, on=outcome.on),
    )
