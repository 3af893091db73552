# SPDX-License-Identifier: EUPL-1.2
"""Choose among the parties with evidence: who may and can take a need, as the network stands now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from scharnier.core.kernel import NotFound, PersonId
from scharnier.core.network import NetworkIndex, Purpose
from scharnier.core.referral._directory import candidate_key
from scharnier.core.referral._loop import Learner
from scharnier.core.referral._mandates import judge_mandate, judge_room
from scharnier.core.referral._matching import Findings, Matcher, find_parties
from scharnier.core.referral._model import Answer, Confidence, InvalidNeed, Need, Party, Suggestion
from scharnier.core.referral._sharing import propose_set, share_load
from scharnier.core.referral._ways_in import Route, find_routes, front_door, way_in_to_person

CLEAR_LEAD = 0.8  # the second scores less than this share of the first
THIN_COVER = 0.25  # less than this share of the need's words is known with the best party
SAID = ("summary", "competences", "topics")  # what a card says of a person, and a reason may repeat


class UnknownAsker(NotFound):
    """The one who asks is not in the network."""

    code = "referral.unknown_asker"


def suggest_parties(
    matcher: Matcher, need: Need, *, limit: int, seed: int, learner: Learner | None = None
) -> Answer:
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
    learner
        What was learned since the matcher was fitted, begun with its ranker; none is fine.

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
    >>> from scharnier.core.referral import _matching
    >>> from scharnier.core.kernel import NetworkId, OrganizationId
    >>> desk = network.Organization(id=OrganizationId("desk"), name="Desk", remit="hulp bij schulden")
    >>> index = network.index_network(network.Network(id=NetworkId("n"), name="N", organizations=(desk,)))
    >>> lexicon = text.Lexicon(dutch={"hulp": 5.0, "schulden": 4.0})
    >>> matcher = _matching.fit_matcher(index, (), topics=(), lexicon=lexicon, on=date(2026, 1, 1))
    >>> answer = suggest_parties(matcher, Need(text="hulp"), limit=3, seed=0)
    >>> [suggestion.party.organization_id for suggestion in answer.suggestions], answer.confidence.value
    (['desk'], 'clear')
    """
    found = find_parties(matcher, need, learner=learner)
    return choose_parties(matcher, found, index=matcher.index, on=matcher.on, limit=limit, seed=seed)


def choose_parties(
    matcher: Matcher, found: Findings, *, index: NetworkIndex, on: date, limit: int, seed: int
) -> Answer:
    """Return who of those found can take a need, in the network as it stands now.

    Parameters
    ----------
    matcher, found
        What was read of the network at some time, and what that gave for a need.
    index
        The network now: it decides who is listed, takes requests, and may be reached through whom. Only
        persons who were found, who ask and who lie between them need to be current in it.
    on
        The day on which consents, roles and ties count; not before the matcher's.
    limit, seed
        As for `suggest_parties`.

    Returns
    -------
    Answer
        As of `suggest_parties`, without persons whose card now says something else than what was read: a
        reason never repeats what someone took off their card.

    Raises
    ------
    InvalidNeed
        When the limit is under 1.
    UnknownAsker, UnknownPlace
        When who asks, or where it is, is not in the network.

    Notes
    -----
    O(candidates), and the routes of who asks.

    Examples
    --------
    >>> from scharnier.core import network, text
    >>> from scharnier.core.referral import _matching
    >>> from scharnier.core.kernel import NetworkId
    >>> listed = network.Consent(purpose=network.Purpose.LISTING, given_date=date(2026, 1, 1))
    >>> ria = network.Person(id=PersonId("ria"), name="Ria", summary="hulp", consents=(listed,))
    >>> index = network.index_network(network.Network(id=NetworkId("n"), name="N", persons=(ria,)))
    >>> day, lexicon = date(2026, 1, 1), text.Lexicon(dutch={"hulp": 5.0})
    >>> matcher = _matching.fit_matcher(index, (), topics=(), lexicon=lexicon, on=day)
    >>> found = find_parties(matcher, Need(text="hulp"))
    >>> len(choose_parties(matcher, found, index=index, on=day, limit=3, seed=0).suggestions)
    1
    >>> gone = network.renew_index(index, persons=(), ties=(), among={PersonId("ria")})
    >>> choose_parties(matcher, found, index=gone, on=day, limit=3, seed=0).suggestions
    ()
    """
    if limit < 1:
        raise InvalidNeed(limit=limit)
    _check_references(found.need, index)
    judged = sorted(
        _judge_all(matcher, found, index, on=on), key=lambda each: (-each.score, candidate_key(each.party))
    )
    shared = share_load(_one_each(judged), matcher.records, seed=seed)
    return Answer(
        language=found.language,
        topics=found.topics,
        confidence=_confidence(shared, found.evidence.covered_share),
        suggestions=shared[:limit],
        together=propose_set(shared[:limit], found.topics),
    )


def concerned_persons(matcher: Matcher, found: Findings, *, on: date) -> frozenset[PersonId]:
    """Return the persons whom an answer may name: who is found, who asks, and who could introduce them.

    Notes
    -----
    By the ties and consents that were read; O(routes of who asks).

    Examples
    --------
    >>> from scharnier.core import network, text
    >>> from scharnier.core.referral import _matching
    >>> from scharnier.core.kernel import NetworkId, OrganizationId
    >>> desk = network.Organization(id=OrganizationId("desk"), name="Desk", remit="hulp")
    >>> index = network.index_network(network.Network(id=NetworkId("n"), name="N", organizations=(desk,)))
    >>> day, lexicon = date(2026, 1, 1), text.Lexicon(dutch={"hulp": 5.0})
    >>> matcher = _matching.fit_matcher(index, (), topics=(), lexicon=lexicon, on=day)
    >>> found = find_parties(matcher, Need(text="hulp", asker_id=PersonId("ria")))
    >>> concerned_persons(matcher, found, on=day)
    frozenset({'ria'})
    >>> concerned_persons(matcher, find_parties(matcher, Need(text="hulp")), on=day)
    frozenset()
    """
    asker_id = found.need.asker_id
    if asker_id is None:
        return found.person_ids
    routes = find_routes(matcher.index, asker_id, on=on)
    between = (routes[person_id].introducers for person_id in found.person_ids & routes.keys())
    return found.person_ids.union({asker_id}, *between)


def _check_references(need: Need, index: NetworkIndex) -> None:
    if need.asker_id is not None and need.asker_id not in index.persons:
        raise UnknownAsker(asker_id=need.asker_id)
    if need.area_id is not None and need.area_id not in index.areas:
        raise index.unknown_place(need.area_id)


def _judge_all(matcher: Matcher, found: Findings, index: NetworkIndex, *, on: date) -> Iterator[Suggestion]:
    asker_id = found.need.asker_id
    routes = find_routes(index, asker_id, on=on) if asker_id else {}
    for key in found.evidence.found:
        party = matcher.directory.parties[key]
        if party.person_id is None or _stands(party.person_id, read=matcher.index, now=index, on=on):
            judged = _judge(matcher, key, found=found, index=index, routes=routes, on=on)
            if judged is not None:
                yield judged


def _stands(person_id: PersonId, *, read: NetworkIndex, now: NetworkIndex, on: date) -> bool:
    """Tell whether a person still wants to be found, with a card that says what was read."""
    current, known = now.persons.get(person_id), read.persons[person_id]
    if current is None or not current.consents_to(Purpose.LISTING, on=on):
        return False
    return all(getattr(current, field) == getattr(known, field) for field in SAID)


def _judge(
    matcher: Matcher,
    key: str,
    *,
    found: Findings,
    index: NetworkIndex,
    routes: Mapping[PersonId, Route],
    on: date,
) -> Suggestion | None:
    """Return a suggestion, or None for a party without mandate or room."""
    party, need = matcher.directory.parties[key], found.need
    mandate = judge_mandate(index, matcher.directory, party, area_id=need.area_id)
    room = judge_room(index, matcher.directory, party, on=on)
    if mandate is None or room is None:
        return None
    way_in = front_door()
    if party.person_id is not None:
        way_in = way_in_to_person(index, party.person_id, asker_id=need.asker_id, routes=routes, on=on)
    expertise = found.evidence.facts(key)
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
    return tuple(sorted(kept, key=lambda each: (-each.score, candidate_key(each.party))))


def _body(party: Party) -> str:
    if party.organization_id is None and party.community_id is not None:
        return f"community/{party.community_id}"
    return (
        f"organization/{party.organization_id}" if party.organization_id is not None else candidate_key(party)
    )


def _confidence(suggestions: Sequence[Suggestion], covered_share: float) -> Confidence:
    if not suggestions:
        return Confidence.NONE
    if covered_share < THIN_COVER and not suggestions[0].expertise.topics:
        return Confidence.THIN
    best = sorted((each.score for each in suggestions), reverse=True)
    return Confidence.CLEAR if len(best) == 1 or best[1] < CLEAR_LEAD * best[0] else Confidence.PLAUSIBLE
