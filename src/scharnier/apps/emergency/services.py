# SPDX-License-Identifier: EUPL-1.2
"""Acts of breaking the glass: open a card for three hours, judge whether that was justified, remind of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from scharnier.apps.audit import services as log
from scharnier.apps.emergency import access, mails, models
from scharnier.apps.members import access as members
from scharnier.apps.people import selectors as people
from scharnier.apps.sharing import services as sharings
from scharnier.apps.sharing.models import Sharing
from scharnier.core import sharing, text
from scharnier.core.kernel import Actor, Conflict, Invalid, NetworkId, NotAllowed, NotFound, PersonId

LEAST_REASON: Final = 20  # characters
MOST_ATTEMPTS: Final = 3
WITHIN: Final = timedelta(days=1)


class ReasonTooShort(Invalid):
    """The reason is too short to judge by."""

    code = "emergency.reason_too_short"


class TooManyAttempts(NotAllowed):
    """The actor tried as often within a day as one may."""

    code = "emergency.too_many_attempts"


class NobodyFound(NotFound):
    """There is not exactly one person of that name."""

    code = "emergency.nobody_found"


class AlreadyJudged(Conflict):
    """Somebody else judged it meanwhile."""

    code = "emergency.already_judged"


def open_card(*, name: str, reason: str, actor: Actor, on: date, at: datetime) -> PersonId:
    """Open the card of the one person of a name, for three hours; return whose card it is.

    A card that the actor can reach anyway is returned, and nothing is broken.

    Raises
    ------
    NotForThisRole
    ReasonTooShort, TextTooLong, PersonalDataFound
        Before anybody is looked for.
    TooManyAttempts
    NobodyFound
        Also when there are several; the coordinators are told of it all the same.
    """
    access.check_may_open(actor)
    _check_reason(reason)
    reachable = access.reachable_person(name, actor=actor, on=on)
    if reachable is not None:
        return reachable
    links = mails.find_links()
    if not _count_attempt(actor=actor, at=at):
        raise TooManyAttempts(most=MOST_ATTEMPTS)
    opened = _open(name, reason=reason.strip(), links=links, actor=actor, at=at)
    if opened is None:
        raise NobodyFound
    return opened


def _check_reason(reason: str) -> None:
    text.check_input(reason, max_characters=sharings.LONGEST_REASON)
    if len(reason.strip()) < LEAST_REASON:
        raise ReasonTooShort(least=LEAST_REASON)


@transaction.atomic
def _count_attempt(*, actor: Actor, at: datetime) -> bool:
    """Count an attempt; false, and only on record, once there were as many as there may be."""
    members.network_for_update(actor)  # whoever tries twice at once waits here
    if access.attempts(actor, since=at - WITHIN).count() >= MOST_ATTEMPTS:
        _record_refusal(actor, why="too_many", at=at)
        return False
    models.Attempt.objects.create(network_id=actor.network_id, asked_by=actor.person_id, made_at=at)
    return True


@transaction.atomic
def _open(name: str, *, reason: str, links: mails.Links, actor: Actor, at: datetime) -> PersonId | None:
    person_id = access.person_named(name, actor=actor)
    told = {"asker": members.own_account(actor).person.name, "link": links.reviews}
    if person_id is None:
        mails.tell_judges(mails.FAILED, network_id=actor.network_id, besides=actor.person_id, facts=told)
        _record_refusal(actor, why="nobody", at=at)
        return None
    due = sharing.review_due(timezone.localdate(at))
    row = _share(person_id, reason=reason, actor=actor, at=at)
    models.Review.objects.create(
        network_id=actor.network_id,
        sharing=row,
        person_text_id=person_id,
        asked_by=actor.person_id,
        made_at=at,
        due_date=due,
    )
    told |= {"reason": reason, "due": mails.say_day(due, network_id=actor.network_id)}
    mails.tell_judges(mails.OPENED, network_id=actor.network_id, besides=actor.person_id, facts=told)
    told |= {
        "link": links.card_reads,
        "until": f"{timezone.localtime(row.ends_at):%H:%M}",
        "judged": mails.say_who_judges(actor.network_id, besides=actor.person_id),
    }
    mails.tell_person(mails.TOLD, network_id=actor.network_id, person_id=person_id, facts=told)
    return person_id


def _share(person_id: PersonId, *, reason: str, actor: Actor, at: datetime) -> Sharing:
    value = sharing.Sharing(
        person_id=person_id,
        audience=sharing.Audience(kind=sharing.AudienceKind.PERSON, id=actor.person_id),
        purpose=sharing.Purpose.EMERGENCY,
        basis=sharing.LegalBasis.VITAL_INTERESTS,
        starts_at=at,
        ends_at=at + sharing.EMERGENCY_LASTS,
    )
    for_whom = next(iter(actor.acts_for)) if len(actor.acts_for) == 1 else ""
    return sharings.begin(value, reason=reason, actor=actor, at=at, on_behalf_of=for_whom)


@transaction.atomic
def judge(review_pk: int, *, verdict: sharing.Verdict, words: str, actor: Actor, at: datetime) -> None:
    """Judge what somebody else opened, once; what was not justified ends at once.

    Of who was erased meanwhile nothing is left to keep: that it was judged stands in the log.

    Raises
    ------
    ReviewNotFound
    AlreadyJudged
    EmptyText, TextTooLong, PersonalDataFound
    """
    text.check_input(words, max_characters=sharings.LONGEST_REASON)
    row = access.review_for_update(review_pk, actor=actor)
    if row.judged_at is not None:
        raise AlreadyJudged
    row.judged_by, row.judged_at = actor.person_id, at
    row.verdict, row.words = verdict.value, words
    row.save(update_fields=["judged_by", "judged_at", "verdict", "words"])
    facts = {"review": str(row.pk), "verdict": verdict.value}
    mails.tell_verdict(row.asked_by, verdict=verdict, network_id=row.network_id)
    if row.sharing is None:
        row.delete()
    elif verdict is sharing.Verdict.NOT_JUSTIFIED and row.sharing.revoked_at is None:
        sharings.end(row.sharing, actor=actor, at=at)
    log.record(
        actor=actor,
        act="emergency.judged",
        kind="person",
        object_id=row.person_text_id,
        at=at,
        purpose=sharing.Purpose.EMERGENCY.value,
        basis=sharing.LegalBasis.VITAL_INTERESTS.value,
        facts=facts,
    )


def remind_judges(on: date) -> int:
    """Tell by mail that reviews are past their day, once a day; return how many reviews that is.

    Network by network, each in a transaction of its own.
    """
    links = mails.find_links()
    return sum(_remind(network_id, on=on, links=links) for network_id in people.each_network())


@transaction.atomic
def _remind(network_id: NetworkId, *, on: date, links: mails.Links) -> int:
    reviews = models.Review.objects.filter(network_id=network_id, judged_at__isnull=True, due_date__lt=on)
    rows = list(reviews.exclude(reminded_date=on).select_for_update().order_by("pk"))
    facts = {"link": links.reviews}
    for asked_by in sorted({row.asked_by for row in rows}):
        mails.tell_judges(mails.OVERDUE, network_id=network_id, besides=asked_by, facts=facts)
    models.Review.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_date=on)
    return len(rows)


def forget_attempts(at: datetime) -> int:
    """Delete the attempts that count no more; return how many."""
    n_deleted = 0
    for network_id in people.each_network():
        old = models.Attempt.objects.filter(network_id=network_id, made_at__lte=at - WITHIN)
        n_deleted += old.delete()[0]
    return n_deleted


def _record_refusal(actor: Actor, *, why: str, at: datetime) -> None:
    log.record(
        actor=actor,
        act="emergency.tried",
        kind="nobody",
        object_id="-",  # what was typed may be a name
        at=at,
        purpose=sharing.Purpose.EMERGENCY.value,
        basis=sharing.LegalBasis.VITAL_INTERESTS.value,
        outcome="refused",
        facts={"why": why},
    )
