# SPDX-License-Identifier: EUPL-1.2
"""Take a person out of a network, with everything about them; the callers say by which right or rule."""

from __future__ import annotations

from datetime import date, datetime

from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db.models import Q

from scharnier.apps import wall
from scharnier.apps.emergency.models import Attempt, Review
from scharnier.apps.mail.models import Message
from scharnier.apps.members.models import Invitation, JoinRequest
from scharnier.apps.people import gone
from scharnier.apps.people.models import Account, Outcome, Person, User
from scharnier.apps.referral import services as referrals
from scharnier.apps.rights import access
from scharnier.apps.rights.models import Notice
from scharnier.apps.sharing.models import Sharing
from scharnier.apps.signals import services as signals
from scharnier.apps.tombstones import services as tombstones
from scharnier.core.kernel import NetworkId
from scharnier.core.sharing import AudienceKind


def erase(person: Person, *, by: str, on: date, at: datetime) -> None:
    """Erase a person from their network; call it inside the transaction of the act, before the event.

    Notes
    -----
    What refers to the card goes with it: consents, ties, roles, checks, hand-overs, the account. Who has no
    account in any other network goes as a user too, with passwords, keys and sessions. What an organization
    was asked stays with the organization, without the person.
    """
    network_id, person_id = NetworkId(person.network_id), person.text_id
    user = User.objects.filter(accounts__person=person).first()
    addresses = _addresses_only_theirs(person, user)
    _forget_coming_in(network_id, person_id=person_id, addresses=addresses)
    Outcome.objects.filter(person=person, organization__isnull=False).update(person=None)
    Notice.objects.filter(network_id=network_id, person_text_id=person_id).delete()
    referrals.forget_person(person, at=at)
    signals.forget_person(person)
    person.delete()
    if user is not None and not Account.objects.filter(user=user).exists():
        _erase_user(user)
    _forget_mails(addresses)
    _forget_sharings(network_id, person_id=person_id)
    tombstones.mark_gone(gone.PERSON, person_id, network_id=network_id, by=by, on=on)


def _addresses_only_theirs(person: Person, user: User | None) -> frozenset[str]:
    """Return the addresses under which nobody else signs in, nor the person in another network."""
    addresses = access.addresses_of(person, user=user)
    others = User.objects.filter(access.one_of_addresses("email", addresses))
    if user is not None and not Account.objects.filter(user=user).exclude(person=person).exists():
        others = others.exclude(pk=user.pk)
    return addresses - {address.lower() for address in others.values_list("email", flat=True)}


def _forget_coming_in(network_id: NetworkId, *, person_id: str, addresses: frozenset[str]) -> None:
    theirs = Q(person_text_id=person_id) | access.one_of_addresses("email", addresses)
    Invitation.objects.filter(theirs, network_id=network_id).delete()
    JoinRequest.objects.filter(access.one_of_addresses("email", addresses), network_id=network_id).delete()


@wall.holding(wall.MAIL)
def _forget_mails(addresses: frozenset[str]) -> None:
    Message.objects.filter(access.one_of_addresses("to", addresses)).delete()


def _forget_sharings(network_id: NetworkId, *, person_id: str) -> None:
    """Delete what was shared of the card, with the person or by them, and how that was judged.

    What still has to be judged stays, by identifiers only.
    """
    with_them = Q(audience_kind=AudienceKind.PERSON.value, audience_id=person_id)
    theirs = Q(person_id=person_id) | Q(made_by=person_id) | with_them
    found = Sharing.objects.filter(theirs, network_id=network_id)
    Review.objects.filter(sharing__in=found, judged_at__isnull=True).update(sharing=None)
    found.delete()
    Attempt.objects.filter(network_id=network_id, asked_by=person_id).delete()


def _erase_user(user: User) -> None:
    keys = list(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    AccessAttempt.objects.filter(username__iexact=user.username).delete()
    user.delete()
