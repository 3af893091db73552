# SPDX-License-Identifier: EUPL-1.2
"""What people do and read is put on record: by whom, for whom and why, and never in words."""

import json

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from scharnier.apps.audit import models, selectors
from scharnier.apps.people import access, reading, services
from scharnier.core.kernel import NetworkId, PersonId, Role
from scharnier.core.network import Purpose
from tests.factories import (
    DAY,
    NOON,
    a_membership,
    a_network,
    a_person,
    a_topic,
    an_actor,
    an_organization,
)
from tests.integration.tampering import tamper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
LISTING = Purpose.LISTING
TEXT = "Ik heb een brief over schulden van de incassodienst"


@pytest.fixture(scope="module", autouse=True)
def _neighbourhood(_ground, load):
    load(
        a_network(
            topics=(a_topic("debt", nl="schulden"),),
            organizations=(an_organization(topics="debt"), an_organization("school")),
            persons=(
                a_person("samira"),
                a_person("karel", topics="debt", summary="Ik help met schulden."),
                a_person("noor", purposes=(LISTING,)),
                a_person("stil", name="Stille Kracht", purposes=()),
            ),
            memberships=(a_membership(organization="schuldhulp"),),
        )
    )


def _events(network_id="kruisveld", act=""):
    found = selectors.entries(NetworkId(network_id), until=10**6)
    return [entry.event for entry in found if entry.event.act.startswith(act)]


def _page(person_id):
    return reverse("people:person", args=[person_id])


def _api(person_id):
    return f"/api/v1/people/{person_id}"


class TestReadingACard:
    @pytest.mark.parametrize("address", [_page, _api])
    def test_is_put_on_record_with_whose_it_was(self, sign_in, address):
        sign_in().get(address("karel"))

        (event,) = _events(act="card.read")
        assert (event.actor_id, event.kind, event.object_id) == ("samira", "person", "karel")
        assert (event.on_behalf_of, event.basis, event.outcome) == ("schuldhulp", "consent", "done")

    @pytest.mark.parametrize(("person_id", "purpose"), [("karel", "contact"), ("noor", "listing")])
    def test_tells_whether_the_ways_to_reach_were_shown(self, sign_in, person_id, purpose):
        sign_in().get(_page(person_id))

        assert [event.purpose for event in _events(act="card.read")] == [purpose]

    @pytest.mark.parametrize("address", [_page, _api])
    def test_is_not_put_on_record_when_it_is_ones_own(self, sign_in, address):
        sign_in().get(address("samira"))

        assert _events(act="card.read") == []

    @pytest.mark.parametrize("address", ["/api/v1/people", "/organizations/schuldhulp/", "/"])
    def test_is_not_what_a_list_does(self, sign_in, address):
        sign_in().get(address)

        assert _events(act="card.read") == []

    def test_counts_when_only_the_head_is_asked_for(self, sign_in):
        sign_in().head(_page("karel"))

        assert len(_events(act="card.read")) == 1

    @pytest.mark.parametrize("address", [_page, _api])
    def test_is_refused_on_record_when_the_person_is_hidden(self, sign_in, address):
        response = sign_in().get(address("stil"))

        (event,) = _events(act="card.read")
        assert response.status_code == 404
        assert (event.object_id, event.outcome, event.basis) == ("stil", "refused", "")

    @pytest.mark.parametrize("address", [_page, _api])
    def test_says_the_same_of_who_is_hidden_and_who_is_not_there(self, sign_in, address):
        client = sign_in()

        hidden, nobody = (client.get(address(person_id)) for person_id in ("stil", "niemand"))

        assert hidden.status_code == nobody.status_code == 404
        assert _without_token(hidden) == _without_token(nobody)

    @pytest.mark.parametrize("address", [_page, _api])
    def test_takes_the_same_queries_for_who_is_hidden_and_who_is_not_there(
        self, sign_in, django_assert_num_queries, address
    ):
        client = sign_in()

        for person_id in ("stil", "niemand"):
            with django_assert_num_queries(11):
                client.get(address(person_id))

    def test_keeps_nothing_of_a_name_that_nobody_has(self, sign_in):
        sign_in().get(_page("Karel Jansen, karel@example.org"))

        (event,) = _events(act="card.read")
        assert (event.kind, event.object_id, event.outcome) == ("nobody", "-", "refused")

    def test_is_refused_on_record_for_a_role_that_sees_no_cards(self, sign_in):
        sign_in(role=Role.ADMINISTRATOR).get(_page("karel"))

        (event,) = _events(act="card.read")
        assert (event.object_id, event.outcome) == ("karel", "refused")

    def test_of_another_network_is_nobody_in_ones_own(self, sign_in, load):
        load(a_network(network_id="elders", persons=[a_person("ria")]))

        sign_in("ria", network_id="elders").get(_page("karel"))

        assert [event.kind for event in _events("elders", act="card.read")] == ["nobody"]
        assert _events(act="card.read") == []

    @pytest.mark.parametrize(
        ("acts_for", "on_behalf_of"), [("", ""), ("schuldhulp", "schuldhulp"), ("schuldhulp school", "")]
    )
    def test_names_an_organization_when_it_can_be_only_one(self, acts_for, on_behalf_of):
        actor = an_actor(acts_for=acts_for)

        reading.open_card(PersonId("karel"), actor=actor, on=DAY, at=NOON)

        assert [event.on_behalf_of for event in _events(act="card.read")] == [on_behalf_of]

    def test_shows_nothing_when_it_cannot_be_put_on_record(self, sign_in):
        client = sign_in()
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_auditevent RENAME TO away")

        response = client.get(_page("karel"))

        assert response.status_code == 500
        assert "Ik help met schulden." not in response.text


def _without_token(response):
    return [line for line in response.text.splitlines() if "csrf" not in line and "next" not in line]


class TestOpenCard:
    def test_gives_the_row_that_access_gives(self):
        row = reading.open_card(PersonId("karel"), actor=an_actor(), on=DAY, at=NOON).row

        assert row == access.person(PersonId("karel"), actor=an_actor(), on=DAY)

    def test_keeps_the_refusal_though_it_ends_in_an_error(self):
        with pytest.raises(access.PersonNotFound):
            reading.open_card(PersonId("stil"), actor=an_actor(), on=DAY, at=NOON)

        assert [event.outcome for event in _events(act="card.read")] == ["refused"]


class TestWithdrawingConsent:
    def test_is_put_on_record_with_its_purpose(self):
        services.withdraw_consent(LISTING, actor=an_actor("karel"), on=DAY, at=NOON)

        (event,) = _events(act="consent.withdrawn")
        assert (event.actor_id, event.object_id, event.facts) == ("karel", "karel", (("purpose", "listing"),))

    def test_is_not_put_on_record_when_it_did_not_happen(self):
        with pytest.raises(access.PersonNotFound):
            services.withdraw_consent(LISTING, actor=an_actor("niemand"), on=DAY, at=NOON)

        assert _events(act="consent") == []

    def test_does_not_happen_when_it_cannot_be_put_on_record(self):
        with pytest.raises(DatabaseError), transaction.atomic():
            _withdraw_without_a_log()

        assert access.persons(an_actor(), on=DAY).filter(text_id="karel").exists()


def _withdraw_without_a_log():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditevent RENAME TO away")
    services.withdraw_consent(LISTING, actor=an_actor("karel"), on=DAY, at=NOON)


class TestAsking:
    def test_is_put_on_record_by_topic_and_never_by_its_words(self, sign_in):
        sign_in().post(reverse("overview:ask"), {"text": TEXT})

        (event,) = _events(act="ask")
        facts = dict(event.facts)
        assert (event.act, event.actor_id, event.object_id) == ("ask.answered", "samira", "kruisveld")
        assert facts["topic_1"] == "debts"
        assert int(facts["suggestions"]) > 0
        row = models.AuditEvent.objects.get(act="ask.answered")
        assert [word for word in ("brief", "schulden", "incassodienst") if word in str(vars(row))] == []

    def test_counts_through_the_api_too(self, sign_in):
        sign_in().post("/api/v1/ask", json.dumps({"text": TEXT}), content_type="application/json")

        assert len(_events(act="ask.answered")) == 1

    @pytest.mark.parametrize("text", ["", "Bel 06 12345678 over Jan"])
    def test_that_is_refused_leaves_nothing(self, sign_in, text):
        sign_in().post(reverse("overview:ask"), {"text": text})

        assert _events(act="ask") == []

    def test_passes_over_a_topic_whose_identifier_is_too_long_to_be_one(self, sign_in, load):
        load(
            a_network(
                topics=(a_topic("x" * 101, nl="schulden"),),
                organizations=(an_organization(topics="x" * 101),),
                persons=(a_person(),),
            )
        )

        response = sign_in().post(reverse("overview:ask"), {"text": TEXT})

        assert response.status_code == 200
        assert len(_events(act="ask.answered")) == 1


class TestLoadingANetwork:
    def test_is_put_on_record_as_done_by_the_system(self):
        (event,) = _events(act="network.loaded")

        assert (event.number, event.actor_id, event.object_id, event.at) == (1, None, "kruisveld", NOON)

    def test_names_who_did_it_and_from_which_source(self):
        services.load_network(a_network(), at=NOON, actor=an_actor(), source_digest="ab12")

        event = _events(act="network.loaded")[-1]
        assert (event.actor_id, event.facts) == ("samira", (("source", "ab12"),))

    def test_leaves_the_log_that_was_there(self, load, sign_in):
        sign_in().get(_page("karel"))

        load(a_network(persons=[a_person()]))

        assert [event.act for event in _events()] == ["network.loaded", "card.read", "network.loaded"]


class TestTheLogOfANetwork:
    def test_stays_when_the_network_goes(self, sign_in):
        from_people = access.models.Network.objects
        sign_in().get(_page("karel"))

        for part in ("outcomes", "ties", "memberships", "accounts", "persons", "services", "organizations"):
            getattr(from_people.get(), part).all().delete()
        from_people.all().delete()

        assert not from_people.exists()
        assert [event.act for event in _events()] == ["network.loaded", "card.read"]
        assert selectors.verify_log(NetworkId("kruisveld")).broken is None

    def test_is_whole_after_all_of_this_and_broken_by_a_byte(self, sign_in):
        client = sign_in()
        for address in (_page("karel"), _page("stil"), _page("niemand"), _api("noor")):
            client.get(address)
        client.post(reverse("overview:ask"), {"text": TEXT})
        client.post(reverse("people:stop_listing"))
        before = selectors.verify_log(NetworkId("kruisveld"))

        tamper(connection, "UPDATE audit_auditevent SET object_id = 'noor' WHERE object_id = 'karel'")

        assert (before.broken, before.head.number) == (None, 7)
        assert selectors.verify_log(NetworkId("kruisveld")).broken.number == 2
