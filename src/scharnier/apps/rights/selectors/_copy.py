# SPDX-License-Identifier: EUPL-1.2
"""Everything a network holds about somebody: the same for programs, for a PDF and for the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.db.models import Q

from scharnier.apps import wall
from scharnier.apps.audit import selectors as log
from scharnier.apps.mail.models import Message
from scharnier.apps.members.models import HandOver, Invitation
from scharnier.apps.notes.models import Note
from scharnier.apps.people import access as people
from scharnier.apps.people.models import Account, Membership, Outcome, Person, Tie, User
from scharnier.apps.rights import access
from scharnier.apps.rights.models import DataRequest
from scharnier.apps.rights.selectors import _copy_values as values
from scharnier.apps.rights.selectors._digests import copy_of_digests, copy_of_feeds, copy_of_terms
from scharnier.apps.rights.selectors._referrals import copy_of_referrals, copy_of_words
from scharnier.apps.rights.selectors._signals import copy_of_signals
from scharnier.apps.rights.selectors._situations import copy_of_situation_acts, copy_of_situations
from scharnier.apps.sharing.models import Sharing
from scharnier.core import audit
from scharnier.core.kernel import Actor
from scharnier.core.sharing import AudienceKind

ALL = 10**9  # the log is not cut into pages here


def copy_of(subject: Actor, *, on: date, at: datetime) -> values.DataCopy:
    """Return everything about the subject, read as the subject may: others stay as hidden as they are.

    Raises
    ------
    PersonNotFound
    """
    person = people.own_person(subject, on=on)
    names = dict(people.persons(subject, on=on).values_list("text_id", "name"))
    account = Account.objects.select_related("user").filter(person=person).first()
    user = account.user if account else None
    return values.DataCopy(
        network=person.network.name,
        network_id=subject.network_id,
        made_at=at,
        card=_card(person),
        consents=[
            values.ConsentCopy(purpose=row.purpose, given_date=row.given_date, end_date=row.end_date)
            for row in person.consents.order_by("given_date", "pk")
        ],
        checks=_checks(person),
        roles=[_role(row, names=names) for row in access.own_roles(subject)],
        ties=_ties(person, names=names),
        account=_account(account) if account else None,
        sessions=_sessions(user),
        failed_logins=_failed_logins(user),
        invitations=_invitations(person, user=user),
        hand_overs=_hand_overs(person),
        outcomes=_outcomes(person, names=names),
        referrals=copy_of_referrals(person),
        referral_words=copy_of_words(person),
        mails=_mails(person, user=user),
        card_reads=[_read(event, names=names) for event in log.card_reads(subject, first=0, most=ALL).events],
        acts=[_act(event) for event in log.own_acts(subject)],
        objections=[
            values.ObjectionCopy(kind=row.kind, object_id=row.object_id, on=row.removed_date)
            for row in access.objections(subject)
        ],
        requests=_requests(subject),
        sharings=_sharings(subject, names=names),
        notes=_notes(person),
        mail_terms=copy_of_terms(account),
        calendar_feeds=copy_of_feeds(account),
        mail_digests=copy_of_digests(account),
        signals=copy_of_signals(person),
        situations=copy_of_situations(person),
        situation_acts=copy_of_situation_acts(person),
    )


def _card(person: Person) -> values.CardCopy:
    return values.CardCopy(
        id=person.text_id,
        name=person.name,
        summary=person.summary,
        competences=person.competences,
        topics=person.topic_ids,
        areas=person.area_ids,
        languages=person.languages,
        email=person.email,
        phone=person.phone,
        reach=person.reach,
        accepting=person.accepting,
        accepting_until=person.accepting_until,
        open_requests=person.open_requests,
        capacity=person.capacity,
        last_active_date=person.last_active_date,
        visibility=person.visibility,
    )


def _checks(person: Person) -> list[values.CheckCopy]:
    return [
        values.CheckCopy(
            group=row.group, checked_on=row.checked_on, verify_by=row.verify_by, asked_on=row.asked_on
        )
        for row in person.checks.order_by("group")
    ]


def _role(row: Membership, *, names: Mapping[str, str]) -> values.RoleCopy:
    party = row.organization or row.community or row.resident_group
    return values.RoleCopy(
        where=party.name if party else "",
        role=row.role,
        start_date=row.start_date,
        end_date=row.end_date,
        successor=names.get(row.successor.text_id, "") if row.successor else "",
        is_confirmed=row.is_confirmed,
    )


def _ties(person: Person, *, names: Mapping[str, str]) -> list[values.TieCopy]:
    rows = Tie.objects.filter(Q(source=person) | Q(target=person)).select_related("source", "target")
    return [
        values.TieCopy(
            other=names.get((row.target if row.source_id == person.pk else row.source).text_id, ""),
            said_by="you" if row.source_id == person.pk else "other",
            kind=row.kind,
            observed_date=row.observed_date,
            origin=row.origin,
            strength=row.strength,
        )
        for row in rows.order_by("observed_date", "pk")
    ]


def _account(account: Account) -> values.AccountCopy:
    user = account.user
    steps = Authenticator.objects.filter(user=user).order_by("pk").values_list("type", flat=True)
    return values.AccountCopy(
        username=user.username,
        email=user.email,
        full_name=user.get_full_name(),
        role=account.role,
        joined_at=user.date_joined,
        last_login_at=user.last_login,
        second_steps=list(steps),
    )


def _sessions(user: User | None) -> list[values.SessionCopy]:
    return [
        values.SessionCopy(
            device=row.user_agent, address=row.ip, since=row.created_at, last_seen_at=row.last_seen_at
        )
        for row in UserSession.objects.filter(user=user).order_by("created_at", "pk")
    ]


def _failed_logins(user: User | None) -> list[values.FailedLoginCopy]:
    if user is None:
        return []
    return [
        values.FailedLoginCopy(at=row.attempt_time, address=row.ip_address, device=row.user_agent)
        for row in AccessAttempt.objects.filter(username__iexact=user.username).order_by("attempt_time", "pk")
    ]


def _invitations(person: Person, *, user: User | None) -> list[values.InvitationCopy]:
    theirs = Q(person_text_id=person.text_id) | access.sent_to("email", person=person, user=user)
    return [
        values.InvitationCopy(
            email=row.email,
            role=row.role,
            made_at=row.made_at,
            expires_at=row.expires_at,
            used_at=row.used_at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in Invitation.objects.filter(theirs, network_id=person.network_id).order_by("made_at", "pk")
    ]


def _hand_overs(person: Person) -> list[values.HandOverCopy]:
    rows = HandOver.objects.filter(Q(from_person=person) | Q(to_person=person))
    return [
        values.HandOverCopy(
            is_from_you=row.from_person_id == person.pk, on_date=row.on_date, undone_at=row.undone_at
        )
        for row in rows.order_by("pk")
    ]


def _outcomes(person: Person, *, names: Mapping[str, str]) -> list[values.OutcomeCopy]:
    """Return how questions to the person ended, and where somebody else named them; why, is the other's."""
    theirs = Q(person=person) | Q(rather_person=person)
    rows = Outcome.objects.filter(theirs).select_related("rather_person", "rather_organization")
    return [
        _outcome(row, names=names) if row.person_id == person.pk else _naming(row)
        for row in rows.order_by("happened_date", "pk")
    ]


def _outcome(row: Outcome, *, names: Mapping[str, str]) -> values.OutcomeCopy:
    person = names.get(row.rather_person.text_id, "") if row.rather_person else ""
    organization = row.rather_organization.name if row.rather_organization else ""
    return values.OutcomeCopy(
        happened_date=row.happened_date,
        response=row.response,
        reason=row.reason,
        rather=person or organization,
        topics=row.topic_ids,
    )


def _naming(row: Outcome) -> values.OutcomeCopy:
    return values.OutcomeCopy(
        happened_date=row.happened_date, response="named", reason="", rather="", topics=row.topic_ids
    )


def _sharings(subject: Actor, *, names: Mapping[str, str]) -> list[values.SharingCopy]:
    """Return what was shared of the card, with the person or by them."""
    with_them = Q(audience_kind=AudienceKind.PERSON.value, audience_id=subject.person_id)
    theirs = Q(person_id=subject.person_id) | Q(made_by=subject.person_id) | with_them
    return [
        values.SharingCopy(
            card=names.get(row.person_id, ""),
            audience_kind=row.audience_kind,
            made_by=names.get(row.made_by, ""),
            purpose=row.purpose,
            reason=row.reason,
            basis=row.basis,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            revoked_at=row.revoked_at,
        )
        for row in Sharing.objects.filter(theirs, network_id=subject.network_id).order_by("starts_at", "pk")
    ]


@wall.holding(wall.MAIL)
def _mails(person: Person, *, user: User | None) -> list[values.MailCopy]:
    return [
        values.MailCopy(subject=row.subject, queued_at=row.queued_at, sent_at=row.sent_at, state=row.state)
        for row in Message.objects.filter(access.sent_to("to", person=person, user=user)).order_by(
            "queued_at", "id"
        )
    ]


def _read(event: audit.Event, *, names: Mapping[str, str]) -> values.ReadCopy:
    who = names.get(event.actor_id or "", "")
    return values.ReadCopy(at=event.at, who=who, purpose=event.purpose, outcome=event.outcome)


def _act(event: audit.Event) -> values.ActCopy:
    return values.ActCopy(at=event.at, act=event.act, kind=event.kind, object_id=event.object_id)


def _requests(subject: Actor) -> list[values.RequestCopy]:
    rows = DataRequest.objects.filter(network_id=subject.network_id, person_text_id=subject.person_id)
    return [
        values.RequestCopy(what=row.what, received_date=row.received_date, done_at=row.done_at)
        for row in rows.order_by("received_date", "pk")
    ]


def _notes(person: Person) -> list[values.NoteCopy]:
    return [
        values.NoteCopy(
            made_at=row.made_at,
            text=row.text,
            place=row.place,
            about=row.about,
            candidate=row.candidate,
            remind_date=row.remind_date,
            thrown_away_at=row.thrown_away_at,
            referral_id=row.referral_id,
        )
        for row in Note.objects.filter(writer=person).order_by("made_at", "pk")
    ]
