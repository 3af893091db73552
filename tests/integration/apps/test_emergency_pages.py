# SPDX-License-Identifier: EUPL-1.2
"""Pages of breaking the glass: the second step, the card that opens, and the list of what is to be judged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.emergency import selectors
from scharnier.apps.emergency.models import Review
from scharnier.apps.http import now
from scharnier.apps.people import cards
from scharnier.apps.people import models as people_models
from scharnier.apps.people import services as people
from scharnier.apps.sharing.access import received
from scharnier.apps.sharing.models import Sharing
from scharnier.core.kernel import Role
from scharnier.core.sharing import EMERGENCY_LASTS, Verdict
from tests.factories import DAY, an_actor
from tests.integration import neighbourhood as here
from tests.integration.apps import members_scenes as scenes
from tests.integration.apps.emergency_scenes import (
    ADDRESS,
    ANNEKE,
    CARD,
    HIDDEN,
    KAREL,
    OPEN,
    PRIVATE,
    REASON,
    REVIEWS,
    break_glass,
    judge,
    settle,
    signed_in,
)
from tests.integration.apps.test_members_signing_in import code_of, set_up_app

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    settle()


@pytest.fixture
def demo(settings):
    """Where nobody has a second step."""
    settings.DEMO = True


class TestOpenedCard:
    @pytest.mark.usefixtures("demo")
    def test_is_seen_with_what_is_not_private_by_the_asker_only(self, client, sign_in):
        client = signed_in(client, "karel")
        other = sign_in("samira", role=Role.PROFESSIONAL)
        assert client.get(CARD).status_code == 404

        client.post(OPEN, {"name": HIDDEN, "reason": REASON})

        page = client.get(CARD)
        assert ADDRESS in page.text
        assert PRIVATE not in page.text
        assert "Je opende deze kaart in een noodsituatie." in page.text
        assert (here.last_event().purpose, here.last_event().basis) == ("emergency", "vital_interests")
        assert other.get(CARD).status_code == 404

    @pytest.mark.usefixtures("demo")
    def test_is_gone_after_three_hours(self, client):
        break_glass(at=now() - EMERGENCY_LASTS)

        assert signed_in(client, "karel").get(CARD).status_code == 404

    @pytest.mark.usefixtures("demo")
    def test_is_seen_and_closed_by_whose_card_it_is(self, client):
        break_glass()
        client = signed_in(client, "stil")

        page = client.get(reverse("people:sharing")).text
        client.post(reverse("people:stop_sharing", args=[Sharing.objects.get().pk]))

        assert "opende mijn kaart in een noodsituatie" in page
        assert list(received(KAREL, at=now())) == []


class TestWaiting:
    def test_counts_for_who_judges(self):
        break_glass()

        waiting = {
            actor.person_id: selectors.waiting(actor)
            for actor in (KAREL, ANNEKE, an_actor("stil", role=Role.RESIDENT))
        }

        assert {name: (found.may_open, found.n_reviews) for name, found in waiting.items()} == {
            "karel": (True, 0),
            "anneke": (True, 1),
            "stil": (False, 0),
        }

    @pytest.mark.usefixtures("demo")
    def test_stands_on_the_start_page(self, client):
        break_glass()

        assert "Eén noodtoegang wacht op jouw oordeel" in signed_in(client, "anneke").get("/").text
        assert "wacht op jouw oordeel" not in signed_in(client, "karel").get("/").text


class TestOpenPage:
    @pytest.mark.usefixtures("demo")
    @pytest.mark.parametrize(
        ("other", "words"),
        [
            ("coordinator", "Een coördinator beoordeelt of het nodig was."),
            ("board", "Het bestuur beoordeelt of het nodig was."),
            ("administrator", "De beoordeling blijft open."),
            ("professional", "De beoordeling blijft open."),
        ],
    )
    def test_says_who_judges_what_a_coordinator_opens(self, client, other, words):
        people_models.Account.objects.filter(person__text_id="samira").update(role=other)
        client = signed_in(client, "anneke")

        assert words in client.get(OPEN).text
        assert ("Wat je zelf opent" in client.get(REVIEWS).text) == ("open" in words)

    @pytest.mark.parametrize("name", ["karel", "anneke"])
    def test_asks_who_has_no_second_step_to_set_one_up(self, client, name):
        answer = signed_in(client, name).get(OPEN)

        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("mfa_index"))

    def test_asks_for_the_second_step_anew_and_keeps_what_was_written(self, client):
        client = signed_in(client, "karel")
        client.post(reverse("account_reauthenticate"), {"password": scenes.PASSWORD})
        secret = set_up_app(client)
        user = people_models.User.objects.get(username="karel@kruisveld")
        Authenticator.objects.filter(user=user).update(last_used_at=None)

        asked = client.post(OPEN, {"name": HIDDEN, "reason": REASON})
        page = client.post(asked["Location"], {"code": code_of(secret), "next": OPEN}, follow=True)

        assert asked["Location"].startswith(reverse("mfa_reauthenticate"))
        assert not Sharing.objects.exists()
        assert REASON in page.text
        assert HIDDEN in page.text

        client.post(OPEN, {"name": HIDDEN, "reason": REASON})
        assert Sharing.objects.count() == 1

    def test_takes_no_password_and_no_spare_code_for_a_second_step(self, client):
        client = signed_in(client, "karel")
        client.post(reverse("account_reauthenticate"), {"password": scenes.PASSWORD})
        user = people_models.User.objects.get(username="karel@kruisveld")
        Authenticator.objects.create(user=user, type="recovery_codes", data={})

        assert client.get(OPEN).status_code == 302

    def test_forgets_a_second_step_after_five_minutes(self, client):
        client = signed_in(client, "karel")
        client.post(reverse("account_reauthenticate"), {"password": scenes.PASSWORD})
        secret = set_up_app(client)
        client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret), "next": OPEN})
        session = client.session
        for record in session["account_authentication_methods"]:
            record["at"] -= 301
        session.save()

        assert client.get(OPEN).status_code == 302

    def test_sends_who_only_has_a_key_to_the_key(self, client):
        client = signed_in(client, "karel")
        user = people_models.User.objects.get(username="karel@kruisveld")
        Authenticator.objects.create(user=user, type="webauthn", data={})

        assert client.get(OPEN)["Location"].startswith(reverse("mfa_reauthenticate_webauthn"))

    @pytest.mark.usefixtures("demo")
    def test_opens_the_card(self, client):
        answer = signed_in(client, "karel").post(OPEN, {"name": HIDDEN, "reason": REASON})

        assert answer["Location"] == CARD

    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            ({"name": ""}, "Vul de naam in."),
            ({"reason": ""}, "Schrijf waarom dit niet kan wachten."),
            ({"reason": "Het moet nu."}, "Schrijf in minstens 20 tekens"),
            ({"reason": "Bel meteen Jan op 06 12345678, hij weet het."}, "06…"),
            ({"name": "Nie Mand"}, "We vinden niet precies één kaart met die naam."),
        ],
        ids=str,
    )
    @pytest.mark.usefixtures("demo")
    def test_says_what_is_wrong_and_keeps_what_was_written(self, client, answer, said):
        page = signed_in(client, "karel").post(OPEN, {"name": HIDDEN, "reason": REASON, **answer})

        assert page.status_code == 422
        assert said in page.text
        assert answer.get("name", HIDDEN) in page.text

    @pytest.mark.usefixtures("demo")
    def test_tells_who_tried_too_often_to_call(self, client):
        client = signed_in(client, "karel")

        pages = [client.post(OPEN, {"name": "Nie Mand", "reason": REASON}) for _ in range(4)]

        assert "Je probeerde het vandaag al 3 keer. Bel een coördinator." in pages[-1].text

    @pytest.mark.usefixtures("demo")
    def test_is_not_there_for_a_resident(self, client):
        assert signed_in(client, "stil").get(OPEN).status_code == 403


class TestReviewPages:
    @pytest.mark.usefixtures("demo")
    def test_walk_from_the_list_to_a_judgement(self, client):
        break_glass()
        review = Review.objects.get()
        client = signed_in(client, "anneke")

        listed = client.get(REVIEWS).text
        one = client.get(reverse("emergency:review", args=[review.pk])).text
        done = client.post(
            reverse("emergency:review", args=[review.pk]),
            {"verdict": "justified", "words": "Het kon niet anders."},
            follow=True,
        ).text

        for page in (listed, one):
            assert "Karel de Bruin" in page
            assert REASON in page
            assert HIDDEN not in page  # the coordinator does not see her either
            assert "Beoordeel dit uiterlijk 3 april." in page
        assert "Er wacht niets op je." in done

    @pytest.mark.usefixtures("demo")
    def test_name_a_card_that_the_judge_may_see(self, client):
        break_glass()
        people.choose_consents(
            [cards.Wish(purpose=purpose, until=DAY) for purpose in cards.PURPOSES[cards.Level.CONTACT]],
            actor=an_actor("stil"),
            on=DAY,
            at=now(),
        )

        assert HIDDEN in signed_in(client, "anneke").get(REVIEWS).text

    @pytest.mark.usefixtures("demo")
    def test_say_that_one_is_late(self, client, settings):
        break_glass()
        settings.DAY = DAY + timedelta(days=9)

        assert "te laat" in signed_in(client, "anneke").get(REVIEWS).text

    @pytest.mark.parametrize(
        ("answer", "said"),
        [
            ({"verdict": ""}, "Kies"),
            ({"words": ""}, "Schrijf in een zin waarom je dat vindt."),
            ({"words": "Vraag piet@example.org."}, "e-mail"),
        ],
        ids=str,
    )
    @pytest.mark.usefixtures("demo")
    def test_say_what_is_wrong_and_keep_what_was_written(self, client, answer, said):
        break_glass()
        page = signed_in(client, "anneke").post(
            reverse("emergency:review", args=[Review.objects.get().pk]),
            {"verdict": "justified", "words": "Het kon niet anders.", **answer},
        )

        assert page.status_code == 422
        assert said in page.text
        assert Review.objects.get().judged_at is None

    @pytest.mark.usefixtures("demo")
    def test_tell_the_second_of_two_that_it_is_done(self, client):
        break_glass()
        review = Review.objects.get()
        judge(review)
        client = signed_in(client, "samira")
        address = reverse("emergency:review", args=[review.pk])

        answers = [client.get(address), client.post(address, {"verdict": "not_justified", "words": "Nee."})]

        assert [answer.status_code for answer in answers] == [404, 409]

    @pytest.mark.parametrize("name", ["karel", "stil"])
    @pytest.mark.usefixtures("demo")
    def test_are_not_for_others(self, client, name):
        break_glass()
        client = signed_in(client, name)

        pages = [REVIEWS, reverse("emergency:review", args=[Review.objects.get().pk])]

        assert [client.get(page).status_code for page in pages] == [403, 403]

    @pytest.mark.parametrize("n_reviews", [1, 50])
    @pytest.mark.usefixtures("demo")
    def test_take_the_same_queries_for_few_and_many(self, client, django_assert_num_queries, n_reviews):
        for hour in range(n_reviews):
            break_glass(at=now() + timedelta(days=hour))
        client = signed_in(client, "anneke")
        client.get(REVIEWS)

        with django_assert_num_queries(
            8
        ):  # session, user, account, reach; reviews, askers, persons; who judges
            client.get(REVIEWS)


class TestRecord:
    @pytest.mark.usefixtures("demo")
    def test_holds_no_name_and_no_reason_after_a_whole_walk(self, client):
        client = signed_in(client, "karel")
        client.post(OPEN, {"name": "Nie Mand", "reason": REASON})
        client.post(OPEN, {"name": HIDDEN, "reason": REASON})
        client.get(CARD)
        judge(Review.objects.get(), Verdict.NOT_JUSTIFIED)

        acts = here.acts()
        told = " ".join(f"{event.facts} {event.object_id}" for event in AuditEvent.objects.all())
        assert acts == ["emergency.tried", "sharing.begun", "sharing.stopped", "emergency.judged"]
        assert "Mand" not in told
        assert HIDDEN not in told
