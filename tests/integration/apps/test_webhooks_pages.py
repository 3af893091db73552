# SPDX-License-Identifier: EUPL-1.2
"""Pages of webhooks: adding one, its secret that is seen once, what it was sent, and what did not arrive."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from scharnier.apps.webhooks import services
from scharnier.apps.webhooks.models import Delivery, Webhook
from scharnier.core.kernel import Role
from tests.integration.apps import webhooks_scenes as scenes
from tests.integration.apps.webhooks_scenes import ADDRESS, ANNEKE, a_dead_delivery, publish, the_delivery
from tests.receiver import run_receiver

pytestmark = pytest.mark.django_db
ALL, ADD, DEAD = (reverse(f"webhooks:{name}") for name in ("webhooks", "add_webhook", "dead_deliveries"))
GOOD = {"address": ADDRESS, "events": ["referral.accepted", "referral.failed"]}


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def client(sign_in):
    return sign_in("anneke", role=Role.COORDINATOR)


@pytest.fixture
def webhook():
    return scenes.add()


def page_of(webhook):
    return reverse("webhooks:webhook", args=[webhook.pk])


def press(client, name, *args):
    return client.post(reverse(f"webhooks:{name}", args=args), follow=True)


class TestAddPage:
    def test_leads_to_the_webhook_and_its_secret_which_is_seen_once(self, client):
        page = client.post(ADD, GOOD, follow=True)

        row = Webhook.objects.get()
        assert page.redirect_chain == [(page_of(row), 302)]
        assert row.secret in page.text
        assert row.secret not in client.get(page_of(row)).text
        assert all(row.secret not in str(each.get_decoded()) for each in Session.objects.all())

    def test_shows_no_secret_on_the_page_of_another(self, client, webhook):
        client.post(ADD, {**GOOD, "address": f"{ADDRESS}/2"})

        new = Webhook.objects.latest("pk")
        assert new.secret not in client.get(page_of(webhook)).text
        assert new.secret in client.get(page_of(new)).text

    def test_looks_at_no_secret_when_only_the_head_is_asked_for(self, client):
        client.post(ADD, GOOD)
        row = Webhook.objects.get()

        client.head(page_of(row))

        assert row.secret in client.get(page_of(row)).text

    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            ({"address": ""}, "Vul het adres in."),
            ({"address": "http://example.org"}, "Het begint met https://"),
            ({"address": "https://192.168.1.1/"}, "ligt niet op het openbare internet"),
            ({"address": "https://example.org/" + "a" * 500}, "hoogstens 500 tekens"),
            ({"address": "https://exa mple.org/"}, "geen wachtwoord, # of spatie"),
            ({"events": []}, "Kies er minstens één."),
            ({"events": ["network.burned"]}, "Kies uit de lijst."),
        ],
        ids=str,
    )
    def test_says_what_is_wrong_and_keeps_what_was_filled_in(self, client, answer, said):
        page = client.post(ADD, GOOD | answer)

        assert page.status_code == 422
        assert said in page.text
        if "address" not in answer:
            assert ADDRESS in page.text
        else:
            assert page.text.count(" checked") == 2
        assert not Webhook.objects.exists()

    def test_says_that_an_address_is_there_already(self, client, webhook):
        page = client.post(ADD, GOOD | {"address": webhook.address})

        assert page.status_code == 422
        assert "Dit adres staat er al bij." in page.text

    @pytest.mark.parametrize("role", set(Role) - {Role.COORDINATOR, Role.ADMINISTRATOR})
    def test_is_for_who_keeps_the_network(self, sign_in, role):
        client = sign_in("karel", role=role)

        assert [client.get(address).status_code for address in (ALL, ADD, DEAD)] == [403, 403, 403]
        assert client.post(ADD, GOOD).status_code == 403
        assert not Webhook.objects.exists()


class TestListPage:
    def test_says_the_first_step_where_there_is_none(self, client):
        assert "Geen enkel ander systeem hoort iets." in client.get(ALL).text

    def test_says_how_each_does(self, client, webhook):
        failing, off = scenes.add(f"{ADDRESS}/2"), scenes.add(f"{ADDRESS}/3")
        Webhook.objects.filter(pk=failing.pk).update(failing_since=scenes.now())
        services.switch_off(off.pk, actor=ANNEKE, at=scenes.now())

        text = client.get(ALL).text

        states = [part.partition("<")[0] for part in text.split('<span class="state state--')[1:]]
        assert [said.partition(">")[2] for said in states] == ["werkt", "komt nu niet aan", "uit"]
        assert webhook.secret not in text

    def test_says_how_much_did_not_arrive(self, client, webhook):
        for number in range(2):
            a_dead_delivery(webhook, number)

        assert "2 berichten kwamen niet aan" in client.get(ALL).text

    def test_is_open_to_the_administrator(self, sign_in, webhook):
        client = sign_in("karel", role=Role.ADMINISTRATOR)

        assert webhook.address in client.get(ALL).text


class TestWebhookPage:
    def test_sends_a_test_that_the_receiver_can_verify(self, client, settings):
        settings.WEBHOOKS_ON_LOOPBACK = True
        with run_receiver() as receiver:
            webhook = scenes.add(receiver.address)

            waiting = press(client, "send_test", webhook.pk)
            scenes.work()

        (request,) = receiver.received
        assert "De test is onderweg." in waiting.text
        assert request.verify(webhook.secret)["type"] == "webhook.test"
        text = client.get(page_of(webhook)).text
        assert "aangekomen" in text
        assert request.id in text

    def test_renews_the_secret_and_says_until_when_the_old_one_works(self, client, webhook):
        page = press(client, "renew_secret", webhook.pk)

        new = Webhook.objects.get().secret
        assert new in page.text
        assert webhook.secret not in page.text
        assert "Het oude werkt ook nog tot" in client.get(page_of(webhook)).text

    def test_switches_off_and_on_and_removes(self, client, webhook):
        assert "Voorgoed weghalen" not in client.get(page_of(webhook)).text

        off = press(client, "switch_off", webhook.pk)
        on = press(client, "switch_on", webhook.pk)

        assert "Voorgoed weghalen" in off.text
        assert "Test sturen" not in off.text
        assert "Test sturen" in on.text
        press(client, "switch_off", webhook.pk)
        gone = press(client, "remove_webhook", webhook.pk)
        assert gone.redirect_chain == [(ALL, 302)]
        assert not Webhook.objects.exists()

    def test_says_in_a_sentence_what_cannot_be_done_now(self, client, webhook):
        answer = press(client, "remove_webhook", webhook.pk)

        assert answer.status_code == 409
        assert "Deze webhook staat aan. Zet hem eerst uit." in answer.text

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"off_because": "gone"}, "geen berichten meer wil"),
            ({"off_because": "failing"}, "vijf dagen lang kwam er niets aan"),
            ({"off_because": "chosen"}, "Uitgezet op"),
        ],
        ids=str,
    )
    def test_says_why_it_is_off(self, client, webhook, values, said):
        Webhook.objects.update(off_at=scenes.now(), **values)

        assert said in client.get(page_of(webhook)).text

    def test_says_since_when_nothing_arrives(self, client, webhook):
        scenes.failed_since(days=1)

        assert "Sinds" in client.get(page_of(webhook)).text

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ({"status": 500}, "56 keer geprobeerd. Laatste antwoord: 500."),
            ({"status": 302, "attempts": 1}, "wijst naar een ander adres"),
            ({"status": None, "error": "no_name"}, "De laatste keer: niemand kent de naam in het adres."),
            ({"status": None, "error": "switched_off", "attempts": 0}, "de webhook stond uit"),
        ],
        ids=str,
    )
    def test_says_in_words_what_came_of_sending(self, client, webhook, values, said):
        a_dead_delivery(webhook, **values)

        assert said in client.get(page_of(webhook)).text

    def test_chooses_what_it_hears(self, client, webhook):
        address = reverse("webhooks:choose_events", args=[webhook.pk])

        shown, nothing = client.get(address), client.post(address, {})
        page = client.post(address, {"events": ["referral.failed"]}, follow=True)

        assert shown.text.count(" checked") == 1
        assert (nothing.status_code, "Kies er minstens één." in nothing.text) == (422, True)
        assert Webhook.objects.get().events == ["referral.failed"]
        assert "Een doorverwijzing is niet gelukt" in page.text

    def test_is_not_there_for_another_network(self, client, webhook):
        Webhook.objects.update(network_id="elders")

        missing = client.get(reverse("webhooks:webhook", args=[987654]))
        foreign = client.get(page_of(webhook))

        assert foreign.status_code == missing.status_code == 404
        assert _words(foreign) == _words(missing)


def _words(answer):
    """Return what a reader reads; tokens and addresses differ anyway."""
    return re.sub(r"<[^>]+>", "", answer.text)


class TestDeadPage:
    def test_sends_again_what_then_arrives(self, client, settings):
        settings.WEBHOOKS_ON_LOOPBACK = True
        with run_receiver() as receiver:
            row = a_dead_delivery(scenes.add(receiver.address))

            page = press(client, "send_again", row.id)
            scenes.work()

        assert "Er is niets gemist." in page.text
        assert receiver.ids == [row.id]
        assert the_delivery().state == "taken"

    def test_throws_away(self, client, webhook):
        row = a_dead_delivery(webhook)

        page = press(client, "throw_away", row.id)

        assert "Weggegooid." in page.text
        assert not Delivery.objects.exists()

    def test_sends_all_again_from_the_page_of_the_webhook(self, client, webhook):
        for number in range(3):
            a_dead_delivery(webhook, number)

        page = press(client, "send_all_again", webhook.pk)

        assert "3 berichten gaan opnieuw." in page.text
        assert set(Delivery.objects.values_list("state", flat=True)) == {"waiting"}

    def test_offers_no_sending_while_the_webhook_is_off(self, client, webhook):
        a_dead_delivery(webhook)
        services.switch_off(webhook.pk, actor=ANNEKE, at=scenes.now())

        text = client.get(DEAD).text

        assert "De webhook staat uit." in text
        assert "Stuur opnieuw" not in text

    def test_comes_in_parts(self, client, webhook):
        for number in range(51):
            a_dead_delivery(webhook, number)

        assert "Pagina 2 van 2" in client.get(f"{DEAD}?page=2").text

    def test_shows_nothing_that_is_on_its_way(self, client, webhook):
        publish()

        assert webhook.address not in client.get(DEAD).text

    @pytest.mark.parametrize("act", ["send_again", "throw_away"])
    def test_knows_nothing_of_what_was_not_given_up(self, client, act):
        answer = press(client, act, "msg_none")

        assert answer.status_code == 404


class TestOnlyByPost:
    @pytest.mark.parametrize(
        "name", ["send_test", "renew_secret", "switch_off", "switch_on", "remove_webhook", "send_all_again"]
    )
    def test_anything_changes(self, client, webhook, name):
        assert client.get(reverse(f"webhooks:{name}", args=[webhook.pk])).status_code == 405
