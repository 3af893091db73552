# SPDX-License-Identifier: EUPL-1.2
"""Who is written to at each step of a referral, and what a mail never holds."""

from __future__ import annotations

import pytest
from django.db import transaction

from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import Consent, Network, Person, User
from scharnier.apps.referral import models, services, telling
from scharnier.apps.referral.news import NEWS, News
from scharnier.core import referral
from scharnier.core.kernel import PersonId, TurnId
from scharnier.core.referral import Progress, Reason, Reply
from tests.factories import DAY, NOON
from tests.integration.apps import letters_scenes as letters
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.letters_scenes import DOOR, PIET, a_turn, address_of, drain, mails
from tests.integration.apps.referral_scenes import BAS, CLOCK, JOKE, KAREL, MO, NOOR, a_person_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
AT = {"on": DAY, "at": NOON}
DESK = scenes.an_organization_of("schuldhulp")
NO_ROOM = services.Decline(reason=Reason.NO_CAPACITY)
SUBJECTS = {news: said for news, (said, _do) in NEWS["nl"].items()}


@pytest.fixture(scope="module", autouse=True)
def _network(_ground):
    letters.settle()


def subjects(*, to: str) -> list[str]:
    return [row.subject for row in drain() if row.to == to]


def an_introduction(*introducers: str, state: str = "draft") -> tuple[TurnId, int]:
    turn_id = scenes.turns_of(scenes.draft(a_person_of("joke")))[0]
    if state != "draft":
        services.send(turn_id, actor=NOOR, **AT)
    ids = tuple(map(PersonId, introducers))
    return turn_id, telling.ask_introduction(turn_id, ids, actor=NOOR, **AT)


class TestSend:
    def test_writes_to_who_is_asked_and_has_an_account(self):
        referral_id = letters.sent(a_person_of("bas"))

        (message,) = drain()
        assert (message.to, message.template) == (address_of("bas"), "referral_asked")
        assert f"/referrals/{referral_id}/" in message.text
        assert "/r/" not in message.text
        assert not models.Link.objects.exists()

    def test_writes_a_link_to_who_has_no_account(self):
        turn_id = a_turn(PIET)

        (message,) = drain()
        assert message.to == "piet@example.org"
        (link,) = letters.links_of(turn_id)
        assert letters.token_in(message)
        assert link.token_digest not in message.text
        assert "11 april" in message.text  # the last day of fourteen

    def test_writes_to_everybody_who_acts_for_an_organization(self):
        a_turn(DESK)

        assert mails() == [
            (address_of("joke"), "referral_asked"),
            (address_of("karel"), "referral_asked"),
        ]

    def test_writes_to_the_organization_itself_when_nobody_acts_for_it(self):
        turn_id = a_turn(DOOR)

        assert mails() == [("balie@jongerenwerk.example", "referral_asked")]
        assert letters.links_of(turn_id)[0].holder == models.Holder.ORGANIZATION

    def test_writes_to_nobody_who_does_not_agree_to_be_reached(self):
        Consent.objects.filter(person__text_id="piet", purpose="contact").delete()

        turn_id = a_turn(PIET)

        assert mails() == []
        assert letters.links_of(turn_id) == []

    @pytest.mark.parametrize(
        "change", [{"visibility": {"email": "private"}}, {"email": ""}, {"email": "geen adres"}]
    )
    def test_writes_to_nobody_whose_address_is_not_for_others_or_none(self, change):
        Person.objects.filter(text_id="piet").update(**change)

        a_turn(PIET)

        assert mails() == []

    def test_writes_to_all_who_are_asked_together(self):
        letters.sent(a_person_of("bas"), a_person_of("mo"))

        assert mails() == [(address_of("bas"), "referral_asked"), (address_of("mo"), "referral_asked")]

    def test_writes_nothing_of_an_act_that_fails(self):
        turn_id = a_turn(a_person_of("bas"))
        drain()

        with pytest.raises(referral.IllegalStep):
            telling.send(turn_id, actor=NOOR, **AT)
        with transaction.atomic():
            letters.sent(PIET)
            transaction.set_rollback(True)

        assert mails() == []
        assert not models.Link.objects.exists()

    def test_says_it_in_the_language_of_the_network(self):
        Network.objects.filter(pk="kruisveld").update(language="en")

        a_turn(PIET)

        (message,) = drain()
        assert message.subject == "Noor asks whether you can take something on"


class TestAnswers:
    @pytest.mark.parametrize(
        ("act", "news"),
        [
            (lambda turn_id: telling.accept(turn_id, actor=BAS, **AT), News.ACCEPTED),
            (lambda turn_id: telling.decline(turn_id, NO_ROOM, actor=BAS, **AT), News.DECLINED),
            (lambda turn_id: telling.lapse(turn_id, actor=CLOCK, **AT), News.LAPSED),
            (lambda turn_id: telling.remark(turn_id, words="Waar is dat?", actor=BAS, **AT), News.REMARK),
        ],
    )
    def test_are_told_to_who_sent_it(self, act, news):
        turn_id = a_turn(a_person_of("bas"))
        drain()

        act(turn_id)

        assert subjects(to=address_of("noor")) == [SUBJECTS[news]]

    @pytest.mark.parametrize(
        ("act", "news"),
        [
            (lambda turn_id: telling.start(turn_id, actor=BAS, **AT), News.STARTED),
            (
                lambda turn_id: telling.pause(turn_id, until=DAY + letters.days(3), actor=BAS, **AT),
                News.PAUSED,
            ),
            (lambda turn_id: telling.complete(turn_id, result="Gesproken.", actor=BAS, **AT), News.COMPLETED),
            (lambda turn_id: telling.fail(turn_id, cause="Niemand thuis.", actor=BAS, **AT), News.FAILED),
        ],
    )
    def test_go_on_being_told_after_a_yes(self, act, news):
        turn_id = a_turn(a_person_of("bas"))
        telling.accept(turn_id, actor=BAS, **AT)
        drain()

        act(turn_id)

        assert subjects(to=address_of("noor")) == [SUBJECTS[news]]

    def test_lead_to_the_next_party_when_this_one_does_not_take_it(self):
        turn_id = a_turn(a_person_of("bas"))
        drain()

        telling.decline(turn_id, NO_ROOM, actor=BAS, **AT)

        (message,) = drain()
        assert f"/referrals/{letters.row(turn_id).referral_id}/next/" in message.text

    def test_are_told_to_nobody_who_gave_them(self):
        turn_id = a_turn(DESK)  # by Noor
        own = letters.sent(DESK, actor=KAREL)
        drain()

        telling.accept(scenes.turns_of(own)[0], actor=KAREL, **AT)
        telling.accept(turn_id, actor=JOKE, **AT)

        assert mails() == [(address_of("noor"), "referral_news")]

    def test_are_told_to_the_coordinator_when_the_sender_has_gone(self):
        turn_id = a_turn(a_person_of("bas"))
        User.objects.get(accounts__person__text_id="noor").accounts.all().delete()
        drain()

        telling.accept(turn_id, actor=BAS, **AT)

        assert mails() == [(address_of("ria"), "referral_news")]


class TestCallOff:
    @pytest.mark.parametrize("act", [telling.cancel, telling.void])
    @pytest.mark.parametrize(
        ("ask", "to"), [(PIET, "piet@example.org"), (DOOR, "balie@jongerenwerk.example")]
    )
    def test_is_told_to_who_was_asked(self, act, ask, to):
        turn_id = a_turn(ask)
        drain()

        act(turn_id, cause="Al opgelost.", actor=NOOR, **AT)

        assert mails() == [(to, "referral_called_off")]

    def test_is_told_to_nobody_before_it_was_sent(self):
        (turn_id,) = scenes.turns_of(scenes.draft(PIET))

        telling.void(turn_id, actor=NOOR, **AT)

        assert mails() == []

    def test_is_told_when_the_sender_says_that_it_did_not_work_out(self):
        turn_id = a_turn(a_person_of("bas"))
        telling.accept(turn_id, actor=BAS, **AT)
        drain()

        telling.fail(turn_id, cause="Het liep anders.", actor=NOOR, **AT)

        assert mails() == [(address_of("bas"), "referral_called_off")]


class TestRemark:
    def test_of_the_sender_goes_to_who_is_asked_with_a_way_to_answer(self):
        turn_id = a_turn(PIET)
        drain()

        telling.remark(turn_id, words="Het is bij de fontein.", actor=NOOR, **AT)

        (message,) = drain()
        assert (message.to, message.template) == ("piet@example.org", "referral_remark")
        assert letters.token_in(message)
        assert "fontein" not in message.text


class TestIntroduction:
    def test_is_asked_of_the_first_only(self):
        _turn, pk = an_introduction("bas", "mo")

        (message,) = drain()
        assert (message.to, message.template) == (address_of("bas"), "introduction_asked")
        assert "Noor wil graag Joke leren kennen, omdat" in message.text
        assert f"/introductions/{pk}/" in message.text

    def test_goes_on_to_the_second_after_a_yes(self):
        _turn, pk = an_introduction("bas", "mo")
        drain()

        telling.reply_to_introduction(pk, Reply.YES, actor=BAS, **AT)

        assert mails() == [(address_of("mo"), "introduction_asked")]

    @pytest.mark.parametrize("reply", [Reply.NO, Reply.LATER])
    def test_tells_nobody_of_a_no_or_later(self, reply):
        turn_id, pk = an_introduction("bas")
        drain()

        telling.reply_to_introduction(pk, reply, actor=BAS, **AT)

        assert mails() == []
        assert letters.row(turn_id).state == "draft"

    def test_sends_a_draft_with_the_last_yes_and_brings_both_together(self):
        turn_id, pk = an_introduction("bas", "mo")
        telling.reply_to_introduction(pk, Reply.YES, actor=BAS, **AT)
        drain()

        progress = telling.reply_to_introduction(pk, Reply.YES, actor=MO, **AT)

        assert progress is Progress.MADE
        assert letters.row(turn_id).state == "requested"
        assert mails() == [
            (address_of("joke"), "introduction_made"),
            (address_of("joke"), "referral_asked"),
            (address_of("noor"), "introduction_made"),
        ]

    def test_names_who_brings_together(self):
        _turn, pk = an_introduction("bas", "mo")
        telling.reply_to_introduction(pk, Reply.YES, actor=BAS, **AT)
        telling.reply_to_introduction(pk, Reply.YES, actor=MO, **AT)

        said = {row.subject for row in drain() if row.template == "introduction_made"}
        assert said == {"Bas en Mo: Noor en Joke, maak kennis"}

    def test_sends_nothing_twice_that_was_sent_meanwhile(self):
        turn_id, pk = an_introduction("bas")
        telling.send(turn_id, actor=NOOR, **AT)
        drain()

        telling.reply_to_introduction(pk, Reply.YES, actor=BAS, **AT)

        assert {template for _to, template in mails()} == {"introduction_made"}
        assert models.Event.objects.filter(turn=turn_id, step="send").count() == 1

    def test_leaves_alone_what_was_taken_back_meanwhile(self):
        turn_id, pk = an_introduction("bas")
        telling.void(turn_id, actor=NOOR, **AT)

        telling.reply_to_introduction(pk, Reply.YES, actor=BAS, **AT)

        assert letters.row(turn_id).state == "entered-in-error"

    def test_is_asked_by_a_link_of_who_has_no_account(self):
        an_introduction("piet")

        assert mails() == [("piet@example.org", "introduction_asked")]


class TestEveryLetter:
    def test_holds_no_word_of_the_need_and_no_words_of_others(self):
        said = "Dat weet de wethouder ook"
        turn_id = a_turn(PIET)
        telling.remark(turn_id, words=said, actor=NOOR, **AT)
        for who, turn in ((BAS, a_turn(a_person_of("bas"))), (KAREL, a_turn(DESK))):
            telling.remark(turn, words=said, actor=who, **AT)
            telling.accept(turn, actor=who, **AT)
            telling.fail(turn, cause=said, actor=who, **AT)
        telling.cancel(turn_id, cause=said, actor=NOOR, **AT)

        texts = [f"{row.subject}\n{row.text}" for row in Message.objects.all()]
        assert len(texts) > 8
        assert not [text for text in texts if letters.OF_NEED in text or said in text]

    def test_says_everything_in_both_languages(self):
        assert set(NEWS["nl"]) == set(NEWS["en"]) == set(News)
        assert not set(NEWS["nl"].values()) & set(NEWS["en"].values())
