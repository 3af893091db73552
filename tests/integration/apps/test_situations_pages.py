# SPDX-License-Identifier: EUPL-1.2
"""Pages of situations: begin, invite, answer, bring on, lead and keep private; each for whom it is."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse

from scharnier.apps.mail.models import Message
from scharnier.apps.situations import labels, models
from scharnier.core import situations
from tests.factories import DAY
from tests.integration.apps import situations_scenes as scenes
from tests.integration.apps.reading import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
LIST, NEW = reverse("situations:list"), reverse("situations:begin")
PAGE = reverse("situations:overview", args=["plein"])
PARTNERS = reverse("situations:partners", args=["plein"])
LEAD, STANDING = reverse("situations:lead", args=["plein"]), reverse("situations:standing", args=["plein"])
ROOMS, NEW_ROOM = reverse("situations:rooms", args=["plein"]), reverse("situations:new_room", args=["plein"])
PERSONAL = "Bel Jan de Vries, geboren 12-03-2009, op 06-12345678."
MARKER = "Zilverspoor"  # stands nowhere but in what only some may read
WORDS = "Zien jullie ook elke avond onrust?"
ANYWHERE = [LIST, PAGE, PARTNERS, LEAD, STANDING, ROOMS, NEW_ROOM, "/work/", "/my/data/"]


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def enter(sign_in):
    return lambda name: sign_in(name, role=scenes.ROLES[name])


def step_page(step):
    return reverse("situations:take_step", args=["plein", step])


def invitation_page(number=0, *, name="invitation"):
    return reverse(f"situations:{name}", args=["plein", f"plein-{number}"])


def row():
    return models.Situation.objects.get(pk="plein")


def states():
    return dict(models.Invitation.objects.values_list("organization_text_id", "state"))


class TestBegin:
    def filled(self, **parts):
        return {
            "template": "safety", "question": scenes.QUESTION, "organization": "jongerenwerk",
            "key": "00000000-0000-4000-8000-000000000001", **parts,
        }  # fmt: skip

    def test_makes_a_situation_and_goes_on_to_who_joins(self, enter):
        answer = enter("noor").post(NEW, self.filled(area_ids=["noord"], topics=["noise"]))

        made = models.Situation.objects.get()
        assert answer.status_code == 302
        assert answer.url == reverse("situations:partners", args=[made.pk])
        assert (made.owner_text_id, made.area_ids, made.topic_ids) == ("jongerenwerk", ["noord"], ["noise"])
        assert made.goal

    def test_is_about_what_goes_with_the_template_when_nothing_was_ticked(self, enter):
        enter("noor").post(NEW, self.filled())

        assert "evening-nuisance" in models.Situation.objects.get().topic_ids

    def test_offers_only_ones_own_organizations(self, enter):
        text = words_of(enter("noor").get(NEW))

        assert "Jongerenwerk" in text
        assert "Politie" not in text

    def test_lets_a_coordinator_begin_for_none(self, enter):
        enter("ria").post(NEW, self.filled(organization=""))

        assert models.Situation.objects.get().owner is None

    def test_refuses_personal_data_and_keeps_the_words(self, enter):
        answer = enter("noor").post(NEW, self.filled(question=PERSONAL))

        assert answer.status_code == 422
        assert PERSONAL in html.unescape(answer.text)
        assert not models.Situation.objects.exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"question": ""},
            {"template": ""},
            {"template": "nergens"},
            {"organization": "politie"},
            {"organization": ""},
            {"area_ids": ["nergens"]},
            {"topics": ["nergens"]},
            {"groups": ["nergens"]},
            {"key": "geraden"},
        ],
    )
    def test_says_what_is_wrong_and_keeps_the_words(self, enter, wrong):
        answer = enter("noor").post(NEW, self.filled(**wrong))

        assert answer.status_code == 422
        if "question" not in wrong:
            assert scenes.QUESTION in answer.text
        assert not models.Situation.objects.exists()

    def test_looks_for_topics_and_saves_nothing_yet(self, enter):
        answer = enter("noor").post(NEW, self.filled(search="lawaai"))

        assert answer.status_code == 200
        assert scenes.QUESTION in answer.text
        assert not models.Situation.objects.exists()

    @pytest.mark.parametrize("name", ["mo", "wim", "ad", "els"])
    def test_is_not_for_who_acts_for_nobody(self, enter, name):
        client = enter(name)

        assert [client.get(NEW).status_code, client.post(NEW, self.filled()).status_code] == [403, 403]
        assert not models.Situation.objects.exists()


class TestList:
    def test_shows_what_waits_first_with_the_question(self, enter):
        scenes.a_situation()

        text = words_of(enter("noor").get(LIST))

        assert text.index("Dit wacht op jou") < text.index("Signaleren", text.index("Dit wacht op jou"))
        assert scenes.QUESTION in text

    def test_shows_an_invitation_with_its_words_and_not_the_question(self, enter):
        scenes.an_invitation(scenes.a_situation(), "politie", state="invited", words=WORDS)

        text = words_of(enter("karel").get(LIST))

        assert "Doen jullie mee?" in text
        assert WORDS in text
        assert scenes.QUESTION not in text

    @pytest.mark.parametrize("name", ["ria", "wim"])
    def test_tells_who_keeps_watch_that_it_is_there_and_no_word(self, enter, name):
        scenes.a_situation(state="running", since=DAY, topic_ids=["noise"], area_ids=["noord"])

        text = words_of(enter(name).get(LIST))

        assert "Wat er verder speelt in het netwerk" in text
        assert "Geluidsoverlast (Noord) we zijn bezig sinds 29 maart 2026" in text
        assert scenes.QUESTION not in text

    def test_folds_away_what_has_ended(self, enter):
        scenes.a_situation(state="dismissed", reason="Het waaide over.", ended_on=DAY)

        text = words_of(enter("noor").get(LIST))

        assert "Wat voorbij is" in text
        assert "Dit wacht op jou" not in text

    @pytest.mark.parametrize("name", ["noor", "ria", "wim"])
    def test_stands_in_the_menu_for_who_may_find_anything_there(self, enter, name):
        assert f'href="{LIST}"' in enter(name).get(LIST).text.partition("</header>")[0]


class TestOverview:
    def test_shows_the_five_parts_in_their_order(self, enter):
        made = scenes.a_situation(topic_ids=["noise"], area_ids=["noord"], resident_group_ids=["jongeren"])
        scenes.an_invitation(made, "politie")

        text = words_of(enter("noor").get(PAGE))

        parts = (scenes.QUESTION, "Trekker", "Wat er nu nodig is", "Tot nu toe", "Wie er meedoen")
        order = [text.find(part) for part in (scenes.QUESTION, "Trekker", "Wat er nu nodig is")]
        assert -1 not in order
        assert order == sorted(order)
        assert len(parts) == 5
        assert {"geluidsoverlast", "Noord", "Jongeren"} <= set(re.findall(r"\w+", text))

    def test_says_what_is_missing_before_a_step_is_taken(self, enter):
        scenes.a_situation()

        answer = enter("noor").get(PAGE)

        assert "Pak het samen op’ is eerst nodig:" in words_of(answer)  # noqa: RUF001  # as we write it
        assert str(labels.LACKS[situations.Lack.HEARD]) in words_of(answer)
        assert step_page("accept") not in re.findall(r'utrecht-button[^>]+href="([^"]+)"', answer.text)

    def test_offers_the_step_once_everything_is_there(self, enter):
        scenes.an_invitation(scenes.a_situation(), "politie")

        assert f'href="{step_page("accept")}"' in enter("noor").get(PAGE).text

    def test_tells_the_story_in_sentences(self, enter):
        scenes.a_situation()
        enter("noor").post(PARTNERS, {"others": ["politie"], "words": WORDS})
        asked = models.Invitation.objects.get()
        page = reverse("situations:invitation", args=["plein", asked.pk])
        enter("karel").post(page, {"accept": "1", "reason": ""})

        text = words_of(enter("noor").get(PAGE))

        assert text.index("Jongerenwerk nodigde Politie uit") < text.index("Politie doet mee")

    @pytest.mark.parametrize(("n", "n_folded"), [(12, 0), (13, 5), (31, 23)])
    def test_folds_how_a_long_story_began(self, enter, n, n_folded):
        made = scenes.a_situation(owner_name="Jongerenwerk")
        for number in range(n):
            at = datetime.combine(DAY, time(8), UTC) - timedelta(days=n - number)
            models.StoryLine.objects.create(
                network_id="kruisveld", situation=made, source_text_id="jongerenwerk", event="figure",
                what="entered", at=at,
            )  # fmt: skip

        folded, _end, open_part = enter("noor").get(PAGE).text.rpartition('<ol class="story">')

        line = "Jongerenwerk vulde een cijfer in"
        assert (folded.count(line), open_part.count(line)) == (n_folded, n - n_folded)
        assert ("Hoe het begon" in folded) is (n_folded > 0)

    def test_says_of_whom_something_is_awaited(self, enter):
        made = scenes.a_situation(owner_name="Jongerenwerk")
        scenes.an_invitation(made, "politie", state="invited")
        scenes.an_invitation(made, "school")

        text = words_of(enter("bas").get(PAGE))

        assert "Politie geeft antwoord of ze meedoen." in text
        assert "De trekker besluit het op te pakken." in text

    def test_names_who_has_signals_in_a_bundle_and_says_that_nobody_was_asked(self, enter):
        made = scenes.a_situation(state="signal_bundle", owner="")
        for name in ("jongerenwerk", "politie"):
            models.BundlePartner.objects.create(
                network_id="kruisveld", situation=made, organization=scenes.organization(name)
            )

        text = words_of(enter("noor").get(PAGE))

        assert "Jongerenwerk heeft hier signalen over" in text
        assert "Politie heeft hier signalen over" in text
        assert "doet mee" not in text.replace("zoekt wie meedoet", "")
        assert "Een partner of de coördinator zoekt wie meedoet." in text

    @pytest.mark.parametrize("state", situations.State)
    def test_opens_in_every_state(self, enter, state):
        ended = {"ended_on": DAY} if state in situations.ENDED else {}
        made = scenes.a_situation(state=state.value, reason="Zo is het.", handed_to="De gemeente", **ended)
        scenes.fill_all(made, by=scenes.person("karel"), partner=scenes.organization("politie"))

        answer = enter("noor").get(PAGE)

        assert answer.status_code == 200
        assert str(labels.STATES[state]).capitalize() in words_of(answer)

    def test_names_no_lead_who_does_not_want_to_be_found(self, enter):
        scenes.a_situation(lead=scenes.person("joke"), lead_text_id="joke")
        scenes.person("joke").consents.all().delete()

        assert "Joke" not in words_of(enter("noor").get(PAGE))

    @pytest.mark.parametrize("name", ["ria", "wim", "karel"])
    def test_shows_from_outside_that_it_is_there_and_no_word(self, enter, name):
        made = scenes.a_situation(goal=MARKER, baseline=MARKER, question=f"Lawaai {MARKER}")
        scenes.an_invitation(made, "politie", state="invited", words=WORDS)
        scenes.an_invitation(made, "school", state="declined", reason=MARKER)

        answer = enter(name).get(PAGE)

        assert answer.status_code == 200
        assert "minder dan vijf" in answer.text
        assert MARKER not in answer.text
        assert (WORDS in answer.text) is (name == "karel")

    @pytest.mark.parametrize("name", ["mo", "els", "ad", "bas"])
    def test_is_not_there_for_others(self, enter, name):
        scenes.a_situation()

        assert enter(name).get(PAGE).status_code == 404


class TestSteps:
    @pytest.mark.parametrize("step", ["dismiss", "hand_over"])
    def test_ask_for_words_and_go_back_to_the_overview(self, enter, step):
        scenes.a_situation()
        client = enter("noor")

        empty = client.post(step_page(step), {"said": ""})
        answer = client.post(step_page(step), {"said": "De gemeente pakt dit op."})

        assert (empty.status_code, answer.status_code, answer.url) == (422, 302, PAGE)
        assert row().ended_on == DAY

    def test_refuse_personal_data_and_keep_the_words(self, enter):
        scenes.a_situation()

        answer = enter("noor").post(step_page("dismiss"), {"said": PERSONAL})

        assert answer.status_code == 422
        assert PERSONAL in html.unescape(answer.text)
        assert row().state == "proposed"

    def test_show_what_is_missing_and_no_button(self, enter):
        scenes.a_situation()

        answer = enter("noor").get(step_page("accept"))

        assert "Dit moet er eerst zijn:" in words_of(answer)
        assert 'class="form"' not in answer.text

    def test_say_so_when_somebody_was_first_or_something_is_missing(self, enter):
        scenes.a_situation()

        answer = enter("noor").post(step_page("accept"), follow=True)

        assert "Zover is het nog niet." in words_of(answer)
        assert row().state == "proposed"

    @pytest.mark.parametrize(("name", "step"), [("karel", "dismiss"), ("noor", "run"), ("noor", "fly")])
    def test_are_there_for_who_may_take_them(self, enter, name, step):
        scenes.an_invitation(scenes.a_situation(), "politie")
        client = enter(name)

        statuses = [client.get(step_page(step)).status_code, client.post(step_page(step)).status_code]

        assert statuses == [404, 404]
        assert row().state == "proposed"

    def test_let_a_coordinator_mend_without_reading(self, enter):
        scenes.a_situation(owner="")
        client = enter("ria")

        page = client.get(step_page("dismiss"))
        client.post(step_page("dismiss"), {"said": "Het waaide over."})

        assert scenes.QUESTION not in page.text
        assert row().state == "dismissed"


class TestPartners:
    def test_gives_the_reasons_for_each(self, enter):
        made = scenes.a_situation(topic_ids=["noise"], area_ids=["noord"])
        models.BundlePartner.objects.create(
            network_id="kruisveld", situation=made, organization=scenes.organization("school"), share=0.6
        )

        text = words_of(enter("noor").get(PARTNERS))

        assert "School: komt dit hier vaak tegen; werkt hier" in text
        assert "Politie: houdt zich bezig met geluidsoverlast" in text
        assert "0,6" not in text

    def test_names_a_hinge_who_agreed_to_it_and_no_other(self, enter):
        scenes.tie("bas", "karel")
        scenes.tie("noor", "karel")
        scenes.a_situation(topic_ids=["noise"], area_ids=["noord"])
        made = row()
        for name in ("school", "politie"):
            models.BundlePartner.objects.create(
                network_id="kruisveld", situation=made, organization=scenes.organization(name), share=0.3
            )

        assert words_of(enter("noor").get(PARTNERS)).count("goed bekend bij Karel") == 2
        assert "Karel" not in words_of(enter("ria").get(PARTNERS))

        for name in ("bas", "karel"):
            scenes.person(name).consents.filter(purpose="introduction").delete()
        assert "goed bekend bij" not in words_of(enter("noor").get(PARTNERS))

    def test_invites_who_was_ticked_with_a_mail_that_holds_no_word(self, enter):
        scenes.a_situation(owner_name="Jongerenwerk")

        answer = enter("noor").post(PARTNERS, {"others": ["politie", "school"], "words": WORDS})

        assert (answer.status_code, answer.url) == (302, PAGE)
        assert states() == {"politie": "invited", "school": "invited"}
        mails = Message.objects.filter(template="situation_invited")
        assert {mail.to for mail in mails} == {"karel@example.org", "bas@example.org"}
        assert not any(WORDS in mail.text or scenes.QUESTION in mail.text for mail in mails)
        assert all("/invitations/" in mail.text for mail in mails)

    @pytest.mark.parametrize(
        "wrong",
        [{"words": WORDS}, {"others": ["politie"]}, {"others": ["nergens"], "words": WORDS},
         {"others": ["politie"], "words": PERSONAL}],
    )  # fmt: skip
    def test_says_what_is_wrong_and_keeps_the_words(self, enter, wrong):
        scenes.a_situation()

        answer = enter("noor").post(PARTNERS, wrong)

        assert answer.status_code == 422
        assert wrong.get("words", "") in html.unescape(answer.text)
        assert states() == {}

    def test_fills_in_the_question_for_who_reads_it_only(self, enter):
        scenes.a_situation()

        assert scenes.QUESTION in enter("noor").get(PARTNERS).text
        assert scenes.QUESTION not in enter("ria").get(PARTNERS).text

    @pytest.mark.parametrize("name", ["karel", "bas", "wim", "mo"])
    def test_is_not_there_for_who_does_not_lead(self, enter, name):
        scenes.an_invitation(scenes.a_situation(), "politie")

        assert enter(name).get(PARTNERS).status_code == 404


class TestInvitation:
    @pytest.fixture(autouse=True)
    def _invited(self):
        made = scenes.a_situation(owner_name="Jongerenwerk", lead=scenes.person("noor"), lead_text_id="noor")
        scenes.an_invitation(made, "politie", state="invited", words=WORDS)

    def test_shows_what_is_told_and_no_more(self, enter):
        text = words_of(enter("karel").get(invitation_page()))

        assert "Jongerenwerk nodigt Politie uit." in text
        assert WORDS in text
        assert scenes.QUESTION not in text

    def test_brings_an_organization_in_and_tells_who_leads(self, enter):
        answer = enter("karel").post(invitation_page(), {"accept": "1", "reason": ""})

        assert (answer.status_code, answer.url) == (302, PAGE)
        assert states() == {"politie": "accepted"}
        mails = Message.objects.filter(template="situation_answered")
        assert {mail.to for mail in mails} == {"noor@example.org", "joke@example.org"}
        assert not any(scenes.QUESTION in mail.text for mail in mails)

    def test_declines_with_a_reason(self, enter):
        client = enter("karel")

        without = client.post(invitation_page(), {"decline": "1", "reason": ""})
        answer = client.post(invitation_page(), {"decline": "1", "reason": "Wij werken hier niet."})

        assert (without.status_code, answer.status_code, answer.url) == (422, 302, LIST)
        assert states() == {"politie": "declined"}

    def test_refuses_personal_data_and_keeps_the_words(self, enter):
        answer = enter("karel").post(invitation_page(), {"decline": "1", "reason": PERSONAL})

        assert answer.status_code == 422
        assert PERSONAL in html.unescape(answer.text)
        assert states() == {"politie": "invited"}

    def test_is_left_again_on_the_same_page(self, enter):
        client = enter("karel")
        client.post(invitation_page(), {"accept": "1", "reason": ""})

        page = client.get(invitation_page())
        client.post(invitation_page(), {"decline": "1", "reason": "Wij stoppen hier."})

        assert "Stop met meedoen" in words_of(page)
        assert states() == {"politie": "left"}
        assert client.get(PAGE).status_code == 404

    @pytest.mark.parametrize("name", ["noor", "bas", "ria", "wim", "mo"])
    def test_is_not_there_for_others(self, enter, name):
        client = enter(name)

        statuses = {client.get(invitation_page()).status_code, client.post(invitation_page()).status_code}

        assert statuses == {404}
        assert states() == {"politie": "invited"}

    @pytest.mark.parametrize("name", ["noor", "ria"])
    def test_is_taken_back_by_who_invites(self, enter, name):
        answer = enter(name).post(invitation_page(name="withdraw"))

        assert (answer.status_code, answer.url) == (302, PAGE)
        assert states() == {"politie": "withdrawn"}

    def test_is_not_taken_back_once_answered(self, enter):
        models.Invitation.objects.update(state="declined", reason="Nee.")

        answer = enter("noor").post(invitation_page(name="withdraw"), follow=True)

        assert "kan dit niet meer" in words_of(answer)
        assert states() == {"politie": "declined"}

    def test_lapses_in_the_night_and_who_leads_hears_it(self, settings):
        settings.DAY = DAY + timedelta(days=situations.INVITATION_DAYS + 1)

        scenes.lapse(settings.DAY)
        scenes.lapse(settings.DAY)

        assert states() == {"politie": "lapsed"}
        mails = list(Message.objects.filter(template="situation_answered").order_by("to"))
        assert [mail.to for mail in mails] == ["joke@example.org", "noor@example.org"]


class TestLead:
    def test_goes_to_who_was_chosen(self, enter):
        scenes.an_invitation(scenes.a_situation(), "politie")

        answer = enter("noor").post(LEAD, {"lead": "politie:karel"})

        assert (answer.status_code, row().owner_text_id, row().lead_text_id) == (302, "politie", "karel")

    @pytest.mark.parametrize("lead", ["", "school:bas", "politie:bas", "politie:"])
    def test_goes_to_nobody_else(self, enter, lead):
        scenes.an_invitation(scenes.a_situation(), "politie")

        assert enter("noor").post(LEAD, {"lead": lead}).status_code == 422
        assert row().owner_text_id == "jongerenwerk"

    def test_says_the_first_step_where_nobody_can(self, enter):
        scenes.a_situation(owner="")

        assert "nodig partners uit" in words_of(enter("ria").get(LEAD))

    @pytest.mark.parametrize("name", ["karel", "bas", "wim"])
    def test_is_not_there_for_who_does_not_lead(self, enter, name):
        scenes.an_invitation(scenes.a_situation(), "politie")

        assert enter(name).get(LEAD).status_code == 404


class TestRooms:
    @pytest.fixture(autouse=True)
    def _plein(self):
        made = scenes.a_situation(owner_name="Jongerenwerk")
        scenes.an_invitation(made, "politie")
        scenes.an_invitation(made, "school")

    def filled(self, **parts):
        return {"title": MARKER, "text": f"Wij zijn er om tien uur. {MARKER}", "audience": "own",
                "opens_on": DAY.isoformat(), "closes_on": "", **parts}  # fmt: skip

    def reading(self, enter):
        return {
            name
            for name in scenes.ROLES
            for client in [enter(name)]
            if any(MARKER in client.get(address).text for address in ANYWHERE)
        }

    def test_are_read_by_whom_they_are_for_and_by_nobody_else_anywhere(self, enter):
        enter("karel").post(NEW_ROOM, self.filled())
        assert self.reading(enter) == {"karel"}

        room = models.Room.objects.get()
        page = reverse("situations:room", args=["plein", room.pk])
        enter("karel").post(page, self.filled(audience="named", named=["school"]))
        assert self.reading(enter) == {"karel", "bas"}

        enter("karel").post(page, self.filled(audience="coalition"))
        assert self.reading(enter) == {"karel", "bas", "noor", "joke"}

    def test_are_closed_for_others_outside_their_days(self, enter):
        later = DAY + timedelta(days=3)
        enter("karel").post(NEW_ROOM, self.filled(audience="coalition", opens_on=later.isoformat()))

        assert self.reading(enter) == {"karel"}
        assert "Nu leest niemand anders dit." in words_of(enter("karel").get(ROOMS))

    def test_do_not_show_in_the_story_that_they_are_there(self, enter):
        enter("karel").post(NEW_ROOM, self.filled())

        assert "opende een eigen kamer" not in words_of(enter("noor").get(PAGE))
        assert "kamer" in words_of(enter("karel").get(PAGE)).lower()

    def test_are_read_no_further_by_who_left(self, enter):
        enter("karel").post(NEW_ROOM, self.filled(audience="coalition"))
        models.Invitation.objects.filter(organization_text_id="school").update(state="left", reason="Weg.")

        assert self.reading(enter) == {"karel", "noor", "joke"}

    @pytest.mark.parametrize(
        "wrong",
        [{"title": ""}, {"text": ""}, {"audience": ""}, {"audience": "named"}, {"opens_on": "morgen"},
         {"closes_on": "2020-01-01"}, {"text": PERSONAL}, {"audience": "named", "named": ["nergens"]}],
    )  # fmt: skip
    def test_say_what_is_wrong_and_keep_the_words(self, enter, wrong):
        answer = enter("karel").post(NEW_ROOM, self.filled(**wrong))

        assert answer.status_code == 422
        assert (wrong.get("title", MARKER) or "Rooster") or answer.text
        assert not models.Room.objects.exists()

    def test_are_taken_away_by_who_opened_them(self, enter):
        enter("karel").post(NEW_ROOM, self.filled(audience="coalition"))
        room = models.Room.objects.get()
        page = reverse("situations:remove_room", args=["plein", room.pk])

        assert enter("noor").post(page).status_code == 404
        assert enter("karel").post(page).url == ROOMS
        assert not models.Room.objects.exists()

    @pytest.mark.parametrize("name", ["noor", "bas", "ria"])
    def test_are_changed_by_nobody_else(self, enter, name):
        enter("karel").post(NEW_ROOM, self.filled(audience="coalition"))
        room = models.Room.objects.get()

        answer = enter(name).post(reverse("situations:room", args=["plein", room.pk]), self.filled(title="X"))

        assert answer.status_code == 404
        assert models.Room.objects.get().title == MARKER

    def test_of_standing_are_read_by_whom_they_are_for_and_by_nobody_else_anywhere(self, enter):
        said = {"state": "busy", "words": MARKER, "audience": "own"}
        enter("karel").post(STANDING, said)
        assert self.reading(enter) == {"karel"}

        enter("karel").post(STANDING, {**said, "audience": "named", "named": ["school"]})
        assert self.reading(enter) == {"karel", "bas"}

        enter("karel").post(STANDING, {**said, "audience": "coalition"})
        assert self.reading(enter) == {"karel", "bas", "noor", "joke"}

    def test_of_standing_do_not_show_the_state_either(self, enter):
        enter("karel").post(STANDING, {"state": "waiting", "words": "", "audience": "own"})

        shown = [name for name in ("noor", "karel") if "wacht op een ander" in enter(name).get(PAGE).text]
        assert shown == ["karel"]

    def test_come_back_filled_in(self, enter):
        enter("karel").post(STANDING, {"state": "busy", "words": MARKER, "audience": "coalition"})

        assert MARKER in enter("karel").get(STANDING).text
        assert MARKER not in enter("noor").get(STANDING).text
