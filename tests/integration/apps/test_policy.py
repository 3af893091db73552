# SPDX-License-Identifier: EUPL-1.2
"""No list, page, API answer or suggestion holds a row that the policy refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse

from scharnier.apps.people import access
from scharnier.core import network, policy
from scharnier.core.kernel import NetworkId, PersonId, Role
from tests.factories import (
    DAY,
    a_consent,
    a_membership,
    a_network,
    a_person,
    a_service,
    a_tie,
    an_actor,
    an_organization,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
LISTING, CONTACT = network.Purpose.LISTING, network.Purpose.CONTACT
GONE = {"given": DAY - timedelta(days=9), "ends": DAY - timedelta(days=1)}
CONSENTS = {
    "niets": (),
    "vindbaar": (a_consent(LISTING),),
    "bereikbaar": (a_consent(LISTING), a_consent(CONTACT)),
    "alleen-bereik": (a_consent(CONTACT),),
    "voorbij": (a_consent(LISTING, **GONE), a_consent(CONTACT)),
    "vandaag": (a_consent(LISTING, given=DAY, ends=DAY),),
    "morgen": (a_consent(LISTING, given=DAY + timedelta(days=1)),),
    "samira": (),
}
PERSONS = {
    name: replace(a_person(name, name=f"Naam {name}", email=f"{name}@example.org"), consents=consents)
    for name, consents in CONSENTS.items()
}
SHARED = "niets voorbij bereikbaar"  # with who asks
TIES = [a_tie(source, target) for source, target in product(PERSONS, PERSONS) if source < target]


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground, load):
    load(
        a_network(
            organizations=(an_organization(),),
            services=(a_service(),),
            persons=tuple(PERSONS.values()),
            memberships=[a_membership(name, organization="schuldhulp") for name in PERSONS],
            ties=TIES,
        )
    )


def a_thing(kind, *about):
    return policy.Thing(
        kind=kind,
        network_id=NetworkId("kruisveld"),
        about=frozenset(map(PersonId, about)),
        consents=tuple(PERSONS[name].consents for name in about),
    )


def allowed(actor, kind, *about):
    return policy.allow(actor, policy.Act.SEE, a_thing(kind, *about), at=DAY)


@pytest.mark.parametrize("role", Role)
class TestAccess:
    def test_gives_the_persons_that_the_policy_allows(self, role):
        actor = an_actor(role=role, shared=SHARED)

        found = {row.text_id for row in access.persons(actor, on=DAY)}

        assert found == {name for name in PERSONS if allowed(actor, policy.Kind.PERSON, name)}

    def test_gives_the_ways_that_the_policy_allows(self, role):
        actor = an_actor(role=role, shared=SHARED)

        found = {row.text_id for row in access.persons(actor, on=DAY) if row.may_contact}

        assert found == {name for name in PERSONS if allowed(actor, policy.Kind.WAYS, name)}

    def test_gives_the_memberships_that_the_policy_allows(self, role):
        actor = an_actor(role=role, shared=SHARED)

        found = {row.person.text_id for row in access.memberships(actor, on=DAY)}

        assert found == {name for name in PERSONS if allowed(actor, policy.Kind.MEMBERSHIP, name)}

    def test_gives_the_ties_that_the_policy_allows(self, role):
        actor = an_actor(role=role, shared=SHARED)

        found = {(row.source.text_id, row.target.text_id) for row in access.ties(actor, on=DAY)}

        assert found == {
            (tie.source_id, tie.target_id)
            for tie in TIES
            if allowed(actor, policy.Kind.TIE, tie.source_id, tie.target_id)
        }

    @pytest.mark.parametrize(
        ("rows", "kind"),
        [
            (access.organizations, policy.Kind.ORGANIZATION),
            (access.services, policy.Kind.SERVICE),
            (access.communities, policy.Kind.COMMUNITY),
        ],
    )
    def test_gives_all_or_nothing_of_what_is_about_nobody(self, role, rows, kind):
        actor = an_actor(role=role, shared=SHARED)

        found = list(rows(actor))

        assert allowed(actor, kind) or found == []


@pytest.mark.parametrize("role", Role)
class TestPages:
    def test_of_persons_are_there_when_the_policy_allows(self, sign_in, role):
        client, actor = sign_in(role=role), an_actor(role=role)

        codes = {name: client.get(reverse("people:person", args=[name])).status_code for name in PERSONS}

        assert codes == {name: 200 if allowed(actor, policy.Kind.PERSON, name) else 404 for name in PERSONS}

    def test_name_nobody_whom_the_policy_refuses(self, sign_in, role):
        client, actor = sign_in(role=role), an_actor(role=role)
        addresses = [
            reverse("overview:ask"),
            reverse("people:organization", args=["schuldhulp"]),
            *(reverse("people:person", args=[name]) for name in PERSONS),
            *(f"/api/v1/{part}" for part in ("people", "organizations", "services")),
            *(f"/api/v1/people/{name}" for name in PERSONS),
        ]

        said = "".join(client.get(address).text for address in addresses)

        refused = [name for name in PERSONS if not allowed(actor, policy.Kind.PERSON, name)]
        assert [name for name in refused if f"Naam {name}" in said] == []
        unreachable = [name for name in PERSONS if not allowed(actor, policy.Kind.WAYS, name)]
        assert [name for name in unreachable if f"{name}@example.org" in said] == []

    def test_answer_a_question_with_whom_the_policy_allows(self, sign_in, role):
        client, actor = sign_in(role=role), an_actor(role=role)

        answer = client.post("/api/v1/ask", {"text": "Ik heb schulden"}, content_type="application/json")

        assert (answer.status_code == 200) is policy.allow(
            actor, policy.Act.CREATE, a_thing(policy.Kind.QUESTION), at=DAY
        )
        refused = [name for name in PERSONS if not allowed(actor, policy.Kind.PERSON, name)]
        assert [name for name in refused if f"Naam {name}" in answer.text] == []
