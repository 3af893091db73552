# SPDX-License-Identifier: EUPL-1.2
"""Links for who has no account: made, found again by their secret, taken back, and counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.crypto import salted_hmac

from scharnier.apps import wall
from scharnier.apps.audit import services as log
from scharnier.apps.members import tokens
from scharnier.apps.people.models import Person
from scharnier.apps.referral import access, models, reach, rows
from scharnier.core import audit, referral
from scharnier.core.kernel import Actor, Conflict, NetworkId, NotAllowed, NotFound, ReferralId, TurnId
from scharnier.core.referral import LinkPurpose, Part, Standing, State

WITHIN: Final = timedelta(hours=1)
MOST_OF_LINK, MOST_OF_ADDRESS = 60, 180  # requests within that time; a whole office may share an address
SALT: Final = "referral.link"


class LinkUnknown(NotFound):
    """No link has this secret, or what it was for is gone."""

    code = "referral.link_unknown"


class LinkClosed(Conflict):
    """The link opens nothing any more."""

    code = "referral.link_closed"


class LinkOpen(Conflict):
    """The link still works; a new one is for one that ran out."""

    code = "referral.link_open"


class TooSoon(NotAllowed):
    """A new link went to the same address within a day."""

    code = "referral.link_too_soon"


class TooManyRequests(NotAllowed):
    """The link, or the address that asks, was seen too often within an hour."""

    code = "referral.link_too_many_requests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A link with what it is about."""

    row: models.Link
    standing: Standing

    @property
    def purpose(self) -> LinkPurpose:
        """What it is for."""
        return LinkPurpose(self.row.purpose)


def address_of(token: str) -> str:
    """Return the address of a link, as it stands in a mail."""
    return f"{settings.ADDRESS}{reverse('referral_link:link', args=[token])}"


def make_link(turn: models.Turn, purpose: LinkPurpose, holder: models.Holder, *, at: datetime) -> str:
    """Make a link to a turn, inside the act that has it mailed; return its secret, which is kept nowhere."""
    return _make(
        turn.referral, turn, purpose, holder, by=audit.System(network_id=NetworkId(turn.network_id)), at=at
    )


def make_introduction_link(row: models.Introduction, person: Person, *, at: datetime) -> str:
    """Make a link for who is asked to introduce, inside the act that has it mailed; return its secret."""
    turn = row.turn
    return _make(
        turn.referral,
        turn,
        LinkPurpose.INTRODUCE,
        models.Holder.PERSON,
        introduction=row,
        introducer_text_id=person.text_id,
        by=audit.System(network_id=NetworkId(row.network_id)),
        at=at,
    )


def introducer_of(row: models.Link) -> Person | None:
    """Return who holds a link to introduce; None for who has gone, and for other links."""
    asked = row.introduction
    if asked is None:
        return None
    return asked.first if asked.first_text_id == row.introducer_text_id else asked.second


@transaction.atomic
def make_outcome_link(referral_id: ReferralId, *, actor: Actor, on: date, at: datetime) -> str:
    """Make the link with which the one it was for says whether it helped; return its secret.

    What was made before for the same stops working.

    Raises
    ------
    ReferralNotFound, NotYourStep
    NotOver
        When nothing was done yet.
    LinkClosed
        When it was said already.
    """
    held = _hold_as_sender(referral_id, actor=actor, on=on)
    row = held.row
    done = (turn.state == State.COMPLETED and turn.round >= row.open_since for turn in held.turns)
    if not any(done):
        raise referral.NotOver
    if _is_told(row):
        raise LinkClosed(standing=Standing.DONE.value)
    before = models.Link.objects.filter(referral=row, purpose=LinkPurpose.OUTCOME.value)
    before.filter(revoked_at__isnull=True).update(revoked_at=at)
    return _make(row, None, LinkPurpose.OUTCOME, models.Holder.CONCERNED, by=actor, at=at)


@transaction.atomic
def revoke_links(turn_id: TurnId, *, actor: Actor, on: date, at: datetime) -> int:
    """Let no link to a turn work any more, and none be made; return how many there were.

    Raises
    ------
    TurnNotFound, ReferralNotFound, NotYourStep
    """
    held = access.hold_turn(turn_id, network_id=actor.network_id)
    held = _hold_as_sender(ReferralId(held.row.id), actor=actor, on=on)
    n_revoked = models.Link.objects.filter(turn=turn_id, revoked_at__isnull=True).update(revoked_at=at)
    if n_revoked:
        _record("referral.link_revoked", held.row, turn_id=turn_id, by=actor, at=at)
    return n_revoked


def is_revoked(turn: models.Turn) -> bool:
    """Tell whether the sender took the links to a turn back."""
    return models.Link.objects.filter(turn=turn, revoked_at__isnull=False).exists()


def network_of(token: str) -> NetworkId:
    """Return the network of the link with a secret, of whatever network, to whoever holds the secret.

    Raises
    ------
    LinkUnknown
    """
    digest = tokens.digest_of(token)
    with wall.holding(wall.pass_of_link(digest)):
        found = models.Link.objects.filter(token_digest=digest).values_list("network_id", flat=True).first()
    if found is None:
        raise LinkUnknown
    return NetworkId(found)


def find_link(token: str, *, at: datetime, lock: bool = False) -> Opened:
    """Return the link with a secret, and whether it works; locked, after its referral, until the act ends.

    Raises
    ------
    LinkUnknown
    """
    related = ("referral__sender_person", "referral__sender_organization", "referral__area")
    parties = ("turn__person", "turn__organization", "turn__service")
    asked = ("introduction__turn__referral", "introduction__first", "introduction__second")
    found = models.Link.objects.select_related(*related, *parties, *asked)
    found = found.filter(token_digest=tokens.digest_of(token))
    if lock:
        first = found.values_list("referral_id", "network_id").first()
        if first is not None:
            access.hold(ReferralId(first[0]), network_id=NetworkId(first[1]))
        found = found.select_for_update(of=("self",))
    row = found.first()
    if row is None:
        raise LinkUnknown
    return Opened(row=row, standing=_standing(row, at=at))


def note_opened(opened: Opened, *, at: datetime) -> None:
    """Put on record that a link was opened, the first time."""
    row = opened.row
    with transaction.atomic():
        if models.Link.objects.filter(pk=row.pk, opened_at__isnull=True).update(opened_at=at):
            by = audit.System(network_id=NetworkId(row.network_id))
            _record("referral.link_opened", row.referral, turn_id=row.turn_id, by=by, at=at)


def note_used(row: models.Link, *, at: datetime) -> None:
    """Note that what a link was for was said; it opens nothing any more."""
    row.used_at = at
    row.save(update_fields=["used_at"])


def check_renewable(opened: Opened, *, at: datetime) -> None:
    """Let pass who asks for a new link in the place of one that ran out, at most once a day.

    Raises
    ------
    LinkOpen, LinkClosed
    TooSoon
    """
    if opened.standing is Standing.OPEN:
        raise LinkOpen
    if opened.standing is not Standing.EXPIRED or opened.row.turn is None:
        raise LinkClosed(standing=opened.standing.value)
    same = models.Link.objects.filter(turn=opened.row.turn, introduction=opened.row.introduction)
    latest = same.filter(made_at__gt=at - referral.RENEWED_EVERY)
    if latest.exists():
        raise TooSoon


def count_request(token: str, *, address: str, at: datetime) -> None:
    """Count a request of a link and of an address, in the database, so that all processes count together.

    Raises
    ------
    TooManyRequests
    """
    n_link = _count("link", tokens.digest_of(token), at=at)
    n_address = _count("address", address, at=at)
    if n_link > MOST_OF_LINK or n_address > MOST_OF_ADDRESS:
        raise TooManyRequests


def forget_counts(at: datetime) -> int:
    """Delete the counts that say nothing any more; return how many."""
    return models.LinkCount.objects.filter(since__lte=at - WITHIN).delete()[0]


@transaction.atomic
def _count(what: str, value: str, *, at: datetime) -> int:
    key = salted_hmac(f"{SALT}.{what}", value, algorithm="sha256").hexdigest()
    models.LinkCount.objects.bulk_create([models.LinkCount(key=key, since=at, n=0)], ignore_conflicts=True)
    counts = models.LinkCount.objects.filter(key=key)
    counts.filter(since__lte=at - WITHIN).update(since=at, n=0)
    counts.update(n=F("n") + 1)
    return counts.values_list("n", flat=True).get()


def _hold_as_sender(referral_id: ReferralId, *, actor: Actor, on: date) -> access.Held:
    held = access.hold(referral_id, network_id=actor.network_id)
    if Part.SENDER in access.parts_in(held, by=actor, on=on):
        return held
    if not access.is_seen(held, by=actor, on=on):
        raise access.ReferralNotFound(referral_id=referral_id)
    raise referral.NotYourStep(state="", step="link", part="")


def _make(  # noqa: PLR0913  # what of which referral, for whom
    row: models.Referral,
    turn: models.Turn | None,
    purpose: LinkPurpose,
    holder: models.Holder,
    *,
    introduction: models.Introduction | None = None,
    introducer_text_id: str = "",
    by: Actor | audit.System,
    at: datetime,
) -> str:
    token = tokens.new_token()
    models.Link.objects.create(
        network_id=row.network_id,
        referral=row,
        turn=turn,
        introduction=introduction,
        introducer_text_id=introducer_text_id,
        purpose=purpose.value,
        holder=holder.value,
        token_digest=tokens.digest_of(token),
        made_at=at,
        expires_at=at + referral.LINK_LASTS,
    )
    _record("referral.link_made", row, turn_id=turn.id if turn else None, by=by, at=at)
    return token


def _standing(row: models.Link, *, at: datetime) -> Standing:
    value = referral.Link(
        purpose=LinkPurpose(row.purpose),
        expires_at=row.expires_at,
        used_at=row.used_at,
        revoked_at=row.revoked_at,
    )
    turn = row.turn
    if turn is None:
        return Standing.DONE if _is_told(row.referral) else referral.standing_of(value, state=None, at=at)
    is_of_person = row.holder == models.Holder.PERSON
    person = introducer_of(row) if row.introduction else turn.person
    found = referral.standing_of(
        value,
        state=State(turn.state),
        is_asked=row.introduction is None or _is_asked(row, row.introduction),
        has_account=is_of_person and reach.has_account(person),
        at=at,
    )
    has_gone = (person if is_of_person else turn.organization) is None
    return Standing.REVOKED if has_gone and found in (Standing.OPEN, Standing.EXPIRED) else found


def _is_asked(row: models.Link, introduction: models.Introduction) -> bool:
    return referral.asked_now(rows.introduction_value(introduction)) == row.introducer_text_id


def _is_told(row: models.Referral) -> bool:
    """Tell whether the one it was for said already whether it helped."""
    told_by = referral.Teller.CONCERNED.value
    return models.Feedback.objects.filter(referral=row, open_since=row.open_since, told_by=told_by).exists()


def _record(
    act: str, row: models.Referral, *, turn_id: str | None, by: Actor | audit.System, at: datetime
) -> None:
    facts = {"turn": turn_id} if turn_id else {}
    log.record(actor=by, act=act, kind="referral", object_id=row.id, at=at, facts=facts)
