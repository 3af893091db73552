# SPDX-License-Identifier: EUPL-1.2
"""Who is asked to introduce and has no account answers by a link: once, and a no stays there."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.people.models import Person
from scharnier.apps.referral import by_link, links, models, selectors, showing, telling
from scharnier.core.kernel import PersonId
from scharnier.core.referral import Progress, Reply, Standing, Step
from tests.factories import DAY, NOON
from tests.integration.apps import letters_scenes as letters
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.letters_scenes import a_stranger, address_of, drain, mails, token_to
from tests.integration.apps.members_scenes import let_in
from tests.integration.apps.referral_scenes import BAS, NOOR

pytestmark = pytest.mark.django_db
AT = {"on": DAY, "at": NOON}
PIETS = "piet@example.org"


@pytest.fixture(autouse=True)
def _kruisveld(settings):
    settings.DAY = DAY
    settings.ADDRESS = "https://kruisveld.example.org"
    letters.settle()


def ask(*introducers):
    """Let Noor ask to be introduced to Joke; return the turn, which is a draft, and the introduction."""
    (turn_id,) = scenes.turns_of(scenes.draft(scenes.a_person_of("joke")))
    ids = tuple(map(PersonId, introducers))
    return turn_id, telling.ask_introduction(turn_id, ids, actor=NOOR, **AT)


@pytest.fixture
def asked():
    """A turn that waits for Piet's introduction, and the secret of his link."""
    turn_id, _pk = ask("piet")
    return turn_id, token_to(PIETS)


def page_of(token):
    return reverse("referral_link:link", args=[token])


def reply(token, said):
    return a_stranger().post(
        reverse("referral_link:link_step", args=[token, "introduce"]), {"reply": said} if said else {}
    )


def standing(token, *, at=NOON):
    return links.find_link(token, at=at).standing


def the_introduction():
    return models.Introduction.objects.get()


class TestMail:
    def test_brings_a_link_to_who_has_no_account(self):
        ask("piet")

        (message,) = drain()
        assert (message.to, message.template) == (PIETS, "introduction_asked")
        assert "/r/" in message.text
        assert "werkt tot en met 11 april" in message.text
        assert letters.OF_NEED not in message.text

    def test_brings_the_page_to_who_has_one(self):
        ask("bas")

        (message,) = drain()
        assert (message.to, "/introductions/" in message.text) == (address_of("bas"), True)
        assert not models.Link.objects.exists()

    def test_goes_nowhere_without_an_address(self):
        Person.objects.filter(text_id="piet").update(email="")

        ask("piet")

        assert mails() == []
        assert not models.Link.objects.exists()

    def test_comes_to_the_second_after_a_yes_of_the_first(self):
        _turn, pk = ask("bas", "piet")
        assert [to for to, _ in mails()] == [address_of("bas")]

        telling.reply_to_introduction(pk, Reply.YES, actor=BAS, **AT)

        assert mails() == [(PIETS, "introduction_asked")]


class TestPage:
    def test_says_who_would_like_to_meet_whom_and_why(self, asked):
        shown = a_stranger().get(page_of(asked[1]))

        assert shown.status_code == 200
        assert "Noor wil graag kennismaken met Joke" in shown.text
        assert scenes.WORDS in shown.text
        assert shown.headers["Referrer-Policy"] == "no-referrer"

    def test_opens_nothing_else_of_the_referral(self, asked):
        for step in ("accept", "decline", "remark", "outcome", "complete"):
            address = reverse("referral_link:link_step", args=[asked[1], step])
            assert a_stranger().post(address, {"words": "Hoi.", "helped": "yes"}).status_code == 404

    @pytest.mark.parametrize("act", ["take_step", "remark"])
    def test_takes_no_step_of_who_is_asked(self, asked, act):
        said = (Step.ACCEPT, by_link.Said()) if act == "take_step" else ("Hoi.",)

        with pytest.raises(links.LinkClosed):
            getattr(by_link, act)(asked[1], *said, **AT)

    def test_asks_for_an_answer(self, asked):
        answer = reply(asked[1], "")

        assert answer.status_code == 422
        assert "Kies ja, later of nee." in answer.text
        assert standing(asked[1]) is Standing.OPEN

    def test_puts_on_record_that_it_was_made_and_opened_without_a_name(self, asked):
        a_stranger().get(page_of(asked[1]))

        acts = list(AuditEvent.objects.filter(act__startswith="referral.link").values_list("act", "facts"))
        assert [act for act, _ in acts] == ["referral.link_made", "referral.link_opened"]
        assert not any("piet" in facts for _, facts in acts)


class TestReply:
    def test_yes_brings_both_together_and_sends_the_draft(self, asked):
        turn_id, token = asked

        answer = reply(token, "yes")

        assert answer.status_code == 200
        assert letters.row(turn_id).state == "requested"
        assert (the_introduction().n_yes, standing(token)) == (1, Standing.DONE)
        assert {template for _, template in mails()} == {"introduction_made", "referral_asked"}

    def test_no_is_told_to_nobody(self, asked):
        turn_id, token = asked

        answer = reply(token, "no")

        assert "Niemand hoort" in answer.text
        assert mails() == []
        assert the_introduction().is_declined
        assert letters.row(turn_id).state == "draft"
        assert standing(token) is Standing.DONE

    def test_later_leaves_the_link_open(self, asked):
        _turn, token = asked

        answer = reply(token, "later")

        assert page_of(token) in answer.text
        assert standing(token) is Standing.OPEN
        assert reply(token, "yes").status_code == 200
        assert the_introduction().n_yes == 1

    def test_is_given_once(self, asked):
        _turn, token = asked
        reply(token, "no")

        again = reply(token, "yes")

        assert again.status_code == 410
        assert (the_introduction().n_yes, the_introduction().is_declined) == (0, True)

    @pytest.mark.parametrize("said", [None, "later", "no"])
    def test_looks_the_same_to_who_asked_whatever_was_said(self, asked, said):
        turn_id, token = asked
        if said:
            reply(token, said)

        page = selectors.referral_page(letters.row(turn_id).referral_id, actor=NOOR, on=DAY)
        (turn,) = showing.show_referral(page, actor=NOOR, topics=()).turns

        assert page.turns[0].introductions[0].progress is Progress.WAITING
        assert turn.may_revoke

    def test_of_the_first_is_not_taken_by_the_link_of_the_second(self):
        _turn, pk = ask("bas", "piet")
        telling.reply_to_introduction(pk, Reply.YES, actor=BAS, **AT)
        token = token_to(PIETS)

        reply(token, "yes")

        assert the_introduction().n_yes == 2


class TestLink:
    def test_runs_out_after_two_weeks_and_comes_anew(self, asked):
        _turn, token = asked
        models.Link.objects.update(expires_at=NOON, made_at=NOON - timedelta(days=14))
        assert standing(token) is Standing.EXPIRED

        assert by_link.renew(token, **AT)

        fresh = token_to(PIETS)
        assert (fresh != token, standing(fresh)) == (True, Standing.OPEN)
        with pytest.raises(links.TooSoon):
            by_link.renew(token, **AT)

    def test_is_taken_back_by_who_asked(self, asked):
        turn_id, token = asked

        assert links.revoke_links(turn_id, actor=NOOR, **AT) == 1

        assert standing(token) is Standing.REVOKED
        assert reply(token, "yes").status_code == 410

    def test_says_that_it_was_called_off(self, asked):
        turn_id, token = asked
        telling.void(turn_id, actor=NOOR, **AT)

        assert standing(token) is Standing.CALLED_OFF

    def test_leads_to_the_account_once_there_is_one(self, asked):
        let_in("kruisveld", {"piet": scenes.ROLES["bas"]})

        assert standing(asked[1]) is Standing.HAS_ACCOUNT

    def test_opens_nothing_once_who_held_it_has_gone(self, asked):
        Person.objects.get(text_id="piet").delete()

        assert standing(asked[1]) is Standing.REVOKED

    def test_is_counted(self, asked, monkeypatch):
        monkeypatch.setattr(links, "MOST_OF_LINK", 1)

        a_stranger().get(page_of(asked[1]))

        assert a_stranger().get(page_of(asked[1])).status_code == 403

    @pytest.mark.parametrize(
        "change", [{"introducer_text_id": ""}, {"purpose": "answer"}, {"holder": "organization"}]
    )
    def test_cannot_be_half_a_link(self, asked, change):
        assert asked

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Link.objects.update(**change)
