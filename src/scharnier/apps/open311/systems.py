# SPDX-License-Identifier: EUPL-1.2
"""Acts of coordinators on the systems of organizations, and on what is stuck on its way there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.members import access as members
from scharnier.apps.open311 import access, client, models, tasks
from scharnier.apps.open311.models import Step
from scharnier.apps.people import access as people
from scharnier.apps.referral import services as referrals
from scharnier.core import policy
from scharnier.core.kernel import Actor, Conflict, Invalid, OrganizationId, TurnId
from scharnier.core.webhooks import BadAddress, check_address

MOST_SERVICES: Final = 500  # of one system
LONGEST_NUMBER: Final = 100  # characters


class SystemThere(Conflict):
    """The organization has a system already."""

    code = "open311.system_there"


class NothingOffered(Invalid):
    """The other system takes no reports, or on more topics than can be chosen from."""

    code = "open311.nothing_offered"


class NotOffered(Invalid):
    """The other system takes no report of that kind."""

    code = "open311.not_offered"


class NoNumber(Invalid):
    """The number under which the other system has it is missing."""

    code = "open311.no_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemWish:
    """The system of an organization, as its coordinator knows it."""

    organization_id: OrganizationId
    address: str
    jurisdiction_id: str = ""
    api_key: str = ""
    takes_words: bool = False


def add_system(wish: SystemWish, *, actor: Actor, at: datetime) -> int:
    """Register the system of an organization once it answers; return its number.

    It is asked what it offers before anything is stored, and outside of the transaction.

    Raises
    ------
    NotForThisRole, OrganizationNotFound
    BadAddress, ForbiddenAddress
    SystemSilent, NothingOffered
    SystemThere
    """
    access.demand(actor, policy.Act.CREATE)
    address = checked_address(wish.address)
    people.organization(wish.organization_id, actor=actor)
    form, offered = client.find_services(address, jurisdiction_id=wish.jurisdiction_id)
    if not 0 < len(offered) <= MOST_SERVICES:
        raise NothingOffered
    with transaction.atomic():
        members.network_for_update(actor)
        organization = people.organization(wish.organization_id, actor=actor)
        if models.System.objects.filter(organization=organization).exists():
            raise SystemThere
        row = models.System.objects.create(
            network_id=actor.network_id,
            organization=organization,
            address=address,
            jurisdiction_id=wish.jurisdiction_id,
            api_key=wish.api_key,
            form=form.value,
            takes_words=wish.takes_words,
            services=[[one.code, one.name] for one in offered],
            made_at=at,
        )
        _record("system.added", row.pk, actor=actor, at=at)
    return row.pk


def checked_address(address: str) -> str:
    """Return an address to which parts can be added.

    Raises
    ------
    BadAddress, ForbiddenAddress
    """
    bare = address.strip().rstrip("/")
    check_address(bare, on_loopback=settings.WEBHOOKS_ON_LOOPBACK)
    if "?" in bare:
        raise BadAddress
    return bare


@transaction.atomic
def choose_codes(system_pk: int, codes: Mapping[str, str], *, actor: Actor, at: datetime) -> None:
    """Say which topics go to a system, and what they are called there; no code: it does not go.

    Raises
    ------
    SystemNotFound
    NotOffered
    """
    row = access.system_row(system_pk, actor=actor, lock=True)
    known = {code for code, _ in row.services}
    topics = set(access.topics_of_public_space(actor.network_id).values_list("text_id", flat=True))
    chosen = {topic: code for topic, code in codes.items() if code}
    if not set(chosen) <= topics or not set(chosen.values()) <= known:
        raise NotOffered
    row.codes = chosen
    row.save(update_fields=["codes"])
    _record("system.changed", row.pk, actor=actor, at=at)


@transaction.atomic
def remove_system(system_pk: int, *, actor: Actor, at: datetime) -> None:
    """Pass nothing more on to a system, and forget its key and what it was sent (raises SystemNotFound)."""
    row = access.system_row(system_pk, actor=actor, lock=True)
    row.delete()
    _record("system.removed", system_pk, actor=actor, at=at)


@transaction.atomic
def send_again(passage_id: str, *, actor: Actor, at: datetime) -> None:
    """Send again what is stuck, on the word of who looked that it is not there (raises PassageNotFound)."""
    row = access.stuck_for_update(passage_id, actor=actor)
    row.step, row.attempts, row.error, row.status = Step.WAITING, 0, "", None
    row.save(update_fields=["step", "attempts", "error", "status"])
    tasks.send_off(row.network_id, row.id)
    _record("report.sent_again", row.system_id, actor=actor, at=at, passage_id=passage_id)


@transaction.atomic
def say_arrived(passage_id: str, *, number: str, actor: Actor, at: datetime) -> None:
    """Say under what number the other system has it, after all.

    Raises
    ------
    PassageNotFound
    NoNumber
    """
    row = access.stuck_for_update(passage_id, actor=actor)
    if not 0 < len(number.strip()) <= LONGEST_NUMBER:
        raise NoNumber
    row.step, row.request_id, row.error, row.passed_at = Step.PASSED, number.strip(), "", at
    row.save(update_fields=["step", "request_id", "error", "passed_at"])
    referrals.note_elsewhere(TurnId(row.turn_id), at=at)
    _record("report.found_elsewhere", row.system_id, actor=actor, at=at, passage_id=passage_id)


@transaction.atomic
def let_go(passage_id: str, *, actor: Actor, at: datetime) -> None:
    """Try no more: people of the organization were asked, too, and answer here (raises PassageNotFound)."""
    row = access.stuck_for_update(passage_id, actor=actor)
    row.step = Step.OVER
    row.save(update_fields=["step"])
    referrals.note_elsewhere(TurnId(row.turn_id), at=None)
    _record("report.let_go", row.system_id, actor=actor, at=at, passage_id=passage_id)


def _record(act: str, system_pk: int, *, actor: Actor, at: datetime, passage_id: str = "") -> None:
    facts = {"passage": passage_id} if passage_id else {}
    log.record(actor=actor, act=act, kind="system", object_id=str(system_pk), at=at, facts=facts)
