# SPDX-License-Identifier: EUPL-1.2
"""A referral as a chain of turns: whom it waits for, until it ends in an outcome or a named cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from scharnier.core.kernel import Conflict, Invalid, NotFound, TurnId
from scharnier.core.referral._life import FRUITLESS, Part, State, Step, next_state
from scharnier.core.referral._model import Party


class BadChain(Invalid):
    """A chain has at least one turn, rounds that follow each other, and each identifier once."""

    code = "referral.bad_chain"


class TurnNotFound(NotFound):
    """The chain has no such turn."""

    code = "referral.turn_not_found"


class StillRunning(Conflict):
    """Somebody still has it; a new turn would ask two at once for the same."""

    code = "referral.still_running"


class NotOver(Conflict):
    """There is nothing yet to tell an outcome of."""

    code = "referral.not_over"


class Awaited(StrEnum):
    """What a referral waits for."""

    SENDING = "sending"
    ANSWER = "answer"
    START = "start"
    RESULT = "result"
    RESUMING = "resuming"
    NEXT_PARTY = "next_party"  # nobody has it: somebody else is to be asked, or it is given up with its cause
    OUTCOME = "outcome"  # it was done: did it help?


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """Whose turn it is, and to do what; of one turn, or of the whole referral."""

    part: Part
    awaited: Awaited
    turn_id: TurnId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One party asked, in one round; parties of one round are asked together."""

    id: TurnId
    candidate: Party
    round: int  # from 1
    state: State = State.DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """All turns of one referral, oldest first.

    Raises
    ------
    BadChain
    """

    turns: tuple[Turn, ...]
    open_since: int = 1  # the round in which it began, or began again after it was over
    is_outcome_told: bool = False
    is_given_up: bool = False  # nobody was found, and the cause is written down

    def __post_init__(self) -> None:
        rounds = [turn.round for turn in self.turns]
        ids = {turn.id for turn in self.turns}
        if sorted(set(rounds)) != list(range(1, len(set(rounds)) + 1)) or rounds != sorted(rounds):
            raise BadChain(rounds=tuple(rounds))
        if len(ids) != len(rounds) or self.open_since not in rounds:
            raise BadChain(rounds=tuple(rounds))


_OF_TURN = {
    State.DRAFT: (Part.SENDER, Awaited.SENDING),
    State.REQUESTED: (Part.CANDIDATE, Awaited.ANSWER),
    State.ACCEPTED: (Part.CANDIDATE, Awaited.START),
    State.IN_PROGRESS: (Part.CANDIDATE, Awaited.RESULT),
    State.ON_HOLD: (Part.CANDIDATE, Awaited.RESUMING),
}


def waits(chain: Chain) -> tuple[Wait, ...]:
    """Return what a referral waits for, turn by turn; nothing exactly when it is over.

    Notes
    -----
    As long as no turn runs and none was completed, it waits for its sender to find the next party or to give
    it up with the cause. Once a turn was completed and no other runs, it waits to hear whether that helped.

    Examples
    --------
    >>> from scharnier.core.kernel import PersonId
    >>> karel = Party(person_id=PersonId("karel"))
    >>> silent = Turn(id=TurnId("1"), candidate=karel, round=1, state=State.UNANSWERED)
    >>> [wait.awaited.value for wait in waits(Chain(turns=(silent,)))]
    ['next_party']
    """
    return tuple(_waits(chain))


def is_over(chain: Chain) -> bool:
    """Tell whether a referral waits for nobody.

    Examples
    --------
    >>> from scharnier.core.kernel import PersonId
    >>> karel = Party(person_id=PersonId("karel"))
    >>> is_over(Chain(turns=(Turn(id=TurnId("1"), candidate=karel, round=1, state=State.CANCELLED),)))
    True
    """
    return not waits(chain)


def take_step(chain: Chain, turn_id: TurnId, step: Step, *, by: Part, given: object = None) -> Chain:
    """Return the referral after a step of one of its turns.

    Raises
    ------
    TurnNotFound
    IllegalStep
    NotYourStep
    NothingGiven

    Examples
    --------
    >>> from scharnier.core.kernel import PersonId
    >>> karel = Party(person_id=PersonId("karel"))
    >>> chain = Chain(turns=(Turn(id=TurnId("1"), candidate=karel, round=1),))
    >>> take_step(chain, TurnId("1"), Step.SEND, by=Part.SENDER).turns[0].state
    <State.REQUESTED: 'requested'>
    """
    turn = _turn(chain, turn_id)
    changed = replace(turn, state=next_state(turn.state, step, by=by, given=given))
    turns = tuple(changed if other.id == turn_id else other for other in chain.turns)
    return replace(chain, turns=turns)


def begin_round(chain: Chain, candidates: Mapping[TurnId, Party]) -> Chain:
    """Return the referral with a new round of parties to ask, in one chain with all that went before.

    Parameters
    ----------
    chain
        Of which no turn runs or waits to be sent; one that was over is open again.
    candidates
        Who is asked in each new turn, at least one.

    Raises
    ------
    StillRunning
    BadChain
        When nobody is named, or a turn has the identifier of another.

    Examples
    --------
    >>> from scharnier.core.kernel import PersonId
    >>> karel = Party(person_id=PersonId("karel"))
    >>> silent = Chain(turns=(Turn(id=TurnId("1"), candidate=karel, round=1, state=State.UNANSWERED),))
    >>> [turn.round for turn in begin_round(silent, {TurnId("2"): karel}).turns]
    [1, 2]
    """
    if any(turn.state in _OF_TURN for turn in chain.turns):
        raise StillRunning
    if not candidates:
        raise BadChain(rounds=())
    number = chain.turns[-1].round + 1
    new = (Turn(id=turn_id, candidate=party, round=number) for turn_id, party in candidates.items())
    return Chain(turns=(*chain.turns, *new), open_since=number if is_over(chain) else chain.open_since)


def tell_outcome(chain: Chain) -> Chain:
    """Return the referral of which it is known whether it helped.

    Raises
    ------
    NotOver
        When nothing was completed, or somebody is still busy with it.

    Examples
    --------
    >>> from scharnier.core.kernel import PersonId
    >>> karel = Party(person_id=PersonId("karel"))
    >>> done = Chain(turns=(Turn(id=TurnId("1"), candidate=karel, round=1, state=State.COMPLETED),))
    >>> is_over(done), is_over(tell_outcome(done))
    (False, True)
    """
    if _awaited_of_whole(chain) is not Awaited.OUTCOME:
        raise NotOver
    return replace(chain, is_outcome_told=True)


def give_up(chain: Chain) -> Chain:
    """Return the referral for which nobody was found, whose cause is written down elsewhere.

    Raises
    ------
    NotOver
        When somebody still has it, or it was done.

    Examples
    --------
    >>> from scharnier.core.kernel import PersonId
    >>> karel = Party(person_id=PersonId("karel"))
    >>> refused = Chain(turns=(Turn(id=TurnId("1"), candidate=karel, round=1, state=State.REJECTED),))
    >>> is_over(refused), is_over(give_up(refused))
    (False, True)
    """
    if _awaited_of_whole(chain) is not Awaited.NEXT_PARTY:
        raise NotOver
    return replace(chain, is_given_up=True)


def _waits(chain: Chain) -> Iterator[Wait]:
    for turn in chain.turns:
        if turn.state in _OF_TURN:
            part, awaited = _OF_TURN[turn.state]
            yield Wait(part=part, awaited=awaited, turn_id=turn.id)
    whole = _awaited_of_whole(chain)
    if whole:
        yield Wait(part=Part.SENDER, awaited=whole)


def _awaited_of_whole(chain: Chain) -> Awaited | None:
    """Return what the referral waits for when no single turn is waited for."""
    if any(turn.state in _OF_TURN for turn in chain.turns):
        return None
    ended = {turn.state for turn in chain.turns if turn.round >= chain.open_since}
    if State.COMPLETED in ended:
        return None if chain.is_outcome_told else Awaited.OUTCOME
    last = {turn.state for turn in chain.turns if turn.round == chain.turns[-1].round}
    return Awaited.NEXT_PARTY if last & FRUITLESS and not chain.is_given_up else None


def _turn(chain: Chain, turn_id: TurnId) -> Turn:
    for turn in chain.turns:
        if turn.id == turn_id:
            return turn
    raise TurnNotFound(turn_id=turn_id)
