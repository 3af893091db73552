# SPDX-License-Identifier: EUPL-1.2
"""Reads for the pages: one's own data in short, the requests of others, the rules and the last night."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.functional import Promise

from scharnier.apps.people import access as people
from scharnier.apps.people import gone
from scharnier.apps.people.models import Account, Membership, Person, Tie
from scharnier.apps.picture import words
from scharnier.apps.rights import access, labels
from scharnier.apps.rights.models import DataRequest, RetentionReport
from scharnier.core import policy
from scharnier.core.kernel import Actor, Role
from scharnier.core.network import Purpose
from scharnier.formats import retention, wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Something that somebody else said about the actor."""

    pk: int
    who: str  # empty: somebody who does not want to be found
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """Something the actor's data may be used for now."""

    purpose: str
    what: Promise
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """Something the actor objected to."""

    pk: int
    about: str  # a name; empty: somebody who does not want to be found, or is gone
    is_role: bool
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnData:
    """What the actor can do about their own data."""

    uses: tuple[Use, ...]
    ties: tuple[Said, ...]
    roles: tuple[Said, ...]
    objections: tuple[Objection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """A request of somebody without an account."""

    pk: int
    name: str  # empty: erased
    what: str
    received: date
    answer_by: date
    done_at: datetime | None
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """A rule in words, with what the last night found by it."""

    what: str
    since: str
    why: str
    fate: str
    time: str  # empty: at once
    n_done: int
    n_warned: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionPage:
    """The rules, and when they were last carried out."""

    rules: tuple[RuleLine, ...]
    ran_at: datetime | None


def own_data(actor: Actor, *, on: date) -> OwnData:
    """Return what others said about the actor, what the actor agreed to, and objections.

    Raises
    ------
    PersonNotFound
    """
    person = people.own_person(actor, on=on)
    names = dict(people.persons(actor, on=on).values_list("text_id", "name"))
    return OwnData(
        uses=_uses(person, on=on),
        ties=tuple(_tie(row, names=names) for row in access.said_ties(actor)),
        roles=tuple(map(_role, access.own_roles(actor))),
        objections=_objections(actor, names=names),
    )


def is_last_coordinator(actor: Actor) -> bool:
    """Tell whether the actor's network would have no coordinator without them."""
    others = Account.objects.filter(network_id=actor.network_id, role=Role.COORDINATOR.value)
    return actor.role is Role.COORDINATOR and not others.exclude(person__text_id=actor.person_id).exists()


def request_lines(actor: Actor, *, on: date) -> tuple[RequestLine, ...]:
    """Return the requests of people without an account, those that wait first.

    Raises
    ------
    NotForCoordinator
    """
    access.demand(actor, policy.Act.SEE, policy.Kind.DATA_REQUEST)
    rows = list(access.data_requests(actor))
    ids = {row.person_text_id for row in rows}
    found = Person.objects.filter(network_id=actor.network_id, text_id__in=sorted(ids))
    names = dict(found.values_list("text_id", "name"))
    lines = [_request(row, name=names.get(row.person_text_id, ""), on=on) for row in rows]
    return tuple(sorted(lines, key=lambda line: (line.done_at is not None, line.answer_by, line.pk)))


def request_line(request_pk: int, *, actor: Actor, on: date) -> RequestLine:
    """Return one request.

    Raises
    ------
    DataRequestNotFound
    """
    row = access.data_request(request_pk, actor=actor)
    person = Person.objects.filter(network_id=actor.network_id, text_id=row.person_text_id).first()
    return _request(row, name=person.name if person else "", on=on)


def retention_page(actor: Actor, *, language: wording.Language) -> RetentionPage:
    """Return the rules of this installation, and what the last night did in the actor's network.

    Raises
    ------
    NotForCoordinator
    """
    access.demand(actor, policy.Act.CHANGE, policy.Kind.NETWORK)
    report = RetentionReport.objects.order_by("-made_at", "-pk").first()
    lines = report.lines if report else []
    found = {line["rule"]: line for line in lines if line["network_id"] in {"", actor.network_id}}
    rules = retention.load_rules(settings.RETENTION)
    return RetentionPage(
        rules=tuple(
            _rule(worded, found.get(worded.rule.id, {}), language=language)
            for worded in retention.say_rules(rules, language=language)
        ),
        ran_at=report.made_at if report else None,
    )


def _uses(person: Person, *, on: date) -> tuple[Use, ...]:
    held = {
        row.purpose: row.end_date
        for row in person.consents.filter(given_date__lte=on).order_by("given_date", "pk")
        if row.end_date is None or row.end_date >= on
    }
    return tuple(
        Use(purpose=purpose.value, what=labels.USES[purpose], until=held[purpose.value])
        for purpose in Purpose
        if purpose.value in held
    )


def _tie(row: Tie, *, names: Mapping[str, str]) -> Said:
    return Said(pk=row.pk, who=names.get(row.source.text_id, ""), what=str(words.OF_ME[row.kind]))


def _role(row: Membership) -> Said:
    party = row.organization or row.community or row.resident_group
    return Said(pk=row.pk, who=party.name if party else "", what=row.role)


def _objections(actor: Actor, *, names: Mapping[str, str]) -> tuple[Objection, ...]:
    rows = list(access.objections(actor))
    parties = {
        row.text_id: row.name
        for found in (people.resident_groups(actor), people.communities(actor), people.organizations(actor))
        for row in found
    }
    return tuple(
        Objection(
            pk=row.pk,
            about=(
                parties.get(row.object_id.rpartition(" ")[2], "")
                if row.kind == gone.MEMBERSHIP
                else names.get(row.object_id.partition(" ")[0], "")
            ),
            is_role=row.kind == gone.MEMBERSHIP,
            on=row.removed_date,
        )
        for row in rows
    )


def _request(row: DataRequest, *, name: str, on: date) -> RequestLine:
    return RequestLine(
        pk=row.pk,
        name=name,
        what=row.what,
        received=row.received_date,
        answer_by=row.answer_by,
        done_at=row.done_at,
        is_late=row.done_at is None and row.answer_by < on,
    )


def _rule(worded: retention.WordedRule, line: Mapping[str, int], *, language: wording.Language) -> RuleLine:
    rule = worded.rule
    return RuleLine(
        what=worded.what,
        since=worded.since,
        why=worded.why,
        fate=rule.fate.value,
        time=wording.say_time(rule.kept_days, language=language) if rule.kept_days else "",
        n_done=line.get("n_done", 0),
        n_warned=line.get("n_warned", 0),
    )
