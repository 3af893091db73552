# SPDX-License-Identifier: EUPL-1.2
"""The only way to a row of a signal or a match: for its owner and author, and for the two, by the policy.

Counting is for everybody in the network, and reads no more than `rows.OF_TRACE`.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from scharnier.apps.people import access as people
from scharnier.apps.people.models import Organization, Person
from scharnier.apps.signals import models
from scharnier.core import policy
from scharnier.core import signals as core
from scharnier.core.kernel import (
    Actor,
    MatchId,
    NetworkId,
    NotAllowed,
    NotFound,
    OrganizationId,
    SignalId,
)
from scharnier.core.signals import SignalState


class SignalNotFound(NotFound):
    """No such signal of the actor's own, or of an organization they act for."""

    code = "signals.signal_not_found"


class FormClosed(NotFound):
    """The network takes no signals of residents."""

    code = "signals.form_closed"


class MayNotTell(NotAllowed):
    """The actor may not tell a signal for that organization."""

    code = "signals.may_not_tell"


class TellsNone(NotAllowed):
    """Who has that role tells no signals, for no organization and not for themselves."""

    code = "signals.tells_none"


class ActsForNone(NotAllowed):
    """A list is of an organization, and the actor acts for none."""

    code = "signals.acts_for_none"


class MayNotMatch(NotAllowed):
    """The actor does not act for the organization that told it."""

    code = "signals.may_not_match"


def check_may_begin(actor: Actor, *, on: date) -> None:
    """Let those pass who may tell a signal at all, be it for themselves.

    Raises
    ------
    TellsNone
    """
    check_may_tell(actor, owner_id=None, on=on)


def may_see_counts(actor: Actor) -> bool:
    """Tell whether the actor may see what the signals of all together add up to."""
    return bool(policy.conditions_for(actor.role, policy.Act.SEE, policy.Kind.SIGNAL_BANDS))


def check_may_tell(actor: Actor, *, owner_id: OrganizationId | None, on: date) -> None:
    """Let those pass who may tell a signal for an organization, or for themselves.

    Raises
    ------
    TellsNone
        When the role tells no signals at all.
    MayNotTell
    """
    if not may_tell(actor):
        raise TellsNone(role=actor.role.value)
    told = policy.Thing(
        kind=policy.Kind.SIGNAL,
        network_id=actor.network_id,
        organization_id=owner_id,
        sender_id=None if owner_id else actor.person_id,
    )
    if not policy.allow(actor, policy.Act.CREATE, told, at=on):
        raise MayNotTell(role=actor.role.value)


def may_tell(actor: Actor) -> bool:
    """Tell whether somebody's role tells signals: their own, or those of organizations they act for."""
    return bool(policy.conditions_for(actor.role, policy.Act.CREATE, policy.Kind.SIGNAL))


def signals(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.Signal]:
    """Return the signals of the actor and of the organizations they act for, latest first."""
    return _own(actor, act, policy.Kind.SIGNAL)


def signals_with_text(actor: Actor) -> QuerySet[models.Signal]:
    """Return the signals of which the actor may read the words, latest first."""
    return _own(actor, policy.Act.SEE, policy.Kind.SIGNAL_TEXT)


def _own(actor: Actor, act: policy.Act, kind: policy.Kind) -> QuerySet[models.Signal]:
    meaning: people.Meaning = {
        policy.Condition.ON_BEHALF: Q(organization__text_id__in=sorted(actor.acts_for)),
        policy.Condition.SENT: Q(author__text_id=actor.person_id),
    }
    found = models.Signal.objects.filter(
        people.allowed(actor, act, kind, meaning=meaning), network_id=actor.network_id
    )
    return found.select_related("organization", "author").order_by("-told_at", "-pk")


def signal_for_update(signal_id: SignalId, *, actor: Actor, act: policy.Act) -> models.Signal:
    """Return a signal that the actor may change or take back, locked until the transaction ends.

    Raises
    ------
    SignalNotFound
        Also when it is somebody else's.
    """
    row = signals(actor, act=act).select_for_update(of=("self",)).filter(pk=signal_id).first()
    if row is None:
        raise SignalNotFound(signal_id=signal_id)
    return row


def counted(network_id: NetworkId) -> QuerySet[models.Signal]:
    """Return the signals of a network that count; for counting only, by `rows.OF_TRACE`."""
    found = models.Signal.objects.filter(network_id=network_id)
    return found.exclude(state=SignalState.WITHDRAWN.value).order_by("told_at", "pk")


def reception(network_id: NetworkId) -> Organization:
    """Return the organization that reads what residents tell.

    Raises
    ------
    FormClosed
    """
    row = models.Reception.objects.filter(network_id=network_id).select_related("organization").first()
    if row is None:
        raise FormClosed(network_id=network_id)
    return row.organization


def check_may_match(actor: Actor, *, owner_id: OrganizationId | None, on: date) -> None:
    """Let those pass who may let others know for an organization that it meets something.

    Raises
    ------
    MayNotMatch
    """
    thing = policy.Thing(kind=policy.Kind.MATCH, network_id=actor.network_id, organization_id=owner_id)
    if not policy.allow(actor, policy.Act.CREATE, thing, at=on):
        raise MayNotMatch(role=actor.role.value)


def matches(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.Match]:
    """Return the matches of the organizations that the actor acts for, latest first."""
    sides = models.Side.objects.filter(match=OuterRef("pk"), organization__text_id__in=sorted(actor.acts_for))
    meaning: people.Meaning = {policy.Condition.FOR_ASKED: Exists(sides)}
    allowed = people.allowed(actor, act, policy.Kind.MATCH, meaning=meaning)
    found = models.Match.objects.filter(allowed, network_id=actor.network_id)
    return found.prefetch_related("sides__organization__network").order_by("-asked_on", "-pk")


def match_for_update(match_id: MatchId, *, organization_id: OrganizationId, actor: Actor) -> models.Match:
    """Return a match in which the actor may decide for an organization, locked until the transaction ends.

    Raises
    ------
    MatchNotFound
        Also when it is of others.
    """
    found = matches(actor, act=policy.Act.HANDLE).select_for_update(of=("self",))
    row = found.filter(pk=match_id, sides__organization__text_id=organization_id).first()
    if row is None or organization_id not in actor.acts_for:
        raise core.MatchNotFound(match_id=match_id)
    return row


def held_match(match_id: MatchId, *, network_id: NetworkId) -> models.Match | None:
    """Return a match for the night, locked until the transaction ends; None when it is gone."""
    found = models.Match.objects.select_for_update(of=("self",)).filter(network_id=network_id, pk=match_id)
    return found.prefetch_related("sides__organization").first()


def author(actor: Actor) -> Person:
    """Return the row of who tells, locked until the transaction ends: before the network, as with a card.

    Raises
    ------
    PersonNotFound
        When the card was removed meanwhile.
    """
    return people.own_person_for_update(actor)


def owner(network_id: NetworkId, organization_id: OrganizationId) -> Organization:
    """Return the row of an organization that tells.

    Raises
    ------
    OrganizationNotFound
    """
    row = Organization.objects.filter(network_id=network_id, text_id=organization_id).first()
    if row is None:
        raise people.OrganizationNotFound(organization_id=organization_id)
    return row
