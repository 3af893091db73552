# SPDX-License-Identifier: EUPL-1.2
"""Acts on what other systems report: what they may, by which key, and what becomes of it."""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import Final
from uuid import uuid4

from django.db import transaction

from scharnier.apps.audit import services as log
from scharnier.apps.members import access as members
from scharnier.apps.open311 import access, models, signalling
from scharnier.apps.people import access as people
from scharnier.apps.people import rows as people_rows
from scharnier.apps.people.models import Area
from scharnier.apps.referral import services as referrals
from scharnier.core import audit, policy
from scharnier.core.kernel import (
    Actor,
    AreaId,
    Conflict,
    Invalid,
    NetworkId,
    OrganizationId,
    ScharnierError,
    TopicId,
)
from scharnier.core.referral import Party
from scharnier.formats import open311

MOST_KEYS: Final = 20
MOST_AN_HOUR: Final = 60  # reports by one key
HOUR: Final = timedelta(hours=1)
KEY_BYTES: Final = 32
DECIMALS: Final = 5  # of a place: about a metre


class NotReportable(Invalid):
    """The topic is none of public space."""

    code = "open311.not_reportable"


class NameTaken(Conflict):
    """A key of that name works already."""

    code = "open311.name_taken"


class TooManyKeys(Conflict):
    """The network has as many keys as it may."""

    code = "open311.too_many_keys"


class TooManyReports(Conflict):
    """The key reported as much in an hour as it may."""

    code = "open311.too_many_reports"


@transaction.atomic
def offer(topic_id: TopicId, *, organization_id: OrganizationId | None, actor: Actor, at: datetime) -> None:
    """Take reports on a topic, and ask an organization at once, or nobody yet; anew replaces what was.

    Raises
    ------
    NotForThisRole
    NotReportable
    OrganizationNotFound
    """
    access.demand(actor, policy.Act.CREATE)
    members.network_for_update(actor)
    if not access.topics_of_public_space(actor.network_id).filter(text_id=topic_id).exists():
        raise NotReportable(topic_id=topic_id)
    organization = people.organization(organization_id, actor=actor) if organization_id else None
    models.Offer.objects.update_or_create(
        network_id=actor.network_id,
        topic_id=topic_id,
        defaults={"organization": organization, "keeper": access.account_of(actor), "changed_at": at},
    )
    log.record(actor=actor, act="reporting.offered", kind="topic", object_id=topic_id, at=at)


@transaction.atomic
def withdraw(topic_id: TopicId, *, actor: Actor, at: datetime) -> None:
    """Take no more reports on a topic, and publish none (raises OfferNotFound)."""
    row = access.offers(actor, act=policy.Act.CHANGE).filter(topic_id=topic_id).first()
    if row is None:
        raise access.OfferNotFound(topic_id=topic_id)
    row.delete()
    log.record(actor=actor, act="reporting.withdrawn", kind="topic", object_id=topic_id, at=at)


@transaction.atomic
def make_key(name: str, *, organization_id: OrganizationId | None = None, actor: Actor, at: datetime) -> str:
    """Return a new key for another system; it is shown once, we keep its digest.

    What the system of an organization reports becomes a signal of that organization.

    Raises
    ------
    NotForThisRole
    OrganizationNotFound
    NameTaken, TooManyKeys
    """
    access.demand(actor, policy.Act.CREATE)
    members.network_for_update(actor)
    present = set(access.keys(actor).values_list("name", flat=True))
    if name in present:
        raise NameTaken(name=name)
    if len(present) >= MOST_KEYS:
        raise TooManyKeys(most=MOST_KEYS)
    organization = people.organization(organization_id, actor=actor) if organization_id else None
    key = secrets.token_urlsafe(KEY_BYTES)
    row = models.Key.objects.create(
        network_id=actor.network_id,
        name=name,
        organization=organization,
        digest=access.digest_of(key),
        made_at=at,
    )
    log.record(actor=actor, act="reporting.key_made", kind="reporting_key", object_id=str(row.pk), at=at)
    return key


@transaction.atomic
def revoke_key(key_pk: int, *, actor: Actor, at: datetime) -> None:
    """Let nobody report by a key any more (raises KeyNotFound)."""
    found = access.keys(actor, act=policy.Act.CHANGE).select_for_update(of=("self",))
    row = found.filter(pk=key_pk).first()
    if row is None:
        raise access.KeyNotFound(key_id=key_pk)
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    log.record(actor=actor, act="reporting.key_revoked", kind="reporting_key", object_id=str(key_pk), at=at)


@transaction.atomic
def receive(
    said: open311.Report, *, is_public: bool, network_id: NetworkId, api_key: str, on: date, at: datetime
) -> str:
    """Take a report of another system, and return its number.

    By the key of an organization it becomes a signal of that organization, and nobody is asked. Else, when a
    coordinator chose an organization for its topic, that organization is asked at once, by that coordinator;
    otherwise, and whenever it cannot be asked so, the report waits for a coordinator.

    Raises
    ------
    UnknownJurisdiction, WrongKey, OfferNotFound, TooManyReports
    NoSuchPlace, TextTooLong, PersonalDataFound
        Of a signal.
    """
    offers = access.published_offers(network_id)
    key = access.key_for_update(network_id, api_key)
    if said.service_code not in offers:
        raise access.OfferNotFound(topic_id=said.service_code)
    if key.reports.filter(received_at__gt=at - HOUR).count() >= MOST_AN_HOUR:
        raise TooManyReports(most=MOST_AN_HOUR)
    key.used_at = at
    key.save(update_fields=["used_at"])
    if key.organization is not None:
        return signalling.tell(said, key=key, owner=key.organization, at=at).id
    report = _keep(said, key=key, is_public=is_public, at=at)
    found = offers[said.service_code]
    keeper = access.keeper_of(found, on=on)
    if keeper is not None and found.organization is not None:
        organization_id = OrganizationId(found.organization.text_id)
        try:
            _bring(report, text=words_of(report), to=organization_id, actor=keeper, on=on, at=at)
        except ScharnierError:  # it waits for somebody who can read it
            report.referral = None
    system = audit.System(network_id=network_id)
    log.record(actor=system, act="report.received", kind="report", object_id=report.id, at=at)
    return report.id


@transaction.atomic
def bring(
    report_id: str, *, text: str, organization_id: OrganizationId, actor: Actor, on: date, at: datetime
) -> None:
    """Make a referral of a report, and ask an organization.

    Raises
    ------
    ReportNotFound
    OrganizationNotFound
    EmptyText, TextTooLong, PersonalDataFound, UnknownLanguage
    """
    report = access.waiting_report(report_id, actor=actor, lock=True)
    _bring(report, text=text, to=organization_id, actor=actor, on=on, at=at)
    log.record(actor=actor, act="report.brought", kind="report", object_id=report_id, at=at)


@transaction.atomic
def lay_aside(report_id: str, *, actor: Actor, at: datetime) -> None:
    """Close a report that is nothing for this network; its words go (raises ReportNotFound)."""
    report = access.waiting_report(report_id, actor=actor, lock=True)
    report.dropped_at, report.text = at, ""
    report.save(update_fields=["dropped_at", "text"])
    log.record(actor=actor, act="report.laid_aside", kind="report", object_id=report_id, at=at)


def words_of(report: models.Report) -> str:
    """Return what a report says, with its topic and place, for who is asked."""
    topic = (
        access.topics_of_public_space(NetworkId(report.network_id)).filter(text_id=report.topic_id).first()
    )
    name = people_rows.topic_value(topic).name("nl") if topic else report.topic_id
    where = report.address or (report.area.name if report.area else "")
    head = f"{name} ({where})" if where else name
    return f"{head}: {report.text}" if report.text else head


def _keep(said: open311.Report, *, key: models.Key, is_public: bool, at: datetime) -> models.Report:
    point = said.point
    return models.Report.objects.create(
        id=uuid4().hex,
        network_id=key.network_id,
        key=key,
        topic_id=said.service_code,
        text=said.description,
        is_public=is_public,
        area=_area(point, network_id=key.network_id) if point else None,
        address=said.address or said.address_id,
        latitude=round(point.latitude, DECIMALS) if point else None,
        longitude=round(point.longitude, DECIMALS) if point else None,
        received_at=at,
    )


def _area(point: open311.Point, *, network_id: str) -> Area | None:
    by_id = {row.text_id: row for row in Area.objects.filter(network_id=network_id)}
    found = open311.area_around(point, map(people_rows.area_value, by_id.values()))
    return by_id[found] if found else None


@transaction.atomic
def _bring(
    report: models.Report, *, text: str, to: OrganizationId, actor: Actor, on: date, at: datetime
) -> None:
    wish = referrals.ReferralWish(
        text=text,
        asks=(referrals.Ask(party=Party(organization_id=to)),),
        area_id=AreaId(report.area.text_id) if report.area else None,
        topics=frozenset({TopicId(report.topic_id)}),
    )
    referral_id = referrals.make_referral(wish, actor=actor, on=on, at=at)
    referrals.send_all(referral_id, actor=actor, on=on, at=at)
    models.Report.objects.filter(pk=report.pk).update(referral_id=referral_id, text="")
