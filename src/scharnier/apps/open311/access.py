# SPDX-License-Identifier: EUPL-1.2
"""The only way to what other systems may report: for coordinators by the policy, for those systems by key."""

from __future__ import annotations

import hashlib
from datetime import date, datetime

from django.db.models import Q, QuerySet

from scharnier.apps.members import access as members
from scharnier.apps.open311 import models
from scharnier.apps.people import access as people
from scharnier.apps.people.models import Account, Topic
from scharnier.apps.referral import access as referrals
from scharnier.apps.referral.models import Referral
from scharnier.core import policy
from scharnier.core.kernel import Actor, NetworkId, NotAllowed, NotFound, Role
from scharnier.core.network import Field
from scharnier.core.referral import About


class OfferNotFound(NotFound):
    """The network does not take such reports."""

    code = "open311.offer_not_found"


class KeyNotFound(NotFound):
    """No such key that works in the actor's network."""

    code = "open311.key_not_found"


class ReportNotFound(NotFound):
    """No such report, or none that may be seen."""

    code = "open311.report_not_found"


class SystemNotFound(NotFound):
    """No such system in the actor's network."""

    code = "open311.system_not_found"


class PassageNotFound(NotFound):
    """Nothing of that number is stuck in the actor's network."""

    code = "open311.passage_not_found"


class UnknownJurisdiction(NotFound):
    """No network of that name takes reports."""

    code = "open311.unknown_jurisdiction"


class WrongKey(NotAllowed):
    """The key is missing, revoked, or none of this network."""

    code = "open311.wrong_key"


def demand(actor: Actor, act: policy.Act = policy.Act.SEE) -> None:
    """Let those pass whose role keeps what may be reported.

    Raises
    ------
    NotForThisRole
    """
    members.demand(actor, act, policy.Kind.REPORTING)


def _allowed(actor: Actor, act: policy.Act) -> Q:
    return people.allowed(actor, act, policy.Kind.REPORTING, meaning={})


def offers(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.Offer]:
    """Return what may be reported in the actor's network."""
    found = models.Offer.objects.filter(_allowed(actor, act), network_id=actor.network_id)
    return found.select_related("organization", "keeper").order_by("topic_id")


def keys(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.Key]:
    """Return the keys of the actor's network that work, first made first."""
    found = models.Key.objects.filter(_allowed(actor, act), network_id=actor.network_id)
    return found.filter(revoked_at__isnull=True).select_related("organization").order_by("made_at", "pk")


def waiting(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.Report]:
    """Return the reports that wait for a coordinator of the actor's network, oldest first."""
    found = models.Report.objects.filter(_allowed(actor, act), network_id=actor.network_id)
    found = found.filter(referral__isnull=True, signal__isnull=True, dropped_at__isnull=True)
    return found.select_related("area", "key").order_by("received_at", "id")


def waiting_report(report_id: str, *, actor: Actor, lock: bool = False) -> models.Report:
    """Return one report that waits.

    Raises
    ------
    ReportNotFound
    """
    found = waiting(actor, act=policy.Act.CHANGE).filter(pk=report_id)
    row = (found.select_for_update(of=("self",)) if lock else found).first()
    if row is None:
        raise ReportNotFound(report_id=report_id)
    return row


def keeper_of(offer: models.Offer, *, on: date) -> Actor | None:
    """Return who asks the organization of an offer: the coordinator who chose it, while still one."""
    keeper = offer.keeper
    if keeper is None or keeper.role != Role.COORDINATOR.value:
        return None
    return people.actor_of_account(keeper, on=on)


def topics_of_public_space(network_id: NetworkId) -> QuerySet[Topic]:
    """Return the topics of a network that can be reported at all."""
    found = Topic.objects.filter(network_id=network_id).order_by("text_id")
    wanted = [row.pk for row in found if Field.PUBLIC_SPACE.value in row.fields]
    return found.filter(pk__in=wanted)


def published_offers(network_id: NetworkId) -> dict[str, models.Offer]:
    """Return what may be reported in a network, by topic; anybody may see this.

    Raises
    ------
    UnknownJurisdiction
        When it takes no reports, or there is no such network.
    """
    found = models.Offer.objects.filter(network_id=network_id).select_related("organization", "keeper")
    by_topic = {row.topic_id: row for row in found}
    if not by_topic:
        raise UnknownJurisdiction(jurisdiction_id=network_id)
    return by_topic


def key_for_update(network_id: NetworkId, api_key: str) -> models.Key:
    """Return the row of a key that works, locked until the transaction ends.

    Raises
    ------
    WrongKey
    """
    found = models.Key.objects.select_for_update().filter(network_id=network_id, revoked_at__isnull=True)
    row = found.filter(digest=digest_of(api_key)).first() if api_key else None
    if row is None:
        raise WrongKey
    return row


def digest_of(api_key: str) -> str:
    """Return what we keep of a key: it is long and drawn by chance, so a plain digest tells nothing."""
    return hashlib.sha256(api_key.encode()).hexdigest()


def published_reports(network_id: NetworkId, *, topics: list[str]) -> QuerySet[models.Report]:
    """Return the reports on topics that a network publishes, oldest first.

    Those that became a signal are among them, so that who reported can ask for the number; no list has them.
    """
    found = models.Report.objects.filter(network_id=network_id, topic_id__in=topics)
    return found.select_related("area", "signal").order_by("received_at", "id")


def published_referrals(network_id: NetworkId, *, since: datetime, until: datetime) -> QuerySet[Referral]:
    """Return the referrals on a problem that were sent and were no report, oldest first.

    Which of them are about a topic that the network publishes, the caller looks up.
    """
    found = Referral.objects.filter(network_id=network_id, about=About.PROBLEM.value, report__isnull=True)
    found = found.filter(made_at__range=(since, until), turns__requested_at__isnull=False).distinct()
    return whole(found).order_by("made_at", "id")


def whole(found: QuerySet[Referral]) -> QuerySet[Referral]:
    """Return referrals with all that hangs on them, in a few queries."""
    related = ("turns__" + name for name in referrals.PARTIES)
    return found.select_related(*referrals.OF_WHOLE).prefetch_related("events", "feedback", "turns", *related)


def account_of(actor: Actor) -> Account | None:
    """Return the account of who acts."""
    found = Account.objects.filter(network_id=actor.network_id, person__text_id=actor.person_id)
    return found.first()


def systems(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.System]:
    """Return the systems of organizations in the actor's network, by the name of the organization."""
    found = models.System.objects.filter(_allowed(actor, act), network_id=actor.network_id)
    return found.select_related("organization").order_by("organization__name", "pk")


def system_row(system_pk: int, *, actor: Actor, lock: bool = False) -> models.System:
    """Return one system that the actor keeps.

    Raises
    ------
    SystemNotFound
    """
    found = systems(actor, act=policy.Act.CHANGE).filter(pk=system_pk)
    row = (found.select_for_update(of=("self",)) if lock else found).first()
    if row is None:
        raise SystemNotFound(system_id=system_pk)
    return row


def stuck(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.Passage]:
    """Return what did not certainly arrive in the systems of others, oldest first."""
    found = models.Passage.objects.filter(_allowed(actor, act), network_id=actor.network_id)
    return (
        found.filter(step__in=models.STUCK).select_related("system__organization").order_by("made_at", "id")
    )


def stuck_for_update(passage_id: str, *, actor: Actor) -> models.Passage:
    """Return one that is stuck, locked until the transaction ends.

    Raises
    ------
    PassageNotFound
    """
    found = stuck(actor, act=policy.Act.CHANGE).select_for_update(of=("self",))
    row = found.filter(pk=passage_id).first()
    if row is None:
        raise PassageNotFound(passage_id=passage_id)
    return row
