# SPDX-License-Identifier: EUPL-1.2
"""The only way to a tie on behalf of someone: those a picture shows, and one's own."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from scharnier.apps.people import access as people
from scharnier.apps.people import models
from scharnier.core import policy
from scharnier.core.kernel import Actor, NotFound, PersonId


class TieNotFound(NotFound):
    """No such tie, or none that is the actor's: one answer, so nothing leaks."""

    code = "picture.tie_not_found"


def shown_ties(actor: Actor, *, on: date) -> QuerySet[models.Tie]:
    """Return the ties of which the actor may know both persons."""
    seen = people.persons(actor, on=on).order_by().values("pk")
    return people.ties(actor, on=on).filter(source__in=seen, target__in=seen)


def declared_ties(actor: Actor) -> QuerySet[models.Tie]:
    """Return the ties from the actor to others, listed or not, those that were confirmed last first."""
    found = models.Tie.objects.filter(network_id=actor.network_id, source__text_id=actor.person_id)
    return found.select_related("target").order_by("-observed_date", "-pk")


def received_ties(actor: Actor) -> QuerySet[models.Tie]:
    """Return the ties from others to the actor, listed or not, those that were confirmed last first."""
    found = models.Tie.objects.filter(network_id=actor.network_id, target__text_id=actor.person_id)
    return found.select_related("source").order_by("-observed_date", "-pk")


def reachable_persons(actor: Actor, *, on: date) -> QuerySet[models.Person]:
    """Return to whom the actor may enter a tie: who may be seen, and who is tied to already."""
    seen = people.persons(actor, on=on).order_by().values("pk")
    tied = declared_ties(actor).order_by().values("target_id")
    found = models.Person.objects.filter(Q(pk__in=seen) | Q(pk__in=tied), network_id=actor.network_id)
    return found.exclude(text_id=actor.person_id).order_by("name", "pk")


def reachable_person(person_id: PersonId, *, actor: Actor, on: date) -> models.Person:
    """Return one person to whom the actor may enter a tie.

    Raises
    ------
    PersonNotFound
        Also when the person does not want to be found, or is the actor.
    """
    row = reachable_persons(actor, on=on).filter(text_id=person_id).first()
    if row is None:
        raise people.PersonNotFound(person_id=person_id)
    return row


def declared_tie_for_update(tie_pk: int, *, actor: Actor) -> models.Tie:
    """Return a tie that the actor entered, locked until the transaction ends.

    Raises
    ------
    TieNotFound
        Also when it is somebody else's.
    """
    return _own_for_update(tie_pk, Q(source__text_id=actor.person_id), act=policy.Act.CHANGE, actor=actor)


def tie_of_two_for_update(tie_pk: int, *, actor: Actor) -> models.Tie:
    """Return a tie that the actor is at either end of, locked until the transaction ends.

    Raises
    ------
    TieNotFound
        Also when it is between others.
    """
    either = Q(source__text_id=actor.person_id) | Q(target__text_id=actor.person_id)
    return _own_for_update(tie_pk, either, act=policy.Act.REMOVE, actor=actor)


def _own_for_update(tie_pk: int, own: Q, *, act: policy.Act, actor: Actor) -> models.Tie:
    found = models.Tie.objects.select_for_update(of=("self",)).select_related("source", "target")
    visible = people.allowed(actor, act, policy.Kind.TIE, meaning={policy.Condition.OWN: own})
    row = found.filter(visible, network_id=actor.network_id, pk=tie_pk).first()
    if row is None:
        raise TieNotFound(tie_id=tie_pk)
    return row
