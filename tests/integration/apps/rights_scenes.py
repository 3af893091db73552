# SPDX-License-Identifier: EUPL-1.2
"""A network in which others say things about Samira, and short words for what the tests of rights look at."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.apps import apps
from django.core import serializers
from django.test import Client
from django.urls import reverse

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.members.models import Invitation
from scharnier.apps.people import models, services
from scharnier.apps.tombstones.models import Tombstone
from scharnier.core import network, referral
from scharnier.core.kernel import OrganizationId, PersonId, Role
from tests.factories import (
    DAY,
    NOON,
    a_community,
    a_membership,
    a_network,
    a_person,
    a_tie,
    an_actor,
    an_organization,
)
from tests.integration.apps.members_scenes import PASSWORD, let_in

ROLES = {"ria": Role.COORDINATOR, "samira": Role.PROFESSIONAL, "karel": Role.RESIDENT}
SAMIRA, KAREL = an_actor("samira"), an_actor("karel", role=Role.RESIDENT)
RIA = an_actor("ria", role=Role.COORDINATOR)
NAME = "Samira Ouaddi-Zilverspoor"  # stands nowhere but in what is about her
EMAIL = "samira@kruisveld.example"


def kruisveld() -> network.Network:
    """Samira has a card, roles and contacts; Joke has a card only; Stil does not want to be found."""
    return a_network(
        organizations=(an_organization(), an_organization("jongerenwerk")),
        communities=(a_community(),),
        persons=(
            a_person("samira", name=NAME, summary="Ik help bij schulden.", email=EMAIL),
            a_person("karel"),
            a_person("ria"),
            a_person("joke", name="Joke de Wit", email="joke@example.org", purposes=()),
            a_person("stil", name="Stil van Veen", purposes=()),
        ),
        memberships=(
            a_membership("samira", organization="schuldhulp", role="adviseur", start=DAY),
            a_membership("samira", community="koor"),
            a_membership("joke", community="koor", role="alt"),
        ),
        ties=(
            a_tie("samira", "karel"),
            a_tie("karel", "samira", kind=network.TieKind.WORKS_WITH),
            a_tie("karel", "samira", kind=network.TieKind.TRUSTS),
            a_tie("stil", "samira"),
            a_tie("samira", "joke"),
        ),
    )


def settle() -> None:
    outcomes = [
        referral.Outcome(
            text="Wie helpt bij schulden?",
            party=referral.Party(person_id=PersonId("samira"), organization_id=organization),
            response=referral.Response.ACCEPTED,
            on=DAY,
        )
        for organization in (OrganizationId("schuldhulp"), None)
    ]
    services.load_network(kruisveld(), at=NOON, outcomes=outcomes)
    let_in("kruisveld", ROLES)


def row(person_id: str = "samira") -> models.Person:
    return models.Person.objects.get(network_id="kruisveld", text_id=person_id)


def invite(email: str, *, network_id: str = "kruisveld", person_id: str = "") -> Invitation:
    return Invitation.objects.create(
        network_id=network_id,
        email=email,
        role="resident",
        person_text_id=person_id,
        invited_by="ria",
        token_digest=uuid4().hex,
        made_at=NOON,
        expires_at=NOON + timedelta(days=14),
    )


def decline(
    person_id: str, *, person: models.Person | None = None, organization: models.Organization | None = None
) -> None:
    """Let somebody decline a question, and name others in their place."""
    models.Outcome.objects.create(
        network_id="kruisveld",
        text="Wie helpt bij schulden?",
        person=row(person_id),
        response=referral.Response.DECLINED.value,
        reason=referral.Reason.CONFLICT.value,
        rather_person=person,
        rather_organization=organization,
        happened_date=DAY,
    )


def last_event() -> AuditEvent:
    return AuditEvent.objects.filter(network_id="kruisveld").order_by("-number")[0]


def stones() -> list[tuple[str, str, str]]:
    return [(each.kind, each.object_id, each.by) for each in Tombstone.objects.order_by("pk")]


def prove_identity(client: Client) -> None:
    """Give the password once more, as one must before being erased."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def whole_database() -> str:
    """Return every row of every table as text."""
    kinds = sorted(apps.get_models(), key=lambda model: model._meta.label)
    rows = [each for kind in kinds for each in kind._default_manager.order_by("pk")]
    return serializers.serialize("json", rows)
