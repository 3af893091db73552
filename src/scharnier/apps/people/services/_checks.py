# SPDX-License-Identifier: EUPL-1.2
"""Acts of looking over: note it, ask for it by mail, and take the answer by a link."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final
from uuid import uuid4

from django.db import transaction
from django.db.models import Q
from django.utils import translation

from scharnier.apps import wall
from scharnier.apps.audit import services as log
from scharnier.apps.mail import services as mail
from scharnier.apps.people import cards, labels, links, models, selectors
from scharnier.apps.people.services._revisions import bump_revision
from scharnier.core import audit
from scharnier.core.kernel import Actor, NetworkId
from scharnier.formats import wording

MOST_A_NIGHT: Final = 500  # the others come the next night


def note_check(card: models.Person | models.Organization, group: cards.Group, *, on: date) -> None:
    """Note that a group of a card is right on a day; call it inside the transaction of the act."""
    of = {"person": card} if isinstance(card, models.Person) else {"organization": card}
    models.CardCheck.objects.update_or_create(
        **of,
        group=group.value,
        defaults={
            "network_id": card.network_id,
            "checked_on": on,
            "verify_by": cards.verify_by(group, checked_on=on),
            "asked_on": None,
            "version": uuid4().hex,
        },
    )


@transaction.atomic
def confirm_by_link(token: str, *, actor: Actor | None, on: date, at: datetime) -> None:
    """Note that the group a link is about is still right; the link works once.

    Raises
    ------
    LinkInvalid
    LinkUsed
    """
    network_id = links.network_of(token)
    with wall.in_network(network_id):
        row = links.check_of(token, actor=actor, lock=True)
        _confirm(row, on=on)
        bump_revision(network_id, in_sight=False)
        card = row.person or row.organization
        log.record(
            actor=actor or audit.System(network_id=network_id),  # whoever has the mail: nobody signed in
            act="card.checked",
            kind="person" if row.person else "organization",
            object_id=card.text_id if card else str(row.pk),
            at=at,
            facts={"group": row.group, "by": "link"},
        )


def _confirm(row: models.CardCheck, *, on: date) -> None:
    group = cards.Group(row.group)
    row.checked_on, row.verify_by = on, cards.verify_by(group, checked_on=on)
    row.asked_on, row.version = None, uuid4().hex
    row.save(update_fields=["checked_on", "verify_by", "asked_on", "version"])


def ask_to_confirm(on: date) -> int:
    """Ask by mail whether groups are still right that were not looked over in time; return how many mails.

    A card that was never looked over is not asked about: nobody of it may know us yet. Of each card one group
    a night, the longest overdue first; the same group again when its last link has ended. Network by network,
    each in a transaction of its own.
    """
    n_sent = 0
    for network_id in selectors.each_network():
        n_sent += _ask_network(network_id, on=on, most=MOST_A_NIGHT - n_sent)
    return n_sent


@transaction.atomic
def _ask_network(network_id: NetworkId, *, on: date, most: int) -> int:
    n_sent, seen = 0, set()
    for row in _due(network_id, on=on):
        card = (row.person_id, row.organization_id)
        if card in seen or n_sent >= most:
            continue
        seen.add(card)
        n_sent += _ask(row, on=on)
    return n_sent


def _due(network_id: NetworkId, *, on: date) -> Iterator[models.CardCheck]:
    waiting = Q(asked_on__isnull=True) | Q(asked_on__lte=on - links.LINK_LASTS)
    late = models.CardCheck.objects.filter(waiting, network_id=network_id, verify_by__lt=on)
    found = late.order_by("verify_by", "pk")
    related = found.select_related("network", "person", "organization", "person__account__user")
    return related.select_for_update(of=("self",)).iterator()


def _ask(row: models.CardCheck, *, on: date) -> int:
    """Send one mail; return 1, or 0 when there is no address to send it to."""
    language: wording.Language = "en" if row.network.language == "en" else "nl"
    card = row.person or row.organization
    with translation.override(language):
        what = labels.told_to_owner(cards.Group(row.group), is_person=row.person is not None)
    until = wording.say_day(on + links.LINK_LASTS - timedelta(days=1), language=language)
    facts = {"name": card.name if card else "", "what": what, "link": links.link_of(row), "until": until}
    try:
        mail.queue_message(to=_address(row), template="confirm_card", facts=facts, language=language)
    except mail.InvalidAddress:
        return 0
    row.asked_on = on
    row.save(update_fields=["asked_on"])
    return 1


def _address(row: models.CardCheck) -> str:
    """Return where the mail goes: the address somebody signs in with, else the one on the card."""
    if row.organization is not None:
        return row.organization.email
    account = getattr(row.person, "account", None)
    return (account.user.email if account else "") or (row.person.email if row.person else "")
