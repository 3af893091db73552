# SPDX-License-Identifier: EUPL-1.2
"""Acts on invitations: send one, again, take it back, and say yes to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.formats import date_format

from scharnier.apps import wall
from scharnier.apps.audit import services as log
from scharnier.apps.mail import services as mail
from scharnier.apps.members import access, models, tokens
from scharnier.apps.members.services._networks import new_person
from scharnier.apps.people import services as people
from scharnier.apps.people.access import PersonNotFound
from scharnier.apps.people.models import Account, Network, Person, User
from scharnier.core import policy
from scharnier.core.kernel import Actor, Conflict, NetworkId, NotFound, PersonId, Role

VALID_DAYS: Final = 14
LinkTo = Callable[[str], str]  # from a token to the address of its page


class InvitationUnknown(NotFound):
    """No invitation belongs to this link."""

    code = "members.invitation_unknown"


class InvitationExpired(Conflict):
    """The link is older than its two weeks."""

    code = "members.invitation_expired"


class InvitationUsed(Conflict):
    """The link has done its work."""

    code = "members.invitation_used"


class InvitationWithdrawn(Conflict):
    """The invitation was taken back."""

    code = "members.invitation_withdrawn"


class AlreadyInvited(Conflict):
    """There is an open invitation to that address."""

    code = "members.already_invited"


class AlreadyMember(Conflict):
    """The user has an account in that network."""

    code = "members.already_member"


class CardTaken(Conflict):
    """The card belongs to somebody who can sign in already."""

    code = "members.card_taken"


class NameTaken(Conflict):
    """There is a user of that name."""

    code = "members.name_taken"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """Who comes in by an invitation and cannot sign in yet."""

    name: str
    password: str


@transaction.atomic
def invite(
    *,
    email: str,
    role: Role,
    actor: Actor,
    at: datetime,
    link_to: LinkTo,
    person_id: PersonId | None = None,
) -> models.Invitation:
    """Invite an address into the actor's network, by a mail with a link that works once.

    Raises
    ------
    NotForThisRole
    AlreadyInvited
    AlreadyMember
    PersonNotFound
    CardTaken
    """
    access.demand(actor, policy.Act.CREATE, policy.Kind.INVITATION)
    network = access.network_for_update(actor)
    address = email.strip().lower()
    _check_address(address, network=network)
    if person_id:
        _free_card(person_id, network=network)
    row = models.Invitation(
        network=network,
        email=address,
        role=role.value,
        person_text_id=person_id or "",
        invited_by=actor.person_id,
    )
    _send(row, actor=actor, at=at, link_to=link_to)
    facts = {"role": role.value}
    _record("invitation.sent", row, actor=actor, at=at, facts=facts)
    return row


@transaction.atomic
def send_invitation_again(invitation_pk: int, *, actor: Actor, at: datetime, link_to: LinkTo) -> None:
    """Send an open invitation once more, with a new link and two new weeks; the old link stops working.

    Raises
    ------
    InvitationNotFound
    InvitationUsed
    InvitationWithdrawn
    """
    access.demand(actor, policy.Act.CREATE, policy.Kind.INVITATION)
    row = access.invitation_for_update(invitation_pk, actor=actor)
    _check_open(row)
    _send(row, actor=actor, at=at, link_to=link_to)
    _record("invitation.sent_again", row, actor=actor, at=at)


@transaction.atomic
def withdraw_invitation(invitation_pk: int, *, actor: Actor, at: datetime) -> None:
    """Take an open invitation back: its link stops working at once.

    Raises
    ------
    InvitationNotFound
    InvitationUsed
    InvitationWithdrawn
    """
    row = access.invitation_for_update(invitation_pk, actor=actor, act=policy.Act.REMOVE)
    _check_open(row)
    row.withdrawn_at = at
    row.save(update_fields=["withdrawn_at"])
    _record("invitation.withdrawn", row, actor=actor, at=at)


def check_invitation(token: str, *, at: datetime) -> models.Invitation:
    """Return the invitation that a link is for, when it still works.

    Raises
    ------
    InvitationUnknown
    InvitationUsed
    InvitationWithdrawn
    InvitationExpired
    """
    with wall.in_network(_network_of(token, at=at)):
        return _usable(_found(token).select_related("network").first(), at=at)


@transaction.atomic
def accept_invitation(token: str, *, user: User, name: str, at: datetime) -> NetworkId:
    """Let a user join by a link, with the card it is for or a new one that nobody finds yet.

    Raises
    ------
    InvitationUnknown
    InvitationUsed
    InvitationWithdrawn
    InvitationExpired
    AlreadyMember
    """
    with wall.in_network(_network_of(token, at=at)):
        return _accept(_usable(_found(token).select_for_update().first(), at=at), user=user, name=name, at=at)


def _accept(row: models.Invitation, *, user: User, name: str, at: datetime) -> NetworkId:
    if Account.objects.filter(user=user, network_id=row.network_id).exists():
        raise AlreadyMember
    person = _taken_up(row) or new_person(row.network, name=name)
    Account.objects.create(user=user, network_id=row.network_id, person=person, role=row.role)
    row.used_at = at
    row.save(update_fields=["used_at"])
    network_id = NetworkId(row.network_id)
    people.bump_revision(network_id)
    actor = Actor(network_id=network_id, person_id=PersonId(person.text_id), role=Role(row.role))
    _record("invitation.accepted", row, actor=actor, at=at, facts={"role": row.role})
    return network_id


@transaction.atomic
def accept_with_new_user(token: str, *, new_user: NewUser, at: datetime) -> User:
    """Make a user whose name is the address the link was sent to, and let it join.

    Raises
    ------
    InvitationUnknown
    InvitationUsed
    InvitationWithdrawn
    InvitationExpired
    NameTaken
    """
    with wall.in_network(_network_of(token, at=at)):
        address = _usable(_found(token).select_for_update().first(), at=at).email
    if User.objects.filter(username__iexact=address).exists():
        raise NameTaken
    user = User.objects.create_user(
        address, email=address, password=new_user.password, first_name=new_user.name[:150]
    )
    EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)  # the link came there
    accept_invitation(token, user=user, name=new_user.name, at=at)
    return user


def _network_of(token: str, *, at: datetime) -> NetworkId:
    """Return where a link leads; one query for a link that does not work, whatever the reason."""
    row = access.invitation_by_digest(tokens.digest_of(token))
    return NetworkId(_usable(row, at=at).network_id)


def _found(token: str) -> QuerySet[models.Invitation]:
    return models.Invitation.objects.filter(token_digest=tokens.digest_of(token))


def _usable(row: models.Invitation | None, *, at: datetime) -> models.Invitation:
    if row is None:
        raise InvitationUnknown
    _check_open(row)
    if row.expires_at <= at:
        raise InvitationExpired
    return row


def _check_open(row: models.Invitation) -> None:
    if row.used_at:
        raise InvitationUsed
    if row.withdrawn_at:
        raise InvitationWithdrawn


def _check_address(address: str, *, network: Network) -> None:
    invited = models.Invitation.objects.filter(network=network, email=address)
    if invited.filter(used_at__isnull=True, withdrawn_at__isnull=True).exists():
        raise AlreadyInvited
    if Account.objects.filter(network=network, user__username__iexact=address).exists():
        raise AlreadyMember


def _free_card(person_id: PersonId, *, network: Network) -> None:
    person = Person.objects.filter(network=network, text_id=person_id).first()
    if person is None:
        raise PersonNotFound(person_id=person_id)
    if Account.objects.filter(person=person).exists():
        raise CardTaken


def _taken_up(row: models.Invitation) -> Person | None:
    """Return the card an invitation is for, its person's from now on; None when it went or was taken."""
    found = Person.objects.filter(network_id=row.network_id, text_id=row.person_text_id or None)
    person = found.filter(account__isnull=True).first()
    if person is not None:
        person.awaits_person = False
        person.save(update_fields=["awaits_person"])
    return person


def _send(row: models.Invitation, *, actor: Actor, at: datetime, link_to: LinkTo) -> None:
    token = tokens.new_token()
    row.token_digest, row.made_at, row.expires_at = (
        tokens.digest_of(token),
        at,
        at + timedelta(days=VALID_DAYS),
    )
    row.save()
    language: Final = "en" if row.network.language == "en" else "nl"
    with translation.override(language):
        until = date_format(timezone.localtime(row.expires_at), "j F Y")
    facts = {
        "inviter": access.own_account(actor).person.name,
        "network": row.network.name,
        "link": link_to(token),
        "until": until,
    }
    mail.queue_message(to=row.email, template="invitation", facts=facts, language=language)


def _record(
    act: str, row: models.Invitation, *, actor: Actor, at: datetime, facts: dict[str, str] | None = None
) -> None:
    log.record(actor=actor, act=act, kind="invitation", object_id=str(row.pk), at=at, facts=facts or {})
