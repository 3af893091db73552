# SPDX-License-Identifier: EUPL-1.2
"""Warm introductions: ask who knows both, and let them say yes, no or later."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.people import access as people
from scharnier.apps.people.models import Person
from scharnier.apps.referral import access, models, rows
from scharnier.apps.referral.free_days import free_days
from scharnier.apps.referral.services import _acting as acting
from scharnier.core import audit, referral
from scharnier.core.kernel import Actor, Conflict, PersonId, TurnId
from scharnier.core.network import Purpose
from scharnier.core.referral import Part, Progress, State

ASKABLE = {State.DRAFT, State.REQUESTED, State.ACCEPTED}


class IntroductionRunning(Conflict):
    """An introduction to the same party is under way or was made."""

    code = "referral.introduction_running"


@transaction.atomic
def ask_introduction(
    turn_id: TurnId, introducer_ids: tuple[PersonId, ...], *, actor: Actor, on: date, at: datetime
) -> int:
    """Ask one or two people, in order, to introduce the sender to the person of a turn; return its number.

    Raises
    ------
    TurnNotFound, NotYourStep
    IllegalStep
        When the turn is past being introduced, or asks no person.
    IntroductionRunning
    BadIntroduction
    PersonNotFound
        Also when they do not introduce people.
    """
    held = access.hold_turn(turn_id, network_id=actor.network_id)
    turn = held.turn(turn_id)
    if not access.is_turn_seen(turn, held=held, by=actor, on=on):
        raise referral.TurnNotFound(turn_id=turn_id)
    if Part.SENDER not in access.parts_in(held, by=actor, on=on) or held.row.sender_person_id is None:
        raise referral.NotYourStep(state=turn.state, step="introduce", part="")
    if turn.state not in ASKABLE or turn.person_id is None:
        raise referral.IllegalStep(state=turn.state, step="introduce")
    _check_none_runs(turn, on=on)
    introducers = [_introducer(person_id, actor=actor, on=on) for person_id in introducer_ids]
    referral.Introduction(
        asker_id=PersonId(actor.person_id),
        party_id=PersonId(turn.person_text_id),
        introducer_ids=introducer_ids,
        asked_on=on,
    )
    first, *others = introducers
    second = others[0] if others else None
    row = models.Introduction.objects.create(
        network_id=actor.network_id,
        turn=turn,
        first=first,
        first_text_id=first.text_id,
        second=second,
        second_text_id=second.text_id if second else "",
        asked_at=at,
    )
    acted = acting.Acted(held=held, by=actor, part=Part.SENDER, turn=turn)
    acting.record("referral.introduction_asked", acted, at=at, facts={"introduction": str(row.pk)})
    return row.pk


@transaction.atomic
def reply_to_introduction(
    introduction_pk: int,
    reply: referral.Reply,
    *,
    actor: Actor | access.IntroductionLink,
    on: date,
    at: datetime,
) -> Progress | None:
    """Say yes, no or later; return `MADE` with the last yes, else None.

    Raises
    ------
    IntroductionNotFound
    IntroductionOver
    NotYourStep
        When the other one is asked now.
    """
    row = access.introduction_for_update(introduction_pk, actor=actor)
    replied = referral.reply_to_introduction(
        rows.introduction_value(row), reply, by=PersonId(actor.person_id)
    )
    row.n_yes, row.is_declined, row.replied_at = replied.n_yes, replied.is_declined, at
    row.save(update_fields=["n_yes", "is_declined", "replied_at"])
    log.record(  # not of the referral: who reads its log would read a no there
        actor=actor if isinstance(actor, Actor) else audit.System(network_id=actor.network_id),
        act="introduction.replied",
        kind="introduction",
        object_id=str(row.pk),
        at=at,
    )
    is_made = referral.progress_for_asker(replied, on=on) is Progress.MADE
    return Progress.MADE if is_made else None


def _check_none_runs(turn: models.Turn, *, on: date) -> None:
    before = models.Introduction.objects.filter(turn=turn).select_related("turn__referral")
    for value in map(rows.introduction_value, before):
        free = free_days(value.asked_on, on)
        if referral.progress_for_asker(value, on=on, free_days=free) is not Progress.OTHER_WAY:
            raise IntroductionRunning


def _introducer(person_id: PersonId, *, actor: Actor, on: date) -> Person:
    found = people.persons(actor, on=on).filter(people.consented(Purpose.INTRODUCTION, on=on))
    row = found.select_for_update(of=("self",), no_key=True).filter(text_id=person_id).first()
    if row is None:
        raise people.PersonNotFound(person_id=person_id)
    return row
