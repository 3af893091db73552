# SPDX-License-Identifier: EUPL-1.2
"""A card shared with a purpose: who gets it, until when, and what is written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from scharnier.apps.http import now
from scharnier.apps.people import access as people
from scharnier.apps.people import models as people_models
from scharnier.apps.people import services
from scharnier.apps.sharing import access, labels, models
from scharnier.apps.sharing import services as sharings
from scharnier.core import sharing
from scharnier.core.kernel import NetworkId, OrganizationId, Role
from scharnier.core.sharing import Audience, AudienceKind, LegalBasis, Purpose
from scharnier.core.text import PersonalDataFound
from tests.factories import DAY, NOON, a_network, a_person, an_actor
from tests.integration import neighbourhood as here

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
STIL, KAREL = an_actor("stil", role=Role.RESIDENT), an_actor("karel")
LIST, ADD = reverse("people:sharing"), reverse("people:share")
SAYS = {"purpose": "together", "reason": "Wij bereiden het straatfeest voor.", "until": "2026-06-30"}
HIDDEN = "Stille Kracht"
ADDRESS, PHONE = "stil@example.org", "06 55555555"


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground, load):
    load(here.a_neighbourhood())
    row = here.person("stil")
    row.email, row.phone, row.visibility = ADDRESS, PHONE, {"phone": "private"}
    row.save(update_fields=["email", "phone", "visibility"])


def a_wish(kind=AudienceKind.PERSON, audience_id="karel", **parts):
    said = {"purpose": Purpose.TOGETHER, "reason": "Wij bereiden het straatfeest voor.", "until": DAY}
    return services.SharingWish(audience=Audience(kind=kind, id=audience_id), **{**said, **parts})


def shared_by_stil(kind=AudienceKind.PERSON, audience_id="karel", *, at=None, **parts):
    services.share_card(a_wish(kind, audience_id, **parts), actor=STIL, on=DAY, at=at or now())
    return models.Sharing.objects.latest("pk")


def a_row(**parts):
    return models.Sharing(
        **{
            "network_id": "kruisveld",
            "person_id": "stil",
            "audience_kind": "person",
            "audience_id": "karel",
            "purpose": "help",
            "reason": "Omdat het kan.",
            "basis": "consent",
            "made_by": "stil",
            "starts_at": NOON,
            "ends_at": NOON + timedelta(days=1),
            **parts,
        }
    )


def as_karel(user_of_karel, *, at):
    return people.actor_of_user(user_of_karel, on=DAY, at=at, network_id=NetworkId("kruisveld"))


def addresses_of_stil():
    return [
        reverse("people:person", args=["stil"]),
        "/api/v1/people",
        "/api/v1/people/stil",
        reverse("picture:contacts") + "?search=stil",
        reverse("picture:picture"),
        reverse("picture:data"),
        reverse("people:organization", args=["jongerenwerk"]),
        LIST,
        "/api/v1/me/sharings",
    ]


class TestSharingRow:
    @pytest.mark.parametrize(
        "parts",
        [
            {"ends_at": NOON},
            {"ends_at": NOON + timedelta(days=367)},
            {"audience_kind": "anybody"},
            {"audience_id": ""},
            {"audience_id": "stil"},
            {"purpose": "fun"},
            {"basis": "because"},
            {"reason": ""},
            {"purpose": "emergency"},
            {"basis": "vital_interests"},
            {"purpose": "emergency", "basis": "vital_interests", "ends_at": NOON + timedelta(hours=3)},
            {
                "purpose": "emergency",
                "basis": "vital_interests",
                "made_by": "karel",
                "ends_at": NOON + timedelta(hours=4),
            },
        ],
        ids=str,
    )
    def test_is_refused_by_the_database_when_it_breaks_a_rule(self, parts):
        with pytest.raises(IntegrityError), transaction.atomic():
            a_row(**parts).save()

    @pytest.mark.parametrize(
        "parts",
        [
            {},
            {"ends_at": NOON + sharing.LASTS_AT_MOST},
            {
                "purpose": "emergency",
                "basis": "vital_interests",
                "made_by": "karel",
                "ends_at": NOON + timedelta(hours=3),
            },
        ],
        ids=str,
    )
    def test_is_kept_when_it_follows_the_rules(self, parts):
        a_row(**parts).save()

        assert models.Sharing.objects.count() == 1

    def test_cannot_be_made_longer_afterwards(self):
        row = a_row()
        row.save()

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Sharing.objects.update(ends_at=NOON + timedelta(days=400))


class TestReceived:
    def test_is_what_the_core_says_at_every_moment(self):
        moments = [NOON + timedelta(hours=n) for n in (-1, 0, 5, 10, 11)]
        audiences = [("person", "karel"), ("organization", "schuldhulp"), ("role", "board")]
        for kind, audience_id in audiences:
            a_row(audience_kind=kind, audience_id=audience_id, ends_at=NOON + timedelta(hours=10)).save()
        actors = [
            an_actor("karel"),
            an_actor("samira", acts_for="schuldhulp jongerenwerk"),
            an_actor("samira", role=Role.BOARD),
            an_actor("schuldhulp"),
            an_actor("karel", network_id="elders"),
        ]

        for actor, at in product(actors, moments):
            found = {row.pk for row in access.received(actor, at=at)}

            expected = {
                row.pk
                for row in models.Sharing.objects.filter(network_id=actor.network_id)
                if row.starts_at <= at < row.ends_at
                and sharing.is_for(Audience(kind=AudienceKind(row.audience_kind), id=row.audience_id), actor)
            }
            assert found == expected, (actor, at)

    def test_ends_when_it_is_stopped(self):
        row = shared_by_stil()
        assert list(access.received(KAREL, at=now())) == [row]

        sharings.stop(row.pk, actor=STIL, at=now())

        assert list(access.received(KAREL, at=now())) == []


class TestActorOfUser:
    def test_carries_the_cards_that_are_shared_with_person_role_and_organization(self, sign_in):
        sign_in("karel")
        user = people_models.User.objects.get(username="karel@kruisveld")
        a_row(ends_at=NOON + timedelta(hours=1)).save()
        a_row(person_id="samira", made_by="samira", audience_kind="role", audience_id="professional").save()
        a_row(
            person_id="anneke", made_by="anneke", audience_kind="organization", audience_id="schuldhulp"
        ).save()

        reach = [as_karel(user.pk, at=at) for at in (NOON, NOON + timedelta(hours=2), None)]

        assert [actor.shared_with_me for actor in reach] == [
            {"stil", "samira", "anneke"},
            {"samira", "anneke"},
            set(),
        ]
        assert {actor.acts_for for actor in reach} == {frozenset({OrganizationId("schuldhulp")})}

    def test_takes_as_many_queries_as_before(self, sign_in, django_assert_num_queries):
        sign_in("karel")
        user = people_models.User.objects.get(username="karel@kruisveld")

        with django_assert_num_queries(2):  # account; organizations and shared cards
            as_karel(user.pk, at=NOON)

    def test_knows_no_claim_as_an_organization_to_share_with(self, sign_in):
        sign_in("karel")
        people_models.Membership.objects.filter(person__text_id="karel").update(is_confirmed=False)
        a_row(audience_kind="organization", audience_id="schuldhulp").save()
        user = people_models.User.objects.get(username="karel@kruisveld")

        assert as_karel(user.pk, at=NOON).shared_with_me == frozenset()


class TestShareCard:
    def test_keeps_purpose_basis_audience_and_end(self):
        row = shared_by_stil(AudienceKind.ORGANIZATION, "schuldhulp", until=DAY + timedelta(days=30))

        assert (row.person_id, row.audience_kind, row.audience_id) == ("stil", "organization", "schuldhulp")
        assert (row.purpose, row.basis, row.made_by) == ("together", "consent", "stil")
        assert row.ends_at.isoformat() == "2026-04-28T22:00:00+00:00"  # midnight where the network is

    def test_is_on_record_without_words(self):
        row = shared_by_stil()

        event = here.last_event()
        assert (event.act, event.kind, event.object_id) == ("sharing.begun", "person", "stil")
        assert (event.purpose, event.basis) == ("together", "consent")
        assert event.facts == f'{{"audience":"person","sharing":"{row.pk}"}}'

    @pytest.mark.parametrize(
        ("kind", "audience_id"),
        [
            (AudienceKind.PERSON, "stil"),
            (AudienceKind.PERSON, "niemand"),
            (AudienceKind.ORGANIZATION, "karel"),
            (AudienceKind.ROLE, "administrator"),
            (AudienceKind.ROLE, "researcher"),
        ],
    )
    def test_refuses_whom_nothing_can_be_shared_with(self, kind, audience_id):
        with pytest.raises(services.UnknownAudience):
            shared_by_stil(kind, audience_id)

        assert not models.Sharing.objects.exists()

    @pytest.mark.parametrize("days", [-1, 367])
    def test_refuses_an_end_in_the_past_or_too_far_away(self, days):
        with pytest.raises(sharing.InvalidEnd):
            shared_by_stil(until=DAY + timedelta(days=days))

    def test_refuses_personal_data_of_others_in_the_reason(self):
        with pytest.raises(PersonalDataFound):
            shared_by_stil(reason="Bel Jan op 06 12345678.")

        assert here.acts() == []

    def test_cannot_name_a_hidden_person(self):
        with pytest.raises(services.UnknownAudience):
            services.share_card(a_wish(audience_id="stil"), actor=KAREL, on=DAY, at=now())


class TestStop:
    @pytest.mark.parametrize("actor", [KAREL, an_actor("anneke", role=Role.COORDINATOR)])
    def test_is_for_whose_card_it_is_only(self, actor):
        row = shared_by_stil()

        with pytest.raises(access.SharingNotFound):
            sharings.stop(row.pk, actor=actor, at=now())

    def test_is_done_once(self):
        row = shared_by_stil()
        sharings.stop(row.pk, actor=STIL, at=now())

        with pytest.raises(access.SharingNotFound):
            sharings.stop(row.pk, actor=STIL, at=now())

        assert here.acts() == ["sharing.begun", "sharing.stopped"]

    def test_comes_with_going_out_of_sight(self):
        shared_by_stil()
        shared_by_stil(AudienceKind.ROLE, "board")

        services.leave_sight(actor=STIL, on=DAY, at=now())

        assert here.acts()[2:] == ["sharing.stopped", "sharing.stopped", "card.hidden"]
        assert list(access.given(STIL, at=now())) == []


@pytest.mark.parametrize("role", Role)
class TestSharedCard:
    """For every role: what a person in the audience sees, and nobody else."""

    def test_is_seen_by_whom_it_is_shared_with(self, sign_in, role):
        client = sign_in("karel", role=role)
        shared_by_stil()

        seen = client.get(reverse("people:person", args=["stil"]))

        is_member = role not in {Role.ADMINISTRATOR, Role.RESEARCHER}
        assert seen.status_code == (200 if is_member else 404)
        assert (ADDRESS in seen.text) is is_member
        assert PHONE not in seen.text  # private stays private

    def test_is_seen_by_nobody_else_at_any_address(self, sign_in, role):
        client = sign_in("samira", role=role)
        shared_by_stil()
        shared_by_stil(AudienceKind.ORGANIZATION, "schuldhulp")
        shared_by_stil(AudienceKind.ROLE, "resident" if role is Role.BOARD else "board")

        said = "".join(client.get(address).text for address in addresses_of_stil())

        assert HIDDEN not in said
        assert ADDRESS not in said

    def test_is_gone_at_every_address_once_it_is_stopped_or_over(self, sign_in, role):
        client = sign_in("karel", role=role)
        stopped = shared_by_stil()
        sharings.stop(stopped.pk, actor=STIL, at=now())
        a_row(starts_at=now() - timedelta(hours=2), ends_at=now() - timedelta(seconds=1)).save()
        a_row(starts_at=now() + timedelta(hours=1), ends_at=now() + timedelta(hours=2)).save()

        said = "".join(client.get(address).text for address in addresses_of_stil())

        assert HIDDEN not in said
        assert ADDRESS not in said

    def test_of_another_network_is_never_seen(self, sign_in, load, role):
        load(a_network(network_id="elders", persons=(replace(a_person("stil"), name="Stil Elders"),)))
        a_row(network_id="elders").save()
        client = sign_in("karel", role=role)

        assert client.get(reverse("people:person", args=["stil"])).status_code == 404


class TestReading:
    def test_is_on_record_with_purpose_basis_and_sharing(self, sign_in):
        client = sign_in("karel")
        row = shared_by_stil(AudienceKind.ORGANIZATION, "schuldhulp")

        client.get(reverse("people:person", args=["stil"]))

        event = here.last_event()
        assert (event.act, event.object_id, event.actor_id) == ("card.read", "stil", "karel")
        assert (event.purpose, event.basis, event.on_behalf_of) == ("together", "consent", "schuldhulp")
        assert event.facts == f'{{"sharing":"{row.pk}"}}'

    @pytest.mark.parametrize("address", ["/api/v1/people", "/api/v1/people/stil"])
    def test_through_the_api_is_on_record_too(self, sign_in, address):
        client = sign_in("karel")
        shared_by_stil()

        assert ADDRESS in client.get(address).text
        assert (here.last_event().act, here.last_event().purpose) == ("card.read", "together")

    def test_of_a_card_that_all_can_read_stays_what_it_was(self, sign_in):
        client = sign_in("karel")
        services.share_card(a_wish(), actor=an_actor(), on=DAY, at=now())

        page = client.get(reverse("people:person", args=["samira"]))

        assert here.last_event().purpose == "contact"
        assert "deelt deze kaart met jou" not in page.text

    def test_says_why_the_reader_sees_it(self, sign_in):
        client = sign_in("karel")
        shared_by_stil()

        page = client.get(reverse("people:person", args=["stil"])).text

        assert "Stille Kracht deelt deze kaart met jou" in page
        assert "tot en met 29 maart 2026" in page
        assert "om samen iets te doen: “Wij bereiden het straatfeest voor.”" in page

    def test_is_told_to_whose_card_it_is(self, sign_in):
        shared_by_stil()
        sign_in("karel").get(reverse("people:person", args=["stil"]))

        said = sign_in("stil", role=Role.RESIDENT).get(reverse("overview:card_reads")).text

        assert "omdat je je kaart deelt, met hoe je te bereiken bent" in said


class TestPages:
    def test_walk_from_sharing_to_stopping(self, sign_in):
        client = sign_in("stil", role=Role.RESIDENT)

        shared = client.post(ADD, {**SAYS, "audience": "organization:schuldhulp"}, follow=True)
        row = models.Sharing.objects.get()
        stopped = client.post(reverse("people:stop_sharing", args=[row.pk]), follow=True)

        assert "Schuldhulp" in shared.text
        assert "tot en met 30 juni 2026" in shared.text
        assert "Waarom dit mag: toestemming." in shared.text
        assert "Je deelt je kaart met niemand in het bijzonder." in stopped.text

    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            ({"audience": ""}, "Kies met wie je je kaart deelt."),
            ({"audience": "person:stil"}, "Kies er een uit de lijst."),
            ({"audience": "role:administrator"}, "Kies er een uit de lijst."),
            ({"purpose": ""}, "Kies waarvoor het is."),
            ({"purpose": "emergency"}, "Kies er een uit de lijst."),
            ({"reason": ""}, "Schrijf in een zin waarvoor het is."),
            ({"reason": "Mail piet@example.org"}, "e-mail"),
            ({"until": "2026-03-28"}, "Kies een andere dag."),
            ({"until": "2028-01-01"}, "Kies een andere dag."),
            ({"until": "morgen"}, "Dit is geen dag."),
        ],
        ids=str,
    )
    def test_say_what_is_wrong_and_keep_what_was_written(self, sign_in, answer, said):
        client = sign_in("stil", role=Role.RESIDENT)
        sent = {**SAYS, "audience": "person:karel", **answer}

        page = client.post(ADD, sent)

        assert page.status_code == 422
        assert said in page.text
        assert (sent["reason"] or sent["until"]) in page.text
        assert not models.Sharing.objects.exists()

    def test_show_what_others_share(self, sign_in):
        shared_by_stil()

        page = sign_in("karel").get(LIST).text

        assert "Stille Kracht" in page
        assert "Je deelt je kaart met niemand in het bijzonder." in page

    def test_stop_nothing_of_somebody_else(self, sign_in):
        row = shared_by_stil()

        answer = sign_in("karel").post(reverse("people:stop_sharing", args=[row.pk]))

        assert answer.status_code == 404
        assert list(access.given(STIL, at=now())) == [row]

    def test_show_nobody_to_an_administrator(self, sign_in):
        shared_by_stil()

        assert HIDDEN not in sign_in("karel", role=Role.ADMINISTRATOR).get(LIST).text

    @pytest.mark.parametrize("n_sharings", [1, 50])
    def test_take_the_same_queries_for_few_and_many(self, sign_in, django_assert_num_queries, n_sharings):
        client = sign_in("stil", role=Role.RESIDENT)
        models.Sharing.objects.bulk_create(
            [
                row
                for _ in range(n_sharings)
                for row in (
                    a_row(starts_at=now(), ends_at=now() + timedelta(days=1)),
                    a_row(
                        person_id="samira",
                        made_by="samira",
                        audience_id="stil",
                        starts_at=now(),
                        ends_at=now() + timedelta(days=1),
                    ),
                )
            ]
        )

        with django_assert_num_queries(7):  # session, user, account, reach; given, received, names
            client.get(LIST)


class TestApi:
    def test_lists_what_is_given_and_received(self, sign_in):
        given = shared_by_stil(AudienceKind.ROLE, "board")
        services.share_card(a_wish(audience_id="karel"), actor=an_actor(), on=DAY, at=now())

        answers = [
            sign_in(name, role=role).get("/api/v1/me/sharings").json()
            for name, role in (("stil", Role.RESIDENT), ("karel", Role.PROFESSIONAL))
        ]

        assert [answer["total"] for answer in answers] == [1, 1]
        assert answers[0]["items"][0] | {"starts_at": "", "ends_at": ""} == {
            "id": given.pk,
            "direction": "given",
            "person_id": "stil",
            "audience_kind": "role",
            "audience_id": "board",
            "purpose": "together",
            "basis": "consent",
            "reason": "Wij bereiden het straatfeest voor.",
            "starts_at": "",
            "ends_at": "",
        }
        assert answers[1]["items"][0]["direction"] == "received"
        assert answers[1]["items"][0]["person_id"] == "samira"

    def test_comes_in_pages(self, sign_in):
        for role in ("board", "resident", "professional"):
            shared_by_stil(AudienceKind.ROLE, role)

        answer = sign_in("stil", role=Role.RESIDENT).get("/api/v1/me/sharings?pageSize=2&page=2")

        assert (answer.json()["total"], len(answer.json()["items"])) == (4, 2)  # and what a resident receives
        assert 'rel="prev"' in answer["Link"]


class TestLabels:
    def test_name_every_basis_and_purpose(self):
        assert set(labels.BASES) == {basis.value for basis in LegalBasis}
        assert set(labels.PURPOSES) == {purpose.value for purpose in Purpose}
