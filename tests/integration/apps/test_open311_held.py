# SPDX-License-Identifier: EUPL-1.2
"""What another system works on does not become unanswered here, and what is stuck reaches a coordinator."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scharnier.apps import wall
from scharnier.apps.mail.models import Message
from scharnier.apps.open311 import models, passing, systems
from scharnier.apps.people.models import User
from scharnier.apps.referral import night
from scharnier.apps.webhooks import sending
from scharnier.core.kernel import NetworkId
from scharnier.core.referral import HELD_LASTS, Rung
from tests import receiver as receiving
from tests.factories import DAY, NOON
from tests.integration.apps import systems_scenes as scenes
from tests.integration.apps.open311_scenes import RIA
from tests.integration.apps.systems_scenes import asked, follow, pass_on, saying, taken, told

pytestmark = pytest.mark.django_db
HERE = NetworkId("kruisveld")
LONG = timedelta(days=60)  # after the last rung


@pytest.fixture(autouse=True)
def _kruisveld(settings):
    settings.DAY = DAY
    settings.ADDRESS = "https://kruisveld.example.org"
    settings.WEBHOOKS_ON_LOOPBACK = True
    scenes.settle()
    User.objects.filter(accounts__person__text_id="ria").update(email="ria@mail.example")


@pytest.fixture
def receiver():
    with receiving.run_receiver() as running:
        yield running


def a_night(after=LONG):
    with wall.in_network(HERE):
        night.remind(HERE, on=DAY + after, at=NOON + after)
    return scenes.the_turn()


def heard(at):
    turn = scenes.the_turn()
    turn.elsewhere_at = at
    turn.save(update_fields=["elsewhere_at"])


def stuck_mails():
    return list(Message.objects.filter(template="report_stuck").values_list("to", flat=True))


class TestHeld:
    @pytest.fixture(autouse=True)
    def _passed(self, receiver):
        scenes.a_system(receiver)
        receiver.answers = [taken()]
        asked()
        pass_on()

    def test_is_noted_once_it_has_a_number(self):
        assert scenes.the_turn().elsewhere_at is not None

    def test_is_noted_each_time_that_it_is_open_there(self, receiver):
        heard(NOON - LONG)
        receiver.answers = [told()]

        follow()

        assert scenes.the_turn().elsewhere_at > NOON

    def test_is_not_noted_where_the_other_system_is_silent(self, receiver):
        heard(NOON)
        receiver.answers = [saying("?", 503)]

        follow()

        assert scenes.the_turn().elsewhere_at == NOON

    def test_reminds_and_does_not_become_unanswered(self):
        heard(NOON + LONG - timedelta(days=1))

        turn = a_night()

        assert turn.state == "requested"
        assert Rung.COORDINATOR.value in turn.climbed
        assert Rung.LAPSE.value not in turn.climbed

    @pytest.mark.parametrize("since", [HELD_LASTS, None], ids=["a week of silence", "never"])
    def test_becomes_unanswered_when_the_other_system_says_nothing(self, since):
        heard(NOON + LONG - since if since else None)

        assert a_night().state == "unanswered"


class TestStuck:
    def test_is_mailed_to_the_coordinator_once_for_a_system(self, receiver):
        scenes.a_system(receiver)
        receiver.answers = [saying("nee", 400), saying("nee", 400)]

        asked()
        pass_on()
        asked()
        pass_on()

        assert models.Passage.objects.filter(step="failed").count() == 2
        assert stuck_mails() == ["ria@mail.example"]
        message = Message.objects.get(template="report_stuck")
        assert "Schuldhulp" in message.text
        assert "https://kruisveld.example.org/network/open311/" in message.text

    def test_is_mailed_again_once_the_list_was_worked_through(self, receiver):
        scenes.a_system(receiver)
        receiver.answers = [saying("nee", 400), saying("nee", 400)]
        asked()
        pass_on()

        systems.let_go(scenes.the_passage().pk, actor=RIA, at=NOON)
        asked()
        pass_on()

        assert stuck_mails() == ["ria@mail.example"] * 2

    def test_is_mailed_when_it_was_tried_often_enough(self, receiver):
        scenes.a_system(receiver)
        asked()
        with wall.in_network(HERE):
            passing.find_new(HERE, at=NOON)
        row = scenes.the_passage()
        step = passing.step_after(
            sending.Answer(status=503), has_receipt=False, attempt=passing.MOST_ATTEMPTS
        )

        passing.settle(row, step, at=NOON)

        assert (step, stuck_mails()) == (models.Step.FAILED, ["ria@mail.example"])

    def test_says_nothing_of_what_arrived(self, receiver):
        scenes.a_system(receiver)
        receiver.answers = [taken()]
        asked()

        pass_on()

        assert stuck_mails() == []

    def test_let_go_goes_by_the_ladder_again(self, receiver):
        scenes.a_system(receiver)
        receiver.answers = [saying("nee", 400)]
        asked()
        pass_on()
        heard(NOON + LONG)

        systems.let_go(scenes.the_passage().pk, actor=RIA, at=NOON)

        assert a_night().state == "unanswered"

    def test_found_there_after_all_is_held(self, receiver):
        scenes.a_system(receiver)
        receiver.answers = [saying("nee", 400)]
        asked()
        pass_on()

        systems.say_arrived(scenes.the_passage().pk, number="Z-9", actor=RIA, at=NOON + LONG)

        assert a_night().state == "requested"
