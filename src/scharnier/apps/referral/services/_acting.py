# SPDX-License-Identifier: EUPL-1.2
"""What every act on a referral has in common: who takes part, what is kept of it, and what is learned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from scharnier.apps.audit import services as log
from scharnier.apps.people.models import Person
from scharnier.apps.referral import access, models, rows
from scharnier.apps.referral.services._announcing import announce
from scharnier.core import audit, referral, text
from scharnier.core.kernel import Actor, Conflict, NetworkId, ReferralId

NO_FACTS: Final[Mapping[str, str]] = MappingProxyType({})


class ReferralOver(Conflict):
    """It is over; to go on, it has to be opened again with a reason."""

    code = "referral.over"


class WordsGone(Conflict):
    """The sender was erased, and the words of the need with them; there is nothing to bring to anybody."""

    code = "referral.words_gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acted:
    """A referral that is acted on, by whom and in what capacity."""

    held: access.Held
    by: access.By | access.ReferralLink
    part: referral.Part
    turn: models.Turn | None = None


def check_words(words: str, *, is_needed: bool = False) -> None:
    """Refuse words that are too long or point at one person, and blank ones where they are needed.

    Raises
    ------
    EmptyText, TextTooLong, PersonalDataFound
    """
    if is_needed or words.strip():
        text.check_input(words, max_characters=text.LONGEST_WORDS)


def hold_whole(referral_id: ReferralId, *, actor: Actor, on: date, step: str) -> Acted:
    """Return a referral that the actor follows as its sender, or in the place of one who has gone.

    Raises
    ------
    ReferralNotFound
    NotYourStep
        When the actor sees it, but did not send it.
    """
    held = access.hold(referral_id, network_id=actor.network_id)
    parts = access.parts_in(held, by=actor, on=on)
    if not parts:
        if not access.is_seen(held, by=actor, on=on):
            raise access.ReferralNotFound(referral_id=referral_id)
        raise referral.NotYourStep(state="", step=step, part="")
    return Acted(held=held, by=actor, part=parts[0])


def person_of(by: access.By | access.ReferralLink) -> Person | None:
    """Return the row of who acts; None for a link and for the clock."""
    if not isinstance(by, Actor):
        return None
    return Person.objects.filter(network_id=by.network_id, text_id=by.person_id).first()


def keep_event(acted: Acted, step: str, *, at: datetime, words: str = "") -> models.Event:
    """Write in the story of a referral what was done, and the words that went with it."""
    person = person_of(acted.by)
    return models.Event.objects.create(
        network_id=acted.held.row.network_id,
        referral=acted.held.row,
        turn=acted.turn,
        at=at,
        by=person,
        by_text_id=person.text_id if person else "",
        part=acted.part.value,
        step=step,
        words=words.strip(),
    )


def settle(held: access.Held, *, at: datetime, is_whole: bool = False) -> None:
    """Store what the referral waits for now, and since when; call it after the rows of an act changed.

    The words of a sender who was erased meanwhile go once it is over.

    Raises
    ------
    WordsGone
        When somebody would have it again, and the words are gone.
    """
    row = held.row
    chain = rows.chain_value(row, held.turns)
    waits = referral.waits(chain)
    awaited = next((wait.awaited.value for wait in waits if wait.turn_id is None), "")
    if is_whole or awaited != row.awaited:
        row.moved_at = at
    row.awaited = awaited
    row.over_at = None if waits else row.over_at or at
    if row.over_at is None and not row.text:
        raise WordsGone
    if row.over_at and row.sender_person_id is None:
        row.text = row.purpose = ""
    row.save(
        update_fields=[
            "awaited",
            "moved_at",
            "over_at",
            "text",
            "purpose",
            "open_since",
            "outcome_told_at",
            "given_up_at",
        ]
    )


def record(act: str, acted: Acted, *, at: datetime, facts: Mapping[str, str] = NO_FACTS) -> None:
    """Put an act on record, in identifiers only, and announce it; the last thing in its transaction."""
    row, turn = acted.held.row, acted.turn
    announce(act, row, turn, at=at)
    network_id = NetworkId(row.network_id)
    is_for_asked = acted.part is referral.Part.CANDIDATE and turn is not None and turn.organization
    log.record(
        actor=acted.by if isinstance(acted.by, Actor) else audit.System(network_id=network_id),
        act=act,
        kind="referral",
        object_id=row.id,
        at=at,
        on_behalf_of=turn.organization.text_id if is_for_asked and turn and turn.organization else "",
        facts={**({"turn": turn.id} if turn else {}), "part": acted.part.value, **facts},
    )
