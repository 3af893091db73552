# SPDX-License-Identifier: EUPL-1.2
"""The pages of what partners do: agreements, actions, plan, figures and meetings; a page per act."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

import pytest

from scharnier.apps.http import today
from scharnier.apps.people.models import Membership
from scharnier.apps.situations import models
from scharnier.core.kernel import Role
from scharnier.core.situations import State
from tests.integration.apps import doing_scenes as scenes
from tests.integration.apps.doing_scenes import PERSONAL, address
from tests.integration.apps.reading import words_in

pytestmark = pytest.mark.django_db
PARTS = (
    "work", "plan", "begin_plan", "agree", "act", "meetings", "plan_meeting", "figures", "add_indicator",
    "closing", "evaluation", "score", "recheck",
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _settled(_ground):
    scenes.settle()


@pytest.fixture(autouse=True)
def _running():
    scenes.begin()


@pytest.fixture
def karel(sign_in):
    return sign_in("karel")


def read(client, part: str, *more: str) -> str:
    answer = client.get(address(part, *more))
    assert answer.status_code == HTTPStatus.OK, answer.content
    return answer.content.decode()


def day(n: int) -> str:
    return (today() + timedelta(days=n)).isoformat()


class TestEveryPart:
    @pytest.mark.parametrize("part", PARTS)
    def test_opens_for_a_partner(self, karel, part):
        assert scenes.QUESTION in read(karel, part)

    @pytest.mark.parametrize("part", PARTS)
    @pytest.mark.parametrize("stranger", ["mo", "ria", "wim"])
    def test_is_not_there_for_who_takes_no_part(self, sign_in, part, stranger):
        answer = sign_in(stranger).get(address(part))

        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert scenes.QUESTION not in answer.content.decode()


class TestWork:
    def test_says_the_first_step_when_nothing_is_there(self, noor):
        page = read(noor, "work")

        assert "Er is nog geen plan." in page
        assert "Er is nog niets afgesproken of beloofd." in page

    def test_asks_for_the_plan_before_anything_else(self, noor):
        plan, act = (f'-action" href="{address(part)}"' for part in ("plan", "act"))
        page = read(noor, "work")
        assert f"primary{plan}" in page
        assert f"secondary{act}" in page

        models.Situation.objects.update(goal="Rust op het plein.")

        page = read(noor, "work")
        assert f"secondary{plan}" in page
        assert f"primary{act}" in page

    def test_names_what_is_written_down_and_sends_nobody_away(self, noor):
        page = read(noor, "work")

        assert "Schrijf een actie op" in page
        assert "Schrijf een afspraak op" in page
        assert "Ga iets doen" not in page

    def test_shows_what_is_overdue_first_and_says_so(self, noor):
        scenes.make_action("Later lopen", due=today() + timedelta(days=9))
        scenes.make_action("Lamp maken", due=today() - timedelta(days=2))
        scenes.agree("Elkaar bellen", review_on=today() - timedelta(days=1))
        scenes.agree("Samen lopen", review_on=today() + timedelta(days=40))

        page = read(noor, "work")

        places = [page.index(each) for each in ("Lamp maken", "Elkaar bellen", "Later lopen", "Samen lopen")]
        assert places == sorted(places)
        assert page.index("Vraagt nu aandacht") < places[0] < page.index("Wat er gaat gebeuren")
        assert "De dag is voorbij" in page
        assert "Tijd om terug te kijken" in page

    def test_says_once_how_an_action_ended(self, noor):
        scenes.make_action()
        models.Action.objects.update(state="not_possible", ended_on=today(), reason="Zit vast in beton.")

        page = read(noor, "work")

        assert page.casefold().count("kon niet") == 1
        assert f'datetime="{today().isoformat()}"' in page

    def test_says_on_the_overview_what_it_is_that_waits(self, noor, karel):
        scenes.make_action("Lamp maken", due=today() - timedelta(days=2))
        scenes.agree("Elkaar bellen", review_on=today() - timedelta(days=1))

        of_noor, of_karel = (
            read(client, "overview").partition("Wat er nu nodig is")[2].partition("</section>")[0]
            for client in (noor, karel)
        )

        assert "<p>Lamp maken</p>" in of_karel
        assert "<p>Elkaar bellen</p>" in of_noor

    def test_names_who_does_it_and_for_whom(self, noor):
        scenes.make_action()

        assert "Karel (Politie)" in read(noor, "work")

    def test_says_that_nobody_does_it_when_who_did_was_erased(self, noor):
        scenes.make_action()
        models.Action.objects.update(person=None)

        page = read(noor, "work")

        assert "Nog niemand doet dit" in page
        assert "Zeg wie het doet" in page

    def test_says_that_nobody_does_it_when_who_did_left_the_organization(self, noor):
        scenes.make_action(due=today() + timedelta(days=9))
        assert "Nog niemand doet dit" not in read(noor, "work")

        Membership.objects.filter(person__text_id="karel").update(end_date=today() - timedelta(days=1))

        page = read(noor, "work")
        assert page.index("Vraagt nu aandacht") < page.index("Nog niemand doet dit")
        assert "Zeg wie het doet" in page

    def test_offers_nothing_to_do_once_it_has_ended(self, noor):
        scenes.make_action()
        models.Situation.objects.update(state="handed_over", handed_to="Wijkagent", ended_on=today())

        page = read(noor, "work")

        assert "Met bewoners langs het plein lopen" in page
        assert address("act") not in page


class TestAgree:
    def said(self, **parts):
        usual = {"text": "We bellen elkaar", "parties": ["school", "politie"], "review_on": day(30)}
        return usual | parts

    def test_writes_it_down(self, karel):
        answer = karel.post(address("agree"), self.said(), follow=True)

        page = answer.content.decode()
        assert "Opgeschreven. Iedereen die meedoet ziet het." in page
        assert "Politie, School; terugkijken op" in page

    @pytest.mark.parametrize(
        ("parts", "said"),
        [
            ({"text": ""}, "Zeg in één zin wat jullie afspreken."),
            ({"parties": []}, "Kruis twee of meer partners aan."),
            ({"parties": ["school"]}, "Een afspraak is tussen twee of meer partners"),
            ({"parties": ["school", "zorg"]}, "Kies uit de lijst."),
            ({"review_on": day(0)}, "je kijkt er later op terug"),
            ({"review_on": "morgen"}, "Dit is geen dag."),
            ({"text": PERSONAL}, "telefoonnummer"),
        ],
    )
    def test_says_what_is_wrong_and_loses_nothing(self, karel, parts, said):
        answer = karel.post(address("agree"), self.said(**parts))

        page = answer.content.decode()
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert said in page
        assert not models.Agreement.objects.exists()
        assert parts.get("text", "We bellen elkaar") in page

    def test_offers_what_is_often_agreed_once(self, noor):
        noor.post(address("begin_plan"), {"template": "safety"})
        scenes.agree("We bellen elkaar voordat iemand optreedt")

        page = read(noor, "agree")

        assert "Jongerenwerk is er op vaste avonden" in page
        assert "We bellen elkaar voordat iemand optreedt" not in page
        chosen = noor.get(address("agree"), {"use": "Jongerenwerk is er op vaste avonden"})
        assert ">\nJongerenwerk is er op vaste avonden</textarea>" in chosen.content.decode()

    def test_is_refused_by_word_of_mouth_of_a_stranger(self, sign_in):
        assert sign_in("mo").post(address("agree"), self.said()).status_code == HTTPStatus.NOT_FOUND
        assert not models.Agreement.objects.exists()


class TestAgreement:
    @pytest.fixture
    def agreement_id(self):
        return scenes.agree()

    def test_is_judged(self, karel, agreement_id):
        answer = karel.post(address("agreement", agreement_id), {"state": "kept"}, follow=True)

        assert "Nagekomen" in answer.content.decode()

    @pytest.mark.parametrize(("state", "how"), [("not_kept", "niet nagekomen"), ("dropped", "vervallen")])
    def test_tells_why_it_was_not_kept(self, karel, agreement_id, state, how):
        said = {"state": state, "reason": "Er was geen rooster."}

        work = karel.post(address("agreement", agreement_id), said, follow=True).content.decode()

        assert "“Er was geen rooster.”" in work
        told = f"We bellen elkaar voordat iemand optreedt ({how}): “Er was geen rooster.”"
        assert told in read(karel, "overview")
        assert models.Agreement.objects.get().reason == "Er was geen rooster."

    @pytest.mark.parametrize("said", [{"state": "kept"}, {"state": "later", "review_on": day(60)}])
    def test_lets_go_of_why_once_it_is_otherwise(self, karel, agreement_id, said):
        karel.post(
            address("agreement", agreement_id), {"state": "not_kept", "reason": "Er was geen rooster."}
        )

        karel.post(address("agreement", agreement_id), {**said, "reason": "Toch wel."})

        assert models.Agreement.objects.get().reason == ""
        assert "rooster" not in read(karel, "overview") + read(karel, "work")

    def test_runs_on_until_another_day(self, karel, agreement_id):
        said = {"state": "later", "review_on": day(60)}

        answer = karel.post(address("agreement", agreement_id), said)

        assert answer.status_code == HTTPStatus.FOUND
        assert models.Agreement.objects.get().review_on == today() + timedelta(days=60)

    @pytest.mark.parametrize(
        ("said", "wrong"),
        [
            ({}, "Kies wat ervan kwam."),
            ({"state": "later"}, "Kies een dag om weer te kijken."),
            ({"state": "later", "review_on": "2026-03-29"}, "je kijkt er later op terug"),
            ({"state": "perhaps"}, "Kies er een uit de lijst."),
            ({"state": "not_kept", "reason": PERSONAL}, "telefoonnummer"),
            ({"state": "not_kept", "reason": "x" * 2001}, "2001"),
        ],
    )
    def test_says_what_is_wrong(self, karel, agreement_id, said, wrong):
        answer = karel.post(address("agreement", agreement_id), said)

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert wrong in answer.content.decode()
        assert models.Agreement.objects.get().state == "open"

    def test_that_is_not_there_is_not_found(self, karel):
        assert karel.get(address("agreement", "nergens")).status_code == HTTPStatus.NOT_FOUND


class TestAct:
    def said(self, **parts):
        return {"text": "Lamp maken", "who": "politie/karel", "due": day(7)} | parts

    def test_writes_down_who_does_it(self, noor):
        page = noor.post(address("act"), self.said(), follow=True).content.decode()

        assert "Lamp maken" in page
        assert "Karel (Politie)" in page

    def test_may_leave_the_person_to_the_organization(self, noor):
        noor.post(address("act"), self.said(who="gemeente/"))

        action = models.Action.objects.get()
        assert (action.organization_text_id, action.person) == ("gemeente", None)

    def test_offers_people_of_partners_only(self, noor):
        page = read(noor, "act")

        assert "Joke (Politie)" in page
        assert "Bas (Gemeente)" in page
        assert "Gemeente: wie het wordt, hoor je nog" in page
        assert "Mo (" not in page

    @pytest.mark.parametrize(
        ("parts", "said"),
        [
            ({"text": " "}, "Zeg in één zin wat er gebeurt."),
            ({"who": ""}, "Kies wie het doet."),
            ({"who": "zorg/mo"}, "Kies er een uit de lijst."),
            ({"due": ""}, "Kies een dag waarop het klaar is."),
            ({"text": PERSONAL}, "telefoonnummer"),
        ],
    )
    def test_says_what_is_wrong(self, noor, parts, said):
        answer = noor.post(address("act"), self.said(**parts))

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert said in answer.content.decode()
        assert not models.Action.objects.exists()


class TestAction:
    @pytest.fixture
    def action_id(self):
        return scenes.make_action()

    def test_ends_and_is_taken_up_again(self, karel, action_id):
        said = {"state": "not_possible", "reason": "De lamp was er niet."}

        ended = karel.post(address("action", action_id), said, follow=True).content.decode()
        again = karel.post(address("reopen_action", action_id), follow=True).content.decode()

        assert "Kon niet" in ended
        assert "De lamp was er niet." in ended
        assert "Het staat weer open." in again
        assert models.Action.objects.get().state == "open"

    def test_tells_why_in_the_story_to_who_takes_part(self, karel, noor, sign_in, action_id):
        said = {"state": "not_possible", "reason": "De lamp was er niet."}
        karel.post(address("action", action_id), said)
        line = "Met bewoners langs het plein lopen (kon niet): “De lamp was er niet.”"

        told = [line in read(client, "overview") for client in (karel, noor)]
        mo, ria = sign_in("mo", role=Role.RESIDENT), sign_in("ria", role=Role.COORDINATOR)
        others = [client.get(address("overview")).content.decode() for client in (mo, ria)]

        assert told == [True, True]
        assert not any("De lamp was er niet." in page for page in others)

    def test_tells_in_the_story_what_came_of_it_also_without_a_reason(self, karel, noor, action_id):
        karel.post(address("action", action_id), {"state": "done"})

        story = read(noor, "overview")

        assert "Met bewoners langs het plein lopen (klaar)</p>" in story

    def test_tells_in_the_story_that_it_was_taken_up_again(self, karel, noor, action_id):
        karel.post(address("action", action_id), {"state": "done"})
        karel.post(address("reopen_action", action_id))

        page = read(noor, "overview")

        assert "Politie pakte een actie weer op Met bewoners langs het plein lopen" in words_in(page)
        assert "lopen (klaar)" not in page

    def test_tells_why_only_as_long_as_it_holds(self, karel, action_id):
        karel.post(address("action", action_id), {"state": "not_done", "reason": "De lamp was er niet."})
        karel.post(address("reopen_action", action_id))
        karel.post(address("action", action_id), {"state": "done"})

        assert "De lamp was er niet." not in read(karel, "overview")

    @pytest.mark.parametrize(
        ("said", "wrong"),
        [
            ({}, "Kies hoe het ging."),
            ({"state": "not_done"}, "Zeg erbij waarom het niet kon, of niet is gedaan."),
            ({"state": "not_done", "reason": PERSONAL}, "telefoonnummer"),
        ],
    )
    def test_says_what_is_wrong(self, karel, action_id, said, wrong):
        answer = karel.post(address("action", action_id), said)

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert wrong in answer.content.decode()

    def test_tells_who_was_not_first(self, karel, noor, action_id):
        karel.post(address("action", action_id), {"state": "done"})

        answer = noor.post(address("action", action_id), {"state": "done"}, follow=True)

        assert "Deze actie is al afgelopen" in answer.content.decode()

    def test_opens_no_twice(self, karel, action_id):
        answer = karel.post(address("reopen_action", action_id), follow=True)

        assert "of nog open" in answer.content.decode()

    def test_goes_to_a_colleague(self, karel, action_id):
        assert "Joke" in read(karel, "give_action", action_id)

        karel.post(address("give_action", action_id), {"person": "joke", "due": day(20)})

        action = models.Action.objects.get()
        assert (action.person_text_id, action.due) == ("joke", today() + timedelta(days=20))

    def test_goes_to_nobody_elsewhere(self, karel, action_id):
        answer = karel.post(address("give_action", action_id), {"person": "bas", "due": day(20)})

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert models.Action.objects.get().person_text_id == "karel"

    @pytest.mark.parametrize("part", ["action", "give_action"])
    def test_that_is_not_there_is_not_found(self, karel, part):
        assert karel.get(address(part, "nergens")).status_code == HTTPStatus.NOT_FOUND


class TestPlan:
    def test_is_written(self, karel):
        said = {"goal": "Rust", "baseline": "Tien klachten per week", "deadline": day(90)}

        page = karel.post(address("plan"), said, follow=True).content.decode()

        assert "Tien klachten per week" in page
        assert "Pas het plan aan" in page

    def test_names_no_person(self, karel):
        answer = karel.post(address("plan"), {"goal": PERSONAL})

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert PERSONAL in answer.content.decode()
        assert models.Situation.objects.get().goal == ""

    def test_is_not_emptied_while_partners_work_by_it(self, karel):
        models.Situation.objects.update(goal="Rust", baseline="Tien klachten per week")

        answer = karel.post(address("plan"), {"goal": "Stilte op het plein", "baseline": ""})

        page = answer.content.decode()
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "laat niets leeg dat er al stond" in page
        assert "Stilte op het plein" in page
        assert models.Situation.objects.get().goal == "Rust"

    def test_takes_from_an_example_how_to_say_how_it_is_now_and_not_how_it_is(self, karel):
        advice = "Een telling in een gewone week, zonder feestdagen."
        assert advice not in read(karel, "plan")

        page = karel.post(address("begin_plan"), {"template": "shopping"}, follow=True).content.decode()

        assert advice not in page
        assert "nog in te vullen" in page
        assert advice in read(karel, "plan")
        assert models.Situation.objects.get().baseline == ""

    def test_begins_from_an_example(self, karel):
        page = karel.post(address("begin_plan"), {"template": "shopping"}, follow=True).content.decode()

        assert "Er staat een plan om mee te beginnen. Zeg zelf nog hoe het nu is" in page
        assert "Het winkelgebied is schoon en heel" in page
        assert "Lege winkels" in read(karel, "figures")

    @pytest.mark.parametrize("template", ["", "nergens"])
    def test_begins_from_no_other(self, karel, template):
        answer = karel.post(address("begin_plan"), {"template": template})

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not models.Indicator.objects.exists()


class TestFigures:
    NOISE = {"name": "Klachten", "unit": "per week", "wanted": "fewer", "source": "entered"}

    def add(self, client, **parts):
        said = self.NOISE | {"baseline": "12", "target": "5"} | parts
        client.post(address("add_indicator"), said)
        return models.Indicator.objects.get().pk

    def test_are_drawn_and_stand_in_a_table(self, karel):
        indicator_id = self.add(karel)
        for n, figure in ((-20, "12"), (-10, "8,5"), (0, "4")):
            karel.post(address("enter_figure", indicator_id), {"on": day(n), "figure": figure})

        page = read(karel, "figures")

        assert page.count("<circle ") == page.count("<td>") == 3
        assert "<td>8,5</td>" in page
        assert "Dit is waar we het willen hebben." in page
        assert " style=" not in page

    def test_in_bands_are_told_as_bands(self, karel):
        indicator = models.Indicator.objects.get(pk=self.add(karel))
        for n, (low, high) in enumerate(((5, 9), (1000, None))):
            models.Reading.objects.create(
                network_id="kruisveld",
                indicator=indicator,
                on=today() + timedelta(days=n),
                low=low,
                high=high,
            )

        page = read(karel, "figures")

        assert "<td>5 tot en met 9</td>" in page
        assert "<td>1000 of meer</td>" in page.replace(".", "")
        assert [page.count(f'class="chart__{kind}"') for kind in ("band", "least")] == [1, 1]

    @pytest.mark.parametrize(
        ("parts", "said"),
        [
            ({"name": ""}, "Zeg wat je telt."),
            ({"baseline": "veel"}, "Vul een getal in, zoals 12 of 1,5."),
            ({"target": "20", "baseline": "12"}, "het doel ligt aan de goede kant van het begin"),
            ({"wanted": ""}, "Kies welke kant goed is."),
            ({"name": PERSONAL}, "telefoonnummer"),
        ],
    )
    def test_say_what_is_wrong(self, karel, parts, said):
        answer = karel.post(address("add_indicator"), self.NOISE | {"baseline": "12", "target": "5"} | parts)

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert said in answer.content.decode()
        assert not models.Indicator.objects.exists()

    @pytest.mark.parametrize(
        ("said", "wrong"),
        [
            ({"on": day(0), "figure": ""}, "Vul een getal in."),
            ({"on": day(0), "figure": "nan"}, "Vul een getal in, zoals 12 of 1,5."),
            ({"on": "", "figure": "3"}, "Kies een dag."),
        ],
    )
    def test_are_numbers_of_a_day(self, karel, said, wrong):
        answer = karel.post(address("enter_figure", self.add(karel)), said)

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert wrong in answer.content.decode()

    def test_are_changed(self, karel):
        indicator_id = self.add(karel)
        assert 'value="12' in read(karel, "indicator", indicator_id)

        said = self.NOISE | {"name": "Lawaai", "baseline": "1,5", "target": "0"}
        page = karel.post(address("indicator", indicator_id), said, follow=True).content.decode()

        assert "Lawaai" in page
        assert models.Indicator.objects.get().baseline == 1.5

    @pytest.mark.parametrize("part", ["indicator", "enter_figure"])
    def test_that_are_not_there_are_not_found(self, karel, part):
        assert karel.get(address(part, "nergens")).status_code == HTTPStatus.NOT_FOUND


class TestStates:
    @pytest.mark.parametrize("state", [State.ACCEPTED, State.PLAN, State.RUNNING, State.EVALUATING])
    def test_are_all_worked_in(self, noor, state):
        models.Situation.objects.update(state=state.value)

        assert address("act") in read(noor, "work")
