# SPDX-License-Identifier: EUPL-1.2
"""Acts on referrals with the letters that go with them: what pages, links and the night call.

Each is the act of `services` of the same name, and raises what that raises. The letters are queued in its
transaction: an act that fails writes to nobody, and one that holds writes once.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from scharnier.apps.referral import access, letters, models, reach, services
from scharnier.apps.referral.news import News
from scharnier.core import audit, referral
from scharnier.core.kernel import Actor, NetworkId, PersonId, ReferralId, TurnId
from scharnier.core.referral import Part, Progress, Rung, State

WAY_IS_AWAITED = (State.DRAFT, State.REQUESTED, State.UNANSWERED, State.ACCEPTED)


@transaction.atomic
def send(turn_id: TurnId, *, actor: Actor | audit.System, on: date, at: datetime) -> None:
    """Ask the party of a draft."""
    services.send(turn_id, actor=actor, on=on, at=at)
    letters.tell_candidate(_turn(turn_id), letters.ASKED, on=on, at=at)


@transaction.atomic
def send_all(referral_id: ReferralId, *, actor: Actor, on: date, at: datetime) -> tuple[TurnId, ...]:
    """Ask every party of a referral that is still a draft; return their turns."""
    sent = services.send_all(referral_id, actor=actor, on=on, at=at)
    for turn_id in sent:
        letters.tell_candidate(_turn(turn_id), letters.ASKED, on=on, at=at)
    return sent


@transaction.atomic
def accept(turn_id: TurnId, *, actor: access.By, on: date, at: datetime) -> None:
    """Say yes; who did so by a link gets one to say later what came of it."""
    services.accept(turn_id, actor=actor, on=on, at=at)
    _tell_sender(turn_id, News.ACCEPTED, by=actor, on=on)
    if isinstance(actor, access.TurnLink):
        letters.tell_candidate(_turn(turn_id), letters.FINISH, on=on, at=at)


@transaction.atomic
def decline(turn_id: TurnId, said: services.Decline, *, actor: access.By, on: date, at: datetime) -> None:
    """Say no with a reason."""
    services.decline(turn_id, said, actor=actor, on=on, at=at)
    _tell_sender(turn_id, News.DECLINED, by=actor, on=on)


@transaction.atomic
def start(turn_id: TurnId, *, actor: access.By, on: date, at: datetime) -> None:
    """Say that it has begun."""
    services.start(turn_id, actor=actor, on=on, at=at)
    _tell_sender(turn_id, News.STARTED, by=actor, on=on)


@transaction.atomic
def pause(turn_id: TurnId, *, until: date, words: str = "", actor: access.By, on: date, at: datetime) -> None:
    """Say that it waits until a day to come."""
    services.pause(turn_id, until=until, words=words, actor=actor, on=on, at=at)
    _tell_sender(turn_id, News.PAUSED, by=actor, on=on)


@transaction.atomic
def resume(turn_id: TurnId, *, actor: access.By, on: date, at: datetime) -> None:
    """Go on after a wait; when the day itself did it, who has it hears so."""
    services.resume(turn_id, actor=actor, on=on, at=at)
    _tell_sender(turn_id, News.RESUMED, by=actor, on=on)
    if isinstance(actor, audit.System):
        letters.tell_candidate(_turn(turn_id), letters.RESUMED, on=on, at=at)


@transaction.atomic
def complete(  # what was done, in what time
    turn_id: TurnId,
    *,
    result: str,
    hours: float | None = None,
    actor: access.By,
    on: date,
    at: datetime,
) -> None:
    """Say that it is done and what was done."""
    services.complete(turn_id, result=result, hours=hours, actor=actor, on=on, at=at)
    _tell_sender(turn_id, News.COMPLETED, by=actor, on=on)


@transaction.atomic
def fail(turn_id: TurnId, *, cause: str, actor: access.By, on: date, at: datetime) -> None:
    """Say that it did not work out; when who asked says so, who has it hears that."""
    services.fail(turn_id, cause=cause, actor=actor, on=on, at=at)
    if _last_part(turn_id) is Part.CANDIDATE:
        _tell_sender(turn_id, News.FAILED, by=actor, on=on)
    else:
        letters.tell_called_off(_turn(turn_id), on=on)


@transaction.atomic
def cancel(turn_id: TurnId, *, cause: str, actor: Actor, on: date, at: datetime) -> None:
    """Call it off."""
    services.cancel(turn_id, cause=cause, actor=actor, on=on, at=at)
    letters.tell_called_off(_turn(turn_id), on=on)


@transaction.atomic
def void(turn_id: TurnId, *, cause: str = "", actor: Actor, on: date, at: datetime) -> None:
    """Say that it should never have been there; nobody hears of what was never sent."""
    services.void(turn_id, cause=cause, actor=actor, on=on, at=at)
    turn = _turn(turn_id)
    if turn.requested_at is not None:
        letters.tell_called_off(turn, on=on)


@transaction.atomic
def remark(turn_id: TurnId, *, words: str, actor: Actor | access.TurnLink, on: date, at: datetime) -> None:
    """Ask or answer something; the other side hears that there is something to read."""
    services.remark(turn_id, words=words, actor=actor, on=on, at=at)
    last = models.Remark.objects.filter(turn=turn_id).latest("pk")
    if last.part == Part.CANDIDATE:
        _tell_sender(turn_id, News.REMARK, by=actor, on=on)
    else:
        letters.tell_candidate(_turn(turn_id), letters.REMARKED, on=on, at=at)


@transaction.atomic
def lapse(turn_id: TurnId, *, actor: audit.System, on: date, at: datetime) -> None:
    """Note that no answer came in time; the sender hears it, and where to find the next party."""
    services.lapse(turn_id, actor=actor, on=on, at=at)
    _tell_sender(turn_id, News.LAPSED, by=actor, on=on)


@transaction.atomic
def end_unheld(turn_id: TurnId, *, actor: audit.System, on: date, at: datetime) -> None:
    """End a turn of who has left the network; the sender hears it, and where to find the next party."""
    state = services.end_unheld(turn_id, actor=actor, at=at)
    _tell_sender(turn_id, News.FAILED if state is State.FAILED else News.LAPSED, by=actor, on=on)


@transaction.atomic
def climb(turn_id: TurnId, rung: Rung, *, network_id: NetworkId, on: date, at: datetime) -> bool:
    """Write to who stands on a rung; tell whether anybody does, and had not been written to before."""
    turn = access.hold_turn(turn_id, network_id=network_id).turn(turn_id)
    if turn.state != State.REQUESTED or rung.value in turn.climbed or not _stands(turn, rung, on=on):
        return False
    services.climb(turn_id, rung, network_id=network_id, at=at)
    _write_to(_turn(turn_id), rung, on=on, at=at)
    return True


@transaction.atomic
def ask_introduction(
    turn_id: TurnId, introducer_ids: tuple[PersonId, ...], *, actor: Actor, on: date, at: datetime
) -> int:
    """Ask one or two people, in order, to introduce the sender; a draft goes out once both said yes."""
    introduction_pk = services.ask_introduction(turn_id, introducer_ids, actor=actor, on=on, at=at)
    row = _introduction(introduction_pk)
    letters.tell_introducer(row, row.first, on=on, at=at)
    return introduction_pk


@transaction.atomic
def reply_to_introduction(
    introduction_pk: int,
    reply: referral.Reply,
    *,
    actor: Actor | access.IntroductionLink,
    on: date,
    at: datetime,
) -> Progress | None:
    """Say yes, no or later; a yes goes on, to the second or to both who meet, and nothing else is told.

    A draft that waited for this is sent by the system with the last yes.
    """
    _hold_turn_of(introduction_pk, network_id=actor.network_id)
    progress = services.reply_to_introduction(introduction_pk, reply, actor=actor, on=on, at=at)
    if reply is referral.Reply.YES:
        row = _introduction(introduction_pk)
        if progress is not Progress.MADE:
            letters.tell_introducer(row, row.second, on=on, at=at)
            return progress
        letters.tell_introduced(row, on=on)
        if row.turn.state == State.DRAFT:
            send(TurnId(row.turn_id), actor=audit.System(network_id=actor.network_id), on=on, at=at)
    return progress


@transaction.atomic
def tell_other_way(introduction_pk: int, *, network_id: NetworkId, on: date, at: datetime) -> bool:
    """Let the sender know once that a way in did not open; tell whether there was anything to tell."""
    _hold_turn_of(introduction_pk, network_id=network_id)
    row = _introduction(introduction_pk)
    if row.other_way_told_at is not None or row.n_yes == (2 if row.second_text_id else 1):
        return False
    row.other_way_told_at = at
    row.save(update_fields=["other_way_told_at"])
    if row.turn.state not in WAY_IS_AWAITED:
        return False
    letters.tell_other_way(row, on=on)
    return True


def _turn(turn_id: TurnId) -> models.Turn:
    found = models.Turn.objects.select_related(*access.PARTIES, "referral__sender_person")
    return found.get(pk=turn_id)


def _introduction(introduction_pk: int) -> models.Introduction:
    related = ("first", "second", "turn__person", "turn__organization", "turn__referral__sender_person")
    return models.Introduction.objects.select_related(*related).get(pk=introduction_pk)


def _hold_turn_of(introduction_pk: int, *, network_id: str) -> None:
    """Lock the referral before the introduction, as all others do; what is not there is said later."""
    found = models.Introduction.objects.filter(pk=introduction_pk, network_id=network_id)
    turn_id = found.values_list("turn_id", flat=True).first()
    if turn_id is not None:
        access.hold_turn(TurnId(turn_id), network_id=NetworkId(network_id))


def _tell_sender(turn_id: TurnId, news: News, *, by: access.By, on: date) -> None:
    besides = by.person_id if isinstance(by, Actor) else ""
    letters.tell_sender(_turn(turn_id), news, on=on, besides=besides)


def _last_part(turn_id: TurnId) -> Part:
    """Return in what capacity the last step of a turn was taken."""
    return Part(models.Event.objects.filter(turn=turn_id).latest("pk").part)


def _stands(turn: models.Turn, rung: Rung, *, on: date) -> bool:
    """Tell whether anybody stands on a rung who can be written to."""
    if rung is Rung.CANDIDATE:
        return reach.reach_turn(turn, on=on).is_anywhere
    if rung is Rung.STAND_IN:
        person = reach.stand_in_of(turn, on=on)
        return person is not None and reach.reach_person(person, on=on).is_anywhere
    if rung is Rung.ORGANIZATION:
        return turn.organization is not None and bool(reach.front_door(turn.organization))
    return bool(reach.reach_coordinators(turn.network_id).members)


def _write_to(turn: models.Turn, rung: Rung, *, on: date, at: datetime) -> None:
    person = reach.stand_in_of(turn, on=on)
    if rung is Rung.CANDIDATE:
        letters.tell_candidate(turn, letters.REMINDED, on=on, at=at)
    elif rung is Rung.STAND_IN and person is not None:
        letters.tell_stand_in(turn, person, on=on)
    elif rung is Rung.ORGANIZATION and turn.organization is not None:
        letters.tell_front_door(turn, address=reach.front_door(turn.organization), at=at)
    elif rung is Rung.COORDINATOR:
        letters.tell_coordinators(turn)
