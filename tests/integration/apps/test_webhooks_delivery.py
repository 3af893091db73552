# SPDX-License-Identifier: EUPL-1.2
"""Webhooks to a receiver that is really there: taken, tried again, given up, switched off."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import transaction

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.mail.models import Message
from scharnier.apps.tasks.definitions import load_task
from scharnier.apps.tasks.models import Task
from scharnier.apps.webhooks import delivery, sending, services, tidying
from scharnier.apps.webhooks.models import Delivery, Webhook
from scharnier.core import webhooks
from scharnier.core.kernel import NetworkId
from scharnier.core.webhooks import InvalidAnnouncement
from tests import receiver as receiving
from tests.factories import NOON
from tests.integration.apps import webhooks_scenes as scenes
from tests.integration.apps.emergency_scenes import letters, to
from tests.integration.apps.webhooks_scenes import ACCEPTED, ANNEKE, REJECTED, publish, the_delivery, work
from tests.receiver import status

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture(autouse=True)
def _today(settings):
    settings.WEBHOOKS_ON_LOOPBACK = True


@pytest.fixture
def receiver():
    with receiving.run_receiver() as found:
        yield found


@pytest.fixture
def webhook(receiver) -> Webhook:
    return scenes.add(receiver.address)


def state():
    row = the_delivery()
    return row.state, row.status, row.error


@pytest.mark.usefixtures("webhook")
class TestPublish:
    def test_tells_who_wants_it_with_identifiers_that_the_secret_signed(self, receiver, webhook):
        assert publish(turn="turn-1") == 1

        work()

        (request,) = receiver.received
        row = the_delivery()
        assert request.path == "/hook?key=1"
        assert request.verify(webhook.secret) == {
            "type": "referral.accepted",
            "timestamp": row.happened_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "data": {"id": "referral-7", "network": "kruisveld", "turn": "turn-1"},
        }
        assert request.headers["content-type"] == "application/json"
        assert (row.state, row.status, row.attempts, row.id) == ("taken", 204, 1, request.id)

    def test_tells_nobody_of_what_they_did_not_ask_for(self, receiver):
        assert publish(REJECTED) == 0

        work()

        assert receiver.received == []
        assert not Delivery.objects.exists()

    def test_tells_each_webhook_under_a_number_of_its_own(self, receiver):
        scenes.add(receiver.address.replace("key=1", "key=2"), ACCEPTED, REJECTED)

        publish()
        work()

        assert sorted(request.path for request in receiver.received) == ["/hook?key=1", "/hook?key=2"]
        assert len(set(receiver.ids)) == 2

    def test_tells_nobody_of_an_act_that_was_rolled_back(self, receiver):
        with pytest.raises(KeyError):
            _publish_and_fail()

        work()

        assert receiver.received == []

    def test_tells_no_webhook_of_another_network(self):
        Webhook.objects.update(network_id="elders")

        assert publish() == 0

    def test_refuses_a_name_before_anything_is_queued(self):
        with pytest.raises(InvalidAnnouncement):
            publish(object_id="Samira de Vries")

        assert not Delivery.objects.exists()

    def test_costs_one_query_where_nobody_listens(self, django_assert_num_queries):
        Webhook.objects.all().delete()

        with transaction.atomic(), django_assert_num_queries(1):
            services.publish(ACCEPTED, network_id=NetworkId("kruisveld"), object_id="r", at=NOON)


@transaction.atomic
def _publish_and_fail():
    publish()
    raise KeyError


@pytest.mark.usefixtures("webhook")
class TestDeliver:
    def test_tries_again_under_the_same_number(self, receiver):
        receiver.answers = [status(500), status(503)]
        publish()

        work()

        assert len(receiver.ids) == 3
        assert len(set(receiver.ids)) == 1
        assert len({request.body for request in receiver.received}) == 1
        assert state() == ("taken", 204, "")
        assert the_delivery().attempts == 3
        assert scenes.the_webhook().failing_since is None

    def test_gives_up_after_the_last_attempt_with_the_last_answer(self, receiver):
        receiver.always = status(500)
        publish()

        work()

        assert len(receiver.received) == webhooks.MOST_ATTEMPTS
        assert len(set(receiver.ids)) == 1
        assert state() == ("dead", 500, "")
        assert Task.objects.get().status == "succeeded"
        assert scenes.the_webhook().off_at is None

    def test_keeps_nothing_of_what_the_receiver_said(self, receiver):
        receiver.always = status(400, x_said="Samira")
        publish()

        work()

        kept = [str(vars(row)) for row in (the_delivery(), scenes.the_webhook(), Task.objects.get())]
        assert [text for text in kept if "Samira" in text] == []

    @pytest.mark.parametrize(
        ("answer", "expected"),
        [
            (status(302, location="http://127.0.0.1:1/other"), ("dead", 302, "")),
            (receiving.hang_up, ("dead", None, "broken_off")),
            (receiving.nonsense, ("dead", None, "no_sense")),
        ],
        ids=["redirect", "hanging up", "nonsense"],
    )
    def test_takes_only_a_yes_for_a_yes(self, receiver, webhook, answer, expected):
        receiver.always = answer
        services.send_test(webhook.pk, actor=ANNEKE, at=scenes.now())

        work()

        assert state() == expected
        assert len(receiver.received) == 1

    def test_follows_no_redirect(self, receiver, webhook):
        with receiving.run_receiver() as other:
            receiver.always = status(307, location=other.address)
            services.send_test(webhook.pk, actor=ANNEKE, at=scenes.now())

            work()

        assert other.received == []

    def test_says_when_nobody_is_there(self, webhook):
        with receiving.run_receiver() as gone:
            Webhook.objects.update(address=gone.address)
        services.send_test(webhook.pk, actor=ANNEKE, at=scenes.now())

        work()

        assert state() == ("dead", None, "no_connection")

    def test_sends_nothing_where_this_machine_may_not_be_told(self, receiver, webhook, settings):
        settings.WEBHOOKS_ON_LOOPBACK = False
        services.send_test(webhook.pk, actor=ANNEKE, at=scenes.now())

        work()

        assert state() == ("dead", None, "forbidden")
        assert receiver.received == []

    def test_sends_nothing_that_was_thrown_away_or_removed_meanwhile(self, receiver):
        publish()
        Delivery.objects.all().delete()

        work()

        assert receiver.received == []
        assert Task.objects.get().status == "succeeded"

    def test_gives_up_what_was_announced_while_the_webhook_went_off(self, receiver):
        publish()
        Webhook.objects.update(off_at=scenes.now(), off_because="chosen")

        work()

        assert state() == ("dead", None, "switched_off")
        assert receiver.received == []

    def test_writes_nothing_of_what_was_removed_while_it_was_sent(self, webhook):
        publish()
        outgoing = delivery._begin(the_delivery().id, at=scenes.now())
        webhook.delete()

        left = delivery._record(outgoing, answer=sending.Answer(status=500), at=scenes.now())

        assert left == "dead"
        assert not Delivery.objects.exists()

    def test_believes_a_yes_that_came_after_the_webhook_went_off(self, webhook):
        publish()
        outgoing = delivery._begin(the_delivery().id, at=scenes.now())
        services.switch_off(webhook.pk, actor=ANNEKE, at=scenes.now())

        delivery._record(outgoing, answer=sending.Answer(status=204), at=scenes.now())

        assert state() == ("taken", 204, "")
        assert scenes.the_webhook().off_because == "chosen"

    def test_signs_with_the_old_secret_too_for_a_day(self, receiver, webhook):
        new = services.renew_secret(webhook.pk, actor=ANNEKE, at=scenes.now())
        publish()
        work()
        Webhook.objects.update(old_secret_until=scenes.now())
        publish()

        work()

        both, only = receiver.received
        assert both.verify(new) == both.verify(webhook.secret)
        assert len(both.headers["webhook-signature"].split()) == 2
        assert only.headers["webhook-signature"].split() != both.headers["webhook-signature"].split()
        assert len(only.headers["webhook-signature"].split()) == 1
        assert only.verify(new)


@pytest.mark.usefixtures("webhook")
class TestSwitchingOff:
    def test_follows_the_word_that_the_receiver_is_gone(self, receiver):
        receiver.always = status(410)
        publish()
        publish(object_id="referral-8")

        work()

        row = scenes.the_webhook()
        assert len(receiver.received) == 1
        assert (row.off_because, row.off_at is None) == ("gone", False)
        assert {(each.state, each.error) for each in Delivery.objects.all()} == {
            ("dead", ""),
            ("dead", "switched_off"),
        }
        assert publish() == 0

    def test_is_told_to_the_coordinators_and_put_on_record(self, receiver, webhook):
        receiver.always = status(410)
        publish()

        work()

        assert letters() == [("webhook_switched_off_gone", name) for name in to("anneke", "samira")]
        letter = Message.objects.first()
        assert receiver.address in letter.text
        assert "/network/webhooks/" in letter.text
        event = AuditEvent.objects.order_by("-number").first()
        assert (event.act, event.actor_id, event.object_id) == ("webhook.switched_off", "", str(webhook.pk))
        assert json.loads(event.facts) == {"because": "gone"}

    def test_follows_five_days_of_failing(self, receiver):
        receiver.always = status(500)
        publish()
        scenes.failed_since(days=5)

        work()

        assert len(receiver.received) == 1
        assert scenes.the_webhook().off_because == "failing"
        assert [template for template, _ in letters()] == ["webhook_switched_off_failing"] * 2

    def test_does_not_follow_four_days_of_failing_before_a_success(self, receiver):
        receiver.answers = [status(500)]
        publish()
        scenes.failed_since(days=4)

        work()

        row = scenes.the_webhook()
        assert (row.off_at, row.failing_since) == (None, None)
        assert letters() == []

    def test_does_not_follow_tests_that_fail(self, receiver, webhook):
        receiver.always = status(500)
        services.send_test(webhook.pk, actor=ANNEKE, at=scenes.now())

        work()

        assert len(receiver.received) == 1
        assert scenes.the_webhook().failing_since is None
        assert state() == ("dead", 500, "")


@pytest.mark.usefixtures("webhook")
class TestTidying:
    def test_gives_up_what_lost_its_task(self):
        publish()
        Task.objects.update(status="dead", finished_at=NOON)

        assert tidying.give_up_lost(scenes.now()) == 1
        assert state() == ("dead", None, "lost")

    def test_leaves_what_is_on_its_way(self):
        publish()

        assert tidying.give_up_lost(scenes.now()) == 0
        assert the_delivery().state == "waiting"

    def test_comes_by_itself(self, webhook):
        at = scenes.now() - timedelta(days=1)
        services.renew_secret(webhook.pk, actor=ANNEKE, at=at)
        publish()
        Task.objects.all().delete()
        path, every_seconds = settings.PERIODIC_TASKS["webhooks.tidy"]

        load_task(path).enqueue()
        work()

        assert state() == ("dead", None, "lost")
        assert scenes.the_webhook().old_secret == ""
        assert every_seconds == 3600

    def test_forgets_a_secret_when_it_counts_no_more(self, webhook):
        at = scenes.now()
        services.renew_secret(webhook.pk, actor=ANNEKE, at=at)

        assert tidying.forget_old_secrets(at + timedelta(hours=23)) == 0
        assert tidying.forget_old_secrets(at + timedelta(days=1)) == 1
        row = scenes.the_webhook()
        assert (row.old_secret, row.old_secret_until) == ("", None)
