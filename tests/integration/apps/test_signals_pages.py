# SPDX-License-Identifier: EUPL-1.2
"""The pages of signals: told in half a minute, found again, and who else meets it, without a script."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import User
from scharnier.apps.signals import models, services
from scharnier.core import network, signals
from scharnier.core.kernel import Role, SignalId
from scharnier.core.network import LocationType
from scharnier.core.signals import SignalState, SignalStep
from tests.factories import DAY, NOON
from tests.integration.apps import signals_scenes as here
from tests.integration.apps.signals_scenes import (
    BY_LIBRARY,
    HOUSE,
    LIES,
    LITTER,
    SAMIRA,
    WORDS,
    filled,
    tell,
    tell_by_library,
    tell_by_resident,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_kruisveld_of_signals", "_today")]
NEW, LIST, TOPICS = (reverse(f"signals:{name}") for name in ("tell", "own_signals", "suggest_topics"))
PHONE_NUMBER = "06 12345678"
MEMBERS = [role for role in Role if role not in {Role.RESEARCHER, Role.ADMINISTRATOR}]
A_HOUSE = "Jasmijnhof 3"


@pytest.fixture
def lies(sign_in):
    return sign_in("lies")


def send(client, **changes):
    return client.post(NEW, filled(**changes))


def page_of(row):
    return reverse("signals:signal", args=[row.pk])


def told_row():
    return models.Signal.objects.get()


def errors_of(answer):
    return re.findall(r'class="utrecht-form-field-error-message"[^>]*>([^<]+)<', answer.text)


class TestTellPage:
    @pytest.mark.parametrize("role", MEMBERS)
    def test_opens_for_members(self, sign_in, role):
        assert sign_in(role=role).get(NEW).status_code == 200

    @pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
    def test_stays_closed_for_who_keeps_the_house_or_counts(self, sign_in, role):
        assert sign_in(role=role).get(NEW).status_code == 403

    def test_keeps_what_was_told_and_shows_it(self, samira):
        answer = samira.post(NEW, filled(), follow=True)

        row = told_row()
        assert answer.redirect_chain == [(page_of(row), 302)]
        assert "Alleen je organisatie leest de woorden." in answer.text
        assert WORDS in answer.text
        assert (row.organization.text_id, row.author.text_id, row.topic_ids) == (
            "school",
            "samira",
            ["litter"],
        )
        assert (row.precision, row.area_text_id, row.happened_on) == ("area", "noord", DAY)

    def test_keeps_what_is_sent_twice_once(self, samira):
        key = str(uuid4())

        send(samira, key=key), send(samira, key=key)

        assert models.Signal.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({"text": ""}, "Schrijf in een paar woorden wat je tegenkomt."),
            ({"text": f"Bel {PHONE_NUMBER}"}, "een telefoonnummer"),
            ({"place": f"bij {PHONE_NUMBER}", "area_id": "noord"}, "een telefoonnummer"),
            ({"place": "", "area_id": ""}, "Zeg waar het was"),
            ({"place": "Nergenshuizen", "area_id": ""}, "We kennen hier geen plek die"),
            ({"area_id": "maan"}, "Kies er een uit de lijst."),
            ({"when": ""}, "Zeg wanneer het was, zo goed als je weet."),
            ({"when": "day", "on": "2031-01-01"}, "niet later dan vandaag"),
            ({"when": "day", "on": "gisteren"}, "Dit is geen dag."),
            ({"owner_id": "politie"}, "Kies er een uit de lijst."),
            ({"topics": ["ufo"]}, "Kies uit de lijst."),
            ({"seriousness": "heel erg"}, "Kies er een uit de lijst."),
            ({"longitude": "999", "latitude": "52"}, "Zeg waar het was"),
        ],
        ids=str,
    )
    def test_says_what_to_mend_and_loses_nothing(self, samira, changes, said):
        answer = send(samira, **{"text": "Vieze goot", "place": "het hoekje", "area_id": "noord", **changes})

        assert answer.status_code == 422
        assert any(said in error for error in errors_of(answer)), errors_of(answer)
        assert changes.get("text", "Vieze goot") in answer.text
        assert changes.get("place", "het hoekje") in answer.text
        assert not models.Signal.objects.exists()

    @pytest.mark.parametrize(
        ("when", "on", "happened", "grain"),
        [
            ("today", "", DAY, "day"),
            ("yesterday", "", DAY - timedelta(days=1), "day"),
            ("day", "2026-03-02", date(2026, 3, 2), "day"),
            ("day", "02-03-2026", date(2026, 3, 2), "day"),
            ("week", "", DAY, "week"),
            ("week", "2026-03-04", date(2026, 3, 4), "week"),
            ("month", "2026-01-15", date(2026, 1, 15), "month"),
            ("today", "2026-01-01", DAY, "day"),
        ],
    )
    def test_takes_a_day_as_exactly_as_it_is_known(self, samira, when, on, happened, grain):
        send(samira, when=when, on=on)

        assert (told_row().happened_on, told_row().grain) == (happened, grain)

    @pytest.mark.parametrize(
        ("changes", "precision", "words", "area_id"),
        [
            ({"place": "MARSSTRAAT"}, "street", "Marsstraat", "marsstraat"),
            ({"place": "Marsstraat 12"}, "address", "Marsstraat 12", "marsstraat"),
            ({"place": "naast de glasbak", "area_id": "zuid"}, "street", "naast de glasbak", "zuid"),
            ({"place": "", "area_id": "zuid"}, "area", "", "zuid"),
            (
                {"place": "bij de brug", "longitude": "5.12", "latitude": "52.09"},
                "point",
                "bij de brug",
                "noord",
            ),
        ],
        ids=str,
    )
    def test_takes_a_place_as_it_is_typed_chosen_or_pointed_out(
        self, samira, changes, precision, words, area_id
    ):
        send(samira, **changes)

        row = told_row()
        assert (row.precision, row.place_words, row.area_text_id) == (precision, words, area_id)

    def test_is_told_for_oneself_by_who_acts_for_nobody(self, sign_in):
        anneke = sign_in("anneke", role=Role.RESIDENT)
        form = anneke.get(NEW).text

        answer = anneke.post(NEW, filled(owner_id="school"), follow=True)

        assert 'name="owner_id"' not in form
        assert told_row().organization is None
        assert "Alleen jij leest de woorden." in answer.text

    def test_lets_who_acts_for_one_tell_for_themselves(self, samira):
        send(samira, owner_id="-")

        assert told_row().organization is None

    def test_offers_areas_and_streets_and_no_house_that_nobody_vouches_for(self, samira, load):
        location = network.Location(
            id="huis", name="Huis", location_type=LocationType.PHYSICAL, address=A_HOUSE, area_id="noord"
        )
        load(replace(here.a_neighbourhood(), locations=(location,)))

        page = samira.get(NEW).text

        for name in ("Noord", "Zuid", "Marsstraat"):
            assert f'<option value="{name}">' in page
        assert A_HOUSE not in page

    def test_begins_with_the_words_of_another_page(self, samira):
        answer = samira.post(NEW, {"begin": "1", "text": WORDS, "place": "noord"})

        assert answer.status_code == 200
        assert WORDS in answer.text
        assert 'value="noord"' in answer.text
        assert not models.Signal.objects.exists()


class TestSecondLook:
    WORDS = "Overal zwerfafval op het plein"

    def test_suggests_topics_where_none_were_chosen(self, samira):
        answer = send(samira, text=self.WORDS, topics=[], has_suggested="")

        assert answer.status_code == 200
        assert "Gaat het hierover? Geef het dan door." in answer.text
        assert re.search(r'name="topics" value="litter"[^>]* checked', answer.text)
        assert self.WORDS in answer.text
        assert not models.Signal.objects.exists()

    def test_comes_once_whatever_is_left_ticked(self, samira):
        send(samira, text=self.WORDS, topics=[], has_suggested="on")

        assert told_row().topic_ids == []

    def test_does_not_come_where_nothing_is_found(self, samira):
        send(samira, text="Hmm", topics=[], has_suggested="")

        assert told_row().text == "Hmm"

    def test_does_not_hide_what_is_wrong(self, samira):
        answer = send(samira, text=self.WORDS, place="", topics=[], has_suggested="")

        assert answer.status_code == 422

    def test_is_asked_for_by_the_program_of_the_page(self, samira):
        found = samira.post(TOPICS, {"text": self.WORDS}).json()["topics"]

        assert {"id": "litter", "name": "zwerfafval"} in found

    def test_tells_no_topics_of_nothing(self, samira):
        assert samira.post(TOPICS).json() == {"topics": []}
        assert samira.get(TOPICS).status_code == 405

    def test_is_closed_to_who_may_not_tell(self, sign_in):
        assert sign_in(role=Role.RESEARCHER).post(TOPICS, {"text": "afval"}).status_code == 403


class TestListPage:
    def test_shows_those_of_the_organization_and_of_nobody_else(self, samira):
        tell(text="Van ons"), tell_by_library()

        page = samira.get(LIST).text

        assert "Van ons" in page
        assert BY_LIBRARY not in page

    def test_says_the_first_step_where_there_is_none(self, samira):
        page = samira.get(LIST).text

        assert "Jij en je organisatie gaven nog niets door." in page
        assert NEW in page

    def test_is_narrowed_by_state_and_topic(self, samira):
        tell(text="Nog open")
        done = tell(text="Al klaar", topics=frozenset({"noise"}))
        services.step_signal(SignalId(done.pk), SignalStep.HANDLE, actor=SAMIRA, at=NOON)

        shown = {
            query: [
                words for words in ("Nog open", "Al klaar") if words in samira.get(f"{LIST}?{query}").text
            ]
            for query in (
                "state=open",
                "state=handled",
                "topic=noise",
                "topic=litter&state=handled",
                "state=x",
            )
        }

        assert shown == {
            "state=open": ["Nog open"],
            "state=handled": ["Al klaar"],
            "topic=noise": ["Al klaar"],
            "topic=litter&state=handled": [],
            "state=x": ["Nog open", "Al klaar"],
        }

    def test_comes_in_parts(self, samira):
        for number in range(25):
            tell(text=f"Nummer {number}!", at=NOON - timedelta(minutes=number))

        first, second, beyond = (samira.get(f"{LIST}?page={page}").text for page in (1, 2, "x"))

        assert ("Nummer 0!" in first, "Nummer 24!" in first) == (True, False)
        assert ("Nummer 0!" in second, "Nummer 24!" in second) == (False, True)
        assert "Nummer 0!" in beyond

    def test_is_in_the_menu_of_members(self, sign_in):
        pages = {
            role: sign_in(role=role).get(reverse("look")).text for role in (Role.RESIDENT, Role.RESEARCHER)
        }

        assert {role: f'href="{LIST}"' in page for role, page in pages.items()} == {
            Role.RESIDENT: True,
            Role.RESEARCHER: False,
        }


class TestSignalPage:
    def test_says_what_it_is_and_how_it_stands(self, samira):
        row = tell(place=HOUSE, resident_group_ids=frozenset({"jongeren"}))

        page = samira.get(page_of(row)).text

        for words in (WORDS, "Marsstraat 12, Noord", "zwerfafval", "Jongeren", "Het is vervelend", "Open"):
            assert words in page
        assert "Je gaf het door voor De Regenboog." in page
        assert "29 maart 2027" in page  # so long the words are kept

    @pytest.mark.parametrize("who", ["lies", "anneke"])
    def test_is_not_there_for_others(self, sign_in, who):
        row = tell()

        for address in (page_of(row), reverse("signals:change_signal", args=[row.pk])):
            answer = sign_in(who, role=Role.COORDINATOR).get(address)
            assert answer.status_code == 404
            assert WORDS not in answer.text

    def test_takes_the_steps_that_are_open(self, samira):
        row = tell()

        for step, state in (("handle", "handled"), ("reopen", "open"), ("withdraw", "withdrawn")):
            answer = samira.post(reverse("signals:step_signal", args=[row.pk, step]), follow=True)
            assert answer.status_code == 200
            row.refresh_from_db()
            assert row.state == state

        page = samira.get(page_of(row)).text
        assert "Ingetrokken" in page
        assert WORDS not in page
        assert f'action="{reverse("signals:step_signal", args=[row.pk, "handle"])}"' not in page

    @pytest.mark.parametrize(("step", "status"), [("reopen", 409), ("explode", 404), ("lapse", 404)])
    def test_refuses_a_step_that_is_not_open(self, samira, step, status):
        assert samira.post(reverse("signals:step_signal", args=[tell().pk, step])).status_code == status

    def test_takes_no_step_of_others(self, lies):
        row = tell()

        assert lies.post(reverse("signals:step_signal", args=[row.pk, "withdraw"])).status_code == 404
        assert told_row().state == "open"

    def test_says_that_the_words_went(self, samira):
        row = tell()
        models.Signal.objects.update(**services.WITHOUT_WORDS)

        page = samira.get(page_of(row)).text

        assert "De woorden zijn weg; het telt nog mee." in page
        assert reverse("signals:change_signal", args=[row.pk]) not in page

    def test_of_a_resident_is_read_by_the_organization_of_choice(self, samira):
        here.receive_by("school")
        row = tell_by_resident()

        page = samira.get(page_of(row)).text

        assert "Doorgegeven door een bewoner, met het open formulier" in page
        assert "Laat het weten" not in page


class TestChangePage:
    def change(self, client, row, **changes):
        return client.post(reverse("signals:change_signal", args=[row.pk]), filled(**changes), follow=True)

    def test_starts_with_what_was_told(self, samira):
        row = tell(place=here.MARS, happened=signals.Happening(on=date(2026, 3, 2)))

        page = samira.get(reverse("signals:change_signal", args=[row.pk])).text

        for words in (WORDS, 'value="Marsstraat"', 'value="2026-03-02"', 'value="litter"'):
            assert words in page
        assert 'name="owner_id"' not in page

    def test_keeps_what_was_changed(self, samira):
        row = tell()

        answer = self.change(samira, row, text="Nu ook overdag", place="marsstraat")

        row.refresh_from_db()
        assert (row.text, row.area_text_id, row.organization.text_id) == (
            "Nu ook overdag",
            "marsstraat",
            "school",
        )
        assert "Veranderd" in answer.text

    def test_keeps_a_point_where_it_was(self, samira):
        row = tell(place=here.AT_SQUARE)

        page = samira.get(reverse("signals:change_signal", args=[row.pk])).text

        assert 'name="longitude" value="5.1213"' in page

    def test_says_what_to_mend(self, samira):
        row = tell()

        answer = self.change(samira, row, text=f"Bel {PHONE_NUMBER}")

        assert answer.status_code == 422
        row.refresh_from_db()
        assert row.text == WORDS

    def test_is_over_when_the_signal_is(self, samira):
        row = tell()
        services.step_signal(SignalId(row.pk), SignalStep.HANDLE, actor=SAMIRA, at=NOON)

        answer = self.change(samira, row, text="Toch anders")

        assert "Dit signaal is al afgehandeld of ingetrokken." in answer.text
        row.refresh_from_db()
        assert (row.text, row.state) == (WORDS, SignalState.HANDLED.value)


class TestWhoElse:
    def test_is_told_as_a_number_with_one_next_step(self, samira):
        tell_by_library(), tell(here.PIET, owner_id=here.POLICE)
        row = tell()

        page = samira.get(page_of(row)).text

        assert "2 andere partners komen hier ook zoiets tegen." in page
        assert "Laat het weten" in page
        assert not any(name in page for name in ("Bibliotheek", "Politie", BY_LIBRARY))

    def test_is_told_when_there_is_nobody(self, samira):
        page = samira.get(page_of(tell())).text

        assert "Niemand anders gaf hier de laatste tijd zoiets door." in page
        assert "Laat het weten" not in page

    def test_is_told_no_more_after_too_many_questions(self, samira):
        tell_by_library()
        samira.get(page_of(tell()))
        models.Count.objects.update(n=services.MOST_LOOKS)

        page = samira.get(page_of(tell(topics=frozenset({LITTER, "noise"})))).text

        assert "Morgen kan het weer." in page
        assert "andere partner" not in page

    def test_lets_them_know_and_leads_to_where_it_is_decided(self, samira, lies):
        tell_by_library()
        row = tell()
        for user in User.objects.all():
            user.email = user.username.replace("@kruisveld", "@example.org")
            user.save()

        answer = samira.post(reverse("signals:let_know", args=[row.pk]), follow=True)

        match = reverse("signals:match", args=[models.Match.objects.get().pk])
        assert "Eén partner krijgt een mail dat iemand hetzelfde tegenkomt." in answer.text
        assert match in answer.text
        assert {message.to for message in Message.objects.all()} == {"samira@example.org", "lies@example.org"}
        assert "Een andere partner komt hetzelfde tegen" in lies.get(LIST).text
        assert WORDS not in lies.get(match).text

    def test_is_not_let_know_twice(self, samira):
        tell_by_library()
        row = tell()
        let_know = reverse("signals:let_know", args=[row.pk])

        samira.post(let_know)
        again = samira.post(let_know, follow=True)

        assert "Hierover heb je al bericht gekregen." in again.text
        assert models.Match.objects.count() == 1

    def test_is_not_let_know_by_others(self, lies):
        row = tell()

        assert lies.post(reverse("signals:let_know", args=[row.pk])).status_code == 404


class TestWords:
    def test_of_others_stand_in_no_page_of_mine(self, samira):
        tell_by_library()
        row = tell()
        services.open_matches(SignalId(row.pk), actor=SAMIRA, at=NOON)
        match = models.Match.objects.get()
        services.name_side(match.pk, here.LIBRARY, signals.NamingStep.NAME, actor=LIES, at=NOON)

        addresses = [NEW, LIST, page_of(row), reverse("signals:match", args=[match.pk])]

        assert [address for address in addresses if BY_LIBRARY in samira.get(address).text] == []
