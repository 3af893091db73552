# SPDX-License-Identifier: EUPL-1.2
"""Acts on requests of people without an account: note one, answer it with a copy or with erasure."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.rights import access, models, selectors
from scharnier.apps.rights.services._erasure import erase_for
from scharnier.core import policy
from scharnier.core.kernel import Actor, Conflict, NotFound
from scharnier.core.retention import answer_by


class NobodyOfThatName(NotFound):
    """No card without an account has this name."""

    code = "rights.nobody_of_that_name"


class SeveralOfThatName(Conflict):
    """Several cards without an account have this name."""

    code = "rights.several_of_that_name"


class RequestDone(Conflict):
    """The request was answered, or is not for this."""

    code = "rights.request_done"


@transaction.atomic
def note_request(
    *, name: str, email: str, what: str, received: date, actor: Actor, at: datetime
) -> models.DataRequest:
    """Note that somebody without an account asks for their data, or for erasure.

    Raises
    ------
    NotForCoordinator
    NobodyOfThatName
    SeveralOfThatName
    """
    access.demand(actor, policy.Act.CREATE, policy.Kind.DATA_REQUEST)
    found = access.cards_without_account(actor).filter(name__iexact=name)
    named = list((found.filter(email__iexact=email) if email else found)[:2])
    if not named:
        raise NobodyOfThatName(name=name)
    if len(named) > 1:
        raise SeveralOfThatName(name=name)
    row = models.DataRequest.objects.create(
        network_id=actor.network_id,
        person_text_id=named[0].text_id,
        what=what,
        received_date=received,
        answer_by=answer_by(received),
        made_at=at,
    )
    _record("data_request.noted", row, actor=actor, at=at, facts={"what": what})
    return row


@transaction.atomic
def copy_for_request(
    request_pk: int, *, form: str, actor: Actor, on: date, at: datetime
) -> selectors.DataCopy:
    """Return everything about who asked; the request counts as answered from the first copy on.

    Raises
    ------
    DataRequestNotFound
    RequestDone
        When it asks for something else.
    PersonNotFound
    """
    row = access.data_request(request_pk, actor=actor, act=policy.Act.CHANGE, lock=True)
    if row.what != models.COPY:
        raise RequestDone
    person = access.card_of_request_for_update(row, actor=actor)
    copy = selectors.copy_of(access.subject_of(person), on=on, at=at)
    _settle(row, at=at)
    _record("data.copied", row, actor=actor, at=at, facts={"format": form})
    return copy


@transaction.atomic
def erase_for_request(request_pk: int, *, actor: Actor, on: date, at: datetime) -> None:
    """Erase who asked for it, at once; a mail tells them when there is an address.

    Raises
    ------
    DataRequestNotFound
    RequestDone
        Also when it asks for something else.
    PersonNotFound
        Also when the person got an account meanwhile, and can do it alone.
    """
    row = access.data_request(request_pk, actor=actor, act=policy.Act.CHANGE, lock=True)
    if row.what != models.ERASURE or row.done_at is not None:
        raise RequestDone
    person = access.card_of_request_for_update(row, actor=actor)
    _settle(row, at=at)
    erase_for(person, actor=actor, on=on, at=at)


def _settle(row: models.DataRequest, *, at: datetime) -> None:
    if row.done_at is None:
        row.done_at = at
        row.save(update_fields=["done_at"])


def _record(act: str, row: models.DataRequest, *, actor: Actor, at: datetime, facts: dict[str, str]) -> None:
    log.record(
        actor=actor,
        act=act,
        kind="person",
        object_id=row.person_text_id,
        at=at,
        on_behalf_of=row.person_text_id,
        facts={"request": str(row.pk), **facts},
    )
