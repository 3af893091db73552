# SPDX-License-Identifier: EUPL-1.2
"""Templates of a network on its pages: an own copy, back to that of the product, offered or not."""

from __future__ import annotations

import html
from http import HTTPStatus

import pytest
from django.urls import reverse

from scharnier.apps.situations import models, services, templates_of
from scharnier.core import situations
from tests.factories import DAY, NOON
from tests.integration.apps import doing_scenes as scenes
from tests.integration.apps.doing_scenes import PERSONAL, RIA
from tests.integration.apps.members_scenes import acts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
SHIPPED = ("safety", "shopping", "sport-health", "blank")
ALL, NEW = "situations:templates", "situations:new_template"
OWN = situations.Template(id="pleinen", name="Pleinen", goal="Rust", days=60, actions=("Samen lopen",))


@pytest.fixture(scope="module", autouse=True)
def _settled(_ground):
    scenes.settle()


def said(**parts: str) -> dict[str, str]:
    return {
        "name": "Veilig op straat",
        "question": "Wat maakt het onveilig?",
        "goal": "Iedereen durft langs",
        "baseline": "Gemiddeld per week",
        "days": "90",
        "agreements": "We bellen elkaar\n\nWe lopen samen",
        "actions": "Lamp maken",
        "indicators": "Klachten\n+ Bezoekers",
        "is_offered": "yes",
        **parts,
    }


def save(template: situations.Template = OWN, *, is_offered: bool = True) -> None:
    services.save_template(template, is_offered=is_offered, actor=RIA, on=DAY, at=NOON)


def change(client, template_id: str = "safety", **parts: str):
    return client.post(reverse("situations:template", args=[template_id]), said(**parts), follow=True)


def of(template_id: str, *, network_id: str = "kruisveld", language="nl") -> templates_of.Offered:
    return templates_of.template_of(network_id, template_id, language=language)


class TestOwnCopy:
    def test_holds_what_was_written(self, ria):
        answer = change(ria)

        found = of("safety")
        assert answer.status_code == HTTPStatus.OK
        assert (found.template.name, found.template.days) == ("Veilig op straat", 90)
        assert found.template.agreements == ("We bellen elkaar", "We lopen samen")
        assert [each.name for each in found.template.indicators] == ["Klachten", "Bezoekers"]
        assert (found.is_own, found.is_shipped, found.is_offered) == (True, True, True)

    def test_is_the_same_in_each_language(self, ria):
        change(ria)

        assert of("safety", language="en").template == of("safety", language="nl").template

    def test_is_of_one_network(self, ria):
        change(ria)

        assert not of("safety", network_id="elders").is_own

    def test_is_one_row_however_often_it_is_changed(self, ria):
        for name in ("Eerst", "Toen", "Nu"):
            change(ria, name=name)

        assert models.Template.objects.count() == 1
        assert of("safety").template.name == "Nu"

    def test_keeps_its_place_among_those_of_the_product(self, ria):
        before = [each.template.id for each in templates_of.all_templates("kruisveld", language="nl")]

        change(ria, name="Aaa")

        after = [each.template.id for each in templates_of.all_templates("kruisveld", language="nl")]
        assert after == before

    def test_goes_back_to_that_of_the_product(self, ria):
        before = of("safety")
        change(ria)

        ria.post(reverse("situations:drop_template", args=["safety"]))

        assert of("safety") == before
        assert acts()[-1] == "template.dropped"

    @pytest.mark.parametrize("times", [1, 2])
    def test_cannot_be_dropped_where_there_is_none(self, ria, times):
        address = reverse("situations:drop_template", args=["safety"])

        answers = [ria.post(address) for _ in range(times)]

        assert {answer.status_code for answer in answers} == {HTTPStatus.NOT_FOUND}
        assert of("safety").is_shipped

    def test_is_not_dropped_by_looking(self, ria):
        change(ria)

        answer = ria.get(reverse("situations:drop_template", args=["safety"]))

        assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
        assert of("safety").is_own


class TestBadInput:
    @pytest.mark.parametrize(
        "parts",
        [
            {"name": ""},
            {"name": "   "},
            {"name": PERSONAL},
            {"goal": PERSONAL},
            {"actions": f"Lamp maken\n{PERSONAL}"},
            {"agreements": PERSONAL},
            {"indicators": f"+ {PERSONAL}"},
            {"days": ""},
            {"days": "0"},
            {"days": "-3"},
            {"days": "veel"},
            {"days": "731"},
            {"days": "9" * 40},
            {"is_offered": ""},
            {"is_offered": "misschien"},
            {"goal": "x" * 5000},
        ],
        ids=lambda parts: f"{next(iter(parts))} {next(iter(parts.values()))[:12]!r}",
    )
    def test_is_refused_with_all_that_was_written_kept(self, ria, parts):
        answer = change(ria, **parts)

        page = html.unescape(answer.text)
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        for name, written in said(**parts).items():
            if name != "is_offered" and written.strip():
                assert written.splitlines()[0] in page
        assert not models.Template.objects.exists()

    def test_finds_no_template_of_another_name(self, ria):
        assert change(ria, "nergens").status_code == HTTPStatus.NOT_FOUND
        assert not models.Template.objects.exists()


class TestNewTemplate:
    def test_stands_after_those_of_the_product_by_name(self, ria):
        for name in ("Zand", "Aarde"):
            ria.post(reverse(NEW), said(name=name))

        names = [each.template.name for each in templates_of.all_templates("kruisveld", language="nl")]
        assert names[-2:] == ["Aarde", "Zand"]
        assert len(names) == len(SHIPPED) + 2

    def test_may_have_a_name_that_is_there_already(self, ria):
        for _ in range(2):
            ria.post(reverse(NEW), said(name="Pleinen"))

        assert models.Template.objects.count() == 2

    def test_is_gone_for_good_when_it_is_dropped(self, ria):
        save()

        ria.post(reverse("situations:drop_template", args=["pleinen"]))

        with pytest.raises(templates_of.TemplateNotFound):
            of("pleinen")


class TestOffered:
    @pytest.mark.parametrize("is_offered", [True, False])
    def test_is_what_a_plan_can_begin_from(self, sign_in, is_offered):
        save(is_offered=is_offered)
        scenes.begin(situations.State.ACCEPTED)

        page = sign_in("noor").get(reverse("situations:begin_plan", args=[scenes.HANGING])).text

        assert ("Pleinen" in page) is is_offered
        offered = templates_of.offered_templates("kruisveld", language="nl")
        assert ("pleinen" in [each.id for each in offered]) is is_offered

    def test_is_shown_to_who_coordinates_either_way(self, ria):
        save(is_offered=False)

        assert "Pleinen" in ria.get(reverse(ALL)).text

    def test_leaves_a_plan_alone_that_began_from_it(self, sign_in):
        save()
        scenes.begin(situations.State.ACCEPTED)
        sign_in("noor").post(reverse("situations:begin_plan", args=[scenes.HANGING]), {"template": "pleinen"})
        goal = scenes.whole().plan.goal

        services.drop_template("pleinen", actor=RIA, on=DAY, at=NOON)

        assert goal == scenes.whole().plan.goal == "Rust"
        page = sign_in("noor").get(reverse("situations:work", args=[scenes.HANGING]))
        assert page.status_code == HTTPStatus.OK


class TestWhoMay:
    @pytest.mark.parametrize("name", ["noor", "karel", "mo", "wim"])
    @pytest.mark.parametrize("page", [ALL, NEW])
    def test_is_a_coordinator(self, sign_in, name, page):
        client = sign_in(name, role=scenes.ROLES[name])

        assert client.get(reverse(page)).status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
        assert client.post(reverse(NEW), said()).status_code >= HTTPStatus.BAD_REQUEST
        assert not models.Template.objects.exists()
