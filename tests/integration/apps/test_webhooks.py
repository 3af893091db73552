# SPDX-License-Identifier: EUPL-1.2
"""Acts on webhooks: who may, what is on record, what is refused, and what another network never sees."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.members.access import NotForThisRole
from scharnier.apps.tasks.models import Task
from scharnier.apps.webhooks import access, labels, selectors, services
from scharnier.apps.webhooks.models import Delivery, Webhook
from scharnier.core import webhooks
from scharnier.core.kernel import Role
from scharnier.core.webhooks import BadAddress, Event, ForbiddenAddress
from tests.factories import NOON, an_actor
from tests.integration import neighbourhood as here
from tests.integration.apps import webhooks_scenes as scenes
from tests.integration.apps.webhooks_scenes import (
    ACCEPTED,
    ADDRESS,
    ANNEKE,
    KAREL,
    REJECTED,
    RIA,
    a_dead_delivery,
    add,
    publish,
    the_delivery,
    the_webhook,
)

pytestmark = pytest.mark.django_db
ELSEWHERE = an_actor("vera", network_id="elders", role=Role.COORDINATOR)
ON_ONE = {  # acts on one webhook
    "choose events": lambda pk, actor: services.choose_events(
        pk, events=[REJECTED.value], actor=actor, at=NOON
    ),
    "renew secret": lambda pk, actor: services.renew_secret(pk, actor=actor, at=NOON),
    "test": lambda pk, actor: services.send_test(pk, actor=actor, at=NOON),
    "switch off": lambda pk, actor: services.switch_off(pk, actor=actor, at=NOON),
    "switch on": lambda pk, actor: services.switch_on(pk, actor=actor, at=NOON),
    "remove": lambda pk, actor: services.remove_webhook(pk, actor=actor, at=NOON),
    "send all again": lambda pk, actor: services.send_all_again(pk, actor=actor, at=NOON),
}
ON_DEAD = {
    "send again": lambda delivery_id, actor: services.send_again(delivery_id, actor=actor, at=NOON),
    "throw away": lambda delivery_id, actor: services.throw_away(delivery_id, actor=actor, at=NOON),
}


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


def event():
    found = here.last_event()
    return found.act, found.actor_id, found.kind, found.object_id, json.loads(found.facts or "{}")


def everything():
    return (
        list(Webhook.objects.order_by("pk").values()),
        list(Delivery.objects.order_by("pk").values()),
        Task.objects.count(),
        AuditEvent.objects.count(),
    )


class TestAddWebhook:
    @pytest.mark.parametrize("actor", [ANNEKE, RIA], ids=["coordinator", "administrator"])
    def test_keeps_where_what_and_a_secret_of_its_own(self, actor):
        row = add(ADDRESS, REJECTED, ACCEPTED, actor=actor)

        assert (row.network_id, row.address) == ("kruisveld", ADDRESS)
        assert row.events == ["referral.accepted", "referral.rejected"]  # in the order of the list
        assert row.off_at is None
        key = base64.b64decode(row.secret.removeprefix("whsec_"), validate=True)
        assert len(key) == 32

    def test_gives_no_two_the_same_secret(self):
        assert add().secret != add(f"{ADDRESS}/2").secret

    def test_is_on_record_without_address_and_secret(self):
        row = add()

        assert event() == ("webhook.added", "anneke", "webhook", str(row.pk), {})

    @pytest.mark.parametrize("role", set(Role) - {Role.COORDINATOR, Role.ADMINISTRATOR})
    def test_is_for_who_keeps_the_network(self, role):
        before = everything()

        with pytest.raises(NotForThisRole):
            add(actor=an_actor("karel", role=role))

        assert everything() == before

    @pytest.mark.parametrize(
        ("address", "events", "error"),
        [
            ("http://example.org", [ACCEPTED], BadAddress),
            ("https://10.0.0.1/", [ACCEPTED], ForbiddenAddress),
            ("https://localhost/", [ACCEPTED], ForbiddenAddress),
            (ADDRESS, [], services.NoEvents),
            (ADDRESS, ["webhook.test"], services.NoEvents),
            (ADDRESS, ["network.burned"], services.NoEvents),
        ],
    )
    def test_refuses_what_cannot_be_sent(self, address, events, error):
        before = everything()

        with pytest.raises(error):
            services.add_webhook(address=address, events=events, actor=ANNEKE, at=NOON)

        assert everything() == before

    def test_refuses_an_address_that_is_there(self):
        add()

        with pytest.raises(services.AlreadyThere):
            add()

    def test_refuses_one_too_many(self):
        for number in range(webhooks.MOST_WEBHOOKS):
            add(f"{ADDRESS}/{number}")

        with pytest.raises(services.TooManyWebhooks) as caught:
            add()

        assert caught.value.facts == {"most": webhooks.MOST_WEBHOOKS}
        assert not selectors.webhooks_page(ANNEKE).has_room


class TestActsOnOne:
    @pytest.mark.parametrize("act", ON_ONE)
    @pytest.mark.parametrize("actor", [KAREL, ELSEWHERE], ids=["another role", "another network"])
    def test_find_nothing_for_who_may_not(self, act, actor):
        row = add()
        before = everything()

        with pytest.raises(access.WebhookNotFound):
            ON_ONE[act](row.pk, actor)

        assert everything() == before

    @pytest.mark.parametrize("act", ON_ONE)
    def test_find_nothing_where_nothing_is(self, act):
        with pytest.raises(access.WebhookNotFound):
            ON_ONE[act](987654, ANNEKE)

    def test_choose_what_it_hears(self):
        row = add()

        ON_ONE["choose events"](row.pk, ANNEKE)

        assert the_webhook().events == ["referral.rejected"]
        assert event() == ("webhook.changed", "anneke", "webhook", str(row.pk), {})

    def test_do_not_leave_it_with_nothing_to_hear(self):
        row = add()

        with pytest.raises(services.NoEvents):
            services.choose_events(row.pk, events=[], actor=ANNEKE, at=NOON)

        assert the_webhook().events == ["referral.accepted"]

    def test_renew_a_secret_and_let_the_old_one_count_for_a_day(self):
        row = add()

        new = ON_ONE["renew secret"](row.pk, ANNEKE)

        kept = the_webhook()
        assert new == kept.secret != row.secret == kept.old_secret
        assert kept.old_secret_until == NOON + timedelta(days=1)
        assert event() == ("webhook.secret_renewed", "anneke", "webhook", str(row.pk), {})
        assert new not in str(list(AuditEvent.objects.values()))

    def test_send_a_test_under_its_own_event(self):
        row = add()

        ON_ONE["test"](row.pk, ANNEKE)

        sent = the_delivery()
        assert (sent.event, sent.object_id, sent.facts) == ("webhook.test", str(row.pk), {})
        assert Task.objects.get().id == sent.task_id
        assert event()[0] == "webhook.tested"

    def test_switch_off_give_up_what_waits_and_queue_nothing_more(self):
        row = add()
        publish()

        ON_ONE["switch off"](row.pk, ANNEKE)

        assert (the_delivery().state, the_delivery().error) == ("dead", "switched_off")
        assert the_webhook().off_because == "chosen"
        assert event()[::4] == ("webhook.switched_off", {"because": "chosen"})
        assert publish() == 0

    def test_switch_on_with_a_clean_slate(self):
        row = add()
        scenes.failed_since(days=4)
        ON_ONE["switch off"](row.pk, ANNEKE)

        ON_ONE["switch on"](row.pk, ANNEKE)

        kept = the_webhook()
        assert (kept.off_at, kept.off_because, kept.failing_since) == (None, "", None)
        assert event()[0] == "webhook.switched_on"
        assert publish() == 1

    def test_remove_what_is_off_with_all_it_sent(self):
        row = add()
        publish()
        ON_ONE["switch off"](row.pk, ANNEKE)

        ON_ONE["remove"](row.pk, ANNEKE)

        assert not Webhook.objects.exists()
        assert not Delivery.objects.exists()
        assert event() == ("webhook.removed", "anneke", "webhook", str(row.pk), {})

    @pytest.mark.parametrize("act", ["remove", "switch on"])
    def test_wait_until_it_is_off(self, act):
        row = add()
        before = everything()

        with pytest.raises(services.WebhookIsOn):
            ON_ONE[act](row.pk, ANNEKE)

        assert everything() == before

    @pytest.mark.parametrize("act", ["test", "switch off", "send all again"])
    def test_wait_until_it_is_on(self, act):
        row = add()
        ON_ONE["switch off"](row.pk, ANNEKE)
        before = everything()

        with pytest.raises(services.WebhookIsOff):
            ON_ONE[act](row.pk, ANNEKE)

        assert everything() == before


class TestActsOnWhatWasGivenUp:
    @pytest.mark.parametrize("act", ON_DEAD)
    @pytest.mark.parametrize("actor", [KAREL, ELSEWHERE], ids=["another role", "another network"])
    def test_find_nothing_for_who_may_not(self, act, actor):
        row = a_dead_delivery(add())
        before = everything()

        with pytest.raises(access.DeliveryNotFound):
            ON_DEAD[act](row.id, actor)

        assert everything() == before

    @pytest.mark.parametrize("act", ON_DEAD)
    def test_find_only_what_was_given_up(self, act):
        add()
        publish()

        with pytest.raises(access.DeliveryNotFound):
            ON_DEAD[act](the_delivery().id, ANNEKE)

    def test_send_again_from_the_first_attempt_under_the_same_number(self):
        row = a_dead_delivery(add())

        ON_DEAD["send again"](row.id, ANNEKE)

        again = the_delivery()
        assert (again.id, again.state, again.attempts, again.done_at) == (row.id, "waiting", 0, None)
        assert Task.objects.get().id == again.task_id
        assert Task.objects.get().args == ["kruisveld", row.id]
        assert event()[::4] == ("webhook.sent_again", {"delivery": row.id})

    def test_do_not_send_again_to_who_is_off(self):
        webhook = add()
        row = a_dead_delivery(webhook)
        ON_ONE["switch off"](webhook.pk, ANNEKE)

        with pytest.raises(services.WebhookIsOff):
            ON_DEAD["send again"](row.id, ANNEKE)

    def test_throw_away_for_good(self):
        webhook = add()
        row = a_dead_delivery(webhook)

        ON_DEAD["throw away"](row.id, ANNEKE)

        assert not Delivery.objects.exists()
        assert event() == (
            "webhook.thrown_away",
            "anneke",
            "webhook",
            str(webhook.pk),
            {"delivery": row.id},
        )

    def test_send_all_of_one_webhook_again_and_no_test(self):
        webhook, other = add(), add(f"{ADDRESS}/2")
        for number in range(3):
            a_dead_delivery(webhook, number)
        a_dead_delivery(webhook, 3, event="webhook.test")
        a_dead_delivery(other)

        assert ON_ONE["send all again"](webhook.pk, ANNEKE) == 3

        states = Delivery.objects.order_by("pk").values_list("webhook_id", "event", "state")
        assert sorted(states) == sorted(
            [
                *[(webhook.pk, "referral.accepted", "waiting")] * 3,
                (webhook.pk, "webhook.test", "dead"),
                (other.pk, "referral.accepted", "dead"),
            ]
        )
        assert event()[::4] == ("webhook.sent_again", {"n": "3"})


class TestRows:
    @pytest.mark.parametrize(
        "values",
        [
            {"event": "network.burned"},
            {"state": "lost", "done_at": NOON},
            {"state": "waiting", "done_at": NOON},
            {"state": "dead", "done_at": None},
        ],
        ids=str,
    )
    def test_of_deliveries_hold_no_nonsense(self, values):
        webhook = add()

        with pytest.raises(IntegrityError), transaction.atomic():
            a_dead_delivery(webhook, **values)

    @pytest.mark.parametrize(
        "values",
        [
            {"off_at": NOON, "off_because": ""},
            {"off_at": None, "off_because": "gone"},
            {"off_at": NOON, "off_because": "whim"},
            {"old_secret": "whsec_AAAA", "old_secret_until": None},
            {"old_secret": "", "old_secret_until": NOON},
        ],
        ids=str,
    )
    def test_of_webhooks_hold_no_nonsense(self, values):
        add()

        with pytest.raises(IntegrityError), transaction.atomic():
            Webhook.objects.update(**values)


class TestLabels:
    def test_are_there_for_every_event(self):
        assert set(labels.EVENTS) == set(Event)
        assert len({str(words) for words in labels.EVENTS.values()}) == len(Event)


class TestSelectors:
    def test_count_what_was_given_up_without_tests(self):
        webhook = add()
        a_dead_delivery(webhook)
        a_dead_delivery(webhook, 1, event="webhook.test")
        a_dead_delivery(webhook, 2, state="taken")

        page = selectors.webhooks_page(ANNEKE)

        assert (page.n_dead, [line.n_dead for line in page.lines]) == (1, [1])

    def test_show_the_latest_of_one_webhook_only(self):
        webhook = add()
        for number in range(selectors.LATEST + 5):
            a_dead_delivery(webhook, number, happened_at=NOON + timedelta(minutes=number))

        page = selectors.webhook_page(webhook.pk, actor=ANNEKE, at=NOON)

        assert len(page.deliveries) == selectors.LATEST
        assert page.deliveries[0].id == f"msg_{webhook.pk}_{selectors.LATEST + 4}"

    def test_show_an_old_secret_only_while_it_counts(self):
        webhook = add()
        services.renew_secret(webhook.pk, actor=ANNEKE, at=NOON)

        until = [
            selectors.webhook_page(
                webhook.pk, actor=ANNEKE, at=NOON + timedelta(hours=hours)
            ).old_secret_until
            for hours in (23, 24)
        ]

        assert until == [NOON + timedelta(days=1), None]

    def test_show_nothing_of_another_network(self):
        webhook = add()
        a_dead_delivery(webhook)

        assert selectors.webhooks_page(ELSEWHERE).lines == ()
        assert selectors.dead_part(ELSEWHERE, number="").total == 0
        with pytest.raises(access.WebhookNotFound):
            selectors.webhook_page(webhook.pk, actor=ELSEWHERE, at=NOON)

    @pytest.mark.parametrize(
        "look", [selectors.webhooks_page, lambda actor: selectors.dead_part(actor, number="")]
    )
    def test_are_for_who_keeps_the_network(self, look):
        with pytest.raises(NotForThisRole):
            look(KAREL)
