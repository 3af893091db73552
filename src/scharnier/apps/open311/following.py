# SPDX-License-Identifier: EUPL-1.2
"""Ask other systems each day how it goes with what they took, and write that in the referral."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext

from scharnier.apps import wall
from scharnier.apps.audit import services as log
from scharnier.apps.open311 import client, models, passing
from scharnier.apps.open311.models import Step
from scharnier.apps.referral import services as referrals
from scharnier.apps.referral.access import TurnLink
from scharnier.apps.tasks import leases
from scharnier.core import audit, text
from scharnier.core.kernel import NetworkId, ScharnierError, TurnId
from scharnier.core.referral import State
from scharnier.formats.open311 import ServiceRequest, Status

UNANSWERED: Final = (State.REQUESTED, State.UNANSWERED)
RUNNING: Final = (*UNANSWERED, State.ACCEPTED, State.IN_PROGRESS, State.ON_HOLD)


def followed(network_id: NetworkId) -> list[str]:
    """Return what other systems have, longest not asked for first."""
    found = models.Passage.objects.filter(network_id=network_id, step=Step.PASSED)
    return list(found.order_by("asked_at", "made_at", "id").values_list("id", flat=True))


def follow(network_id: NetworkId, passage_id: str, *, on: date) -> None:
    """Ask the other system how it goes with one thing, and write down what is new."""
    with wall.in_network(network_id):
        found = models.Passage.objects.filter(pk=passage_id, step=Step.PASSED)
        row = found.select_related("system", "system__network").first()
        if row is None:
            return
        try:
            told = _ask(row)
        except client.SystemSilent as silent:
            _note_silence(passage_id, reason=str(silent.facts["reason"]), at=timezone.now())
            return
        if told is not None:
            language = "en" if row.system.network.language == "en" else "nl"
            with translation.override(language):
                _write(passage_id, told, on=on, at=timezone.now())


def _ask(row: models.Passage) -> ServiceRequest | None:
    """Return where it stands; None when the other system has given no number yet."""
    place = passing.place_of(row.system)
    if not row.request_id:
        row.request_id = client.read_token(place, row.token)
        if not row.request_id:
            return None
        models.Passage.objects.filter(pk=row.pk, request_id="").update(request_id=row.request_id, token="")
    return client.read_request(place, row.request_id)


def _note_silence(passage_id: str, *, reason: str, at: datetime) -> None:
    models.Passage.objects.filter(pk=passage_id).update(error=reason, asked_at=at)


@transaction.atomic
def _write(passage_id: str, told: ServiceRequest, *, on: date, at: datetime) -> None:
    leases.hold()
    found = models.Passage.objects.select_for_update(of=("self",)).select_related("turn")
    row = found.filter(pk=passage_id, step=Step.PASSED).first()
    if row is None:
        return
    row.asked_at, row.error = at, ""
    if row.turn.state not in RUNNING:  # somebody was quicker here
        row.step = Step.OVER
    elif told.status is Status.CLOSED:
        _complete(row, told, on=on, at=at)
        row.step = Step.OVER
    else:
        referrals.note_elsewhere(TurnId(row.turn_id), at=at)
        _remark(row, told, on=on, at=at)
    row.save(update_fields=["asked_at", "error", "step", "notes_digest"])


def _complete(row: models.Passage, told: ServiceRequest, *, on: date, at: datetime) -> None:
    turn_id, by = TurnId(row.turn_id), _link(row)
    if row.turn.state in UNANSWERED:
        referrals.accept(turn_id, actor=by, on=on, at=at)
    result = said_by(told) or gettext("The other system says that it is closed.")
    referrals.complete(turn_id, result=result, actor=by, on=on, at=at)
    log.record(
        actor=audit.System(network_id=NetworkId(row.network_id)),
        act="report.closed_elsewhere",
        kind="referral",
        object_id=row.turn.referral_id,
        at=at,
        facts={"turn": row.turn_id},
    )


def _remark(row: models.Passage, told: ServiceRequest, *, on: date, at: datetime) -> None:
    digest = hashlib.sha256(told.status_notes.encode()).hexdigest() if told.status_notes else ""
    if digest in ("", row.notes_digest):
        return
    row.notes_digest = digest
    words = said_by(told)
    if words:
        referrals.remark(TurnId(row.turn_id), words=words, actor=_link(row), on=on, at=at)


def said_by(told: ServiceRequest) -> str:
    """Return what another system says, as far as it may stand here: nothing where it points at a person.

    What does not fit is cut between words, and says that the rest stands there.
    """
    words = told.status_notes.strip()
    if len(words) > text.LONGEST_WORDS:
        more = gettext("… (the rest stands in the other system)")
        words = f"{words[: text.LONGEST_WORDS - len(more) - 1].rsplit(maxsplit=1)[0]} {more}"
    try:
        text.check_input(words, max_characters=text.LONGEST_WORDS)
    except ScharnierError:
        return ""
    return words


def _link(row: models.Passage) -> TurnLink:
    """Return the other system as who was asked: it has no account."""
    return TurnLink(network_id=NetworkId(row.network_id), turn_id=TurnId(row.turn_id))
