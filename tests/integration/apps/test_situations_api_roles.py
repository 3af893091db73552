# SPDX-License-Identifier: EUPL-1.2
"""The API of situations for every role and relation: what comes out, and how it is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.mail.models import Message
from scharnier.apps.situations import models
from scharnier.core import situations
from scharnier.core.situations import State, Step
from scharnier.formats import wording
from tests.factories import DAY
from tests.integration.apps import situations_scenes as scenes
from tests.integration.apps.reading import problem_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
LIST, ONE = "/api/v1/situations", "/api/v1/situations/plein"
STEPS, INVITATIONS = f"{ONE}/steps", f"{ONE}/invitations"
WORDS = "Zien jullie ook elke avond onrust?"
MARKER = "Zilverspoor"
HEAD = {"id", "state", "phase", "since", "is_whole", "question"}
WHOLE = HEAD | {"topics", "area_ids", "owner_id", "partner_ids", "invitations", "steps"}
ENDED = {
    "dismissed": {"reason": "Het waaide over.", "ended_on": DAY},
    "handed_over": {"handed_to": "De gemeente", "ended_on": DAY},
    "closed": {},
}
PHASES = {
    "signal_bundle": "scanning",
    "proposed": "scanning",
    "accepted": "analysis",
    "plan": "analysis",
    "running": "response",
    "evaluating": "assessment",
    "closed": "assessment",
    "handed_over": "assessment",
    "dismissed": "scanning",
}


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def enter(sign_in):
    return lambda name: sign_in(name, role=scenes.ROLES[name])


@pytest.fixture
def vera(sign_in):
    return sign_in("vera", network_id="elders", role=scenes.VERA.role)


def stand(state="proposed", **parts):
    """Return the square in a state, which the youth work leads."""
    row = scenes.a_situation(**{"state": "evaluating" if state == "closed" else state} | parts)
    if state == "closed":
        models.Evaluation.objects.create(
            network_id="kruisveld", situation=row, lesson="Eerder bellen helpt.", made_on=DAY
        )
        models.Situation.objects.filter(pk=row.pk).update(state=state, ended_on=DAY)
    return models.Situation.objects.get(pk=row.pk)


def end(state, **parts):
    """Return the square that has ended."""
    return stand(state, **ENDED[state] | parts)


def bundle(*names):
    """Return signals of organizations that belong together, which nobody leads."""
    row = scenes.a_situation(owner="", state="signal_bundle")
    for name in names:
        models.BundlePartner.objects.create(
            network_id="kruisveld", situation=row, organization=scenes.organization(name), share=0.5
        )
    return row


def post(client, address, *, language="nl", **body):
    return client.post(address, body, content_type="application/json", headers={"accept-language": language})


def said(code, language):
    """Return the sentence that the list of wordings has for a code."""
    return wording.error_sentences()[code][language]


def stored():
    return (
        list(models.Situation.objects.order_by("pk").values()),
        list(models.Invitation.objects.order_by("pk").values()),
        models.StoryLine.objects.count(),
        AuditEvent.objects.filter(act__startswith="situation").count(),
        Message.objects.count(),
    )


class TestShape:
    @pytest.mark.parametrize("name", ["noor", "joke", "ria", "wim"])
    def test_of_a_line_is_the_same_for_everybody(self, enter, name):
        stand()

        (item,) = enter(name).get(LIST).json()["items"]

        assert set(item) == HEAD

    @pytest.mark.parametrize("name", ["noor", "joke", "ria", "wim"])
    def test_of_one_is_the_same_for_everybody(self, enter, name):
        stand()

        assert set(enter(name).get(ONE).json()) == WHOLE

    @pytest.mark.parametrize("state", State)
    def test_tells_the_phase_of_every_state(self, enter, state):
        stand(state.value, **ENDED.get(state.value, {}))

        found = enter("noor").get(ONE).json()

        assert (found["state"], found["phase"]) == (state.value, PHASES[state.value])

    def test_of_the_list_says_of_each_what_the_page_of_one_says(self, enter):
        for number, state in enumerate(("proposed", "accepted", "running")):
            scenes.a_situation(f"s{number}", state=state, since=DAY - timedelta(days=number))
        client = enter("noor")

        items = client.get(LIST).json()["items"]

        assert len(items) == 3
        for item in items:
            whole = client.get(f"{LIST}/{item['id']}").json()
            assert item == {name: whole[name] for name in HEAD}

    def test_tells_since_when_it_stands_there(self, enter):
        stand(since=DAY - timedelta(days=3))

        assert enter("noor").get(ONE).json()["since"] == (DAY - timedelta(days=3)).isoformat()

    def test_sorts_what_has_no_order_of_its_own(self, enter):
        row = stand(topic_ids=["zwerfvuil", "noise"], area_ids=["zuid", "noord"])
        for name in ("school", "politie"):
            scenes.an_invitation(row, name)

        found = enter("noor").get(ONE).json()

        assert found["topics"] == ["noise", "zwerfvuil"]
        assert found["area_ids"] == ["noord", "zuid"]
        assert found["partner_ids"] == ["jongerenwerk", "politie", "school"]

    def test_of_an_invitation_holds_what_was_said_and_by_when(self, enter):
        scenes.an_invitation(stand(), "politie", state="invited", words=WORDS)

        (invitation,) = enter("noor").get(ONE).json()["invitations"]

        assert invitation == {
            "id": "plein-0",
            "organization_id": "politie",
            "state": "invited",
            "invited_on": DAY.isoformat(),
            "words": WORDS,
        }

    def test_of_an_invitation_holds_no_reason_of_who_declined(self, enter):
        scenes.an_invitation(stand(), "politie", state="declined", words=WORDS, reason=MARKER)

        assert MARKER not in enter("ria").get(ONE).text
        assert MARKER not in enter("karel").get(LIST).text


class TestRelations:
    @pytest.mark.parametrize("name", ["noor", "joke"])
    def test_lets_everybody_of_who_leads_read_it(self, enter, name):
        stand()

        found = enter(name).get(ONE).json()

        assert (found["is_whole"], found["question"]) == (True, scenes.QUESTION)

    def test_lets_a_partner_read_it_and_take_no_step_of_who_leads(self, enter):
        scenes.an_invitation(stand(), "politie")

        found = enter("karel").get(ONE).json()

        assert (found["is_whole"], found["question"]) == (True, scenes.QUESTION)
        assert found["steps"] == []

    @pytest.mark.parametrize("state", ["declined", "withdrawn", "left"])
    def test_are_over_for_who_said_no_or_left(self, enter, state):
        scenes.an_invitation(stand(), "politie", state=state, words=WORDS)
        client = enter("karel")

        assert problem_of(client.get(ONE)) == (404, "situations.not_found")
        assert client.get(LIST).json()["items"] == []

    @pytest.mark.parametrize("state", ["invited", "lapsed"])
    def test_leave_who_is_asked_the_state_and_their_own_words(self, enter, state):
        scenes.an_invitation(stand(topic_ids=["noise"]), "politie", state=state, words=WORDS)

        found = enter("karel").get(ONE).json()

        assert (found["is_whole"], found["question"], found["owner_id"]) == (False, "", None)
        assert [each["state"] for each in found["invitations"]] == [state]
        assert found["steps"] == []

    def test_let_both_of_a_bundle_read_it_and_nobody_else_of_them(self, enter):
        bundle("politie", "school")

        whole = {name: enter(name).get(ONE) for name in ("karel", "bas", "noor")}

        assert [whole[name].status_code for name in whole] == [200, 200, 404]
        assert whole["karel"].json()["is_whole"] is True
        assert whole["karel"].json()["owner_id"] is None

    def test_end_for_who_only_told_signals_once_it_was_proposed(self, enter):
        bundle("politie", "school")

        models.Situation.objects.update(
            state="proposed", owner=scenes.organization("politie"), owner_text_id="politie"
        )

        assert enter("karel").get(ONE).json()["is_whole"] is True
        assert enter("bas").get(ONE).status_code == 404

    @pytest.mark.parametrize("name", ["ria", "wim"])
    def test_hold_no_name_of_a_partner_for_who_takes_no_part(self, enter, name):
        row = stand(topic_ids=["noise"])
        scenes.an_invitation(row, "politie", words=WORDS)
        scenes.an_invitation(row, "school", state="invited", words=WORDS)

        answer = enter(name).get(ONE)

        found = answer.json()
        assert (found["is_whole"], found["owner_id"], found["partner_ids"]) == (False, None, [])
        assert found["invitations"] == []
        assert not any(each in answer.text for each in (WORDS, scenes.QUESTION, "politie", "jongerenwerk"))

    def test_leave_a_coordinator_the_steps_that_mend(self, enter):
        stand()

        steps = {each["step"] for each in enter("ria").get(ONE).json()["steps"]}

        assert steps == {"accept", "hand_over", "dismiss"}

    def test_leave_a_researcher_no_step(self, enter):
        stand()

        assert enter("wim").get(ONE).json()["steps"] == []

    @pytest.mark.parametrize("state", State)
    def test_offer_who_leads_the_steps_of_the_core_and_no_others(self, enter, state):
        stand(state.value, **ENDED.get(state.value, {}))

        found = enter("noor").get(ONE).json()["steps"]

        expected = set(situations.steps_for(state, situations.Capacity.OWNER))
        expected |= set(situations.steps_for(state, situations.Capacity.PARTNER))
        assert {each["step"] for each in found} == {step.value for step in expected}
        assert {each["asks_for"] for each in found} <= {"nothing", "reason", "to_whom"}


class TestOtherNetwork:
    def test_sees_nothing_and_does_nothing(self, vera):
        row = stand()
        scenes.an_invitation(row, "politie", state="invited")
        before = stored()

        answers = [
            vera.get(ONE),
            post(vera, STEPS, step="dismiss", said="Weg ermee."),
            post(vera, INVITATIONS, organization_ids=["jongerenwerk"], words=WORDS),
            post(vera, f"{INVITATIONS}/plein-0/answer", answer="accept"),
        ]

        assert {problem_of(answer) for answer in answers} == {(404, "situations.not_found")}
        assert vera.get(LIST).json()["total"] == 0
        assert stored() == before

    def test_gives_the_same_answer_as_what_is_not_there(self, vera):
        stand()

        here, nowhere = vera.get(ONE).json(), vera.get(f"{LIST}/nergens").json()

        assert {name: here[name] for name in ("type", "title", "detail", "status")} == {
            name: nowhere[name] for name in ("type", "title", "detail", "status")
        }


class TestOutside:
    @pytest.mark.parametrize("address", [LIST, ONE])
    def test_asks_who_is_there(self, client, address):
        stand()

        answer = client.get(address)

        assert answer.status_code == 401
        assert scenes.QUESTION not in answer.text

    @pytest.mark.parametrize("address", [STEPS, INVITATIONS, f"{INVITATIONS}/plein-0/answer"])
    def test_changes_nothing(self, client, address):
        scenes.an_invitation(stand(), "politie", state="invited")
        before = stored()

        answer = post(client, address, step="dismiss", said="Weg.", answer="accept")

        assert answer.status_code == 401
        assert stored() == before

    @pytest.mark.parametrize("method", ["put", "patch", "delete"])
    @pytest.mark.parametrize("address", [LIST, ONE])
    def test_knows_no_other_way_to_change_it(self, enter, method, address):
        stand()
        before = stored()

        answer = getattr(enter("noor"), method)(address, "{}", content_type="application/json")

        assert answer.status_code == 405
        assert stored() == before


class TestSteps:
    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ({"step": "accept"}, (409, "situations.not_ready")),
            ({"step": "close"}, (409, "situations.step_closed")),
            ({"step": "dismiss"}, (422, "situations.nothing_said")),
            ({"step": "dismiss", "said": "   "}, (422, "situations.nothing_said")),
            ({"step": "hand_over"}, (422, "situations.nothing_said")),
        ],
        ids=str,
    )
    def test_say_in_the_language_of_who_asks_what_is_wrong(self, enter, body, expected, language):
        stand()
        before = stored()

        answer = post(enter("noor"), STEPS, language=language, **body)

        assert problem_of(answer) == expected
        assert said(expected[1], language) in answer.json()["detail"]
        assert stored() == before

    @pytest.mark.parametrize(
        ("body", "state"),
        [
            ({"step": "dismiss", "said": "Het waaide over."}, "dismissed"),
            ({"step": "hand_over", "said": "De gemeente"}, "handed_over"),
        ],
        ids=str,
    )
    def test_end_it_once(self, enter, body, state):
        stand()
        client = enter("noor")

        first, again = post(client, STEPS, **body), post(client, STEPS, **body)

        assert first.json() == {"state": state}
        assert problem_of(again) == (409, "situations.step_closed")
        assert models.StoryLine.objects.count() == 1
        assert AuditEvent.objects.filter(act__startswith="situation.").count() == 1

    @pytest.mark.parametrize("state", sorted(ENDED))
    def test_open_again_what_ended_when_somebody_says_why(self, enter, state):
        end(state, goal="Rust", baseline="Elke avond", deadline=DAY + timedelta(days=90))
        client = enter("noor")

        without = post(client, STEPS, step="reopen")
        steps = client.get(ONE).json()["steps"]

        assert without.status_code in {409, 422}
        assert models.Situation.objects.get().state == state
        assert [each["step"] for each in steps] == ["reopen"]
        assert steps[0]["asks_for"] == "reason"

    @pytest.mark.parametrize("state", ["dismissed", "handed_over"])
    def test_bring_back_what_was_set_aside(self, enter, state):
        end(state)

        answer = post(enter("noor"), STEPS, step="reopen", said="Het is er weer.")

        row = models.Situation.objects.get()
        assert answer.json() == {"state": "proposed"}
        assert (row.state, row.ended_on, row.since) == ("proposed", None, DAY)

    def test_are_not_for_a_partner(self, enter):
        scenes.an_invitation(stand(), "politie")
        before = stored()

        answer = post(enter("karel"), STEPS, step="dismiss", said="Weg ermee.")

        assert problem_of(answer) == (403, "situations.step_of_others")
        assert stored() == before

    def test_are_not_there_for_who_is_only_asked(self, enter):
        scenes.an_invitation(stand(), "politie", state="invited", words=WORDS)
        before = stored()

        answer = post(enter("karel"), STEPS, step="dismiss", said="Weg ermee.")

        assert problem_of(answer) == (404, "situations.not_found")
        assert stored() == before

    def test_propose_a_bundle_by_one_of_those_who_told(self, enter):
        bundle("politie", "school")

        answer = post(enter("bas"), STEPS, step="propose")

        assert (answer.status_code, answer.json()) == (200, {"state": "proposed"})

    def test_are_taken_by_a_coordinator_where_nobody_leads(self, enter):
        scenes.a_situation(owner="")

        answer = post(enter("ria"), STEPS, step="dismiss", said="Niemand pakt dit op.")

        assert answer.json() == {"state": "dismissed"}

    @pytest.mark.parametrize("step", [each for each in Step if each not in {Step.EVALUATE, Step.HAND_OVER}])
    def test_do_not_jump_from_running(self, enter, step):
        stand("running")

        answer = post(enter("noor"), STEPS, step=step.value, said="Zo is het.")

        assert problem_of(answer) == (409, "situations.step_closed")
        assert models.Situation.objects.get().state == "running"

    @pytest.mark.parametrize(
        "body",
        [
            {"step": None},
            {"step": ["dismiss"], "said": "Weg."},
            {"step": "DISMISS", "said": "Weg."},
            {"step": "dismiss", "said": None},
            {"step": "dismiss", "said": 5},
            {"step": "dismiss", "said": "a" * 2001},
            {"said": "Weg."},
        ],
        ids=lambda body: str(body)[:40],
    )
    def test_refuse_what_is_no_step(self, enter, body):
        stand()

        assert problem_of(post(enter("noor"), STEPS, **body)) == (422, "site.malformed")
        assert models.Situation.objects.get().state == "proposed"

    @pytest.mark.parametrize("raw", ["", "{", "[]", "null", '"dismiss"', '{"step": "dismiss", "said": '])
    def test_refuse_what_is_no_json(self, enter, raw):
        stand()

        answer = enter("noor").post(STEPS, raw, content_type="application/json")

        assert answer.status_code in {400, 422}
        assert answer["Content-Type"].startswith("application/problem+json")
        assert models.Situation.objects.get().state == "proposed"

    def test_take_no_notice_of_what_they_do_not_know(self, enter):
        stand()

        answer = post(
            enter("noor"), STEPS, step="dismiss", said="Weg.", state="closed", owner_id="politie", by="karel"
        )

        row = models.Situation.objects.get()
        assert answer.json() == {"state": "dismissed"}
        assert (row.state, row.owner_text_id) == ("dismissed", "jongerenwerk")

    def test_keep_no_word_of_a_third_person(self, enter):
        stand()

        answer = post(enter("noor"), STEPS, step="dismiss", said="Mail jan@example.org maar.")

        assert problem_of(answer) == (422, "text.personal_data")
        assert models.Situation.objects.get().reason == ""


class TestInvitations:
    @pytest.mark.parametrize("name", ["noor", "joke", "ria"])
    def test_are_sent_by_who_leads_or_keeps_watch(self, enter, name):
        stand()

        answer = post(enter(name), INVITATIONS, organization_ids=["politie"], words=WORDS)

        assert answer.status_code == 201
        assert len(answer.json()["invitation_ids"]) == 1

    def test_are_mailed_to_who_acts_there_without_the_question(self, enter):
        stand()

        post(enter("noor"), INVITATIONS, organization_ids=["politie"], words=WORDS)

        letters = list(Message.objects.all())
        assert [letter.to for letter in letters] == ["karel@example.org"]
        assert scenes.QUESTION not in letters[0].subject + letters[0].text

    def test_are_not_mailed_when_one_of_them_is_not_there(self, enter):
        stand()
        before = stored()

        answer = post(enter("noor"), INVITATIONS, organization_ids=["politie", "nergens"], words=WORDS)

        assert problem_of(answer) == (404, "people.organization_not_found")
        assert stored() == before

    @pytest.mark.parametrize("state", sorted(ENDED))
    def test_are_over_once_it_has_ended(self, enter, state):
        end(state)
        before = stored()

        answer = post(enter("noor"), INVITATIONS, organization_ids=["politie"], words=WORDS)

        assert problem_of(answer) == (409, "situations.step_closed")
        assert stored() == before

    @pytest.mark.parametrize("names", [["jongerenwerk"], ["politie", "politie"], ["school", "politie"]])
    def test_ask_nobody_twice(self, enter, names):
        scenes.an_invitation(stand(), "politie", state="invited")
        before = stored()

        answer = post(enter("noor"), INVITATIONS, organization_ids=names, words=WORDS)

        assert problem_of(answer) == (409, "situations.invited_twice")
        assert stored() == before

    @pytest.mark.parametrize("name", ["karel", "bas", "mo", "els", "wim", "ad"])
    def test_are_not_sent_by_others(self, enter, name):
        scenes.an_invitation(stand(), "politie")
        before = stored()

        answer = post(enter(name), INVITATIONS, organization_ids=["school"], words=WORDS)

        assert answer.status_code == (403 if name == "karel" else 404)
        assert stored() == before

    @pytest.mark.parametrize(
        "body",
        [
            {"organization_ids": "politie", "words": WORDS},
            {"organization_ids": ["x"] * 51, "words": WORDS},
            {"organization_ids": [""], "words": WORDS},
            {"organization_ids": ["x" * 201], "words": WORDS},
            {"organization_ids": [7], "words": WORDS},
            {"organization_ids": ["politie"], "words": "a" * 2001},
            {"organization_ids": ["politie"], "words": ["a"]},
            {"words": WORDS},
        ],
        ids=lambda body: str(body)[:40],
    )
    def test_refuse_what_is_no_list_of_organizations(self, enter, body):
        stand()

        assert problem_of(post(enter("noor"), INVITATIONS, **body)) == (422, "site.malformed")
        assert not models.Invitation.objects.exists()


class TestAnswers:
    ANSWER = f"{INVITATIONS}/plein-0/answer"

    @pytest.mark.parametrize(
        ("state", "body", "after"),
        [
            ("invited", {"answer": "accept"}, "accepted"),
            ("invited", {"answer": "decline", "reason": "Geen mensen."}, "declined"),
            ("lapsed", {"answer": "accept"}, "accepted"),
            ("lapsed", {"answer": "decline", "reason": "Te laat."}, "declined"),
            ("accepted", {"answer": "leave", "reason": "Ander werk."}, "left"),
        ],
        ids=str,
    )
    def test_bring_an_invitation_on(self, enter, state, body, after):
        scenes.an_invitation(stand(), "politie", state=state, words=WORDS)

        answer = post(enter("karel"), self.ANSWER, **body)

        row = models.Invitation.objects.get()
        assert (answer.status_code, answer.json()) == (200, {"state": after})
        assert (row.state, row.changed_on, row.reason) == (after, DAY, body.get("reason", ""))

    @pytest.mark.parametrize(
        ("state", "body"),
        [
            ("invited", {"answer": "leave", "reason": "Weg."}),
            ("accepted", {"answer": "accept"}),
            ("accepted", {"answer": "decline", "reason": "Toch niet."}),
        ],
        ids=str,
    )
    def test_do_not_come_out_of_turn(self, enter, state, body):
        scenes.an_invitation(stand(), "politie", state=state)

        assert problem_of(post(enter("karel"), self.ANSWER, **body)) == (409, "situations.invitation_closed")
        assert models.Invitation.objects.get().state == state

    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize("reason", ["", "  "])
    def test_that_say_no_say_why(self, enter, reason, language):
        scenes.an_invitation(stand(), "politie", state="invited")

        answer = post(enter("karel"), self.ANSWER, language=language, answer="decline", reason=reason)

        assert problem_of(answer) == (422, "situations.no_reason")
        assert said("situations.no_reason", language) in answer.json()["detail"]
        assert models.Invitation.objects.get().state == "invited"

    @pytest.mark.parametrize("word", ["withdraw", "lapse", "ja", "", None, 1])
    def test_are_three_words_and_no_others(self, enter, word):
        scenes.an_invitation(stand(), "politie", state="invited")

        answer = post(enter("karel"), self.ANSWER, answer=word, reason="Daarom.")

        assert problem_of(answer) == (422, "site.malformed")
        assert models.Invitation.objects.get().state == "invited"

    @pytest.mark.parametrize("name", ["noor", "ria", "bas", "mo", "els", "wim", "ad"])
    def test_are_given_by_nobody_in_the_place_of_who_is_asked(self, enter, name):
        scenes.an_invitation(stand(), "politie", state="invited")
        before = stored()

        answer = post(enter(name), self.ANSWER, answer="accept")

        assert answer.status_code in {403, 404}
        assert stored() == before

    def test_of_another_situation_are_not_found_here(self, enter):
        stand()
        elsewhere = scenes.a_situation("licht")
        scenes.an_invitation(elsewhere, "politie", state="invited")

        answer = post(enter("karel"), f"{INVITATIONS}/licht-0/answer", answer="accept")

        assert answer.status_code == 404
        assert models.Invitation.objects.get().state == "invited"

    def test_let_who_accepts_read_it_and_who_leaves_no_further(self, enter):
        scenes.an_invitation(stand(), "politie", state="invited", words=WORDS)
        client = enter("karel")

        before = client.get(ONE).json()["is_whole"]
        post(client, self.ANSWER, answer="accept")
        between = client.get(ONE).json()["is_whole"]
        post(client, self.ANSWER, answer="leave", reason="Ander werk.")

        assert (before, between) == (False, True)
        assert client.get(ONE).status_code == 404

    def test_that_point_at_a_person_are_kept_nowhere(self, enter):
        scenes.an_invitation(stand(), "politie", state="invited")

        answer = post(enter("karel"), self.ANSWER, answer="decline", reason="Bel 06-12345678.")

        assert problem_of(answer) == (422, "text.personal_data")
        assert "12345678" not in answer.text
        assert models.Invitation.objects.get().state == "invited"


class TestParts:
    @pytest.fixture(autouse=True)
    def _many(self):
        for number in range(5):
            scenes.a_situation(f"s{number}", made_on=DAY - timedelta(days=number))

    def test_hold_each_once_the_newest_first(self, enter):
        client = enter("noor")

        pages = [client.get(LIST, {"page": number, "pageSize": 2}).json() for number in (1, 2, 3)]

        assert [item["id"] for page in pages for item in page["items"]] == ["s0", "s1", "s2", "s3", "s4"]
        assert {page["total"] for page in pages} == {5}

    def test_link_to_the_next_and_the_one_before(self, enter):
        client = enter("noor")

        links = [client.get(LIST, {"page": number, "pageSize": 2})["Link"] for number in (1, 2, 3)]

        assert ['rel="next"' in link for link in links] == [True, True, False]
        assert ['rel="prev"' in link for link in links] == [False, True, True]

    @pytest.mark.parametrize(
        "query", [{"page": 0}, {"page": "twee"}, {"pageSize": 0}, {"pageSize": 100000}, {"page": -1}], ids=str
    )
    def test_refuse_what_is_no_part(self, enter, query):
        assert problem_of(enter("noor").get(LIST, query)) == (422, "site.malformed")

    def test_count_only_what_one_may_know_of(self, enter):
        scenes.an_invitation(models.Situation.objects.get(pk="s3"), "politie")

        found = enter("karel").get(LIST).json()

        assert (found["total"], [item["id"] for item in found["items"]]) == (1, ["s3"])
