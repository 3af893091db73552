# SPDX-License-Identifier: EUPL-1.2
"""A whole referral by mail alone: from the question to whether it helped, by people without an account."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from scharnier.apps import wall
from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import Person
from scharnier.apps.referral import links, models, night, services, telling
from scharnier.apps.tasks.decisions import Pace
from scharnier.apps.tasks.worker import Worker
from scharnier.core.kernel import NetworkId, TurnId
from tests.factories import DAY, NOON
from tests.integration.apps import letters_scenes as letters
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.letters_scenes import DOOR, PIET, a_stranger, address_of
from tests.integration.apps.referral_scenes import NOOR

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
AT = {"on": DAY, "at": NOON}
PATH = re.compile(r"https?://[^/\s]+(/r/\S+)")
DOORS, PIETS = "balie@jongerenwerk.example", "piet@example.org"
HASTE = Pace(pause_seconds=1e-6, longest_pause_seconds=1e-6)


@pytest.fixture(scope="module", autouse=True)
def _network(_ground):
    letters.settle()


@pytest.fixture
def outbox(mailoutbox):
    """Mail as it arrived, once a worker handed it over; each asked for once."""

    def arrived(*, to: str) -> str:
        Worker(pace=HASTE, is_burst=True).run()
        found = [message for message in mailoutbox if message.to == [to]]
        mailoutbox.clear()
        (message,) = found
        return message.subject + "\n" + message.body

    return arrived


def link_in(text: str) -> str:
    found = PATH.search(text)
    assert found, text
    return found[1]


class TestStory:
    def test_goes_from_question_to_outcome(self, outbox):
        browser = a_stranger()
        referral_id = letters.sent(DOOR)
        (first_id,) = scenes.turns_of(referral_id)

        # The door has no account, reads it on a phone, and names another.
        asked = link_in(outbox(to=DOORS))
        browser.post(f"{asked}decline/", {"reason": "not_my_remit", "rather": "schuldhulp"})
        assert "Er is een nee op je vraag" in outbox(to=address_of("noor"))
        assert letters.row(first_id).rather_organization.text_id == "schuldhulp"

        # Noor asks Piet next, who asks something back, and hears the answer.
        services.ask_next(referral_id, (PIET,), actor=NOOR, **AT)
        telling.send_all(referral_id, actor=NOOR, **AT)
        turn_id = scenes.turns_of(referral_id)[-1]
        asked = link_in(outbox(to=PIETS))
        browser.post(f"{asked}remark/", {"words": "Op welk plein is dat?"})
        assert "Iemand wil iets weten" in outbox(to=address_of("noor"))
        telling.remark(turn_id, words="Het plein bij de school.", actor=NOOR, **AT)
        answered = link_in(outbox(to=PIETS))
        assert "Het plein bij de school." in browser.get(answered).text

        # He says yes, and later what he did.
        browser.post(f"{answered}accept/")
        finish = link_in(outbox(to=PIETS))
        assert browser.get(asked).status_code == 410
        browser.post(f"{finish}complete/", {"result": "Samen afspraken gemaakt.", "hours": "1,5"})
        assert "Laat weten of het heeft geholpen" in outbox(to=address_of("noor"))

        # Whom it was for says whether it helped, by a link from Noor's hand.
        token = links.make_outcome_link(referral_id, actor=NOOR, **AT)
        page = reverse("referral_link:link", args=[token])
        assert "Heeft het geholpen?" in browser.get(page).text
        browser.post(f"{page}outcome/", {"helped": "yes", "words": "Het is weer rustig."})

        assert scenes.awaited(referral_id) == []
        (said,) = scenes.whole(referral_id).feedback
        assert (said.by.value, said.helped.value) == ("concerned", "yes")
        assert set(Message.objects.values_list("state", flat=True)) == {"sent"}

    def test_of_silence_ends_with_the_next_best(self, outbox):
        turn_id = letters.a_turn(PIET)
        asked = link_in(outbox(to=PIETS))
        lapsed = DAY.replace(month=4, day=15)

        with wall.in_network("kruisveld"):
            night.remind(NetworkId("kruisveld"), on=lapsed, at=NOON + (lapsed - DAY))

        told = outbox(to=address_of("noor"))
        assert f"/referrals/{letters.row(turn_id).referral_id}/next/" in told
        assert a_stranger().post(f"{asked}accept/").status_code == 200  # late is better than never
        assert letters.row(turn_id).state == "accepted"

    def test_is_nobodys_who_was_erased(self, outbox):
        turn_id = letters.a_turn(PIET)
        asked = link_in(outbox(to=PIETS))

        Person.objects.get(text_id="piet").delete()

        answer = a_stranger().post(f"{asked}accept/")
        assert answer.status_code == 410
        assert models.Turn.objects.get(pk=TurnId(turn_id)).state == "requested"
