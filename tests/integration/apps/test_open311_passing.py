# SPDX-License-Identifier: EUPL-1.2
"""What an organization is asked goes to its own system: once, or somebody knows that it is not certain."""

from __future__ import annotations

import json
from urllib.parse import parse_qs

import pytest

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.open311 import passing, systems, tasks
from scharnier.apps.open311.models import Passage, Step, System
from scharnier.apps.referral import services as referrals
from scharnier.apps.referral.models import Event, Remark
from scharnier.apps.webhooks import sending
from scharnier.core import text, webhooks
from scharnier.core.kernel import NetworkId
from scharnier.core.referral import About
from tests import receiver as receiving
from tests.factories import DAY, NOON
from tests.integration.apps import open311_scenes, referral_scenes
from tests.integration.apps import systems_scenes as scenes
from tests.integration.apps.open311_scenes import RIA
from tests.integration.apps.referral_scenes import KAREL, NOOR, WORDS
from tests.integration.apps.systems_scenes import asked, follow, pass_on, step, taken, the_passage, told
from tests.integration.apps.webhooks_scenes import work

pytestmark = pytest.mark.django_db
BSN = "Bel de melder: BSN 111222333."


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DAY = DAY
    settings.WEBHOOKS_ON_LOOPBACK = True


@pytest.fixture
def receiver():
    with receiving.run_receiver() as found:
        yield found


@pytest.fixture
def system(receiver):
    return scenes.a_system(receiver)


def fields_of(request):
    return {name: one for name, (one,) in parse_qs(request.body.decode()).items()}


def acts():
    return list(
        AuditEvent.objects.filter(act__startswith="report.").order_by("pk").values_list("act", flat=True)
    )


@pytest.mark.usefixtures("system")
class TestPassOn:
    def test_posts_the_topic_and_the_area_without_the_words(self, receiver):
        receiver.answers = [taken()]
        asked()

        pass_on()

        (request,) = receiver.received
        assert request.path == "/open311/v2/requests.json"
        assert fields_of(request) == {
            "api_key": "sleutel",
            "jurisdiction_id": "stad",
            "service_code": "71",
            "address_string": "Noord",
            "description": "zwerfafval",
        }
        assert (the_passage().request_id, step()) == ("Z-7", ("passed", ""))
        assert acts() == ["report.passed_on"]

    def test_takes_the_words_along_where_they_may_leave(self, receiver):
        System.objects.update(takes_words=True)
        receiver.answers = [taken()]
        asked()

        pass_on()

        assert fields_of(receiver.received[0])["description"] == f"zwerfafval: {WORDS}"
        assert the_passage().has_words

    def test_posts_each_turn_once(self, receiver):
        receiver.always = taken()
        asked()

        pass_on()
        pass_on()

        assert len(receiver.received) == 1

    def test_keeps_a_token_until_there_is_a_number(self, receiver):
        receiver.answers = [scenes.saying([{"token": "t 1"}])]
        asked()

        pass_on()

        assert (the_passage().token, the_passage().request_id, step()) == ("t 1", "", ("passed", ""))

    @pytest.mark.parametrize("code", sorted(passing.AGAIN))
    def test_tries_again_when_the_answer_says_not_now(self, receiver, code):
        receiver.answers = [receiving.status(code), receiving.status(code), taken()]
        asked()

        pass_on()

        assert len(receiver.received) == 3
        assert step() == ("passed", "")

    def test_gives_up_after_a_day_and_says_so(self, receiver):
        receiver.always = receiving.status(503)
        asked()

        pass_on()

        assert len(receiver.received) == webhooks.MOST_ATTEMPTS
        assert (the_passage().status, step()) == (503, ("failed", ""))
        assert acts() == ["report.not_passed_on"]

    @pytest.mark.parametrize("code", [301, 302, 307, 400, 401, 403, 404])
    def test_sends_no_second_time_what_is_refused_and_follows_no_redirect(self, receiver, code):
        receiver.answers = [receiving.status(code, location=receiver.address)]
        asked()

        pass_on()

        assert len(receiver.received) == 1
        assert (the_passage().status, step()) == (code, ("failed", ""))

    @pytest.mark.parametrize(
        ("answer", "error"),
        [
            (receiving.status(500), ""),
            (receiving.hang_up, "broken_off"),
            (receiving.nonsense, "no_sense"),
            (receiving.saying(b"<service_requests/>"), "no_sense"),
            (receiving.saying(b"[{}]"), "no_sense"),
            (receiving.saying(b"[]", length=9), "broken_off"),
            (receiving.saying(b"x" * (sending.MOST_KEPT + 1)), "too_big"),
        ],
        ids=["broken", "hung up", "no HTTP", "XML for JSON", "no number", "broken off", "huge"],
    )
    def test_sends_no_second_time_what_may_have_arrived(self, receiver, answer, error):
        receiver.answers = [answer]
        asked()

        pass_on()

        assert len(receiver.received) == 1
        assert step() == ("unknown", error)
        assert acts() == ["report.perhaps_passed_on"]

    def test_waits_no_longer_than_our_patience(self, receiver, monkeypatch):
        hasty = sending.Patience(connecting=5, reading=0.2, in_all=60)
        monkeypatch.setattr(
            sending.post, "__kwdefaults__", {**sending.post.__kwdefaults__, "patience": hasty}
        )
        receiver.always = receiving.silence
        asked()

        pass_on()

        assert step() == ("unknown", "too_slow")

    def test_tries_again_when_nobody_was_reached(self):
        asked()
        System.objects.update(address="https://10.0.0.1/v2")

        pass_on()

        assert (the_passage().attempts, step()) == (webhooks.MOST_ATTEMPTS, ("failed", "forbidden"))

    def test_does_not_send_again_what_a_killed_process_was_sending(self, receiver):
        asked()
        tasks.find_new.call()
        Passage.objects.update(step=Step.SENDING)  # committed, and then the process died

        work()

        assert receiver.received == []
        assert step() == ("unknown", "lost")
        assert acts() == ["report.perhaps_passed_on"]

    def test_writes_that_it_leaves_before_it_leaves(self, receiver):
        seen = []

        def look(handler):
            seen.append(handler.path)
            taken()(handler)

        receiver.answers = [look]
        asked()
        passage_id = passing.find_new(NetworkId("kruisveld"), at=NOON)[0]

        outgoing = passing._begin(passage_id, at=NOON)

        assert (outgoing.passage_id, step(), seen) == (passage_id, ("sending", ""), [])

    def test_leaves_what_was_called_off_meanwhile(self, receiver):
        made = asked()
        tasks.find_new.call()
        referrals.cancel(
            referral_scenes.turns_of(made)[0], cause="Het is al weg.", actor=NOOR, on=DAY, at=NOON
        )

        work()

        assert receiver.received == []
        assert step() == ("over", "")

    def test_lays_what_nobody_sends_any_more_before_a_coordinator(self):
        asked()
        passing.find_new(NetworkId("kruisveld"), at=NOON)  # without a task: its worker was killed each time

        n = passing.give_up_lost(NetworkId("kruisveld"), at=NOON)

        assert (n, step()) == (1, ("failed", "lost"))


@pytest.mark.usefixtures("system")
class TestFindNew:
    @pytest.mark.parametrize(
        "parts",
        [
            {"topics": ("debt",)},
            {"topics": ("trees",)},
            {"topics": ()},
            {"about": About.RESIDENT, "purpose": "hulp", "consented_on": DAY},
            {"about": About.SITUATION},
        ],
        ids=["no public space", "not chosen", "no topic", "a resident", "a situation"],
    )
    def test_passes_nothing_else_on(self, parts):
        asked(**parts)

        assert passing.find_new(NetworkId("kruisveld"), at=NOON) == []

    def test_passes_on_what_the_organization_itself_is_asked_and_no_person(self):
        asked(referral_scenes.a_person_of("karel"))
        asked(referral_scenes.an_organization_of("jongerenwerk"))

        assert passing.find_new(NetworkId("kruisveld"), at=NOON) == []

    def test_passes_nothing_on_that_was_asked_before_there_was_a_system(self):
        asked(at=NOON.replace(year=2025))

        assert passing.find_new(NetworkId("kruisveld"), at=NOON) == []

    def test_sends_nothing_back_that_came_in_by_open311(self):
        open311_scenes.offer(to="schuldhulp")
        open311_scenes.receive(open311_scenes.a_key())

        assert passing.find_new(NetworkId("kruisveld"), at=NOON) == []

    def test_passes_no_draft_on(self):
        referral_scenes.draft(referral_scenes.an_organization_of(), topics=frozenset({"litter"}))

        assert passing.find_new(NetworkId("kruisveld"), at=NOON) == []


class TestStepAfter:
    @pytest.mark.parametrize("error", sorted(sending.NOTHING_LEFT))
    def test_waits_until_the_last_attempt_when_nothing_left(self, error):
        answer = sending.Answer(error=error)
        after = [
            passing.step_after(answer, has_receipt=False, attempt=attempt)
            for attempt in (1, webhooks.MOST_ATTEMPTS - 1, webhooks.MOST_ATTEMPTS)
        ]

        assert after == [Step.WAITING, Step.WAITING, Step.FAILED]

    def test_never_sends_again_but_for_what_says_not_now(self):
        answers = [sending.Answer(status=status) for status in range(100, 600)]
        again = {
            answer.status
            for answer in answers
            if passing.step_after(answer, has_receipt=False, attempt=1) is Step.WAITING
        }

        assert again == {429, 503}

    @pytest.mark.parametrize("status", [None, 200, 201, 500, 502, 504])
    def test_does_not_know_what_no_answer_tells(self, status):
        answer = sending.Answer(status=status, error="" if status else "too_slow")

        assert passing.step_after(answer, has_receipt=False, attempt=1) is Step.UNKNOWN


class TestFollow:
    @pytest.fixture(autouse=True)
    def _passed(self, receiver):
        scenes.a_system(receiver)
        receiver.answers = [taken()]
        asked()
        pass_on()
        receiver.received.clear()

    def test_asks_for_the_number(self, receiver):
        receiver.answers = [told()]

        follow()

        assert receiver.received[0].path == "/open311/v2/requests/Z-7.json?jurisdiction_id=stad"
        assert scenes.the_turn().state == "requested"

    def test_completes_what_is_closed_with_what_was_said(self, receiver):
        receiver.answers = [told("closed", notes="De blikjes zijn opgeruimd.")]

        follow()

        assert scenes.the_turn().state == "completed"
        assert Event.objects.get(step="complete").words == "De blikjes zijn opgeruimd."
        assert step() == ("over", "")
        assert acts()[-1] == "report.closed_elsewhere"

    @pytest.mark.parametrize("notes", ["", BSN], ids=["nothing", "data of a person"])
    def test_says_that_it_is_closed_where_the_words_cannot_stand(self, receiver, notes):
        receiver.answers = [told("closed", notes=notes)]

        follow()

        words = Event.objects.get(step="complete").words
        assert words == "Het andere systeem zegt dat het is afgesloten."

    def test_cuts_words_that_are_too_long(self, receiver):
        receiver.answers = [told("closed", notes="opgeruimd " * 300)]

        follow()

        words = Event.objects.get(step="complete").words
        assert len(words) <= text.LONGEST_WORDS
        assert words.endswith("opgeruimd … (de rest staat in het andere systeem)")

    def test_completes_also_what_was_unanswered_here(self, receiver):
        turn_id = scenes.the_turn().pk
        referrals.lapse(turn_id, actor=referral_scenes.CLOCK, on=DAY, at=NOON)
        receiver.answers = [told("closed", notes="Klaar en schoon.")]

        follow()

        assert scenes.the_turn().state == "completed"

    def test_adds_what_is_said_once(self, receiver):
        receiver.answers = [told(notes="We komen dinsdag."), told(notes="We komen dinsdag.")]

        follow()
        follow()

        assert list(Remark.objects.values_list("words", "part")) == [("We komen dinsdag.", "candidate")]

    def test_adds_nothing_that_points_at_a_person(self, receiver):
        receiver.answers = [told(notes=BSN)]

        follow()

        assert not Remark.objects.exists()

    def test_stops_when_somebody_was_quicker_here(self, receiver):
        turn_id = scenes.the_turn().pk
        referrals.accept(turn_id, actor=KAREL, on=DAY, at=NOON)
        referrals.complete(turn_id, result="We ruimden het op.", actor=KAREL, on=DAY, at=NOON)
        receiver.answers = [told("closed", notes="Klaar.")]

        follow()
        follow()

        assert step() == ("over", "")
        assert len(receiver.received) == 1

    @pytest.mark.parametrize(
        ("answer", "error"),
        [
            (receiving.status(404), "404"),
            (receiving.status(500), "500"),
            (receiving.hang_up, "broken_off"),
            (receiving.saying(b"[[["), "no_sense"),
            (receiving.saying(b"[]"), "no_sense"),
            (told("closed", number="Z-8"), "no_sense"),
            (receiving.saying(b"x" * (sending.MOST_KEPT + 1)), "too_big"),
        ],
        ids=["gone", "broken", "hung up", "no JSON", "none", "of another", "huge"],
    )
    def test_changes_nothing_by_what_cannot_be_read_and_asks_again(self, receiver, answer, error):
        receiver.answers = [answer, told("closed", notes="Klaar en schoon.")]

        follow()

        assert (scenes.the_turn().state, step()) == ("requested", ("passed", error))
        follow()
        assert scenes.the_turn().state == "completed"

    def test_asks_for_the_number_of_a_token(self, receiver):
        Passage.objects.update(request_id="", token="t 1")  # noqa: S106  # of nobody
        pending = scenes.saying([{"token": "t 1"}])
        numbered = scenes.saying([{"token": "t 1", "service_request_id": "Z-9"}])
        receiver.answers = [pending, numbered, told(number="Z-9")]

        follow()
        assert (the_passage().request_id, the_passage().token) == ("", "t 1")
        follow()

        assert receiver.received[0].path == "/open311/v2/tokens/t%201.json?jurisdiction_id=stad"
        assert (the_passage().request_id, the_passage().token) == ("Z-9", "")


class TestStuck:
    @pytest.fixture(autouse=True)
    def _stuck(self, receiver):
        scenes.a_system(receiver)
        receiver.answers = [receiving.hang_up]
        asked()
        pass_on()
        receiver.received.clear()

    def test_goes_again_on_the_word_of_who_looked(self, receiver):
        receiver.answers = [taken()]

        systems.send_again(the_passage().pk, actor=RIA, at=NOON)
        work()

        assert len(receiver.received) == 1
        assert step() == ("passed", "")

    def test_is_followed_under_the_number_that_somebody_found(self, receiver):
        systems.say_arrived(the_passage().pk, number=" Z-7 ", actor=RIA, at=NOON)
        receiver.answers = [told("closed", notes="Klaar en schoon.")]

        follow()

        assert scenes.the_turn().state == "completed"

    @pytest.mark.parametrize("number", ["", "  ", "x" * 101])
    def test_needs_a_number(self, number):
        with pytest.raises(systems.NoNumber):
            systems.say_arrived(the_passage().pk, number=number, actor=RIA, at=NOON)

        assert step() == ("unknown", "broken_off")

    def test_is_let_go(self):
        systems.let_go(the_passage().pk, actor=RIA, at=NOON)

        assert step()[0] == "over"

    def test_puts_on_record_who_decided_what(self):
        systems.let_go(the_passage().pk, actor=RIA, at=NOON)

        event = AuditEvent.objects.get(act="report.let_go")
        assert (event.actor_id, json.loads(event.facts)) == ("ria", {"passage": the_passage().pk})
