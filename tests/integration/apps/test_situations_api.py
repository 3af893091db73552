# SPDX-License-Identifier: EUPL-1.2
"""The API of situations: what one may know, steps, invitations and answers; nothing that is private."""

from __future__ import annotations

import pytest

from scharnier.apps.situations import models
from tests.factories import DAY
from tests.integration.apps import situations_scenes as scenes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
LIST, ONE = "/api/v1/situations", "/api/v1/situations/plein"
STEPS, INVITATIONS = f"{ONE}/steps", f"{ONE}/invitations"
WORDS = "Zien jullie ook elke avond onrust?"
MARKER = "Zilverspoor"
PERSONAL = "Bel Jan de Vries, geboren 12-03-2009, op 06-12345678."


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def enter(sign_in):
    return lambda name: sign_in(name, role=scenes.ROLES[name])


@pytest.fixture
def plein():
    return scenes.a_situation(topic_ids=["noise"], area_ids=["noord"])


def post(client, address, **body):
    return client.post(address, body, content_type="application/json")


class TestList:
    def test_holds_the_words_of_what_one_takes_part_in(self, enter, plein):
        scenes.an_invitation(plein, "politie")

        items = enter("karel").get(LIST).json()["items"]

        assert items == [
            {"id": "plein", "state": "proposed", "phase": "scanning", "since": None, "is_whole": True,
             "question": scenes.QUESTION}
        ]  # fmt: skip

    @pytest.mark.parametrize("name", ["ria", "wim"])
    def test_holds_no_word_for_who_keeps_watch_or_counts(self, enter, plein, name):
        (item,) = enter(name).get(LIST).json()["items"]

        assert (item["id"], item["is_whole"], item["question"]) == (plein.pk, False, "")

    @pytest.mark.usefixtures("plein")
    @pytest.mark.parametrize("name", ["bas", "mo", "els", "ad"])
    def test_is_empty_for_others(self, enter, name):
        assert enter(name).get(LIST).json() == {"items": [], "total": 0, "page": 1, "pageSize": 50}

    def test_comes_in_parts(self, enter):
        for number in range(3):
            scenes.a_situation(f"s{number}")

        answer = enter("noor").get(LIST, {"page": 2, "pageSize": 2})

        assert (answer.json()["total"], len(answer.json()["items"])) == (3, 1)
        assert 'rel="prev"' in answer["Link"]


class TestOne:
    def test_is_whole_for_who_takes_part(self, enter, plein):
        scenes.an_invitation(plein, "politie", words=WORDS)

        found = enter("karel").get(ONE).json()

        assert (found["question"], found["owner_id"]) == (scenes.QUESTION, "jongerenwerk")
        assert found["partner_ids"] == ["jongerenwerk", "politie"]
        assert (found["topics"], found["area_ids"]) == (["noise"], ["noord"])
        assert [each["words"] for each in found["invitations"]] == [WORDS]

    def test_tells_which_steps_are_open_and_what_they_lack(self, enter, plein):
        steps = {each["step"]: each for each in enter("noor").get(ONE).json()["steps"]}

        assert plein.state == "proposed"
        assert steps["accept"]["lacks"] == ["heard"]
        assert steps["dismiss"] == {"step": "dismiss", "asks_for": "reason", "lacks": []}

    def test_tells_who_is_asked_what_is_meant_for_them_and_no_more(self, enter, plein):
        scenes.an_invitation(plein, "politie", state="invited", words=WORDS)
        scenes.an_invitation(plein, "school", state="invited", words=MARKER)

        answer = enter("karel").get(ONE)

        assert [each["words"] for each in answer.json()["invitations"]] == [WORDS]
        assert (answer.json()["partner_ids"], answer.json()["owner_id"]) == ([], None)
        assert scenes.QUESTION not in answer.text
        assert MARKER not in answer.text

    @pytest.mark.parametrize("name", sorted(scenes.ROLES))
    def test_holds_nothing_private_for_anybody(self, enter, plein, name):
        scenes.an_invitation(plein, "politie")
        models.Room.objects.create(
            id="r", network_id="kruisveld", situation=plein, title=MARKER, text=MARKER,
            source_text_id="politie", opens_on=DAY,
        )  # fmt: skip
        models.Status.objects.create(
            network_id="kruisveld", situation=plein, source_text_id="politie", state="busy", words=MARKER,
            told_on=DAY,
        )  # fmt: skip
        client = enter(name)

        assert MARKER not in client.get(ONE).text + client.get(LIST).text

    @pytest.mark.usefixtures("plein")
    @pytest.mark.parametrize("name", ["bas", "mo", "els", "ad"])
    def test_is_not_there_for_others(self, enter, name):
        client = enter(name)

        answers = [client.get(ONE), client.get(f"{LIST}/nergens")]

        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].json()["type"] == answers[1].json()["type"]


@pytest.mark.usefixtures("plein")
class TestSteps:
    def test_bring_it_on(self, enter):
        answer = post(enter("noor"), STEPS, step="dismiss", said="Het waaide over.")

        assert (answer.status_code, answer.json()) == (200, {"state": "dismissed"})

    def test_say_what_is_missing(self, enter):
        answer = post(enter("noor"), STEPS, step="accept")

        assert answer.status_code == 409
        assert answer["Content-Type"].startswith("application/problem+json")
        assert models.Situation.objects.get().state == "proposed"

    @pytest.mark.parametrize(
        ("body", "status"),
        [
            ({"step": "fly"}, 422),
            ({"step": "dismiss"}, 422),
            ({"step": "dismiss", "said": PERSONAL}, 422),
            ({"step": "dismiss", "said": "a\x00b"}, 422),
            ({"step": "close"}, 409),
            ({}, 422),
        ],
    )
    def test_refuse_what_will_not_do(self, enter, body, status):
        assert post(enter("noor"), STEPS, **body).status_code == status
        assert models.Situation.objects.get().state == "proposed"

    @pytest.mark.parametrize("name", ["bas", "mo", "wim", "ad"])
    def test_are_not_there_for_others(self, enter, name):
        assert post(enter(name), STEPS, step="dismiss", said="Weg.").status_code == 404
        assert models.Situation.objects.get().state == "proposed"


@pytest.mark.usefixtures("plein")
class TestInvitations:
    def test_are_made_all_or_none(self, enter):
        client = enter("noor")

        wrong = post(client, INVITATIONS, organization_ids=["politie", "nergens"], words=WORDS)
        answer = post(client, INVITATIONS, organization_ids=["politie", "school"], words=WORDS)

        assert (wrong.status_code, answer.status_code) == (404, 201)
        found = models.Invitation.objects.values_list("pk", flat=True).order_by("place")
        assert list(found) == answer.json()["invitation_ids"]

    @pytest.mark.parametrize(
        "body",
        [
            {"organization_ids": [], "words": WORDS},
            {"organization_ids": ["politie"], "words": ""},
            {"organization_ids": ["politie"], "words": PERSONAL},
            {"organization_ids": ["pol\x00itie"], "words": WORDS},
            {"organization_ids": ["politie"]},
        ],
    )
    def test_refuse_what_will_not_do(self, enter, body):
        assert post(enter("noor"), INVITATIONS, **body).status_code == 422
        assert not models.Invitation.objects.exists()

    def test_are_asked_once(self, enter):
        client = enter("noor")
        post(client, INVITATIONS, organization_ids=["politie"], words=WORDS)

        assert post(client, INVITATIONS, organization_ids=["politie"], words=WORDS).status_code == 409

    def test_are_answered_by_who_is_asked(self, enter):
        made = post(enter("noor"), INVITATIONS, organization_ids=["politie"], words=WORDS).json()
        page = f"{INVITATIONS}/{made['invitation_ids'][0]}/answer"

        other = post(enter("bas"), page, answer="accept")
        without = post(enter("karel"), page, answer="decline")
        answer = post(enter("karel"), page, answer="accept")
        again = post(enter("karel"), page, answer="accept")

        assert [each.status_code for each in (other, without, answer, again)] == [404, 422, 200, 409]
        assert answer.json() == {"state": "accepted"}
