# SPDX-License-Identifier: EUPL-1.2
"""Pass on what an organization is asked to its own system: at most once, and never lost unseen.

GeoReport has no key by which a receiver knows a report again, so a report that may have arrived is not sent
twice. Before it leaves, that it leaves is written and committed. Whoever finds it so afterwards knows that a
process ended halfway; then, and whenever an answer does not say whether it was taken, a coordinator looks.
It is tried again by itself only when nothing can have been taken: nobody was reached, or the answer says so.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from scharnier.apps import wall
from scharnier.apps.audit import services as log
from scharnier.apps.open311 import access, client, letters, models
from scharnier.apps.open311.models import Step
from scharnier.apps.people import rows as people_rows
from scharnier.apps.referral import services as referrals
from scharnier.apps.referral.models import Referral, Turn
from scharnier.apps.tasks import leases
from scharnier.apps.tasks.decisions import OPEN
from scharnier.apps.tasks.definitions import TryLater
from scharnier.apps.tasks.models import Task
from scharnier.apps.webhooks import sending
from scharnier.core import audit
from scharnier.core.kernel import NetworkId, TurnId
from scharnier.core.referral import About, State
from scharnier.core.webhooks import MOST_ATTEMPTS, is_taken
from scharnier.formats import open311
from scharnier.formats.open311 import Format, Report

MOST_AT_ONCE: Final = 200  # of one system, found in one go
AGAIN: Final = frozenset({429, 503})  # "not now": nothing was taken
REFUSED: Final = range(300, 500)  # a redirect is not followed, so it took nothing either
KILLED: Final = "lost"  # sending stopped halfway
log_lines = logging.getLogger("scharnier.open311")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """What goes out, once."""

    passage_id: str
    place: client.Place
    report: Report


def step_after(answer: sending.Answer, *, has_receipt: bool, attempt: int) -> Step:
    """Return where a report is after an attempt to post it."""
    if has_receipt:
        return Step.PASSED
    if answer.error in sending.NOTHING_LEFT or answer.status in AGAIN:
        return Step.WAITING if attempt < MOST_ATTEMPTS else Step.FAILED
    if answer.status in REFUSED:
        return Step.FAILED
    return Step.UNKNOWN  # it was taken without a number, or broke, or we do not know


@transaction.atomic
def find_new(network_id: NetworkId, *, at: datetime) -> list[str]:
    """Begin to pass on what organizations with a system are asked; return the new passages."""
    made = []
    systems = models.System.objects.select_for_update().filter(network_id=network_id).exclude(codes={})
    for system in systems.order_by("pk"):
        for turn in _asked_of(system):
            code = code_for(system, turn.referral)
            if code:
                passage = models.Passage.objects.create(
                    id=uuid4().hex,
                    network_id=network_id,
                    system=system,
                    turn=turn,
                    service_code=code,
                    made_at=at,
                )
                made.append(passage.id)
    return made


@transaction.atomic
def give_up_lost(network_id: NetworkId, *, at: datetime) -> int:
    """Lay what nobody is sending any more before a coordinator; return how many."""
    found = models.Passage.objects.select_for_update(of=("self",)).select_related("turn")
    underway = list(found.filter(network_id=network_id, step__in=[Step.WAITING, Step.SENDING]).order_by("pk"))
    named = [row.task_id for row in underway]
    open_ids = set(Task.objects.filter(id__in=named, status__in=OPEN).values_list("id", flat=True))
    lost = [row for row in underway if row.task_id not in open_ids]
    for row in lost:
        row.error = KILLED
        settle(row, Step.UNKNOWN if row.step == Step.SENDING else Step.FAILED, at=at)
    return len(lost)


def _asked_of(system: models.System) -> list[Turn]:
    """Return the turns in which an organization itself is asked since it has a system.

    What came in by Open311 goes out by it no more: two systems could pass it round for ever.
    """
    found = Turn.objects.filter(
        network_id=system.network_id,
        organization=system.organization_id,
        person__isnull=True,
        person_text_id="",
        state=State.REQUESTED.value,
        requested_at__gte=system.made_at,
        passage__isnull=True,
        referral__about=About.PROBLEM.value,
        referral__report__isnull=True,
    )
    return list(found.select_related("referral").order_by("requested_at", "id")[:MOST_AT_ONCE])


def code_for(system: models.System, row: Referral) -> str:
    """Return what a referral is called in another system; empty when it is nothing for it."""
    if row.about != About.PROBLEM.value:
        return ""
    return next((system.codes[topic] for topic in sorted(row.topic_ids) if topic in system.codes), "")


def place_of(system: models.System) -> client.Place:
    """Return where a system answers."""
    return client.Place(
        address=system.address,
        jurisdiction_id=system.jurisdiction_id,
        api_key=system.api_key,
        form=Format(system.form),
    )


def pass_on(network_id: NetworkId, passage_id: str) -> None:
    """Post what waits, once.

    Raises
    ------
    TryLater
        When certainly nothing was taken, and it is not given up.
    """
    with wall.in_network(network_id):
        outgoing = _begin(passage_id, at=timezone.now())
        if outgoing is None:
            return
        answer = client.post_report(outgoing.place, outgoing.report)
        step = _record(outgoing, answer, at=timezone.now())
    said = str(answer.status or answer.error)
    log_lines.info("passage %s: %s, %s", passage_id, said, step)
    if step is Step.WAITING:
        raise TryLater(f"other system: {said}")


@transaction.atomic
def _begin(passage_id: str, *, at: datetime) -> Outgoing | None:
    leases.hold()
    found = models.Passage.objects.select_for_update(of=("self",)).filter(pk=passage_id)
    row = found.select_related("system", "turn__referral__area", "turn__referral__network").first()
    if row is None or row.step not in (Step.WAITING, Step.SENDING):
        return None
    if row.step == Step.SENDING:  # whoever sent it ended halfway
        row.error = KILLED
        settle(row, Step.UNKNOWN, at=at)
        return None
    if row.turn.state != State.REQUESTED.value:  # answered or called off meanwhile
        settle(row, Step.OVER, at=at)
        return None
    row.step, row.attempts, row.tried_at = Step.SENDING, row.attempts + 1, at
    row.has_words = row.system.takes_words and bool(row.turn.referral.text)
    row.save(update_fields=["step", "attempts", "tried_at", "has_words"])
    return Outgoing(passage_id=row.id, place=place_of(row.system), report=_report(row))


def _report(row: models.Passage) -> Report:
    """Return what goes out: the topic and the area, and the words only where they may leave."""
    whole = row.turn.referral
    network_id = NetworkId(row.network_id)
    topics = access.topics_of_public_space(network_id).filter(text_id__in=whole.topic_ids)
    language = "en" if whole.network.language == "en" else "nl"
    named = ", ".join(people_rows.topic_value(topic).name(language) for topic in topics)
    where = whole.area.name if whole.area else whole.network.name
    words = f"{named}: {whole.text}" if row.has_words else named
    return Report(
        service_code=row.service_code,
        jurisdiction_id=row.system.jurisdiction_id,
        description=words[: open311.LONGEST_DESCRIPTION],
        address=where,
    )


@transaction.atomic
def _record(outgoing: Outgoing, answer: sending.Answer, *, at: datetime) -> Step:
    leases.hold()
    found = models.Passage.objects.select_for_update(of=("self",)).select_related("turn")
    row = found.filter(pk=outgoing.passage_id, step=Step.SENDING).first()
    if row is None:
        return Step.OVER  # the system was taken out meanwhile
    receipt = client.receipt_of(answer, form=outgoing.place.form)
    step = step_after(answer, has_receipt=receipt is not None, attempt=row.attempts)
    row.status = answer.status
    row.error = answer.error or ("no_sense" if is_taken(answer.status) and receipt is None else "")
    if receipt is not None:
        row.request_id, row.token = receipt.request_id, "" if receipt.request_id else receipt.token
    settle(row, step, at=at)
    return step


def settle(row: models.Passage, step: Step, *, at: datetime) -> None:
    """Write where a passage is that the caller has locked, and put it on record when it is new."""
    row.step = step
    row.passed_at = at if step is Step.PASSED else row.passed_at
    row.save(
        update_fields=["step", "status", "error", "request_id", "token", "passed_at", "task_id", "attempts"]
    )
    if step is Step.PASSED:
        referrals.note_elsewhere(TurnId(row.turn_id), at=at)
    elif step in models.STUCK:
        letters.tell_stuck(row)
    acts = {
        Step.PASSED: "report.passed_on",
        Step.UNKNOWN: "report.perhaps_passed_on",
        Step.FAILED: "report.not_passed_on",
    }
    if step in acts:
        log.record(
            actor=audit.System(network_id=NetworkId(row.network_id)),
            act=acts[step],
            kind="referral",
            object_id=row.turn.referral_id,
            at=at,
            facts={"turn": row.turn_id},
        )
