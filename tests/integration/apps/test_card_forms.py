# SPDX-License-Identifier: EUPL-1.2
"""The forms of the own card: plain, each field its own sentence, and nothing lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from scharnier.apps.people import cards, models, selectors, services
from scharnier.core.network import Purpose
from tests.factories import DAY, NOON, an_actor
from tests.integration import neighbourhood

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
YEAR = (DAY + timedelta(days=365)).isoformat()
SKILLS = {
    "summary": "Ik ga eerst luisteren.",
    "competences": ["luisteren", "rust bewaren"],
    "topics": ["debt"],
    "search": "",
    "area_ids": ["zuid"],
    "languages": ["nl", "en"],
}
WAYS = {"email": "s@example.org", "phone": "+31 (0)10 123-4567", "reach": "Bel maar."}
ROOM = {"accepting": "limited", "until": YEAR, "open_requests": "2", "capacity": "5"}
WHO = {
    "level": "contact",
    "level_until": YEAR,
    "introduction": "yes",
    "introduction_until": YEAR,
    "research": "no",
    "research_until": "",
}
SEEN = {**dict.fromkeys(cards.FIELDS, "network"), "phone": "private"}
FORMS = {"skills": SKILLS, "ways": WAYS, "room": ROOM, "who": WHO, "visibility": SEEN}
WRONG_END = "Kies een dag van 29 maart 2026 tot en met 28 maart 2028."
WRONG = [
    ("skills", {"summary": "x" * 2001}, "summary", "Je schreef 2001 tekens; er passen er 2000."),
    ("skills", {"competences": ["toveren"]}, "competences", "Kies uit de lijst."),
    ("skills", {"topics": ["onzin"]}, "topics", "Kies uit de lijst."),
    ("skills", {"area_ids": ["elders"]}, "area_ids", "Kies uit de lijst."),
    ("skills", {"languages": ["klingon"]}, "languages", "Kies uit de lijst."),
    ("ways", {"email": "samira"}, "email", "Dit is geen e-mailadres. Zo ziet het eruit: naam@example.org."),
    (
        "ways",
        {"phone": "bel me"},
        "phone",
        "Dit is geen telefoonnummer. Gebruik cijfers, en een + als je wilt.",
    ),
    ("ways", {"phone": "12"}, "phone", "Dit is geen telefoonnummer."),
    ("ways", {"reach": "x" * 2001}, "reach", "Je schreef 2001 tekens; er passen er 2000."),
    ("room", {"accepting": ""}, "accepting", "Zeg of mensen je nu iets kunnen vragen."),
    ("room", {"accepting": "unknown"}, "accepting", "Kies er een uit de lijst."),
    ("room", {"until": ""}, "until", "Kies tot welke dag dit geldt."),
    ("room", {"until": "morgen"}, "until", "Dit is geen dag. Schrijf het als 31-12-2026."),
    ("room", {"until": "2026-03-28"}, "until", "Kies een dag van 29 maart 2026 tot en met 29 maart 2027."),
    ("room", {"until": "2027-03-30"}, "until", "Kies een dag van 29 maart 2026 tot en met 29 maart 2027."),
    ("room", {"open_requests": "-1"}, "open_requests", "Vul een heel getal in, 0 of meer."),
    ("room", {"open_requests": "1,5"}, "open_requests", "Vul een heel getal in, 0 of meer."),
    ("room", {"capacity": "veel"}, "capacity", "Vul een heel getal in, 0 of meer."),
    ("room", {"capacity": "10001"}, "capacity", "Dat is te veel."),
    ("who", {"level": ""}, "level", "Kies wie je kan vinden."),
    ("who", {"level": "iedereen"}, "level", "Kies er een uit de lijst."),
    ("who", {"level_until": ""}, "level_until", WRONG_END),
    ("who", {"level_until": "2026-03-28"}, "level_until", WRONG_END),
    ("who", {"level_until": "2028-03-29"}, "level_until", WRONG_END),
    ("who", {"level_until": "ooit"}, "level_until", "Dit is geen dag."),
    ("who", {"introduction": ""}, "introduction", "Kies ja of nee."),
    ("who", {"introduction_until": ""}, "introduction_until", WRONG_END),
    ("who", {"research": "yes"}, "research_until", WRONG_END),
    ("visibility", {"email": "iedereen"}, "email", "Kies er een uit de lijst."),
    ("visibility", {"summary": ""}, "summary", "Kies er een."),
]


@pytest.fixture(scope="module", autouse=True)
def _network(_ground, load):
    load(neighbourhood.a_neighbourhood())


def address(name):
    return reverse(f"people:{name}")


def stored():
    return [
        list(kind.objects.order_by("pk").values())
        for kind in (models.Person, models.Consent, models.CardCheck)
    ]


@pytest.mark.parametrize("name", FORMS)
class TestEveryForm:
    def test_saves_and_goes_back_to_the_card(self, sign_in, name):
        page = sign_in().post(address(name), FORMS[name], follow=True)

        assert page.redirect_chain == [(address("own_card"), 302)]
        assert "Opgeslagen." in page.text

    def test_shows_what_was_saved(self, sign_in, name):
        client = sign_in()
        client.post(address(name), FORMS[name])

        form = client.get(address(name)).context["form"]

        kept = {field: form[field].value() for field in FORMS[name]}
        expected = {
            field: sorted(value) if isinstance(value, list) else value for field, value in FORMS[name].items()
        }
        ours = {
            field: sorted(value) if isinstance(value, list) else value or "" for field, value in kept.items()
        }
        if name == "who":
            ours["research_until"] = ""  # a proposal, as long as the answer is no
        assert ours == expected

    def test_saved_again_untouched_changes_nothing(self, sign_in, name):
        client = sign_in()
        client.post(address(name), FORMS[name])
        before = selectors.own_values(an_actor(), on=DAY)
        form = client.get(address(name)).context["form"]

        client.post(address(name), {field: form[field].value() or "" for field in form.fields})

        assert selectors.own_values(an_actor(), on=DAY) == before

    def test_asks_to_sign_in(self, client, name):
        assert client.post(address(name), FORMS[name]).status_code == 302
        assert neighbourhood.acts() == []

    def test_needs_no_javascript(self, sign_in, name):
        text = sign_in().get(address(name)).text

        assert "<script" not in text
        assert 'method="post"' in text

    def test_names_each_field_with_a_label_or_legend(self, sign_in, name):
        page = sign_in().get(address(name))

        for field in page.context["form"]:
            assert str(field.label) in page.text
            assert f'id="{field.auto_id}"' in page.text

    def test_speaks_english_too(self, sign_in, name):
        page = sign_in().get(address(name), headers={"accept-language": "en"})

        assert "Save" in page.text
        assert "Opslaan" not in page.text

    def test_stays_out_of_caches(self, sign_in, name):
        assert "no-store" in sign_in().get(address(name))["Cache-Control"]


class TestBadInput:
    @pytest.mark.parametrize(("name", "wrong", "field", "sentence"), WRONG)
    def test_is_answered_at_its_field_and_loses_nothing(self, sign_in, name, wrong, field, sentence):
        client, before = sign_in(), stored()
        data = FORMS[name] | wrong

        page = client.post(address(name), data)

        assert page.status_code == 422
        form = page.context["form"]
        assert list(form.errors) == [field]
        assert sentence in page.text
        assert {other: form[other].value() for other in data if other != "search"} == {
            other: value for other, value in data.items() if other != "search"
        }
        assert stored() == before
        assert neighbourhood.acts() == []

    def test_of_several_fields_is_answered_at_each(self, sign_in):
        page = sign_in().post(address("ways"), {"email": "x", "phone": "x", "reach": ""})

        assert sorted(page.context["form"].errors) == ["email", "phone"]
        assert page.text.count("utrecht-form-field-error-message") == 2

    def test_is_summed_up_with_a_way_to_each_field(self, sign_in):
        page = sign_in().post(address("room"), ROOM | {"accepting": "", "capacity": "x"})

        assert 'href="#id_accepting"' in page.text
        assert 'href="#id_capacity"' in page.text
        assert 'id="id_accepting"' in page.text

    def test_is_never_shown_as_code(self, sign_in):
        page = sign_in().post(address("ways"), WAYS | {"email": '"><script>alert(1)</script>'})

        assert "<script>" not in page.text


class TestWhoForm:
    @pytest.mark.parametrize(
        ("level", "purposes"),
        [
            ("hidden", set()),
            ("intermediary", {Purpose.LISTING}),
            ("contact", {Purpose.LISTING, Purpose.CONTACT}),
        ],
    )
    def test_turns_a_level_into_consents_with_their_end(self, sign_in, level, purposes):
        sign_in().post(address("who"), WHO | {"level": level, "introduction": "no"})

        person = selectors.own_values(an_actor(), on=DAY).person
        held = selectors.running(person, on=DAY)
        assert set(held) == purposes
        assert {consent.end_date.isoformat() for consent in held.values()} <= {YEAR}

    def test_wants_no_end_of_what_is_a_no(self, sign_in):
        said = {"level": "hidden", "introduction": "no", "research": "no", "level_until": "onzin"}

        assert sign_in().post(address("who"), said).status_code == 302

    def test_proposes_a_year_to_who_is_not_shown_yet(self, sign_in):
        form = sign_in("stil").get(address("who")).context["form"]

        assert (form["level"].value(), form["level_until"].value()) == ("hidden", YEAR)
        assert (form["introduction"].value(), form["research"].value()) == ("no", "no")

    def test_says_what_each_purpose_is_for_in_a_sentence(self, sign_in):
        text = sign_in().get(address("who")).text

        assert "aan elkaar kan voorstellen?" in text
        assert "zonder je naam" in text


class TestRoomForm:
    def test_asks_anew_after_its_day(self, sign_in, settings):
        client = sign_in()
        client.post(address("room"), ROOM | {"until": DAY.isoformat()})
        settings.DAY = DAY + timedelta(days=1)

        form = client.get(address("room")).context["form"]

        assert form["accepting"].value() == ""
        assert form["until"].value() == (settings.DAY + cards.ROOM_LASTS).isoformat()

    def test_may_leave_the_numbers_empty(self, sign_in):
        sign_in().post(address("room"), ROOM | {"open_requests": "", "capacity": ""})

        row = neighbourhood.person()
        assert (row.open_requests, row.capacity) == (0, None)


class TestLookingForTopics:
    def look(self, client, said, **parts):
        return client.post(address("skills"), SKILLS | parts | {"search": said})

    @pytest.mark.parametrize("said", ["troep op straat", "zwerfvuil", "litter"])
    def test_finds_them_in_everyday_words(self, sign_in, said):
        page = self.look(sign_in(), said)

        assert "litter" in dict(page.context["form"].found)

    def test_saves_nothing_and_loses_nothing(self, sign_in):
        client, before = sign_in(), stored()

        page = self.look(client, "zwerfvuil", summary="Nog niet klaar")

        form = page.context["form"]
        assert page.status_code == 200
        assert stored() == before
        assert form["summary"].value() == "Nog niet klaar"
        assert form["topics"].value() == ["debt"]
        assert form["competences"].value() == SKILLS["competences"]
        assert form.errors == {}

    def test_is_ready_to_save_the_next_time(self, sign_in):
        client = sign_in()
        page = self.look(client, "zwerfvuil")
        assert page.context["form"]["search"].value() == ""

        client.post(address("skills"), SKILLS | {"topics": ["debt", "litter"]})

        assert neighbourhood.person().topic_ids == ["debt", "litter"]
        assert models.Topic.objects.filter(text_id="litter").exists()

    def test_keeps_a_ticked_topic_while_looking_for_the_next(self, sign_in):
        page = self.look(sign_in(), "schulden", topics=["litter"])

        form = page.context["form"]
        assert form["topics"].value() == ["litter"]
        assert "litter" in dict(form.fields["topics"].choices)

    def test_finds_topics_of_the_network_itself(self, sign_in):
        page = self.look(sign_in(), "schulden", topics=[])

        assert "debt" in dict(page.context["form"].found)

    @pytest.mark.parametrize("said", ["qqqq", "xx", "'; drop table", "%", "é"])
    def test_says_so_when_there_is_nothing(self, sign_in, said):
        page = self.look(sign_in(), said)

        assert page.status_code == 200
        assert "vinden we niets nieuws" in page.text

    def test_offers_no_more_than_one_can_look_over(self, sign_in):
        page = self.look(sign_in(), "en")

        assert len(page.context["form"].found) <= 12


class TestCompetences:
    def test_that_are_not_on_the_list_stay_until_they_are_taken_away(self, sign_in):
        client = sign_in()
        page = client.get(address("skills"))
        assert "zwaardvechten" in page.text

        client.post(address("skills"), SKILLS | {"competences": ["zwaardvechten"]})
        assert neighbourhood.person().competences == ["zwaardvechten"]
        client.post(address("skills"), SKILLS | {"competences": []})

        assert neighbourhood.person().competences == []
        assert "zwaardvechten" not in client.get(address("skills")).text

    def test_are_read_in_the_language_of_the_reader(self, sign_in):
        services.change_skills(
            services.Skills(
                summary="",
                competences=("tolken",),
                topics=frozenset(),
                area_ids=frozenset(),
                languages=frozenset(),
            ),
            actor=an_actor(),
            on=DAY,
            at=NOON,
        )

        text = sign_in("karel").get("/people/samira/", headers={"accept-language": "en"}).text

        assert "interpreting" in text


class TestAreas:
    def test_leave_out_streets_save_one_that_was_chosen_before(self, sign_in):
        client = sign_in()
        assert "venusplein" not in dict(
            client.get(address("skills")).context["form"].fields["area_ids"].choices
        )
        models.Person.objects.filter(text_id="samira").update(area_ids=["venusplein"])

        form = client.get(address("skills")).context["form"]

        assert "venusplein" in dict(form.fields["area_ids"].choices)


class TestOwnCard:
    def test_shows_every_group_with_a_way_to_change_it(self, sign_in):
        text = sign_in().get(address("own_card")).text

        for name in ("skills", "ways", "room", "who", "visibility", "preview", "start_role"):
            assert address(name) in text
        for said in ("Ik ken de jongeren.", "App na twee uur.", "Ja, vraag maar", "Jongerenwerk"):
            assert said in text

    def test_shows_a_private_field_to_its_person(self, sign_in):
        client = sign_in()
        client.post(address("visibility"), SEEN)

        text = client.get(address("own_card")).text

        assert "06 11112222" in text
        assert "Eén deel van je kaart is alleen voor jou." in text

    def test_of_who_has_filled_in_nothing_says_so(self, sign_in):
        text = sign_in("stil").get(address("own_card")).text

        assert text.count("Er is nog niets ingevuld.") >= 2
        assert address("stop_listing") not in text

    def test_is_reached_from_the_card_that_others_see(self, sign_in):
        client = sign_in()

        assert address("own_card") in client.get("/people/samira/").text
        assert address("own_card") not in client.get("/people/karel/").text.partition("<main")[2]

    def test_takes_a_steady_number_of_queries(self, sign_in, django_assert_max_num_queries):
        client = sign_in()

        with django_assert_max_num_queries(16):
            client.get(address("own_card"))
