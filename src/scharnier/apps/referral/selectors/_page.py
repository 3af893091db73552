# SPDX-License-Identifier: EUPL-1.2
"""One referral as its page shows it: what it is, how it stands, the story, who is in it, what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from scharnier.apps.referral import access, models, rows
from scharnier.apps.referral.free_days import free_days
from scharnier.apps.referral.selectors import _lines as lines
from scharnier.core import policy, referral
from scharnier.core.kernel import Actor, AreaId, NetworkId, PersonId, ReferralId, TopicId, TurnId
from scharnier.core.referral import Awaited, Deed, Part, State

OPEN_TO_WORDS = {State.REQUESTED, State.UNANSWERED, State.ACCEPTED, State.IN_PROGRESS, State.ON_HOLD}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralPage:
    """What one actor sees of a referral."""

    # what it is
    id: ReferralId
    text: str  # empty: who wrote it was erased
    language: str
    about: referral.About
    topics: tuple[TopicId, ...]
    area: str  # a name; empty: anywhere
    area_id: AreaId | None
    resident_group: str  # a name; empty: none
    purpose: str
    consented_on: date | None
    made_at: datetime
    # state and what is needed now
    over_at: datetime | None
    cause: str  # why it was given up
    waits: tuple[lines.WaitLine, ...]
    deeds: tuple[Deed, ...]  # open to the actor now
    tells_as: tuple[referral.Teller, ...]  # in what capacity the actor can still say whether it helped
    # the story so far, first things first
    story: tuple[lines.StoryLine, ...]
    # who is in it
    parts: tuple[Part, ...]  # of the actor; none: who only looks on
    sender: lines.Named
    turns: tuple[lines.TurnLine, ...]  # those the actor may know of, oldest first
    # what hangs on it
    feedback: tuple[lines.FeedbackLine, ...]
    is_whole: bool  # the actor sees all of it, not only what they are asked
    is_own: bool  # the actor wrote it


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A referral with its rows, and who looks at it."""

    held: access.Held
    value: referral.Referral
    actor: Actor
    on: date
    shown: tuple[models.Turn, ...]
    is_whole: bool  # the actor sees all of it


def referral_page(referral_id: ReferralId, *, actor: Actor, on: date) -> ReferralPage:
    """Return what an actor sees of a referral; who is asked sees nothing of who else was.

    Raises
    ------
    ReferralNotFound
    """
    seen = _look(referral_id, actor=actor, on=on)
    row, value = seen.held.row, seen.value
    parts = tuple(dict.fromkeys(_parts(seen)))
    return ReferralPage(
        id=value.id,
        text=value.text,
        language=value.language,
        about=value.about,
        topics=tuple(sorted(value.topics)),
        area=row.area.name if row.area else "",
        area_id=AreaId(row.area.text_id) if row.area else None,
        resident_group=row.resident_group.name if row.resident_group else "",
        purpose=value.purpose,
        consented_on=value.consented_on,
        made_at=value.made_at,
        over_at=row.over_at,
        cause=value.cause if seen.is_whole else "",
        waits=tuple(_waits(seen)),
        deeds=tuple(_deeds(seen, parts)),
        tells_as=tuple(_tells_as(seen, parts)),
        story=tuple(_story(seen)),
        parts=parts,
        sender=lines.sender_of(row),
        turns=tuple(_turns(seen)),
        feedback=tuple(_feedback(seen)),
        is_whole=seen.is_whole,
        is_own=row.sender_text_id == actor.person_id,
    )


def read_referral(referral_id: ReferralId, *, actor: Actor, on: date) -> referral.Referral:
    """Return a whole referral as a value, for who may see all of it.

    Raises
    ------
    ReferralNotFound
        Also when the actor is only asked in it.
    """
    seen = _look(referral_id, actor=actor, on=on)
    if not seen.is_whole:
        raise access.ReferralNotFound(referral_id=referral_id)
    return seen.value


def _look(referral_id: ReferralId, *, actor: Actor, on: date) -> _Seen:
    row = access.referral_row(referral_id, actor=actor)
    turns = tuple(access.in_order(models.Turn.objects.filter(referral=row)))
    held = access.Held(row=row, turns=turns)
    shown = tuple(turn for turn in turns if access.is_turn_seen(turn, held=held, by=actor, on=on))
    unasked = policy.Thing(
        kind=policy.Kind.REFERRAL,
        network_id=NetworkId(row.network_id),
        sender_id=PersonId(row.sender_text_id),
    )
    return _Seen(
        held=held,
        value=rows.referral_value(row, turns),
        actor=actor,
        on=on,
        shown=shown,
        is_whole=policy.allow(actor, policy.Act.SEE, unasked, at=on),
    )


def _parts(seen: _Seen) -> Iterator[Part]:
    yield from access.parts_in(seen.held, by=seen.actor, on=seen.on)
    for turn in seen.shown:
        yield from access.parts_in(seen.held, by=seen.actor, on=seen.on, turn=turn)


def _waits(seen: _Seen) -> Iterator[lines.WaitLine]:
    shown = {turn.id: turn for turn in seen.shown}
    for wait in referral.waits(seen.value.chain):
        turn = shown.get(wait.turn_id) if wait.turn_id else None
        if turn is None and (wait.turn_id or not seen.is_whole):
            continue
        is_candidate = turn is not None and wait.part is Part.CANDIDATE
        yield lines.WaitLine(
            part=wait.part,
            awaited=wait.awaited,
            who=lines.candidate_of(turn) if turn and is_candidate else lines.sender_of(seen.held.row),
            since=turn.moved_at if turn else seen.held.row.moved_at,
            turn_id=wait.turn_id,
            until=turn.until if turn else None,
        )


def _deeds(seen: _Seen, parts: Sequence[Part]) -> Iterator[Deed]:
    """Yield what the actor can do to the whole."""
    if Part.SENDER not in parts:
        return
    awaited = {wait.awaited for wait in referral.waits(seen.value.chain)}
    if not awaited and seen.value.text:
        yield Deed.REOPEN
    if awaited and awaited <= {Awaited.NEXT_PARTY, Awaited.OUTCOME}:
        yield Deed.ASK_NEXT
    if Awaited.NEXT_PARTY in awaited:
        yield Deed.GIVE_UP
    if Awaited.OUTCOME in awaited:
        yield Deed.TELL_OUTCOME


def _tells_as(seen: _Seen, parts: Sequence[Part]) -> Iterator[referral.Teller]:
    row = seen.held.row
    awaits = Awaited.OUTCOME in {wait.awaited for wait in referral.waits(seen.value.chain)}
    if not awaits and row.outcome_told_at is None:
        return
    said = {told.told_by for told in row.feedback.all() if told.open_since == row.open_since}
    is_receiver = any(
        turn.state == State.COMPLETED
        and Part.CANDIDATE in access.parts_in(seen.held, by=seen.actor, on=seen.on, turn=turn)
        for turn in seen.shown
    )
    if Part.SENDER in parts and referral.Teller.SENDER not in said:
        yield referral.Teller.SENDER
    if is_receiver and referral.Teller.RECEIVER not in said:
        yield referral.Teller.RECEIVER


def _story(seen: _Seen) -> Iterator[lines.StoryLine]:
    shown = {turn.id for turn in seen.shown}
    events = seen.held.row.events.select_related("by").order_by("at", "pk")
    for event in events:
        is_theirs = event.turn_id in shown if event.turn_id else event.step == Deed.MAKE
        if seen.is_whole or is_theirs:
            yield lines.StoryLine(
                at=event.at,
                who=lines.name_of(event.by),
                part=Part(event.part),
                step=referral.Step(event.step) if event.turn_id else Deed(event.step),
                words=event.words,
                turn_id=TurnId(event.turn_id) if event.turn_id else None,
            )


def _turns(seen: _Seen) -> Iterator[lines.TurnLine]:
    ids = [turn.id for turn in seen.shown]
    remarks = list(models.Remark.objects.filter(turn__in=ids).select_related("by").order_by("at", "pk"))
    introductions = list(_introductions(seen, ids))
    linked: dict[str, set[int | None]] = {turn_id: set() for turn_id in ids}
    for link in access.open_links(ids):
        linked[str(link.turn_id)].add(link.introduction_id)
    waiting = {each.pk for each in introductions if _is_waiting(each, on=seen.on)}
    for turn in seen.shown:
        parts = access.parts_in(seen.held, by=seen.actor, on=seen.on, turn=turn)
        state = State(turn.state)
        open_steps = {step for part in parts for step in referral.steps_for(state, part)}
        yield lines.TurnLine(
            handling=referral.handling_of(seen.value, TurnId(turn.id)),
            party=lines.candidate_of(turn),
            service=turn.service.name if turn.service else "",
            rather=lines.rather_of(turn),
            steps=tuple(step for step in referral.Step if step in open_steps),
            can_remark=state in OPEN_TO_WORDS and bool({Part.CANDIDATE, Part.SENDER} & set(parts)),
            has_link=bool(linked[turn.id] & {None, *waiting}),
            remarks=tuple(_remark(each) for each in remarks if each.turn_id == turn.id),
            introductions=tuple(
                _introduction(each, on=seen.on) for each in introductions if each.turn_id == turn.id
            ),
        )


def _remark(row: models.Remark) -> lines.RemarkLine:
    return lines.RemarkLine(at=row.at, who=lines.name_of(row.by), part=Part(row.part), words=row.words)


def _introductions(seen: _Seen, turn_ids: Sequence[str]) -> Iterator[models.Introduction]:
    """Yield the introductions that the actor asked for; nobody else sees how they go."""
    if seen.actor.person_id == seen.held.row.sender_text_id:
        found = models.Introduction.objects.filter(turn__in=turn_ids)
        yield from found.select_related("first", "second", "turn__referral").order_by("asked_at", "pk")


def _is_waiting(row: models.Introduction, *, on: date) -> bool:
    return _introduction(row, on=on).progress is referral.Progress.WAITING


def _introduction(row: models.Introduction, *, on: date) -> lines.IntroductionLine:
    value = rows.introduction_value(row)
    people = [row.first, row.second] if row.second_text_id else [row.first]
    return lines.IntroductionLine(
        introducers=tuple(map(lines.name_of, people)),
        asked_at=row.asked_at,
        progress=referral.progress_for_asker(value, on=on, free_days=free_days(value.asked_on, on)),
    )


def _feedback(seen: _Seen) -> Iterator[lines.FeedbackLine]:
    """Yield what was said of whether it helped, for who sees all of it or did it."""
    if not seen.is_whole and State.COMPLETED not in {turn.state for turn in seen.shown}:
        return
    for said in seen.held.row.feedback.select_related("by").order_by("told_at", "pk"):
        yield lines.FeedbackLine(
            at=said.told_at,
            by=referral.Teller(said.told_by),
            who=lines.name_of(said.by),
            helped=referral.Helped(said.helped),
            words=said.words,
        )
