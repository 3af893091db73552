# SPDX-License-Identifier: EUPL-1.2
"""Organizations are changed by who acts for them or the coordinator; only the coordinator adds."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from django.db import IntegrityError
from django.urls import reverse

from scharnier.apps.people import access, cards, models, rows, selectors, services
from scharnier.core import network
from scharnier.core.kernel import AreaId, OrganizationId, Role, ServiceId, TopicId
from tests.factories import DAY, NOON, a_community, a_person, a_service, an_actor, an_organization
from tests.integration import neighbourhood
from tests.integration.neighbourhood import KRUISVELD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
AT = {"on": DAY, "at": NOON}
DEBT = OrganizationId("schuldhulp")
KAREL = an_actor("karel", acts_for="schuldhulp")
SAMIRA = an_actor(acts_for="jongerenwerk")
ANNEKE = an_actor("anneke", role=Role.COORDINATOR)
FOREIGN = an_actor("karel", network_id="elders", role=Role.COORDINATOR, acts_for="schuldhulp")
STRANGERS = [SAMIRA, FOREIGN, *(an_actor("stil", role=role) for role in Role if role != Role.COORDINATOR)]
ABOUT = network.Organization(
    id=DEBT,
    name="Schuldhulp Noord",
    alternate_name="de geldhulp",
    description="Wij zitten in De Brink.",
    remit="Wij mogen regelingen treffen.",
    topics=frozenset({TopicId("debt")}),
    area_ids=frozenset({AreaId("noord")}),
)
WAYS = network.Organization(
    id=DEBT, name="x", email="hulp@example.org", phone="010 1", website="https://a.nl"
)
OFFER = replace(
    a_service(description="Loop binnen.", topics="debt"),
    status=network.ServiceStatus.TEMPORARILY_CLOSED,
    eligibility="Voor iedereen.",
    how_to_apply="Bel.",
    languages=frozenset({"nl", "ar"}),
    schedules=(
        network.Schedule(
            weekdays=frozenset({network.Weekday.MONDAY, network.Weekday.FRIDAY}),
            opens_at=time(9),
            closes_at=time(12, 30),
        ),
        network.Schedule(description="Op afspraak"),
    ),
    capacity=network.Capacity(available=2, maximum=5, unit="plekken", updated_date=DAY),
    website="https://b.nl",
    email="b@example.org",
)


@pytest.fixture(scope="module", autouse=True)
def _network(_ground, load):
    load(neighbourhood.a_neighbourhood())


def change_about(*, actor=KAREL):
    services.change_organization(ABOUT, cards.Group.ABOUT, actor=actor, **AT)


def change_ways(*, actor=KAREL):
    services.change_organization(WAYS, cards.Group.WAYS, actor=actor, **AT)


def change_service(*, actor=KAREL):
    services.save_service(OFFER, actor=actor, **AT)


def add_service(*, actor=KAREL):
    services.save_service(replace(OFFER, id=ServiceId("inloop")), actor=actor, **AT)


def confirm_about(*, actor=KAREL):
    services.confirm_organization(DEBT, cards.Group.ABOUT, actor=actor, **AT)


def add_organization(*, actor=ANNEKE):
    services.add_organization(an_organization("moskee"), actor=actor, **AT)


def add_community(*, actor=ANNEKE):
    services.add_community(a_community("schaakclub"), actor=actor, **AT)


def add_person(*, actor=ANNEKE):
    services.add_person(a_person("nieuw"), actor=actor, **AT)


CHANGES = {
    change_about: "organization.changed",
    change_ways: "organization.changed",
    change_service: "service.changed",
    add_service: "service.added",
    confirm_about: "organization.checked",
}
ADDITIONS = {
    add_organization: "organization.added",
    add_community: "community.added",
    add_person: "person.added",
}
EVERYTHING = CHANGES | ADDITIONS
REFUSALS = (access.OrganizationNotFound, access.ServiceNotFound, access.MayNotAdd)


def everything_stored():
    kinds = (
        models.Organization,
        models.Service,
        models.Community,
        models.Person,
        models.CardCheck,
        models.Topic,
    )
    return [neighbourhood.revision(), *(list(kind.objects.order_by("pk").values()) for kind in kinds)]


def named(function):
    return getattr(function, "__name__", str(function))


class TestEveryAct:
    @pytest.mark.parametrize("act", EVERYTHING, ids=named)
    def test_is_for_the_coordinator(self, act):
        act(actor=ANNEKE)

        event = neighbourhood.last_event()
        assert (event.act, event.actor_id) == (EVERYTHING[act], "anneke")
        assert event.on_behalf_of == ""

    @pytest.mark.parametrize("act", CHANGES, ids=named)
    def test_on_an_organization_is_for_who_acts_for_it(self, act):
        act(actor=KAREL)

        event = neighbourhood.last_event()
        assert (event.act, event.actor_id, event.object_id) == (CHANGES[act], "karel", "schuldhulp")
        assert event.on_behalf_of == "schuldhulp"

    @pytest.mark.parametrize("act", CHANGES, ids=named)
    @pytest.mark.parametrize("actor", STRANGERS, ids=lambda actor: f"{actor.person_id} {actor.role}")
    def test_on_an_organization_is_for_nobody_else(self, act, actor):
        before = everything_stored()

        with pytest.raises(REFUSALS):
            act(actor=actor)

        assert everything_stored() == before
        assert neighbourhood.acts() == []

    @pytest.mark.parametrize("act", ADDITIONS, ids=named)
    @pytest.mark.parametrize(
        "actor",
        [KAREL, *(an_actor(role=role) for role in Role if role is not Role.COORDINATOR)],
        ids=lambda actor: f"{actor.person_id} {actor.role}",
    )
    def test_that_adds_is_for_nobody_but_the_coordinator(self, act, actor):
        before = everything_stored()

        with pytest.raises(access.MayNotAdd):
            act(actor=actor)

        assert everything_stored() == before

    @pytest.mark.parametrize("act", EVERYTHING, ids=named)
    def test_leaves_nothing_behind_when_it_fails(self, act, monkeypatch):
        before = everything_stored()

        def fail(**_event):
            raise IntegrityError

        monkeypatch.setattr("scharnier.apps.audit.services.record", fail)

        with pytest.raises(IntegrityError):
            act(actor=ANNEKE)

        assert everything_stored() == before

    @pytest.mark.parametrize("act", EVERYTHING, ids=named)
    def test_makes_every_process_read_the_network_again(self, act):
        before = neighbourhood.revision()

        act(actor=ANNEKE)

        assert neighbourhood.revision() != before
        selectors.read_snapshot(KRUISVELD)  # hangs together

    @pytest.mark.parametrize("act", EVERYTHING, ids=named)
    def test_takes_few_queries(self, act, django_assert_max_num_queries):
        with django_assert_max_num_queries(18):
            act(actor=ANNEKE)


class TestChangeOrganization:
    def test_changes_what_it_is_and_leaves_how_it_is_reached(self):
        change_ways()

        change_about()

        row = neighbourhood.organization()
        assert rows.organization_value(row) == replace(
            ABOUT, email="hulp@example.org", phone="010 1", website="https://a.nl"
        )

    def test_changes_how_it_is_reached_and_leaves_what_it_is(self):
        change_ways()

        assert neighbourhood.organization().name == "Schuldhulp"

    def test_notes_that_the_group_was_looked_over(self):
        change_about()

        check = models.CardCheck.objects.get(organization__text_id="schuldhulp")
        assert (check.group, check.checked_on, check.person) == ("about", DAY, None)

    @pytest.mark.parametrize("name", ["Jongerenwerk", "JONGERENWERK"])
    def test_refuses_the_name_of_another(self, name):
        with pytest.raises(services.NameTaken):
            services.change_organization(replace(ABOUT, name=name), cards.Group.ABOUT, actor=KAREL, **AT)

    def test_lets_it_keep_its_own_name(self):
        services.change_organization(replace(ABOUT, name="SCHULDHULP"), cards.Group.ABOUT, actor=KAREL, **AT)

        assert neighbourhood.organization().name == "SCHULDHULP"

    @pytest.mark.parametrize("group", set(cards.Group) - set(cards.OF_ORGANIZATION))
    def test_confirms_no_group_that_organizations_do_not_have(self, group):
        with pytest.raises(services.UnknownPart):
            services.confirm_organization(DEBT, group, actor=KAREL, **AT)


class TestSaveService:
    def test_changes_every_field_of_it(self):
        change_service()

        assert selectors.service_value(ServiceId("spreekuur"), actor=KAREL) == OFFER

    def test_adds_it_when_it_is_new(self):
        add_service()

        assert selectors.service_value(ServiceId("inloop"), actor=KAREL).description == "Loop binnen."

    def test_moves_nothing_to_another_organization(self):
        stolen = replace(OFFER, organization_id=OrganizationId("jongerenwerk"))

        with pytest.raises(access.ServiceNotFound):
            services.save_service(stolen, actor=SAMIRA, **AT)
        with pytest.raises(access.ServiceNotFound):
            services.save_service(stolen, actor=ANNEKE, **AT)

        assert models.Service.objects.get().organization.text_id == "schuldhulp"


class TestAddPerson:
    def test_makes_a_card_that_nobody_sees_not_even_the_coordinator(self):
        add_person()

        assert not access.persons(ANNEKE, on=DAY).filter(text_id="nieuw").exists()
        assert access.persons(an_actor("nieuw"), on=DAY).filter(text_id="nieuw").exists()

    def test_agrees_to_nothing_for_somebody_else(self):
        add_person()

        assert not models.Consent.objects.filter(person__text_id="nieuw").exists()

    def test_tells_nothing_of_whose_card_it_is_in_its_identifier(self):
        assert services.new_person_id() != services.new_person_id()
        assert services.new_person_id().isalnum()


class TestNewId:
    @pytest.mark.parametrize(
        ("name", "start"), [("De Brink & Co", "de-brink-co-"), ("مسجد", "x-"), ("x" * 90, "x" * 40 + "-")]
    )
    def test_says_what_it_is_of_without_white_space(self, name, start):
        made = services.new_id(name)

        assert made.startswith(start)
        assert not any(letter.isspace() for letter in made)

    def test_is_never_the_same(self):
        assert services.new_id("Koor") != services.new_id("Koor")


FILLED = {
    "name": "Inloop",
    "description": "Kom langs.",
    "status": "active",
    "topics": ["debt"],
    "search": "",
    "area_ids": ["noord"],
    "languages": ["nl"],
    "capacity_available": "3",
    "capacity_maximum": "4",
    "capacity_unit": "plekken",
    "website": "https://c.nl",
    "email": "c@example.org",
    "hours-TOTAL_FORMS": "2",
    "hours-INITIAL_FORMS": "0",
    "hours-0-weekdays": ["MO", "TU"],
    "hours-0-opens_at": "09:00",
    "hours-0-closes_at": "12:00",
    "hours-1-description": "",
}


class TestServicePage:
    def test_adds_a_service_with_its_hours(self, sign_in):
        page = sign_in("karel").post(reverse("people:add_service", args=["schuldhulp"]), FILLED, follow=True)

        assert page.redirect_chain[-1][0] == reverse("people:edit_organization", args=["schuldhulp"])
        row = models.Service.objects.get(name="Inloop")
        value = selectors.service_value(ServiceId(row.text_id), actor=KAREL)
        assert value.schedules == (
            network.Schedule(
                weekdays=frozenset({network.Weekday.MONDAY, network.Weekday.TUESDAY}),
                opens_at=time(9),
                closes_at=time(12),
            ),
        )
        assert value.capacity == network.Capacity(available=3, maximum=4, unit="plekken", updated_date=DAY)

    def test_shows_a_service_as_it_is_and_saves_it_unchanged(self, sign_in):
        change_service()
        client = sign_in("karel")
        address = reverse("people:edit_service", args=["spreekuur"])
        page = client.get(address)

        sent = _as_sent(page.context["form"], page.context["page"].hours)
        response = client.post(address, sent)

        assert response.status_code == 302
        assert selectors.service_value(ServiceId("spreekuur"), actor=KAREL) == OFFER

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"name": ""}, "Vul een naam in."),
            ({"status": ""}, "Zeg of mensen nu kunnen komen."),
            ({"status": "misschien"}, "Kies er een uit de lijst."),
            ({"languages": ["klingon"]}, "Kies uit de lijst."),
            ({"capacity_available": "veel"}, "Vul een heel getal in, 0 of meer."),
            ({"capacity_available": "-1"}, "Vul een heel getal in, 0 of meer."),
            ({"capacity_available": "99999"}, "Dat is te veel."),
            ({"capacity_maximum": "2"}, "Dit is minder dan er vrij is. Vul een hoger getal in."),
            ({"capacity_available": ""}, "Vul in hoeveel er daarvan vrij zijn."),
            ({"website": "c punt nl"}, "Dit is geen adres van een website."),
            ({"email": "c"}, "Dit is geen e-mailadres."),
            ({"hours-0-opens_at": "laat"}, "Dit is geen tijd. Schrijf het als 09:30."),
            ({"hours-0-closes_at": "08:00"}, "Dit is voor openingstijd. Kies een latere tijd."),
            ({"hours-0-closes_at": ""}, "Vul beide tijden in, of geen van beide."),
            ({"hours-0-weekdays": ["XX"]}, "Kies uit de lijst."),
            (
                {"hours-0-valid_from": "2026-05-01", "hours-0-valid_to": "2026-04-01"},
                "Deze dag ligt voor de eerste dag. Kies een latere.",
            ),
        ],
    )
    def test_says_what_is_wrong_and_loses_nothing(self, sign_in, wrong, sentence):
        page = sign_in("karel").post(reverse("people:add_service", args=["schuldhulp"]), FILLED | wrong)

        assert page.status_code == 422
        assert sentence in page.text
        assert "Kom langs." in page.text
        assert models.Service.objects.count() == 1

    @pytest.mark.parametrize("person_id", ["samira", "stil"])
    def test_is_not_there_for_who_does_not_act_for_it(self, sign_in, person_id):
        client = sign_in(person_id)

        for name, key in (
            ("edit_organization", "schuldhulp"),
            ("edit_about", "schuldhulp"),
            ("edit_organization_ways", "schuldhulp"),
            ("add_service", "schuldhulp"),
            ("edit_service", "spreekuur"),
        ):
            assert client.get(reverse(f"people:{name}", args=[key])).status_code == 404


def _as_sent(form, hours):
    """Return what a browser sends of a form that nobody touched."""
    sent = {name: form[name].value() for name in form.fields}
    sent |= {"hours-TOTAL_FORMS": len(hours), "hours-INITIAL_FORMS": hours.initial_form_count()}
    for each in hours:
        sent |= {each.add_prefix(name): each[name].value() for name in each.fields}
    return {name: value for name, value in sent.items() if value not in (None, "")}


class TestOrganizationPages:
    def test_offer_to_change_it_to_who_may(self, sign_in):
        address = reverse("people:edit_organization", args=["schuldhulp"])

        assert address in sign_in("karel").get("/organizations/schuldhulp/").text
        assert address in sign_in("anneke", role=Role.COORDINATOR).get("/organizations/schuldhulp/").text
        assert address not in sign_in().get("/organizations/schuldhulp/").text

    def test_list_every_group_and_service(self, sign_in):
        text = sign_in("karel").get(reverse("people:edit_organization", args=["schuldhulp"])).text

        for name, key in (
            ("edit_about", "schuldhulp"),
            ("edit_organization_ways", "schuldhulp"),
            ("add_service", "schuldhulp"),
            ("edit_service", "spreekuur"),
        ):
            assert reverse(f"people:{name}", args=[key]) in text

    def test_save_what_it_is(self, sign_in):
        data = {"name": "Schuldhulp", "remit": "Wij helpen.", "topics": ["debt"], "area_ids": ["noord"]}

        sign_in("karel").post(reverse("people:edit_about", args=["schuldhulp"]), data)

        assert neighbourhood.organization().remit == "Wij helpen."

    def test_save_how_it_is_reached(self, sign_in):
        data = {"phone": "010 7654321", "email": "", "website": "schuldhulp.nl"}

        sign_in("karel").post(reverse("people:edit_organization_ways", args=["schuldhulp"]), data)

        row = neighbourhood.organization()
        assert (row.phone, row.website) == ("010 7654321", "https://schuldhulp.nl")

    def test_say_at_the_name_that_it_is_taken(self, sign_in):
        page = sign_in("karel").post(
            reverse("people:edit_about", args=["schuldhulp"]),
            {"name": "Jongerenwerk", "remit": "Dit blijft."},
        )

        assert page.status_code == 422
        assert list(page.context["form"].errors) == ["name"]
        assert "Jongerenwerk staat al in het netwerk." in page.text
        assert "Dit blijft." in page.text

    def test_note_with_one_button_that_a_group_is_still_right(self, sign_in):
        address = reverse("people:check_organization", args=["services", "schuldhulp"])

        page = sign_in("karel").post(address, follow=True)

        assert "Nagekeken in maart" in page.text

    @pytest.mark.parametrize("group", ["skills", "room", "onzin"])
    def test_know_no_other_groups(self, sign_in, group):
        address = reverse("people:check_organization", args=[group, "schuldhulp"])

        assert sign_in("karel").post(address).status_code in (404, 422)


class TestAddingPages:
    @pytest.mark.parametrize(
        ("name", "data", "kind"),
        [
            ("add_organization", {"name": "Buurtbakker", "remit": "Brood."}, models.Organization),
            ("add_community", {"name": "Breiclub", "description": "Breien."}, models.Community),
            ("add_person", {"name": "Nieuwe Buur", "email": "nb@example.org"}, models.Person),
        ],
    )
    def test_add_for_the_coordinator(self, sign_in, name, data, kind):
        client = sign_in("anneke", role=Role.COORDINATOR)
        assert reverse(f"people:{name}") in client.get(reverse("people:own_card")).text

        page = client.post(reverse(f"people:{name}"), data, follow=True)

        assert page.status_code == 200
        assert kind.objects.get(name=data["name"]).network_id == KRUISVELD

    @pytest.mark.parametrize("name", ["add_organization", "add_community", "add_person"])
    def test_are_closed_to_others(self, sign_in, name):
        client = sign_in("karel")

        assert client.get(reverse(f"people:{name}")).status_code == 403
        assert client.post(reverse(f"people:{name}"), {"name": "X"}).status_code == 403
        assert reverse(f"people:{name}") not in client.get(reverse("people:own_card")).text

    @pytest.mark.parametrize("name", ["add_organization", "add_community", "add_person"])
    def test_ask_for_a_name(self, sign_in, name):
        page = sign_in("anneke", role=Role.COORDINATOR).post(reverse(f"people:{name}"), {"name": " "})

        assert page.status_code == 422
        assert "Vul een naam in." in page.text
