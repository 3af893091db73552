# SPDX-License-Identifier: EUPL-1.2
"""Who of Kruisveld was asked to take a signal, in order of time, and what they answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from scharnier.core.kernel import OrganizationId, PersonId
from scharnier.core.network import NetworkIndex, Purpose
from scharnier.core.referral import Outcome, Party, Reason, Response
from scharnier.example._chance import chance, happens
from scharnier.example._signals import Report, is_reached
from scharnier.example._values import KRUISVELD_DAY, Asked, Signal

TAKEN = 70  # percent of the first asked
SILENT = 27  # percent of the first asked who do not take it; the others decline
TAKEN_LATER = 85  # percent of those asked after a first who did not take it
TO_SECOND = 15  # percent that begin with the second who takes such matters
ASTRAY = 65  # percent of what is declined that went to somebody whose work it is not
BY_NAME = 75  # percent of the asked in whose organization somebody is known for the matter
COMPLETED = 80  # percent of what was taken over a month ago; the rest still runs
MOST_ASKED = 3
SILENCE_DAYS, ANSWER_DAYS = 14, 9  # until no answer counts as one; until an answer, at most
BUSY = (
    *(Reason.NO_CAPACITY, Reason.NO_CAPACITY, Reason.NOT_ELIGIBLE, Reason.OTHER),
    *(Reason.ALREADY_KNOWN, Reason.CONFLICT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """An organization that is asked, and what it will say."""

    organization_id: OrganizationId
    response: Response
    reason: Reason | None = None


def ask_around(reports: Iterable[Report], index: NetworkIndex, *, seed: int) -> tuple[Signal, ...]:
    """Return the signals with who was asked; what happened too lately is open still."""
    rng = chance(seed, "asking")
    return tuple(
        replace(report.signal, asked=tuple(_ask(report.signal, _draw_steps(report, index, rng), index, rng)))
        for report in reports
    )


def to_outcomes(signals: Iterable[Signal]) -> tuple[Outcome, ...]:
    """Return every answer to a signal, by date."""
    outcomes = [
        Outcome(
            text=signal.text,
            party=Party(person_id=asked.person_id, organization_id=asked.organization_id),
            response=asked.response,
            on=asked.date,
            reason=asked.reason,
            topics=frozenset(signal.topic_ids),
        )
        for signal in signals
        for asked in signal.asked
    ]
    return tuple(sorted(outcomes, key=lambda outcome: outcome.on))


def _draw_steps(report: Report, index: NetworkIndex, rng: Random) -> list[_Step]:
    """Return who is asked: perhaps one in vain, then those who take such matters until one does."""
    to = _others(report, report.concern.to, index)
    takers = [each for each in to if _covers(index, each, report)]
    if len(takers) > 1 and happens(rng, TO_SECOND):
        takers[:2] = takers[1::-1]
    steps = _first_in_vain(report, takers, index, rng)
    left = takers[sum(step.organization_id in takers for step in steps) :]
    for organization_id in left or takers:  # where nobody else is left, the same one again
        if len(steps) == MOST_ASKED or (steps and _is_settled(steps[-1])):
            break
        is_taken = not steps or happens(rng, TAKEN_LATER)
        steps.append(_taken(organization_id) if is_taken else _busy(organization_id, rng))
    return steps


def _is_settled(step: _Step) -> bool:
    return step.response is Response.ACCEPTED or step.reason is Reason.ALREADY_KNOWN


def _others(report: Report, written: str, index: NetworkIndex) -> list[OrganizationId]:
    """Return the organizations written, but for those the reporter speaks for: nobody asks their own."""
    roles = index.memberships_of[report.signal.reporter_id]
    own = {role.organization_id for role in roles if role.holds_on(report.signal.date)}
    return [each for each in map(OrganizationId, written.split()) if each not in own]


def _covers(index: NetworkIndex, organization_id: OrganizationId, report: Report) -> bool:
    return is_reached(index, index.organizations[organization_id].area_ids, report.signal.area_id)


def _first_in_vain(
    report: Report, takers: Sequence[OrganizationId], index: NetworkIndex, rng: Random
) -> list[_Step]:
    """Return nobody when the first asked takes it, else who does not, with the reason."""
    if happens(rng, TAKEN):
        return []
    everybody = _others(report, f"{report.concern.amiss} {report.concern.to}", index)
    astray = [each for each in everybody if each not in takers]
    if happens(rng, SILENT):
        return [_Step(organization_id=takers[0], response=Response.UNANSWERED)]
    if not astray or not happens(rng, ASTRAY):
        return [_busy(takers[0], rng)]
    wrong = rng.choice(astray)
    reason = Reason.NOT_MY_REMIT if _covers(index, wrong, report) else Reason.NOT_MY_AREA
    return [_Step(organization_id=wrong, response=Response.DECLINED, reason=reason)]


def _taken(organization_id: OrganizationId) -> _Step:
    return _Step(organization_id=organization_id, response=Response.ACCEPTED)


def _busy(organization_id: OrganizationId, rng: Random) -> _Step:
    return _Step(organization_id=organization_id, response=Response.DECLINED, reason=rng.choice(BUSY))


def _ask(signal: Signal, steps: Iterable[_Step], index: NetworkIndex, rng: Random) -> Iterator[Asked]:
    day = signal.date
    for step in steps:
        is_silent = step.response is Response.UNANSWERED
        person_id = _draw_person(signal, step.organization_id, index, rng) if happens(rng, BY_NAME) else None
        n_days = SILENCE_DAYS if is_silent else 1 + int(ANSWER_DAYS * rng.random() ** 2)
        day += timedelta(days=n_days)
        if day >= KRUISVELD_DAY:
            break
        yield Asked(
            organization_id=step.organization_id,
            person_id=person_id,
            response=_seen_through(step.response, day, rng),
            reason=step.reason,
            date=day,
        )


def _draw_person(
    signal: Signal, organization_id: OrganizationId, index: NetworkIndex, rng: Random
) -> PersonId | None:
    """Return somebody of the organization who is known for the matter and can be found by name."""
    persons = [
        index.persons[member.person_id]
        for member in index.members_of[organization_id]
        if member.holds_on(signal.date) and member.person_id != signal.reporter_id
    ]
    known_for = {
        person.id: len(person.topics.intersection(signal.topic_ids))
        for person in persons
        if person.consents_to(Purpose.LISTING, on=KRUISVELD_DAY)
        and is_reached(index, person.area_ids, signal.area_id)
    }
    most = max(known_for.values(), default=0)
    return rng.choice([each for each, count in known_for.items() if count == most]) if most else None


def _seen_through(response: Response, day: date, rng: Random) -> Response:
    is_old = day < KRUISVELD_DAY - timedelta(days=30)
    is_done = response is Response.ACCEPTED and is_old and happens(rng, COMPLETED)
    return Response.COMPLETED if is_done else response
