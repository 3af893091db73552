# SPDX-License-Identifier: EUPL-1.2
"""What waits in situations, on the start page and by mail: in both languages, to whom it concerns."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from scharnier.apps.digest import letters
from scharnier.apps.digest import selectors as digest
from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import Account, Membership, Network
from scharnier.apps.situations import models
from tests.factories import DAY
from tests.integration.apps import situations_scenes as scenes
from tests.integration.apps.reading import words_of
from tests.integration.apps.situations_scenes import AD, BAS, ELS, JOKE, KAREL, MO, NOOR, RIA, WIM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
WORK, ASK = "/work/", reverse("overview:ask")
WORDS = "Zien jullie ook elke avond onrust?"
DEED = "Loop elke avond langs."
ENDED = {"state": "dismissed", "reason": "Voorbij.", "ended_on": DAY}


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def enter(sign_in):
    def _enter(name, *, language="nl"):
        client = sign_in(name, role=scenes.ROLES[name])
        client.cookies["django_language"] = language
        return client

    return _enter


def an_action(made, *, name="karel", organization="politie", **parts):
    return models.Action.objects.create(**{
        "id": f"{made.pk}-{made.actions.count()}", "network_id": "kruisveld", "situation": made, "text": DEED,
        "person": scenes.person(name) if name else None, "person_text_id": name,
        "organization_text_id": organization, "due": DAY, **parts,
    })  # fmt: skip


def running(situation_id="plein", **parts):
    made = scenes.a_situation(situation_id, state="running", **parts)
    scenes.an_invitation(made, "politie")
    return made


def account(name):
    found = Account.objects.select_related("user", "network", "person")
    return found.get(network_id="kruisveld", person__text_id=name)


def write(name, actor, *, on=DAY, language="nl"):
    """Write to somebody what waits; return how many things, and what the mail says."""
    Network.objects.filter(id="kruisveld").update(language=language)
    n_things = letters.send(account(name), actor=actor, on=on)
    letter = Message.objects.order_by("pk").last()
    return n_things, f"{letter.subject}\n{letter.text}" if letter else ""


class TestMail:
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("nl", "In wat je samen aanpakt, wacht één ding op je:"),
            ("en", "In what you tackle with others, one thing waits for you:"),
        ],
    )
    def test_tells_of_one_thing_in_the_language_of_its_reader(self, language, said):
        scenes.a_situation()

        n_things, mail = write("noor", NOOR, language=language)

        assert n_things == 1
        assert said in mail

    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("nl", "In wat je samen aanpakt, wachten 3 dingen op je:"),
            ("en", "In what you tackle with others, 3 things wait for you:"),
        ],
    )
    def test_counts_several(self, language, said):
        for name in ("plein", "licht", "park"):
            scenes.a_situation(name)

        n_things, mail = write("noor", NOOR, language=language)

        assert n_things == 3
        assert said in mail

    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize(("name", "actor"), [("noor", NOOR), ("karel", KAREL), ("ria", RIA)])
    def test_holds_no_word_of_a_situation(self, name, actor, language):
        made = running(goal="Rust op het plein", deadline=DAY)
        an_action(made)
        scenes.a_situation("licht", owner="")

        n_things, mail = write(name, actor, language=language)

        assert n_things > 0
        assert not [
            each for each in (scenes.QUESTION, WORDS, DEED, "Rust op het plein", "noise") if each in mail
        ]

    def test_holds_no_word_of_an_invitation(self):
        scenes.an_invitation(scenes.a_situation(), "politie", state="invited", words=WORDS)

        n_things, mail = write("karel", KAREL)

        assert n_things == 1
        assert WORDS not in mail
        assert scenes.QUESTION not in mail

    def test_leads_to_the_list_of_situations(self, settings):
        settings.ADDRESS = "https://kruisveld.example.org"
        scenes.a_situation()

        _, mail = write("noor", NOOR)

        assert "https://kruisveld.example.org/situations/" in mail

    @pytest.mark.parametrize(
        ("name", "actor"), [("bas", BAS), ("mo", MO), ("els", ELS), ("wim", WIM), ("ad", AD)]
    )
    def test_goes_to_nobody_else(self, name, actor):
        an_action(running())

        assert write(name, actor) == (0, "")

    def test_goes_to_both_colleagues_of_who_leads(self):
        scenes.a_situation()

        assert [write(name, actor)[0] for name, actor in (("noor", NOOR), ("joke", JOKE))] == [1, 1]

    def test_stops_once_it_has_ended(self):
        made = scenes.a_situation()
        before = write("noor", NOOR)[0]
        Message.objects.all().delete()
        models.Situation.objects.filter(pk=made.pk).update(**ENDED)

        assert (before, write("noor", NOOR)) == (1, (0, ""))

    def test_stops_once_it_is_answered(self):
        row = scenes.an_invitation(scenes.a_situation(), "politie", state="invited", words=WORDS)
        before = write("karel", KAREL)[0]
        Message.objects.all().delete()
        models.Invitation.objects.filter(pk=row.pk).update(state="declined", reason="Geen mensen.")

        assert (before, write("karel", KAREL)) == (1, (0, ""))

    def test_stops_once_it_is_done(self):
        action = an_action(running())
        before = write("karel", KAREL)[0]
        Message.objects.all().delete()
        models.Action.objects.filter(pk=action.pk).update(state="done", ended_on=DAY)

        assert write("karel", KAREL)[0] == before - 1

    def test_ends_with_the_role_at_the_organization(self):
        scenes.a_situation()
        Membership.objects.filter(person__text_id="noor").update(end_date=DAY - timedelta(days=1))

        left = digest.what_waits(scenes.an_actor("noor"), on=DAY)

        assert left.n_shared == 0


class TestWhatWaits:
    def test_counts_once_what_waits_for_a_person_of_the_organization(self):
        an_action(running())

        waits = digest.what_waits(KAREL, on=DAY)

        assert waits.n_shared == waits.total == 1
        assert waits.lines == ()

    def test_counts_everything_of_every_situation(self):
        for name in ("plein", "licht"):
            an_action(running(name))
        scenes.an_invitation(scenes.a_situation("park"), "politie", state="invited", words=WORDS)

        assert digest.what_waits(KAREL, on=DAY).n_shared == 3

    @pytest.mark.parametrize("actor", scenes.ACTORS)
    def test_is_nothing_where_there_is_nothing(self, actor):
        assert digest.what_waits(actor, on=DAY).total == 0

    def test_is_nothing_of_another_network(self):
        scenes.a_situation(owner="")

        assert digest.what_waits(scenes.VERA, on=DAY).total == 0

    def test_is_the_same_in_both_languages(self):
        an_action(running())

        counted = []
        for language in ("nl", "en"):
            with translation.override(language):
                counted.append(digest.what_waits(KAREL, on=DAY).n_shared)

        assert counted == [1, 1]


class TestStartPage:
    @pytest.mark.parametrize(
        ("language", "said", "other"),
        [
            ("nl", "In wat je samen aanpakt", "In what you tackle with others"),
            ("en", "In what you tackle with others", "In wat je samen aanpakt"),
        ],
    )
    def test_says_it_in_the_language_of_who_reads(self, enter, language, said, other):
        scenes.a_situation()

        text = words_of(enter("noor", language=language).get(WORK))

        assert said in text
        assert other not in text

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_shows_the_question_to_who_takes_part(self, enter, language):
        an_action(running())

        assert scenes.QUESTION in words_of(enter("karel", language=language).get(WORK))

    @pytest.mark.parametrize("name", ["bas", "mo", "els"])
    def test_shows_nothing_to_others(self, enter, name):
        an_action(running())

        answer = enter(name).get(WORK)

        assert scenes.QUESTION not in answer.text
        assert "/situations/plein/" not in answer.text

    def test_leads_a_coordinator_to_what_nobody_leads_without_its_question(self, enter):
        scenes.a_situation(owner="")

        answer = enter("ria").get(WORK)

        assert "/situations/plein/" in answer.text
        assert scenes.QUESTION not in answer.text

    def test_leads_each_to_a_page_that_opens(self, enter):
        an_action(running())
        scenes.an_invitation(scenes.a_situation("licht"), "politie", state="invited", words=WORDS)
        client = enter("karel")

        addresses = set(re.findall(r'href="(/situations/(?:plein|licht)/[^"#]*)', client.get(WORK).text))

        assert len(addresses) == 2
        assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
            addresses, 200
        )

    def test_is_empty_again_once_all_is_done(self, enter):
        action = an_action(running())
        client = enter("karel")
        before = scenes.QUESTION in client.get(WORK).text
        models.Action.objects.filter(pk=action.pk).update(state="done", ended_on=DAY)

        assert (before, scenes.QUESTION in client.get(WORK).text) == (True, False)

    @pytest.mark.parametrize(
        ("due", "is_late"), [(DAY - timedelta(days=1), True), (DAY, False), (DAY + timedelta(days=1), False)]
    )
    def test_says_late_from_the_day_after(self, enter, due, is_late):
        an_action(running(), due=due)

        assert ("had af moeten zijn op" in words_of(enter("karel").get(WORK))) is is_late

    def test_takes_words_for_words(self, enter):
        running(question="<script>alert(1)</script> & meer?")
        an_action(models.Situation.objects.get())

        page = enter("karel").get(WORK).text

        assert "<script>alert(1)</script>" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; meer?" in page


class TestCalendar:
    def days(self, name, *, language="nl"):
        account = Account.objects.get(network_id="kruisveld", person__text_id=name)
        with translation.override(language):
            return digest.days_to_keep(account, on=DAY)

    def test_has_the_day_of_an_action_for_who_does_it_alone(self):
        made = running()
        action = an_action(made, due=DAY + timedelta(days=3))

        (day,) = self.days("karel")
        assert (day.id, day.day) == (f"action.{action.pk}", DAY + timedelta(days=3))
        assert day.title == "Samen grip: Je hebt iets te doen."
        assert day.address.endswith(f"/situations/{made.pk}/")
        assert not [each for each in self.days("noor") if each.id == day.id]

    def test_says_it_in_english_too(self):
        an_action(running())

        (day,) = self.days("karel", language="en")

        assert day.title == "Together: You have something to do."

    def test_holds_no_word_of_what_it_is_about(self):
        an_action(running(question="Waarom is het zo onrustig?"))

        (day,) = self.days("karel")

        assert DEED not in day.title
        assert "onrustig" not in day.title

    def test_moves_with_the_day_and_stays_the_same_entry(self):
        action = an_action(running())
        (before,) = self.days("karel")
        models.Action.objects.filter(pk=action.pk).update(due=DAY + timedelta(days=9))

        (after,) = self.days("karel")

        assert after.id == before.id
        assert after.day == DAY + timedelta(days=9)

    def test_has_the_last_day_to_answer_for_who_is_invited(self):
        made = scenes.a_situation("plein", state="proposed")
        asked = scenes.an_invitation(made, "school", state="invited", words=WORDS)

        (day,) = self.days("bas")

        assert day.id == f"answer.{asked.pk}"
        assert day.day == DAY + timedelta(days=14)
        assert WORDS not in day.title

    def test_has_nothing_of_what_ended(self):
        an_action(scenes.a_situation("plein", **ENDED), name="noor", organization="jongerenwerk")

        assert self.days("noor") == ()
