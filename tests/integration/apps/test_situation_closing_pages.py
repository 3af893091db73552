# SPDX-License-Identifier: EUPL-1.2
"""The pages of the end: what came of it, scores nobody sees too early, looking again, and templates."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from http import HTTPStatus
from itertools import permutations

import pytest
from django.urls import get_resolver, reverse

from scharnier.apps.http import today
from scharnier.apps.situations import models, services, templates_of
from scharnier.core.kernel import Role
from scharnier.core.situations import State
from tests.factories import NOON
from tests.integration.apps import doing_scenes as scenes
from tests.integration.apps.doing_scenes import BAS, HANGING, KAREL, NOOR, PERSONAL, address
from tests.integration.apps.reading import words_of
from tests.integration.apps.test_isolation import patterns

pytestmark = pytest.mark.django_db
LESSON = "Eerder bellen helpt."
SCORE_WORDS = {2: "2, een beetje", 4: "4, grotendeels", 5: "5, helemaal"}


@pytest.fixture(scope="module", autouse=True)
def _settled(_ground):
    scenes.settle()


@pytest.fixture
def evaluating():
    scenes.begin(State.EVALUATING)


def page_of(client, part: str = "closing") -> str:
    answer = client.get(address(part))
    assert answer.status_code == HTTPStatus.OK
    return answer.content.decode()


def counts(**parts) -> dict[str, str]:
    """Return sixty days before the place was found and sixty after, with fewer of what happened in it."""
    usual = {
        "lesson": LESSON,
        "before_from": "2026-01-01", "before_until": "2026-02-28",
        "after_from": "2026-04-01", "after_until": "2026-05-29",
        "place_before": "80", "place_after": "30", "rest_before": "300", "rest_after": "310",
    }  # fmt: skip
    return usual | parts


@pytest.mark.usefixtures("evaluating")
class TestEvaluation:
    def test_is_written_by_who_leads(self, noor):
        scenes.agree()
        models.Agreement.objects.update(state="kept")
        said = {"lesson": LESSON, "residents_noticed": "Het is stiller.", "hours": "12,5"}

        page = noor.post(address("evaluation"), said, follow=True).content.decode()

        assert LESSON in page
        assert "12,5" in page
        assert "1 van 1 afspraak is nagekomen" in page
        assert LESSON in page_of(noor, "evaluation")

    def test_can_be_followed_at_once_by_closing(self, noor, sign_in):
        close = f'href="{address("take_step", "close")}"'
        assert close not in page_of(noor)

        page = noor.post(address("evaluation"), {"lesson": LESSON}, follow=True).content.decode()

        assert f'secondary-action" {close}' in page  # partners have still to give their score
        assert close not in page_of(sign_in("karel"))

    def test_says_before_it_is_closed_how_many_would_come_too_late_to_score(self, noor):
        noor.post(address("evaluation"), {"lesson": LESSON})
        asked = [words_of(noor.get(address("take_step", "close")))]
        for actor in (NOOR, KAREL, BAS):
            services.give_score(HANGING, 4, actor=actor, at=NOON)
            asked.append(words_of(noor.get(address("take_step", "close"))))

        told = [re.findall(r"(\d partners zeiden|Eén partner zei) nog niet hoe ver", page) for page in asked]
        assert told == [["3 partners zeiden"], ["2 partners zeiden"], ["Eén partner zei"], []]

    def test_is_offered_to_nobody_else(self, sign_in):
        karel = sign_in("karel")

        assert address("evaluation") not in page_of(karel)
        assert karel.post(address("evaluation"), {"lesson": LESSON}).status_code == HTTPStatus.FORBIDDEN
        assert not models.Evaluation.objects.exists()

    @pytest.mark.parametrize(
        ("said", "wrong"),
        [
            ({"lesson": ""}, "Zeg in één zin wat jullie leerden."),
            ({"lesson": PERSONAL}, "telefoonnummer"),
            ({"lesson": LESSON, "residents_noticed": PERSONAL}, "telefoonnummer"),
            ({"lesson": LESSON, "hours": "-1"}, "Vul een getal in, 0 of meer."),
            ({"lesson": LESSON, "hours": "veel"}, "Vul een getal in, zoals 12 of 1,5."),
            ({"lesson": LESSON, "place_before": "12"}, "Op de plek, erna: vul dit ook in"),
            (counts(place_before="-3"), "Vul een heel getal in, 0 of meer."),
            (counts(before_until="2025-12-31"), "Deze dag komt voor de eerste."),
            (counts(after_until="2026-06-30"), "Voor en na zijn even lang"),
            (counts(before_from="2026-02-15", before_until="2026-04-14"), "Voor en na zijn even lang"),
            (
                counts(before_from="2026-02-10", before_until="2026-04-09", after_from="2026-05-01",
                       after_until="2026-06-28"),
                "anders lijkt elke piek vanzelf te dalen",
            ),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong_and_loses_nothing(self, noor, said, wrong):
        answer = noor.post(address("evaluation"), said)

        page = answer.content.decode()
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert wrong in page
        assert said["lesson"] in page
        assert not models.Evaluation.objects.exists()

    def test_compares_what_was_counted_with_the_rest_of_the_neighbourhood(self, noor):
        page = noor.post(address("evaluation"), counts(), follow=True).content.decode()

        row = models.Evaluation.objects.get()
        assert row.rate_ratio == pytest.approx((30 / 80) / (310 / 300))
        assert row.low < row.rate_ratio < row.high < 1
        assert row.displacement is None
        assert "Op deze plek daalde het meer dan in de rest van de buurt." in page
        assert "Het waren er 36." in page
        assert "wordt vanzelf rustiger" in page

    @pytest.mark.parametrize(
        ("parts", "said"),
        [
            ({"place_after": "160"}, "steeg het meer dan in de rest"),
            ({"place_after": "78"}, "het kan toeval zijn"),
            ({"around_before": "60", "around_after": "20"}, "Net om de plek heen daalde het ook."),
            ({"around_before": "20", "around_after": "140"}, "verschoof meer naar net om de plek heen"),
            ({"around_before": "20", "around_after": "40"}, "Een deel verschoof naar net om de plek heen"),
        ],
    )
    def test_says_in_words_what_the_figures_allow(self, noor, parts, said):
        page = noor.post(address("evaluation"), counts(**parts), follow=True).content.decode()

        assert said in page

    def test_keeps_what_was_measured_when_the_words_change(self, noor):
        noor.post(address("evaluation"), counts())

        noor.post(address("evaluation"), {"lesson": "Samen lopen helpt."})

        row = models.Evaluation.objects.get()
        assert (row.lesson, round(row.rate_ratio, 2)) == ("Samen lopen helpt.", 0.36)

    def test_says_before_which_day_the_comparison_ends(self, noor):
        assert "vóór 29 maart 2026" in page_of(noor, "evaluation")


@pytest.mark.usefixtures("evaluating")
class TestScores:
    def give(self, client, score: int):
        return client.post(address("score"), {"score": str(score)}, follow=True)

    @pytest.mark.parametrize("order", list(permutations(("noor", "karel", "bas")))[:3])
    def test_are_seen_by_nobody_in_any_answer_before_all_have_answered(self, sign_in, order):
        clients = {name: sign_in(name) for name in order}
        own = dict(zip(order, SCORE_WORDS, strict=True))

        for n_given, name in enumerate(order, start=1):
            self.give(clients[name], own[name])
            if n_given == len(order):
                break
            for reader, client in clients.items():
                said = everything(client)
                foreign = [
                    words for who, score in own.items() for words in [SCORE_WORDS[score]] if who != reader
                ]
                assert [words for words in foreign if words in said] == []

        for client in clients.values():
            assert [words for words in SCORE_WORDS.values() if words not in page_of(client)] == []

    def test_are_counted_until_then(self, noor):
        page = self.give(noor, 4).content.decode()

        assert "2 partners hebben nog niet geantwoord." in page
        assert "Jouw organisatie zei:" in page
        assert "Verander je oordeel" in page

    def test_stand_once_all_have_answered(self, noor):
        for actor, score in ((NOOR, 2), (KAREL, 4), (BAS, 5)):
            services.give_score(HANGING, score, actor=actor, at=NOON)

        page = self.give(noor, 5).content.decode()

        assert "Zijn alle cijfers zichtbaar, dan staan ze vast." in page
        assert models.Score.objects.get(organization_text_id="school").score == 2
        assert address("score") not in page_of(noor)

    @pytest.mark.parametrize("score", ["", "0", "6", "veel"])
    def test_are_from_one_to_five(self, noor, score):
        answer = noor.post(address("score"), {"score": score})

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not models.Score.objects.exists()


class TestRecheck:
    @pytest.fixture(autouse=True)
    def _closed(self):
        scenes.begin(State.CLOSED)
        models.Recheck.objects.all().delete()
        row = models.Situation.objects.get()
        for days in (-2, 90):
            models.Recheck.objects.create(
                network_id="kruisveld", situation=row, due=today() + timedelta(days=days)
            )

    @pytest.mark.parametrize(
        ("found", "said"),
        [
            ("holds", "Het houdt stand"),
            ("slipped", "Het komt terug"),
            ("unknown", "Dat weten we niet"),
        ],
    )
    def test_is_done_once_when_it_is_due(self, noor, found, said):
        assert "Tijd om weer te kijken" in page_of(noor)

        page = noor.post(address("recheck"), {"found": found}, follow=True).content.decode()

        assert f"<strong>{said}</strong>" in page
        assert "Tijd om weer te kijken" not in page
        again = noor.post(address("recheck"), {"found": found}, follow=True).content.decode()
        assert "Er is nu niets om opnieuw te bekijken." in again

    def test_is_for_who_leads(self, sign_in):
        karel = sign_in("karel")

        assert address("recheck") not in page_of(karel)
        assert karel.post(address("recheck"), {"found": "holds"}).status_code == HTTPStatus.FORBIDDEN

    def test_asks_what_is_seen(self, noor):
        answer = noor.post(address("recheck"), {})

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Kies wat je ziet." in answer.content.decode()


class TestClosingPage:
    @pytest.mark.parametrize("state", [State.ACCEPTED, State.RUNNING])
    def test_says_that_it_has_not_come_to_that(self, noor, state):
        scenes.begin(state)

        assert "Aan terugkijken zijn jullie nog niet toe." in page_of(noor)

    def test_keeps_what_was_learned_before(self, noor):
        scenes.begin(State.CLOSED)
        models.Evaluation.objects.update(is_earlier=True)
        models.Situation.objects.update(state="running", ended_on=None)

        page = page_of(noor)

        assert "Wat we eerder leerden" in page
        assert LESSON in page


class TestTemplatePages:
    def said(self, **parts):
        usual = {
            "name": "Pleinen", "goal": "Rust op het plein", "days": "60", "is_offered": "yes",
            "actions": "Lopen\n\n Lamp maken ", "agreements": "Eerst bellen",
            "indicators": "Klachten\n+ Mensen die zich veilig voelen",
        }  # fmt: skip
        return usual | parts

    def test_are_listed_for_a_coordinator(self, ria):
        page = ria.get(reverse("situations:templates")).content.decode()

        assert [name for name in ("Veiligheid", "Winkelgebied", "Leeg") if name not in page] == []
        assert "zoals het bij Scharnier hoort" in page

    @pytest.mark.parametrize("who", ["noor", "wim"])
    def test_are_changed_by_nobody_else(self, sign_in, who):
        client = sign_in(who, role=Role.RESEARCHER if who == "wim" else Role.PROFESSIONAL)

        for name, args in (("templates", []), ("new_template", []), ("template", ["safety"])):
            assert client.get(reverse(f"situations:{name}", args=args)).status_code == HTTPStatus.FORBIDDEN
        assert (
            client.post(reverse("situations:drop_template", args=["safety"])).status_code
            == HTTPStatus.FORBIDDEN
        )

    def test_are_added(self, ria):
        page = ria.post(reverse("situations:new_template"), self.said(), follow=True).content.decode()

        own = templates_of.all_templates("kruisveld", language="nl")[-1].template
        assert "van je eigen netwerk" in page
        assert (own.name, own.days, own.actions) == ("Pleinen", 60, ("Lopen", "Lamp maken"))
        assert [(each.name, each.wanted.value) for each in own.indicators] == [
            ("Klachten", "fewer"),
            ("Mensen die zich veilig voelen", "more"),
        ]

    def test_are_changed_and_keep_what_no_form_shows(self, ria):
        before = templates_of.template_of("kruisveld", "safety", language="nl").template
        where = reverse("situations:template", args=["safety"])
        filled = re.search(r'name="indicators"[^>]*>\s*([^<]*)<', ria.get(where).content.decode())

        ria.post(where, self.said(name="Veilig plein", indicators=unescape(filled[1])))

        now = templates_of.template_of("kruisveld", "safety", language="nl").template
        assert (now.name, now.topics) == ("Veilig plein", before.topics)
        assert now.indicators == before.indicators

    def test_go_back_to_how_they_came(self, ria):
        where = reverse("situations:template", args=["safety"])
        ria.post(where, self.said())
        assert "Ga terug naar het voorbeeld van Scharnier" in ria.get(where).content.decode()

        ria.post(reverse("situations:drop_template", args=["safety"]))

        assert templates_of.template_of("kruisveld", "safety", language="nl").is_own is False

    def test_that_are_not_offered_cannot_be_chosen(self, ria, noor):
        scenes.begin()
        ria.post(reverse("situations:template", args=["safety"]), self.said(is_offered="no"))

        assert "Pleinen" not in page_of(noor, "begin_plan")
        answer = noor.post(address("begin_plan"), {"template": "safety"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    @pytest.mark.parametrize(
        ("parts", "said"),
        [
            ({"name": ""}, "Geef het een naam."),
            ({"days": "0"}, "Minstens één dag."),
            ({"days": "9999"}, "Hooguit twee jaar."),
            ({"days": "lang"}, "Vul een heel aantal dagen in."),
            ({"indicators": "Klachten\nKlachten"}, "elk meetpunt één keer"),
            ({"actions": PERSONAL}, "telefoonnummer"),
        ],
    )
    def test_say_what_is_wrong(self, ria, parts, said):
        answer = ria.post(reverse("situations:new_template"), self.said(**parts))

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert said in answer.content.decode()
        assert not models.Template.objects.exists()

    def test_that_are_not_there_are_not_found(self, ria):
        assert ria.get(reverse("situations:template", args=["nergens"])).status_code == HTTPStatus.NOT_FOUND


def everything(client) -> str:
    """Return all that a client reads at any address of the situation."""
    said = []
    for route, pattern in patterns(get_resolver()):
        if "situation_id" in pattern.pattern.converters and len(pattern.pattern.converters) == 1:
            where = "/" + re.sub(r"<[^>]+>", HANGING, route)
            if "closing/score" not in where:  # its form has every score to choose from
                said.append(b"".join(client.get(where)).decode(errors="replace"))
    return "\n".join(said)
