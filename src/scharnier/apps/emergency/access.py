# SPDX-License-Identifier: EUPL-1.2
"""The only way to a card by breaking the glass, and to a review: as the policy allows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from scharnier.apps.emergency import models
from scharnier.apps.members import access as members
from scharnier.apps.people import access as people
from scharnier.apps.people.models import Account, Person
from scharnier.core import policy
from scharnier.core.kernel import Actor, NotFound, PersonId, Role


class ReviewNotFound(NotFound):
    """No such review in the actor's network, or one of what the actor did."""

    code = "emergency.review_not_found"


def may_open(actor: Actor) -> bool:
    """Tell whether the actor's role may break the glass."""
    return members.may(actor, policy.Act.CREATE, policy.Kind.EMERGENCY)


def may_judge(actor: Actor) -> bool:
    """Tell whether the actor's role judges what others opened."""
    return members.may(actor, policy.Act.SEE, policy.Kind.REVIEW)


def check_may_open(actor: Actor) -> None:
    """Let those pass whose role may break the glass.

    Raises
    ------
    NotForThisRole
    """
    members.demand(actor, policy.Act.CREATE, policy.Kind.EMERGENCY)


def check_may_judge(actor: Actor) -> None:
    """Let those pass whose role judges what others opened.

    Raises
    ------
    NotForThisRole
    """
    members.demand(actor, policy.Act.SEE, policy.Kind.REVIEW)


def reachable_person(name: str, *, actor: Actor, on: date) -> PersonId | None:
    """Return the one person of a name whom the actor can reach without breaking anything."""
    found = people.persons(actor, on=on).filter(may_contact=True).values_list("text_id", "name")
    return _only(found, name=name)


def person_named(name: str, *, actor: Actor) -> PersonId | None:
    """Return the one person of the actor's network with exactly this name, hidden or not.

    The one way past consent: whoever asks has counted the attempt and puts it on record.
    """
    found = Person.objects.filter(network_id=actor.network_id).values_list("text_id", "name")
    return _only(found, name=name)


def _only(found: Iterable[tuple[str, str]], *, name: str) -> PersonId | None:
    """Return the identifier of the only one of a name; None for nobody and for several."""
    wanted = _folded(name)
    ids = [text_id for text_id, own_name in found if _folded(own_name) == wanted]
    return PersonId(ids[0]) if len(ids) == 1 else None


def _folded(name: str) -> str:
    """Return a name as it compares: without capitals, and with one space between words."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def attempts(actor: Actor, *, since: datetime) -> QuerySet[models.Attempt]:
    """Return how often the actor tried after a moment."""
    return models.Attempt.objects.filter(
        network_id=actor.network_id, asked_by=actor.person_id, made_at__gt=since
    )


def open_reviews(actor: Actor, *, act: policy.Act = policy.Act.SEE) -> QuerySet[models.Review]:
    """Return what others opened and nobody judged yet, what is due first first."""
    allowed = people.allowed(actor, act, policy.Kind.REVIEW, meaning={})
    found = models.Review.objects.filter(allowed, network_id=actor.network_id, judged_at__isnull=True)
    return found.exclude(asked_by=actor.person_id).order_by("due_date", "pk")


def review_for_update(review_pk: int, *, actor: Actor) -> models.Review:
    """Return a review that the actor may judge, judged or not, locked until the transaction ends.

    Raises
    ------
    ReviewNotFound
    """
    allowed = people.allowed(actor, policy.Act.CHANGE, policy.Kind.REVIEW, meaning={})
    found = models.Review.objects.select_for_update(of=("self",)).select_related("sharing")
    found = found.filter(allowed, network_id=actor.network_id, pk=review_pk)
    row = found.exclude(asked_by=actor.person_id).first()
    if row is None:
        raise ReviewNotFound(review_id=review_pk)
    return row


def names_of_askers(reviews: Iterable[models.Review], *, actor: Actor) -> dict[str, str]:
    """Return who asked, by identifier; also who does not want to be found: breaking the glass is told."""
    ids = {row.asked_by for row in reviews}
    found = Person.objects.filter(network_id=actor.network_id, text_id__in=sorted(ids))
    return dict(found.values_list("text_id", "name"))


def answering_role(network_id: str, *, besides: str) -> Role:
    """Return the role that judges what somebody did: coordinator, or board where there is no other one.

    Where there is neither it is the administrator's, who is told of it and cannot judge.
    """
    others = Account.objects.filter(network_id=network_id).exclude(person__text_id=besides)
    roles = set(others.values_list("role", flat=True))
    return next((role for role in (Role.COORDINATOR, Role.BOARD) if role in roles), Role.ADMINISTRATOR)


def told(role: Role, *, network_id: str, besides: str) -> QuerySet[Account]:
    """Return who of a role hears of what somebody did."""
    found = Account.objects.filter(network_id=network_id, role=role.value)
    return found.exclude(person__text_id=besides).select_related("user").order_by("pk")


def account_of(person_id: str, *, network_id: str) -> Account | None:
    """Return the account of a person, to tell them what concerns them."""
    found = Account.objects.filter(network_id=network_id, person__text_id=person_id)
    return found.select_related("user").first()
