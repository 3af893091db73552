# SPDX-License-Identifier: EUPL-1.2
"""The page of what the scan found: all that was released, and nothing more, for who may know of it."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import Topic
from scharnier.apps.situations import access, find_labels, find_words, models, selectors, services
from scharnier.apps.situations.models import Situation
from scharnier.core.detection import band_count
from scharnier.core.kernel import NotFound
from scharnier.core.situations import Step
from tests.factories import DAY, NOON
from tests.integration.apps import scan_scenes as scenes
from tests.integration.apps.reading import words_of
from tests.integration.apps.situations_scenes import AD, BAS, ELS, JOKE, KAREL, MO, NOOR, RIA, VERA, WIM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
PAGE = reverse("situations:found")
BANDS = "10 tot en met 19 signalen"
OTHERS = ("Jongerenwerk", "Politie", "School")


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()
    scenes.live_a_year()
    scenes.burst(jongerenwerk=11, politie=6)
    scenes.scan()


@pytest.fixture
def as_(sign_in):
    def _as(actor) -> Client:
        return sign_in(actor.person_id, network_id=actor.network_id, role=actor.role)

    return _as


def found() -> Situation:
    return Situation.objects.get()


class TestFoundPage:
    def test_tells_a_partner_where_since_when_how_rare_and_who(self, as_):
        said = words_of(as_(KAREL).get(PAGE))

        assert "Meerdere partners melden geluidsoverlast rond Noord" in said
        assert "In of rond Noord" in said
        assert "Wanneer Van 16 maart tot en met 29 maart, in hele weken" in said
        assert "Alleen door toeval gebeurt zoiets minder dan eens in negen jaar." in said
        assert "Jongerenwerk: 10 tot en met 19 signalen" in said
        assert "Politie: 5 tot en met 9 signalen" in said

    @pytest.mark.parametrize("actor", [RIA, WIM], ids=lambda actor: actor.person_id)
    def test_tells_who_takes_no_part_the_bands_without_names(self, as_, actor):
        said = words_of(as_(actor).get(PAGE))

        assert f"Een partner: {BANDS}" in said
        assert not [name for name in OTHERS if name in said]

    def test_tells_partners_who_meet_as_much_in_one_line(self, as_):
        answer = found().found.answer
        answer.partners = dict.fromkeys(answer.partners, 0)
        answer.save()

        coordinator, partner = words_of(as_(RIA).get(PAGE)), words_of(as_(KAREL).get(PAGE))

        assert "Twee partners: elk minder dan 5 signalen" in coordinator
        assert "Een partner:" not in coordinator
        assert "Jongerenwerk: minder dan 5 signalen" in partner
        assert "Politie: minder dan 5 signalen" in partner

    @pytest.mark.parametrize("actor", [BAS, MO, ELS], ids=lambda actor: actor.person_id)
    def test_tells_others_nothing(self, as_, actor):
        answer = as_(actor).get(PAGE)

        said = words_of(answer)
        assert "rond Noord" not in said
        assert "signalen" not in said

    def test_is_not_there_for_who_keeps_accounts_only(self, as_):
        assert as_(AD).get(PAGE).status_code == HTTPStatus.NOT_FOUND

    @pytest.mark.parametrize(
        "actor", [NOOR, JOKE, KAREL, BAS, MO, RIA, ELS, WIM], ids=lambda actor: actor.person_id
    )
    def test_tells_nobody_a_word_of_a_signal_or_an_exact_place(self, as_, actor):
        text = as_(actor).get(PAGE).text

        assert scenes.MARK not in text
        assert not [part for part in ("5.12", "52.09", "100 m", "llr") if part in text]

    def test_says_when_it_was_counted_and_not_how_much(self, as_):
        said = words_of(as_(RIA).get(PAGE))

        assert "Voor het laatst geteld op 29 maart om" in said
        assert "van het afgelopen jaar" not in said

    def test_says_that_nothing_was_counted_yet(self, as_):
        models.ScanRun.objects.all().delete()
        Situation.objects.all().delete()

        said = words_of(as_(RIA).get(PAGE))

        assert "Er valt nu niets op." in said
        assert "Er is nog niet geteld." in said

    def test_says_that_it_was_seen_again(self, as_):
        models.Found.objects.update(seen_again_on=DAY)

        assert "Op 29 maart weer gezien." in words_of(as_(RIA).get(PAGE))

    def test_says_it_in_english_too(self, as_):
        answer = as_(KAREL).get(PAGE, headers={"accept-language": "en"}).text

        assert "By chance alone something like this happens less often than once in nine years." in answer

    def test_is_in_the_menu_of_who_may_come_to_know_of_a_find(self, as_):
        assert [PAGE in as_(actor).get(reverse("people:own_card")).text for actor in (RIA, KAREL, AD)] == [
            True,
            True,
            False,
        ]


class TestQuestion:
    ASKED = "Several partners report noise around Noord"
    DUTCH = "Meerdere partners melden geluidsoverlast rond Noord"

    def pages(self, client, *addresses: str, **headers: str) -> list[str]:
        return [words_of(client.get(each, headers=headers)) for each in addresses]

    def test_is_asked_in_the_language_of_who_reads_it(self, as_):
        row = found()
        overview = reverse("situations:overview", args=[row.pk])
        addresses = (
            PAGE,
            overview,
            reverse("situations:list"),
            reverse("situations:meetings", args=[row.pk]),
        )

        english = self.pages(as_(KAREL), *addresses, **{"accept-language": "en"})
        dutch = self.pages(as_(KAREL), *addresses)

        assert [(self.ASKED in page, self.DUTCH in page) for page in english] == [(True, False)] * 4
        assert [(self.ASKED in page, self.DUTCH in page) for page in dutch] == [(False, True)] * 4

    def test_is_asked_so_of_who_is_invited_too(self, as_):
        as_(KAREL).post(reverse("situations:propose_found", args=[found().pk]))
        asked = found().invitations.get()
        addresses = (
            reverse("situations:list"),
            reverse("situations:overview", args=[found().pk]),
            reverse("situations:invitation", args=[found().pk, asked.pk]),
        )

        english = self.pages(as_(NOOR), *addresses, **{"accept-language": "en"})

        assert [(self.ASKED in page, self.DUTCH in page) for page in english] == [(True, False)] * 3

    def test_is_asked_so_by_the_api(self, as_):
        client, headers = as_(KAREL), {"accept-language": "en"}

        one = client.get(f"/api/v1/situations/{found().pk}", headers=headers).json()
        (line,) = client.get("/api/v1/situations", headers=headers).json()["items"]

        assert [one["question"], line["question"]] == [self.ASKED, self.ASKED]

    def test_is_as_it_was_written_when_the_scan_did_not(self, as_):
        Situation.objects.update(origin="others", question="Wat doen wij met de avonden?")

        said = self.pages(as_(KAREL), reverse("situations:list"), **{"accept-language": "en"})

        assert "Wat doen wij met de avonden?" in said[0]

    def test_is_told_without_topics_and_with_several(self):
        with translation.override("nl"):
            made = [find_words.say_find("Noord", names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])]

        assert made == [
            "Meerdere partners maken meer mee dan anders rond Noord",
            "Meerdere partners melden a rond Noord",
            "Meerdere partners melden a en b rond Noord",
            "Meerdere partners melden a, b en c rond Noord",
        ]

    def test_names_a_topic_as_the_network_does(self, as_):
        names = {"nl": "herrie", "en": "a racket"}
        labels = [{"text": text, "language": key, "is_preferred": True} for key, text in names.items()]
        own = {"network_id": "kruisveld", "text_id": "noise"}
        Topic.objects.update_or_create(**own, defaults={"labels": labels})

        (said,) = self.pages(as_(KAREL), PAGE, **{"accept-language": "en"})

        assert "Several partners report a racket around Noord" in said


class TestReleasedFinds:
    def test_tell_of_a_circle_for_the_map(self):
        (find,) = selectors.released_finds(WIM)

        assert find.area_id == "noord"
        assert find.radius_m == 200
        assert find.middle is not None
        assert find.partners[0].band == band_count(10)

    def test_follow_a_situation_as_long_as_it_goes_on(self):
        services.take_step(found().pk, Step.PROPOSE, actor=KAREL, on=DAY, at=NOON)
        proposed = selectors.released_finds(RIA)
        services.take_step(found().pk, Step.DISMISS, said="Kermis.", actor=RIA, on=DAY, at=NOON)

        assert [find.state.value for find in proposed] == ["proposed"]
        assert selectors.released_finds(RIA) == ()

    def test_are_none_in_another_network(self):
        assert selectors.released_finds(VERA) == ()

    def test_are_hidden_from_roles_that_know_of_no_situation(self):
        with pytest.raises(NotFound):
            selectors.found_page(AD)


class TestProposeFound:
    @pytest.mark.parametrize(
        ("actor", "owner", "asked"),
        [(KAREL, "politie", ["jongerenwerk"]), (RIA, "", ["jongerenwerk", "politie"])],
        ids=["a partner", "a coordinator"],
    )
    def test_takes_it_up_and_asks_who_meets_it(self, as_, actor, owner, asked):
        answer = as_(actor).post(reverse("situations:propose_found", args=[found().pk]), follow=True)

        row = found()
        assert (row.state, row.owner_text_id) == ("proposed", owner)
        invited = row.invitations.order_by("organization_text_id")
        assert [each.organization_text_id for each in invited] == asked
        assert {each.words for each in invited} == {row.question}
        assert "Opgepakt." in words_of(answer)
        assert Message.objects.filter(template="situation_invited", to="noor@example.org").count() == 1

    def test_asks_them_also_by_the_page_of_the_step(self, as_):
        answer = as_(KAREL).post(reverse("situations:take_step", args=[found().pk, "propose"]), follow=True)

        assert answer.status_code == HTTPStatus.OK
        assert found().owner_text_id == "politie"
        assert [each.organization_text_id for each in found().invitations.all()] == ["jongerenwerk"]
        assert found().question in words_of(answer)

    def test_asks_them_also_by_the_api(self, as_):
        address = f"/api/v1/situations/{found().pk}/steps"
        answer = as_(KAREL).post(address, {"step": "propose"}, content_type="application/json")

        assert answer.json() == {"state": "proposed"}
        assert found().invitations.count() == 1
        assert access.seen(KAREL).filter(pk=found().pk).exists()

    def test_is_done_once(self, as_):
        address = reverse("situations:propose_found", args=[found().pk])
        as_(KAREL).post(address)

        answer = as_(RIA).post(address)

        assert answer.status_code == HTTPStatus.CONFLICT
        assert found().invitations.count() == 1

    @pytest.mark.parametrize("actor", [BAS, MO, WIM], ids=lambda actor: actor.person_id)
    def test_is_not_there_for_others(self, as_, actor):
        answer = as_(actor).post(reverse("situations:propose_found", args=[found().pk]))

        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert found().state == "signal_bundle"

    def test_asks_for_a_button(self, as_):
        answer = as_(KAREL).get(reverse("situations:propose_found", args=[found().pk]))

        assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED


class TestDismissFound:
    def dismiss(self, client, reason, *, follow=False):
        address = reverse("situations:dismiss_found", args=[found().pk])
        return client.post(address, {"reason": reason}, follow=follow)

    def test_lays_it_aside_with_the_reason(self, as_):
        answer = self.dismiss(as_(RIA), "Het was kermis.", follow=True)

        assert (found().state, found().reason) == ("dismissed", "Het was kermis.")
        assert "Acht weken lang" in words_of(answer)
        assert "Er valt nu niets op." in words_of(answer)

    @pytest.mark.parametrize(
        ("reason", "said"),
        [
            ("", "Schrijf in een paar woorden waarom."),
            ("Bel 06-12345678", "telefoonnummer"),
            ("a" * 5000, "5000"),
        ],
        ids=["nothing", "a phone number", "too long"],
    )
    def test_says_what_is_wrong_and_keeps_the_words(self, as_, reason, said):
        answer = self.dismiss(as_(RIA), reason)

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert said in words_of(answer)
        assert "<title>Kijk hier nog even naar: Wat opvalt" in answer.text
        assert reason in answer.text
        assert found().state == "signal_bundle"

    def test_is_for_coordinators_and_offered_to_nobody_else(self, as_):
        answer = self.dismiss(as_(KAREL), "Het was kermis.")

        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert "Leg weg" not in as_(KAREL).get(PAGE).text
        assert "Leg weg" in as_(RIA).get(PAGE).text

    def test_finds_it_done_already(self, as_):
        client = as_(RIA)
        self.dismiss(client, "Het was kermis.")

        assert self.dismiss(client, "Nog eens.").status_code == HTTPStatus.CONFLICT


class TestFindLabels:
    @pytest.mark.parametrize("low", [0, 5, 10, 20, 50, 100, 200, 500, 1000])
    def test_say_every_band(self, low):
        said = find_labels.say_signals(band_count(low))

        assert str(low or 5) in said

    def test_say_every_step_of_rarity(self):
        assert len({find_labels.say_rarity(8 * 2**step) for step in range(7)}) == 7


class TestManyFinds:
    def test_are_shown_as_far_as_one_can_read_and_the_rest_is_counted(self, as_):
        row = found()
        for number in range(selectors.MOST_SHOWN + 1):
            copy = Situation.objects.get(pk=row.pk)
            copy.pk = f"copy{number}"
            copy.save(force_insert=True)
            models.Found.objects.create(network_id=row.network_id, situation=copy, answer=row.found.answer)

        said = words_of(as_(RIA).get(PAGE))

        assert said.count("Hoe zeldzaam") == selectors.MOST_SHOWN
        assert "Er zijn er nog 2." in said
