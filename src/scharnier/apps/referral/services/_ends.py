# SPDX-License-Identifier: EUPL-1.2
"""Acts that end a referral: whether it helped, or that nobody was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from scharnier.apps.referral import access, models, rows
from scharnier.apps.referral.services import _acting as acting
from scharnier.core import referral
from scharnier.core.kernel import Actor, Conflict, ReferralId
from scharnier.core.referral import Part, Teller


class AlreadyTold(Conflict):
    """The same one said before whether it helped."""

    code = "referral.already_told"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """What somebody says of whether it helped."""

    by: Teller
    helped: referral.Helped
    words: str = ""


@transaction.atomic
def give_up(referral_id: ReferralId, *, cause: str, actor: Actor, on: date, at: datetime) -> None:
    """End a referral for which nobody was found, and say why.

    Raises
    ------
    ReferralNotFound, NotYourStep
    NotOver
        When somebody still has it, it was done, or it is over.
    EmptyText, TextTooLong, PersonalDataFound
    """
    acting.check_words(cause, is_needed=True)
    acted = acting.hold_whole(referral_id, actor=actor, on=on, step=referral.Deed.GIVE_UP)
    referral.give_up(rows.chain_value(acted.held.row, acted.held.turns))
    acted.held.row.given_up_at = at
    acting.keep_event(acted, referral.Deed.GIVE_UP, at=at, words=cause)
    acting.settle(acted.held, at=at, is_whole=True)
    acting.record("referral.given_up", acted, at=at)


@transaction.atomic
def tell_outcome(
    referral_id: ReferralId,
    telling: Telling,
    *,
    actor: Actor | access.ReferralLink,
    on: date,
    at: datetime,
) -> None:
    """Say whether what was done helped; each of the three says it once for every time it was done.

    What the sender or the one it was for says ends the wait; what who did it says, does not.

    Raises
    ------
    ReferralNotFound
    NotYourStep
        When the actor is not who they say it as.
    NotOver
    AlreadyTold
    TextTooLong, PersonalDataFound, EmptyText
    """
    acting.check_words(telling.words)
    held = access.hold(referral_id, network_id=actor.network_id)
    acted = _check_teller(held, telling.by, actor=actor, on=on)
    row = held.row
    said = models.Feedback.objects.filter(referral=row, open_since=row.open_since)
    if said.filter(told_by=telling.by.value).exists():
        raise AlreadyTold
    if row.outcome_told_at is None:
        referral.tell_outcome(rows.chain_value(row, held.turns))
        row.outcome_told_at = None if telling.by is Teller.RECEIVER else at
    _keep(acted, telling, at=at)
    acting.settle(held, at=at, is_whole=row.outcome_told_at == at)
    facts = {"by": telling.by.value, "helped": telling.helped.value}
    acting.record("referral.outcome_told", acted, at=at, facts=facts)


def _check_teller(
    held: access.Held, teller: Teller, *, actor: Actor | access.ReferralLink, on: date
) -> acting.Acted:
    """Return who tells, when they are who they say they are."""
    if isinstance(actor, access.ReferralLink):
        is_known = actor.referral_id == held.row.id
        parts = [Part.SENDER] if teller is Teller.CONCERNED else []
    else:
        is_known = access.is_seen(held, by=actor, on=on)
        parts = list(_parts_as(teller, held, actor=actor, on=on))
    if not is_known:
        raise access.ReferralNotFound(referral_id=held.row.id)
    if not parts:
        raise referral.NotYourStep(state="", step=referral.Deed.TELL_OUTCOME, part=teller.value)
    return acting.Acted(held=held, by=actor, part=parts[0])


def _parts_as(teller: Teller, held: access.Held, *, actor: Actor, on: date) -> Iterator[Part]:
    """Yield in what capacity an actor may tell, as the sender or as who did it."""
    if teller is Teller.SENDER:
        yield from access.parts_in(held, by=actor, on=on)
    if teller is Teller.RECEIVER:
        done = (turn for turn in held.turns if turn.state == referral.State.COMPLETED)
        if any(Part.CANDIDATE in access.parts_in(held, by=actor, on=on, turn=turn) for turn in done):
            yield Part.CANDIDATE


def _keep(acted: acting.Acted, telling: Telling, *, at: datetime) -> None:
    person = acting.person_of(acted.by)
    models.Feedback.objects.create(
        network_id=acted.held.row.network_id,
        referral=acted.held.row,
        open_since=acted.held.row.open_since,
        told_by=telling.by.value,
        helped=telling.helped.value,
        words=telling.words.strip(),
        told_at=at,
        by=person,
        by_text_id=person.text_id if person else "",
    )
