# SPDX-License-Identifier: EUPL-1.2
"""People without account and without consent of whom nothing was heard for long: notice, warn, erase."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from scharnier.apps.mail import services as mail
from scharnier.apps.people.models import Consent, Person
from scharnier.apps.rights.models import Notice
from scharnier.apps.rights.services._erasing import erase
from scharnier.core import retention
from scharnier.formats import wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """A person nobody needs the card of, and what we know of how long that is so."""

    person: Person
    since: date | None  # the last that became known; None: nothing that has a date
    notice: Notice | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What one night does about people of whom nothing was heard."""

    to_notice: tuple[Idle, ...] = ()
    to_warn: tuple[Idle, ...] = ()
    to_spare: tuple[Idle, ...] = ()  # warned, and heard of since
    to_erase: tuple[Idle, ...] = ()


def plan(rule: retention.RetentionRule, *, network_id: str, on: date) -> Plan:
    """Return what is to be done on a day; nothing changes."""
    found = tuple(_idle(network_id, on=on))
    known = [(idle, idle.since or (idle.notice.noticed_date if idle.notice else on)) for idle in found]
    soon = on + timedelta(days=rule.warned_days)
    fading = [(idle, since) for idle, since in known if retention.is_over(rule, since=since, on=soon)]
    near = {idle.person.pk for idle, _ in fading}
    return Plan(
        to_notice=tuple(idle for idle in found if idle.since is None and idle.notice is None),
        to_warn=tuple(idle for idle, _ in fading if _warned(idle) is None),
        to_spare=tuple(idle for idle in found if _warned(idle) and idle.person.pk not in near),
        to_erase=tuple(
            idle
            for idle, since in fading
            if retention.is_over(rule, since=since, on=on) and _was_told(idle, rule=rule, on=on)
        ),
    )


def carry_out(planned: Plan, *, rule: retention.RetentionRule, on: date, at: datetime) -> None:
    """Do what was planned; call it inside the transaction of the night."""
    for idle in (*planned.to_notice, *planned.to_spare):
        _note(idle, on=on, warned_date=None)
    for idle in planned.to_warn:
        _note(idle, on=on, warned_date=on)
        _tell(idle.person, day=on + timedelta(days=rule.warned_days))
    for idle in planned.to_erase:
        erase(idle.person, by=f"rule.{rule.id}", on=on, at=at)


def _idle(network_id: str, *, on: date) -> Iterator[Idle]:
    notices = {row.person_text_id: row for row in Notice.objects.filter(network_id=network_id)}
    for person in _candidates(network_id, on=on).iterator(chunk_size=500):
        days = [day for day in _days(person) if day is not None]
        yield Idle(person=person, since=max(days, default=None), notice=notices.get(person.text_id))


def _candidates(network_id: str, *, on: date) -> QuerySet[Person]:
    running = Consent.objects.filter(Q(end_date__isnull=True) | Q(end_date__gte=on), person=OuterRef("pk"))
    found = Person.objects.filter(~Exists(running), network_id=network_id, account__isnull=True)
    dated = ("consents", "checks", "memberships", "ties_from", "ties_to")
    return found.select_related("network").prefetch_related(*dated).order_by("pk")


def _days(person: Person) -> Iterator[date | None]:
    """Yield every day on which something became known of a person."""
    yield person.last_active_date
    yield from (check.checked_on for check in person.checks.all())
    for consent in person.consents.all():
        yield from (consent.given_date, consent.end_date)
    for member in person.memberships.all():
        yield from (member.start_date, member.end_date)
    yield from (tie.observed_date for tie in (*person.ties_from.all(), *person.ties_to.all()))


def _warned(idle: Idle) -> date | None:
    return idle.notice.warned_date if idle.notice else None


def _was_told(idle: Idle, *, rule: retention.RetentionRule, on: date) -> bool:
    warned = _warned(idle)
    return warned is not None and warned + timedelta(days=rule.warned_days) <= on


def _note(idle: Idle, *, on: date, warned_date: date | None) -> None:
    Notice.objects.update_or_create(
        network_id=idle.person.network_id,
        person_text_id=idle.person.text_id,
        defaults={"warned_date": warned_date},
        create_defaults={"warned_date": warned_date, "noticed_date": on},
    )


def _tell(person: Person, *, day: date) -> None:
    """Send word, when the card has an address to send it to."""
    language: wording.Language = "en" if person.network.language == "en" else "nl"
    if mail.is_address(person.email):
        facts = {
            "name": person.name,
            "network": person.network.name,
            "day": wording.say_day(day, language=language),
        }
        mail.queue_message(to=person.email, template="fading", facts=facts, language=language)
