# SPDX-License-Identifier: EUPL-1.2
"""Several places with one name: an answer takes one and offers the others; what is kept says which."""

from __future__ import annotations

import html
import re
from uuid import UUID

import pytest
from django.urls import reverse

from scharnier.apps.notes import services as notes
from scharnier.apps.referral import models, need, selectors, services
from scharnier.apps.signals import models as signals
from scharnier.core import network
from scharnier.core.kernel import AreaId, PersonId
from scharnier.core.notes import Note
from scharnier.core.referral import Party
from tests.factories import (
    DAY,
    NOON,
    a_membership,
    a_network,
    a_person,
    an_actor,
    an_area,
    an_organization,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
ASK, NEW, TELL = reverse("overview:ask"), reverse("referral:new"), reverse("signals:tell")
API = "/api/v1/ask"
DEBTS = "Mijn buurvrouw heeft schulden en krijgt elke dag brieven van de deurwaarder."
KEY = UUID("6f1c3f0e-6f43-4a3a-9a3b-2f3f7a1f0a77")
NORTH, SOUTH = "Plein (Noord)", "Plein (Zuid)"
SEVERAL = "Meer plekken heten hier ‘plein’"  # noqa: RUF001
BOTH = [{"id": "plein-noord", "name": NORTH}, {"id": "plein-zuid", "name": SOUTH}]


def _neighbourhood(*more: network.Area) -> network.Network:
    """A Plein in each of two parts; the desk of Karel works in one of them, that of Samira everywhere."""
    streets = [
        an_area(f"plein-{part}", name="Plein", kind=network.AreaKind.STREET, parent=part)
        for part in ("zuid", "noord")
    ]
    return a_network(
        areas=(an_area("noord"), an_area("zuid"), *streets, *more),
        organizations=(
            an_organization(remit="Hulp bij schulden en brieven van de deurwaarder", areas="zuid"),
            an_organization("geldloket", remit="Hulp bij schulden"),
        ),
        persons=tuple(a_person(name) for name in ("noor", "karel", "samira")),
        memberships=(
            a_membership("karel", organization="schuldhulp"),
            a_membership("samira", organization="geldloket"),
        ),
    )


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground, load):
    load(_neighbourhood())


def ask(client, **more):
    return client.post(ASK, {"text": DEBTS, "place": "plein"} | more)


def words_of(response) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", response.text).split()))


def choices(response) -> list[str]:
    return re.findall(r'<button[^>]*name="place" value="([^"]*)"', response.text)


class TestAnswer:
    @pytest.mark.parametrize("name", ["noor", "samira"])
    def test_says_which_was_taken_and_offers_the_others(self, sign_in, name):
        response = ask(sign_in(name))

        said = words_of(response)
        assert response.status_code == 200
        assert SEVERAL in said
        assert f"Dit antwoord gaat over {NORTH} . We weten niet welke je bedoelt." in said
        assert choices(response) == [SOUTH]

    def test_takes_first_where_the_asker_s_organization_works_and_says_so(self, sign_in):
        response = ask(sign_in("karel"))

        assert f"Dit antwoord gaat over {SOUTH} , want daar werkt je organisatie." in words_of(response)
        assert choices(response) == [NORTH]

    def test_is_asked_again_with_the_other_by_its_form_alone(self, sign_in):
        noor = sign_in("noor")
        forms = re.findall(r"<form.*?</form>", ask(noor, more="1").text, re.DOTALL)
        (form,) = (form for form in forms if 'name="place" value="Plein' in form and "<button" in form
                   and 'type="hidden" name="place"' not in form)  # fmt: skip
        fields = dict(re.findall(r'<input type="hidden" name="(text|more)" value="([^"]*)"', form))

        again = noor.post(ASK, {**fields, "place": SOUTH})

        assert fields == {"text": DEBTS, "more": "1"}
        assert again.context["answer"].area_id == "plein-zuid"
        assert "Meer plekken" not in again.text
        assert SOUTH in again.text

    def test_is_in_the_language_of_the_reader(self, sign_in):
        response = sign_in("karel").post(
            ASK, {"text": DEBTS, "place": "plein"}, headers={"Accept-Language": "en"}
        )

        said = words_of(response)
        assert "Several places here are called “plein”" in said
        assert "because your organization works there. Do you mean another? Ask again with:" in said

    def test_says_nothing_of_it_where_one_place_is_meant(self, sign_in):
        response = ask(sign_in("noor"), place="Noord")

        assert "Meer plekken" not in response.text
        assert choices(response) == []

    def test_leads_on_to_the_place_that_it_is_about(self, sign_in):
        _, _, page = ask(sign_in("noor")).text.partition("<main")

        onward = set(re.findall(r'type="hidden" name="place" value="([^"]*)"', page))
        assert onward == {NORTH}

    def test_tells_the_places_apart_where_one_is_typed(self, sign_in):
        page = sign_in("noor").get(ASK).text

        for name in ("Noord", NORTH, SOUTH):
            assert f'<option value="{name}">' in page
        assert '<option value="Plein">' not in page

    def test_shows_names_as_they_are(self, sign_in, load):
        load(_neighbourhood(*(an_area(f"x{n}", name="<b>&\"'") for n in range(2))))

        page = ask(sign_in("noor"), place="<b>&\"'").text

        assert "<b>&" not in page
        assert "&lt;b&gt;&amp;&quot;&#x27; (x1)" in page


class TestApi:
    def answer(self, client, **question):
        response = client.post(API, {"text": DEBTS, **question}, content_type="application/json")
        assert response.status_code == 200
        return response.json()

    def test_names_the_one_taken_and_every_one_that_may_be_meant(self, sign_in):
        answer = self.answer(sign_in("noor"), place="plein")

        assert (answer["place"], answer["place_reason"]) == (BOTH[0], "first")
        assert answer["candidates"] == BOTH

    def test_says_that_it_is_near(self, sign_in):
        answer = self.answer(sign_in("karel"), place="plein")

        assert (answer["place"], answer["place_reason"]) == (BOTH[1], "near")
        assert answer["candidates"] == BOTH[::-1]

    @pytest.mark.parametrize(
        "settled", [{"area_id": "plein-zuid"}, {"place": "plein", "area_id": "plein-zuid"}, {"place": SOUTH}]
    )
    def test_is_settled_by_a_candidate(self, sign_in, settled):
        answer = self.answer(sign_in("noor"), **settled)

        assert (answer["place"], answer["place_reason"], answer["candidates"]) == (BOTH[1], None, [])

    def test_names_none_without_a_place(self, sign_in):
        answer = self.answer(sign_in("noor"))

        assert (answer["place"], answer["candidates"]) == (None, [])

    @pytest.mark.parametrize("area_id", ["", "weg", "\x00", "x" * 5000])
    def test_refuses_an_area_that_is_not_there(self, sign_in, area_id):
        question = {"text": DEBTS, "place": "plein", "area_id": area_id}

        response = sign_in("noor").post(API, question, content_type="application/json")

        assert response.status_code == 422
        assert response["Content-Type"] == "application/problem+json"


class TestWhatIsKept:
    def refer(self, client, place):
        sent = {"text": DEBTS, "place": place, "to": "person:karel", "about": "problem", "send": "1"}
        return client.post(NEW, {**sent, "key": str(KEY)})

    def test_is_not_kept_for_a_place_that_may_be_another(self, sign_in):
        response = self.refer(sign_in("noor"), "plein")

        assert response.status_code == 422
        assert f"Schrijf welke je bedoelt: {NORTH}, {SOUTH}." in html.unescape(response.text)
        assert DEBTS in response.text
        assert not models.Referral.objects.exists()

    @pytest.mark.parametrize(("place", "area_id"), [(SOUTH, "plein-zuid"), ("plein, noord", "plein-noord")])
    def test_is_kept_for_the_place_that_was_said(self, sign_in, place, area_id):
        response = self.refer(sign_in("noor"), place)

        assert response.status_code == 302
        assert models.Referral.objects.get().area.text_id == area_id

    def test_of_a_note_holds_the_words_where_they_say_no_one_place(self):
        notes.make_note(Note(text=DEBTS, place="plein"), about="", key=KEY, actor=an_actor("noor"), at=NOON)

        services.make_of_note(KEY, actor=an_actor("noor"), on=DAY, at=NOON)

        made = models.Referral.objects.get()
        assert (made.area, made.text) == (None, f"{DEBTS}\nplein")

    def test_of_a_signal_is_the_place_of_the_answer(self, sign_in):
        said = {"text": "Er ligt zwerfvuil op straat", "place": SOUTH, "when": "today", "has_suggested": "on"}

        response = sign_in("karel").post(TELL, {**said, "owner_id": "-", "seriousness": "annoying"})

        assert response.status_code == 302
        assert signals.Signal.objects.get().area_text_id == "plein-zuid"

    @pytest.mark.parametrize(("area_id", "is_near"), [("plein-zuid", True), ("plein-noord", False)])
    def test_is_read_again_for_the_very_place(self, area_id, is_near):
        noor = an_actor("noor")
        wish = services.ReferralWish(
            text=DEBTS,
            asks=(services.Ask(party=Party(person_id=PersonId("samira"))),),
            area_id=AreaId(area_id),
        )
        made = services.make_referral(wish, actor=noor, on=DAY, at=NOON)
        page = selectors.referral_page(made, actor=noor, on=DAY)

        found = need.next_best(page, actor=noor, on=DAY, language="nl")

        assert any("Schuldhulp" in each.sentence for each in found) is is_near
