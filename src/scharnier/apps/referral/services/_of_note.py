# SPDX-License-Identifier: EUPL-1.2
"""A note becomes a referral: at once as a draft to the best who can take it, or as the form says."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from scharnier.apps.notes import services as notes
from scharnier.apps.people import access as people
from scharnier.apps.referral import access, selectors
from scharnier.apps.referral.services._making import ReferralWish, make_referral
from scharnier.apps.referral.services._parties import Ask
from scharnier.core.kernel import Actor, OrganizationId, ReferralId
from scharnier.core.network import UnknownPlace
from scharnier.core.referral import (
    About,
    Entry,
    Party,
    PlaceAmbiguous,
    Proposal,
    ProposedBy,
    check_one_place,
)

FEW = 3
SAY_MORE = (About.GROUP.value, About.RESIDENT.value)  # a referral about these needs more than a note says


@transaction.atomic
def make_of_note(key: UUID, *, actor: Actor, on: date, at: datetime) -> ReferralId | None:
    """Make the draft of a referral of a note, to whom the note names or else the best that is found.

    None when somebody has to choose first: nobody was found, or it is about a group or a resident. What was
    made of it before comes back.

    Raises
    ------
    NoteNotFound
    MayNotRefer, MayNotAsk
    TextTooLong, PersonalDataFound, UnknownLanguage
    """
    access.check_may_refer(actor, on=on)
    row = notes.hold_note(key, actor=actor)
    if row.referral_id:
        return ReferralId(row.referral_id)
    text, place = row.text, row.place
    try:
        found = selectors.suggest(text, place=place, actor=actor, on=on, limit=FEW)
        check_one_place(found.place, words=place)
    except (UnknownPlace, PlaceAmbiguous):  # a street, say, or one of two: who is asked has to read it
        text = f"{text}\n{place}"
        found = selectors.suggest(text, place="", actor=actor, on=on, limit=FEW)
    ask = _named(row.candidate, actor=actor) or _best(found)
    if ask is None or row.about in SAY_MORE:
        return None
    wish = ReferralWish(
        text=text,
        asks=(ask,),
        about=About(row.about or About.PROBLEM.value),
        area_id=found.area_id,
        topics=frozenset(found.answer.topics),
        key=key,
    )
    made = make_referral(wish, actor=actor, on=on, at=at)
    notes.note_became(row, made, actor=actor, at=at)
    return made


@transaction.atomic
def make_referral_of_note(
    wish: ReferralWish, note_key: UUID, *, actor: Actor, on: date, at: datetime
) -> ReferralId:
    """Make a referral as a form says it, of a note, which then points at it (raises as `make_referral`).

    Raises
    ------
    NoteNotFound
    """
    row = notes.hold_note(note_key, actor=actor)
    made = make_referral(wish, actor=actor, on=on, at=at)
    if row.referral_id != made:
        notes.note_became(row, made, actor=actor, at=at)
    return made


def _named(candidate: str, *, actor: Actor) -> Ask | None:
    """Return the one organization that has the name that a note says, if any."""
    said = candidate.strip()
    found = (
        people.organizations(actor).filter(name__iexact=said) if said else people.organizations(actor).none()
    )
    ids = list(found.values_list("text_id", flat=True)[:2])
    return Ask(party=Party(organization_id=OrganizationId(ids[0]))) if len(ids) == 1 else None


def _best(found: selectors.Found) -> Ask | None:
    for place, suggestion in enumerate(found.answer.suggestions, 1):
        if suggestion.way_in.entry is not Entry.SELF:
            by = Proposal(by=ProposedBy.SUGGESTION, place=place, propensity=suggestion.propensity)
            return Ask(party=suggestion.party, proposal=by)
    return None
