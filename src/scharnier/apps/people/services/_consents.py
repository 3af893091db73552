# SPDX-License-Identifier: EUPL-1.2
"""What people agree to: to be found, reached, named as introducer, studied; each until a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from scharnier.apps.people import access, cards, models
from scharnier.apps.people.services._revisions import finish_act
from scharnier.apps.sharing import services as sharing
from scharnier.core import network
from scharnier.core.kernel import Actor


@transaction.atomic
def choose_consents(wishes: Iterable[cards.Wish], *, actor: Actor, on: date, at: datetime) -> None:
    """Have the actor's own consents be what they say from this day on, and leave other purposes alone.

    Raises
    ------
    InvalidEnd
    PersonNotFound
    """
    said = tuple(wishes)
    for wish in said:
        if wish.until is not None:
            cards.check_end(wish.until, on=on, lasts_at_most=cards.CONSENT_LASTS_AT_MOST)
    row = access.own_person_for_update(actor)
    for wish in said:
        _fulfil(wish, person=row, on=on)
    facts = {wish.purpose.value: wish.until.isoformat() if wish.until else "no" for wish in said}
    finish_act("consent.chosen", kind="person", object_id=actor.person_id, actor=actor, at=at, facts=facts)


@transaction.atomic
def withdraw_consent(purpose: network.Purpose, *, actor: Actor, on: date, at: datetime) -> None:
    """Withdraw the actor's own consent to a purpose from this day on; it works at once.

    Raises
    ------
    PersonNotFound
    """
    row = access.own_person_for_update(actor)
    _stop(_consents(row, purpose), on=on)
    finish_act(
        "consent.withdrawn",
        kind="person",
        object_id=actor.person_id,
        actor=actor,
        at=at,
        facts={"purpose": purpose.value},
    )


@transaction.atomic
def leave_sight(*, actor: Actor, on: date, at: datetime) -> tuple[network.Consent, ...]:
    """Withdraw every consent of the actor's own at once, and return those that held, to undo it with.

    What they share with some stops too, and is not undone: out of sight is out of everyone's sight.

    Raises
    ------
    PersonNotFound
    """
    row = access.own_person_for_update(actor)
    held = tuple(
        network.Consent(
            purpose=network.Purpose(consent.purpose),
            given_date=consent.given_date,
            end_date=consent.end_date,
        )
        for consent in row.consents.filter(_holds(on)).order_by("pk")
    )
    _stop(row.consents.all(), on=on)
    sharing.stop_all(actor=actor, at=at)
    finish_act("card.hidden", kind="person", object_id=actor.person_id, actor=actor, at=at)
    return held


@transaction.atomic
def return_to_sight(held: Iterable[network.Consent], *, actor: Actor, on: date, at: datetime) -> None:
    """Give the consents again that were withdrawn with `leave_sight`, as far as they had not ended.

    Raises
    ------
    PersonNotFound
    """
    row = access.own_person_for_update(actor)
    for consent in held:
        if consent.end_date is None or consent.end_date >= on:
            _stop(_consents(row, consent.purpose), on=on)
            _give(consent.purpose, person=row, on=on, until=consent.end_date)
    finish_act("card.shown", kind="person", object_id=actor.person_id, actor=actor, at=at)


def _fulfil(wish: cards.Wish, *, person: models.Person, on: date) -> None:
    running = _consents(person, wish.purpose).filter(_holds(on))
    if wish.until is not None and list(running.values_list("end_date", flat=True)) == [wish.until]:
        return
    _stop(_consents(person, wish.purpose), on=on)
    if wish.until is not None:
        _give(wish.purpose, person=person, on=on, until=wish.until)


def _consents(person: models.Person, purpose: network.Purpose) -> QuerySet[models.Consent]:
    return models.Consent.objects.filter(person=person, purpose=purpose.value)


def _holds(on: date) -> Q:
    return Q(given_date__lte=on) & (Q(end_date__isnull=True) | Q(end_date__gte=on))


def _stop(consents: QuerySet[models.Consent], *, on: date) -> None:
    consents.filter(given_date__gte=on).delete()
    consents.exclude(end_date__lt=on).update(end_date=on - timedelta(days=1))


def _give(purpose: network.Purpose, *, person: models.Person, on: date, until: date | None) -> None:
    models.Consent.objects.create(person=person, purpose=purpose.value, given_date=on, end_date=until)
