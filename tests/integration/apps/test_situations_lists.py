# SPDX-License-Identifier: EUPL-1.2
"""Lists of situations: by phase, for who takes part, as figures for who counts; and the same by the API."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from scharnier.apps.people.models import Membership, Organization
from scharnier.apps.situations import doers, models, selectors
from scharnier.core import situations
from scharnier.core.kernel import SituationId
from scharnier.core.situations import Phase, State
from tests.factories import DAY
from tests.integration.apps import situations_scenes as scenes
from tests.integration.apps.situations_scenes import AD, BAS, ELS, JOKE, KAREL, MO, NOOR, RIA, VERA, WIM

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
LIST = "/api/v1/situations"
ENDS = {
    State.CLOSED: {"ended_on": DAY},
    State.HANDED_OVER: {"ended_on": DAY, "handed_to": "De wijkagent"},
    State.DISMISSED: {"ended_on": DAY, "reason": "Klaar."},
}
GOING_ON = sorted(set(State) - situations.ENDED)
NOT_IN_IT = [BAS, MO, ELS, AD, VERA]


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def enter(sign_in):
    return lambda name: sign_in(name, role=scenes.ROLES[name])


def of_state(state: State, **parts) -> models.Situation:
    row = scenes.a_situation(state.value, state=state.value, **ENDS.get(state, {}), **parts)
    if state is State.CLOSED:
        models.Evaluation.objects.create(
            network_id="kruisveld", situation=row, lesson="Eerder bellen.", made_on=DAY
        )
    return row


@pytest.fixture
def one_of_each():
    return [of_state(state) for state in State]


@pytest.mark.usefixtures("one_of_each")
class TestOwnSituations:
    def test_are_what_goes_on_by_phase(self):
        found = selectors.own_situations(NOOR)

        assert set(found) == set(Phase)
        told = {line.state: phase for phase, lines in found.items() for line in lines}
        assert told == {state: situations.phase_of(state) for state in GOING_ON}

    def test_are_the_same_for_colleagues(self):
        assert selectors.own_situations(JOKE) == selectors.own_situations(NOOR)

    @pytest.mark.parametrize("actor", [KAREL, *NOT_IN_IT, RIA, WIM], ids=lambda actor: actor.person_id)
    def test_are_none_for_who_takes_no_part(self, actor):
        assert [line for lines in selectors.own_situations(actor).values() for line in lines] == []
        assert selectors.ended_situations(actor) == ()

    def test_of_which_the_newest_come_first(self):
        for number in range(4):
            row = scenes.a_situation(f"n{number}", since=DAY + timedelta(days=number))
            assert row.state == "proposed"

        scanning = selectors.own_situations(NOOR)[Phase.SCANNING]
        sinces = [line.since for line in scanning if line.since is not None]
        assert sinces == sorted(sinces, reverse=True)

    def test_that_ended_are_apart(self):
        assert {line.state for line in selectors.ended_situations(NOOR)} == situations.ENDED


class TestWhoTakesPart:
    @pytest.mark.parametrize(
        ("state", "n_found"),
        [("accepted", 1), ("invited", 0), ("declined", 0), ("withdrawn", 0), ("left", 0), ("lapsed", 0)],
    )
    def test_is_who_said_yes_and_did_not_leave(self, state, n_found):
        scenes.an_invitation(scenes.a_situation(), "politie", state=state, reason="Zo is het.")

        lines = [line for found in selectors.own_situations(KAREL).values() for line in found]

        assert len(lines) == n_found

    @pytest.mark.parametrize(("state", "n_found"), [("signal_bundle", 1), ("proposed", 0), ("running", 0)])
    def test_is_who_is_in_a_bundle_as_long_as_it_is_one(self, state, n_found):
        row = scenes.a_situation(state=state)
        models.BundlePartner.objects.create(
            network_id="kruisveld", situation=row, organization=scenes.organization("politie"), share=1.0
        )

        lines = [line for found in selectors.own_situations(KAREL).values() for line in found]

        assert len(lines) == n_found

    def test_reads_the_name_of_who_left_the_network(self):
        row = scenes.a_situation(owner_name="Jongerenwerk")
        scenes.an_invitation(row, "politie")
        scenes.an_invitation(row, "school")
        Organization.objects.filter(network_id="kruisveld", text_id="school").delete()

        seen = selectors.look(SituationId(row.pk), actor=KAREL)

        assert seen.names["school"] == "School"
        assert dict(selectors.partners_of(seen))["school"] == "School"

    def test_is_no_more_when_their_organization_has_gone(self):
        row = scenes.a_situation()
        scenes.an_invitation(row, "school")
        Organization.objects.filter(network_id="kruisveld", text_id="school").delete()

        assert [line for lines in selectors.own_situations(BAS).values() for line in lines] == []


@pytest.mark.usefixtures("one_of_each")
class TestCounts:
    @pytest.mark.parametrize("actor", [RIA, WIM], ids=lambda actor: actor.person_id)
    def test_are_all_that_goes_on_without_a_word(self, actor):
        found = selectors.counts(actor)

        assert sorted(line.state for line in found) == GOING_ON
        assert {line.question for line in found} == {""}

    @pytest.mark.parametrize("actor", [NOOR, KAREL, *NOT_IN_IT], ids=lambda actor: actor.person_id)
    def test_are_for_nobody_else(self, actor):
        assert selectors.counts(actor) == ()

    def test_hold_nothing_that_the_reader_takes_part_in(self):
        from_within = scenes.an_actor("ria", role=RIA.role, acts_for="jongerenwerk")

        assert selectors.counts(from_within) == ()


class TestKnownSituations:
    @pytest.fixture(autouse=True)
    def _many(self):
        for number in range(7):
            row = scenes.a_situation(f"s{number}", made_on=DAY - timedelta(days=number % 3))
            if number % 2:
                scenes.an_invitation(row, "politie")

    @pytest.mark.parametrize("most", [1, 2, 3, 7, 50])
    def test_are_each_on_one_page(self, most):
        told = []
        for first in range(0, 7, most):
            lines, total = selectors.known_situations(NOOR, first=first, most=most)
            assert total == 7
            told += [line.id for line in lines]

        assert sorted(told) == [f"s{number}" for number in range(7)]

    def test_past_the_end_are_none(self):
        assert selectors.known_situations(NOOR, first=70, most=10) == ((), 7)

    def test_tell_who_is_in_some_of_them_only_of_those(self):
        lines, total = selectors.known_situations(KAREL, first=0, most=50)

        assert total == 3
        assert all(line.is_whole and line.question == scenes.QUESTION for line in lines)

    @pytest.mark.parametrize("actor", [RIA, WIM], ids=lambda actor: actor.person_id)
    def test_tell_who_counts_of_all_without_a_word(self, actor):
        lines, total = selectors.known_situations(actor, first=0, most=50)

        assert total == 7
        assert not any(line.is_whole or line.question for line in lines)


class TestApi:
    @pytest.fixture(autouse=True)
    def _five(self):
        for number in range(5):
            scenes.a_situation(f"s{number}")

    def test_can_be_followed_from_page_to_page(self, enter):
        client, address, told = enter("noor"), f"{LIST}?pageSize=2", []
        while address:
            answer = client.get(address)
            told += [item["id"] for item in answer.json()["items"]]
            links = dict(re.findall(r'<([^>]+)>; rel="(\w+)"', answer.get("Link", "")))
            address = next((link for link, name in links.items() if name == "next"), "")

        assert sorted(told) == [f"s{number}" for number in range(5)]

    def test_leads_back_from_the_last_page_and_not_on(self, enter):
        link = enter("noor").get(LIST, {"page": 3, "pageSize": 2})["Link"]

        assert 'rel="prev"' in link
        assert 'rel="next"' not in link

    def test_needs_no_link_where_there_is_one_page(self, enter):
        assert "Link" not in enter("noor").get(LIST).headers

    @pytest.mark.parametrize(
        "query",
        [
            {"page": 0},
            {"page": -1},
            {"page": "een"},
            {"pageSize": 0},
            {"pageSize": 100_000},
            {"page": 10**12},
        ],
        ids=str,
    )
    def test_says_what_is_wrong_with_a_page(self, enter, query):
        answer = enter("noor").get(LIST, query)

        assert answer.status_code in {400, 422}
        assert answer["Content-Type"].startswith("application/problem+json")

    def test_gives_an_empty_page_after_the_last(self, enter):
        answer = enter("noor").get(LIST, {"page": 9, "pageSize": 2})

        assert (answer.status_code, answer.json()["items"], answer.json()["total"]) == (200, [], 5)

    def test_is_not_for_who_did_not_log_in(self, client):
        answers = [client.get(LIST), client.get(f"{LIST}/s1"), client.post(f"{LIST}/s1/steps", {})]

        assert not {answer.status_code for answer in answers} & {200, 201, 404, 500}
        assert not [answer for answer in answers if scenes.QUESTION in answer.content.decode()]

    @pytest.mark.parametrize("state", State)
    def test_tells_state_and_phase_of_each(self, enter, state):
        of_state(state)

        found = enter("noor").get(f"{LIST}/{state.value}")

        assert found.json()["state"] == state.value
        assert found.json()["phase"] == situations.phase_of(state).value

    @pytest.mark.parametrize(
        "body", ["", "geen json", "[]", "null", '{"step": 5}', '{"step": "dismiss", "said": {}}', '{"step":']
    )
    def test_refuses_what_is_no_step(self, enter, body):
        answer = enter("noor").post(f"{LIST}/s1/steps", body, content_type="application/json")

        assert answer.status_code in {400, 422}
        assert answer["Content-Type"].startswith("application/problem+json")
        assert models.Situation.objects.get(pk="s1").state == "proposed"

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    def test_takes_no_other_way_in(self, enter, method):
        answer = getattr(enter("noor"), method)(f"{LIST}/s1")

        assert answer.status_code == 405
        assert models.Situation.objects.filter(pk="s1").exists()

    def test_changes_nothing_by_reading(self, enter):
        before = list(models.Situation.objects.order_by("pk").values())

        for name in scenes.ROLES:
            client = enter(name)
            client.get(LIST)
            client.get(f"{LIST}/s1")

        assert list(models.Situation.objects.order_by("pk").values()) == before


class TestDoers:
    def names(self, *organizations: str, on=DAY) -> list[str]:
        found = doers.accounts_for(organizations, network_id="kruisveld", on=on)
        return sorted(account.person.text_id for account in found)

    def test_are_who_has_a_role_in_one_of_them(self):
        assert self.names("jongerenwerk", "politie") == ["joke", "karel", "noor"]

    def test_of_nobody_are_none(self):
        assert self.names() == self.names("nergens") == []

    @pytest.mark.parametrize(
        ("began", "ended", "names"),
        [
            (DAY, DAY, ["karel"]),
            (DAY + timedelta(days=1), None, []),
            (None, DAY - timedelta(days=1), []),
            (None, None, ["karel"]),
        ],
        ids=["today only", "from tomorrow", "till yesterday", "always"],
    )
    def test_have_it_now(self, began, ended, names):
        Membership.objects.filter(person__text_id="karel").update(start_date=began, end_date=ended)

        assert self.names("politie") == names
        pairs = doers.with_a_role(["politie"], network_id="kruisveld", on=DAY)
        assert sorted(person for _organization, person in pairs) == names

    def test_have_a_confirmed_role(self):
        Membership.objects.filter(person__text_id="karel").update(is_confirmed=False)

        assert self.names("politie") == []
        assert doers.with_a_role(["politie"], network_id="kruisveld", on=DAY) == frozenset()

    def test_are_of_one_network(self):
        found = doers.accounts_for(["jongerenwerk"], network_id="elders", on=DAY)

        assert "noor" not in [account.person.text_id for account in found]

    def test_come_each_once(self):
        Membership.objects.create(
            network_id="kruisveld",
            person=scenes.person("karel"),
            organization=scenes.organization("school"),
            role="agent",
            is_confirmed=True,
        )

        assert self.names("politie", "school").count("karel") == 1

    def test_are_known_to_who_may_know_of_them(self):
        found = doers.roles_in(["politie"], actor=NOOR, on=DAY)
        elsewhere = doers.roles_in(["politie"], actor=VERA, on=DAY)

        assert [each.person.text_id for each in found] == ["karel"]
        assert list(elsewhere) == []
