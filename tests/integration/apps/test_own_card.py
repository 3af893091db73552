# SPDX-License-Identifier: EUPL-1.2
"""Acts of people on their own card, and what others see of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError

from scharnier.apps.people import access, cards, models, selectors, services
from scharnier.core import network, policy
from scharnier.core.kernel import AreaId, PersonId, TopicId
from scharnier.core.network import Accepting
from tests.factories import DAY, NOON, an_actor
from tests.integration import neighbourhood
from tests.integration.neighbourhood import KRUISVELD

pytestmark = pytest.mark.django_db
SKILLS = services.Skills(
    summary="Ik ga eerst luisteren.",
    competences=("luisteren", "rust bewaren"),
    topics=frozenset({TopicId("debt")}),
    area_ids=frozenset({AreaId("zuid")}),
    languages=frozenset({"nl", "en"}),
)
WAYS = services.Reach(email="s@example.org", phone="010 1234567", reach="Bel maar.")
ROOM = network.Availability(
    accepting=Accepting.LIMITED, until=DAY + timedelta(days=30), open_requests=1, capacity=4
)
PRIVATE = policy.Visibility.PRIVATE
AT = {"on": DAY, "at": NOON}


@pytest.fixture(scope="module", autouse=True)
def _network(_ground, load):
    load(neighbourhood.a_neighbourhood())


def change_skills(value=SKILLS, *, actor=None):
    services.change_skills(value, actor=actor or an_actor(), **AT)


def change_ways(value=WAYS, *, actor=None):
    services.change_ways(value, actor=actor or an_actor(), **AT)


def change_room(value=ROOM, *, actor=None):
    services.change_room(value, actor=actor or an_actor(), **AT)


def confirm_skills(*, actor=None):
    services.confirm_group(cards.Group.SKILLS, actor=actor or an_actor(), **AT)


def hide_phone(*, actor=None):
    services.change_visibility({"phone": PRIVATE}, actor=actor or an_actor(), at=NOON)


CHANGES = {
    change_skills: ("card.changed", "skills"),
    change_ways: ("card.changed", "ways"),
    change_room: ("card.changed", "room"),
    confirm_skills: ("card.checked", "skills"),
    hide_phone: ("card.shown_to", None),
}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
class TestEveryChange:
    def test_is_put_on_record_with_identifiers_only(self, change):
        change()

        event = neighbourhood.last_event()
        assert (event.act, event.actor_id, event.object_id) == (CHANGES[change][0], "samira", "samira")
        assert "example.org" not in event.facts
        assert "luisteren" not in event.facts

    def test_makes_every_process_read_the_network_again(self, change):
        before = neighbourhood.revision()

        change()

        assert neighbourhood.revision() != before

    def test_is_of_the_own_card_only(self, change):
        before = list(models.Person.objects.exclude(text_id="samira").order_by("pk").values())

        change()

        assert list(models.Person.objects.exclude(text_id="samira").order_by("pk").values()) == before

    def test_is_refused_when_the_card_is_gone(self, change):
        with pytest.raises(access.PersonNotFound):
            change(actor=an_actor("niemand"))

        assert neighbourhood.acts() == []

    def test_of_another_network_changes_nothing_here(self, change):
        with pytest.raises(access.PersonNotFound):
            change(actor=an_actor(network_id="elders"))

    def test_leaves_nothing_behind_when_it_cannot_be_put_on_record(self, change, monkeypatch):
        before = (neighbourhood.revision(), *models.Person.objects.filter(text_id="samira").values())

        def fail(**_event):
            raise IntegrityError

        monkeypatch.setattr("scharnier.apps.audit.services.record", fail)

        with pytest.raises(IntegrityError):
            change()

        assert (
            neighbourhood.revision(),
            *models.Person.objects.filter(text_id="samira").values(),
        ) == before
        assert not models.CardCheck.objects.exists()

    def test_takes_few_queries(self, change, django_assert_max_num_queries):
        with django_assert_max_num_queries(16):  # savepoints, card, references, check, revision, log
            change()

    def test_notes_that_the_group_was_looked_over(self, change):
        change()

        group = CHANGES[change][1]
        assert group is None or neighbourhood.checked(group) == DAY


class TestChangeSkills:
    def test_changes_what_the_card_says(self):
        change_skills()

        row = neighbourhood.person()
        assert (row.summary, row.competences) == (SKILLS.summary, ["luisteren", "rust bewaren"])
        assert (row.topic_ids, row.area_ids, row.languages) == (["debt"], ["zuid"], ["en", "nl"])

    def test_leaves_the_other_groups_alone(self):
        before = neighbourhood.person()

        change_skills()

        after = neighbourhood.person()
        assert [getattr(after, field) for field in cards.WAYS] == [
            getattr(before, field) for field in cards.WAYS
        ]
        assert (after.accepting, after.visibility) == (before.accepting, before.visibility)

    def test_brings_a_topic_of_the_thesaurus_into_the_network_with_what_it_falls_under(self):
        change_skills(replace(SKILLS, topics=frozenset({TopicId("litter")})))

        known = set(models.Topic.objects.values_list("text_id", flat=True))
        assert "litter" in known
        assert len(known) > 2
        selectors.read_snapshot(KRUISVELD)  # hangs together

    def test_brings_a_topic_once(self):
        change_skills(replace(SKILLS, topics=frozenset({TopicId("litter")})))
        before = models.Topic.objects.count()

        change_skills(replace(SKILLS, topics=frozenset({TopicId("litter"), TopicId("debt")})))

        assert models.Topic.objects.count() == before

    def test_refuses_a_topic_that_nobody_knows(self):
        with pytest.raises(services.UnknownTopic):
            change_skills(replace(SKILLS, topics=frozenset({TopicId("onzin")})))

        assert neighbourhood.person().summary == "Ik ken de jongeren."

    def test_refuses_an_area_of_another_network(self):
        with pytest.raises(services.UnknownArea):
            change_skills(replace(SKILLS, area_ids=frozenset({AreaId("elders")})))

        assert neighbourhood.acts() == []


class TestChangeRoom:
    def test_holds_until_its_day_and_is_unknown_after_it(self):
        change_room()

        held = selectors.own_values(an_actor(), on=DAY).person.availability
        assert held == ROOM
        assert held.accepting_on(ROOM.until) is Accepting.LIMITED
        assert held.accepting_on(ROOM.until + timedelta(days=1)) is Accepting.UNKNOWN

    @pytest.mark.parametrize(("days", "state"), [(30, "limited"), (31, "unknown")])
    def test_is_shown_to_others_until_its_day(self, days, state):
        change_room()
        day = DAY + timedelta(days=days)

        row = access.person(PersonId("samira"), actor=an_actor("karel"), on=day)
        card = selectors.person_card(row, actor=an_actor("karel"), on=day, language="nl")

        assert card.accepting == state

    @pytest.mark.parametrize("days", [-1, 366])
    def test_refuses_a_day_in_the_past_or_too_far_away(self, days):
        with pytest.raises(cards.InvalidEnd):
            change_room(replace(ROOM, until=DAY + timedelta(days=days)))

        assert neighbourhood.person().accepting == "yes"


class TestChangeVisibility:
    def test_leaves_other_fields_as_they_are(self):
        hide_phone()
        services.change_visibility({"email": policy.Visibility.PUBLIC}, actor=an_actor(), at=NOON)

        assert neighbourhood.person().visibility == {"phone": "private", "email": "public"}

    def test_outlasts_the_network_being_written_again(self, load):
        hide_phone()

        load(neighbourhood.a_neighbourhood())

        assert neighbourhood.person().visibility == {"phone": "private"}
        assert neighbourhood.person("karel").visibility == {}

    @pytest.mark.parametrize("field", ["name", "consents", "accepting", ""])
    def test_refuses_what_nobody_can_hide(self, field):
        with pytest.raises(services.UnknownPart):
            services.change_visibility({field: PRIVATE}, actor=an_actor(), at=NOON)

        assert neighbourhood.person().visibility == {}


class TestConfirmGroup:
    @pytest.mark.parametrize("group", set(cards.Group) - set(cards.OF_PERSON))
    def test_refuses_a_group_that_people_do_not_have(self, group):
        with pytest.raises(services.UnknownPart):
            services.confirm_group(group, actor=an_actor(), **AT)

    def test_changes_nothing_but_the_day(self):
        before = list(models.Person.objects.order_by("pk").values())

        confirm_skills()

        assert list(models.Person.objects.order_by("pk").values()) == before
        assert models.CardCheck.objects.get().verify_by == DAY + timedelta(days=365)


SAID = {
    "summary": "Ik ken de jongeren.",
    "competences": "zwaardvechten",
    "topics": "schulden",
    "area_ids": "Noord",
    "languages": "Riffijns",
    "email": "samira@example.org",
    "phone": "06 11112222",
    "reach": "App na twee uur.",
}
IN_API = {**SAID, "topics": "debt", "area_ids": "noord", "languages": "rif"}


class TestAPrivateField:
    @pytest.fixture(autouse=True)
    def _day(self, settings):
        settings.DAY = DAY

    @pytest.mark.parametrize("field", cards.FIELDS)
    def test_is_on_the_page_for_its_person_only(self, sign_in, field):
        services.change_visibility({field: PRIVATE}, actor=an_actor(), at=NOON)

        own = sign_in().get("/people/samira/").text
        others = sign_in("karel").get("/people/samira/").text

        assert SAID[field] in own
        assert SAID[field] not in others
        assert all(SAID[other] in others for other in cards.FIELDS if other != field)

    @pytest.mark.parametrize("field", cards.FIELDS)
    @pytest.mark.parametrize("address", ["/api/v1/people", "/api/v1/people/samira"])
    def test_is_in_the_api_for_its_person_only(self, sign_in, field, address):
        services.change_visibility({field: PRIVATE}, actor=an_actor(), at=NOON)

        own, others = sign_in().get(address).text, sign_in("karel").get(address).text

        assert f'"{IN_API[field]}"' in own
        assert f'"{IN_API[field]}"' not in others

    @pytest.mark.parametrize("field", cards.FIELDS)
    def test_is_not_in_the_network_that_answers_are_made_of(self, field):
        services.change_visibility({field: PRIVATE}, actor=an_actor(), at=NOON)

        (samira,) = (
            each for each in selectors.read_snapshot(KRUISVELD).network.persons if each.id == "samira"
        )

        assert not getattr(samira, field)
        assert all(getattr(samira, other) for other in cards.FIELDS if other != field)

    def test_brings_nobody_to_its_person(self, sign_in):
        client = sign_in("karel")
        question = {"text": "Wie kan zwaardvechten?", "limit": 50}

        before = client.post("/api/v1/ask", question, content_type="application/json").json()
        services.change_visibility({"competences": PRIVATE}, actor=an_actor(), at=NOON)
        after = client.post("/api/v1/ask", question, content_type="application/json").json()

        assert "samira" in [each["id"] for each in before["suggestions"]]
        assert "samira" not in [each["id"] for each in after["suggestions"]]
        assert "zwaardvechten" not in str(after)

    @pytest.mark.parametrize("visibility", [policy.Visibility.PUBLIC, policy.Visibility.NETWORK])
    def test_is_shown_again_when_its_person_says_so(self, sign_in, visibility):
        hide_phone()
        services.change_visibility({"phone": visibility}, actor=an_actor(), at=NOON)

        assert "06 11112222" in sign_in("karel").get("/people/samira/").text


class TestHiddenFields:
    @pytest.mark.parametrize("reader", ["samira", "karel"])
    def test_are_what_the_policy_refuses(self, reader):
        said = {"phone": PRIVATE, "topics": PRIVATE, "email": policy.Visibility.PUBLIC}
        services.change_visibility(said, actor=an_actor(), at=NOON)
        actor = an_actor(reader)

        row = access.person(PersonId("samira"), actor=actor, on=DAY)

        consents = selectors.own_values(an_actor(), on=DAY).person.consents
        refused = {
            field
            for field in cards.FIELDS
            if not policy.allow(
                actor,
                policy.Act.SEE,
                policy.Thing(
                    kind=policy.Kind.CARD_FIELD,
                    network_id=KRUISVELD,
                    about=frozenset({PersonId("samira")}),
                    consents=(consents,),
                    visibility=said.get(field, policy.Visibility.NETWORK),
                ),
                at=DAY,
            )
        }
        assert access.hidden_fields(row) == refused

    def test_are_the_ways_to_reach_of_who_is_reached_through_others(self):
        services.withdraw_consent(network.Purpose.CONTACT, actor=an_actor(), **AT)

        row = access.person(PersonId("samira"), actor=an_actor("karel"), on=DAY)

        assert access.hidden_fields(row) == set(cards.WAYS)
