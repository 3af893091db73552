# SPDX-License-Identifier: EUPL-1.2
"""Links for who has no account: what they open, once, and what they keep to themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.members import tokens
from scharnier.apps.people import services as people
from scharnier.apps.people.models import Person
from scharnier.apps.referral import by_link, links, models, telling
from scharnier.apps.referral.models import Link
from scharnier.core import referral
from scharnier.core.kernel import NotFound, PersonId, Role
from scharnier.core.referral import LINK_LASTS, Helped, Standing, Step
from tests.factories import DAY, NOON
from tests.integration.apps import letters_scenes as letters
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.letters_scenes import DOOR, PIET, a_stranger, a_turn, address_of, drain, mails
from tests.integration.apps.referral_scenes import BAS, NOOR, RIA, VERA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
AT = {"on": DAY, "at": NOON}
PIETS, DOORS = "piet@example.org", "balie@jongerenwerk.example"
AGAIN = NOON + LINK_LASTS


@pytest.fixture(scope="module", autouse=True)
def _network(_ground):
    letters.settle()


@pytest.fixture
def asked():
    """A turn of Piet, and the secret that he was mailed."""
    turn_id = a_turn(PIET)
    return turn_id, letters.token_to(PIETS)


@pytest.fixture
def accepted(asked):
    """The same after a yes, with the secret to finish by."""
    turn_id, token = asked
    by_link.take_step(token, Step.ACCEPT, by_link.Said(), **AT)
    return turn_id, letters.token_to(PIETS)


def page(token: str) -> str:
    return reverse("referral_link:link", args=[token])


def step(token: str, name: str) -> str:
    return reverse("referral_link:link_step", args=[token, name])


def standing(token: str, *, at=NOON) -> Standing:
    return links.find_link(token, at=at).standing


def acts(name: str) -> int:
    return AuditEvent.objects.filter(act=name).count()


def expire(token: str) -> None:
    """Let a link have been made so long ago that it ran out."""
    row = Link.objects.filter(token_digest=tokens.digest_of(token))
    row.update(made_at=NOON - 2 * LINK_LASTS, expires_at=NOON - LINK_LASTS)


class TestLink:
    def test_keeps_no_secret(self, asked):
        _turn, token = asked

        assert token not in str(list(Link.objects.values()))
        assert Link.objects.get().token_digest == tokens.digest_of(token)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"purpose": "all"},
            {"holder": "anybody"},
            {"purpose": "outcome"},
            {"holder": "concerned"},
            {"turn": None},
        ],
    )
    @pytest.mark.usefixtures("asked")
    def test_cannot_be_stored_when_it_cannot_be(self, wrong):
        with pytest.raises(IntegrityError), transaction.atomic():
            Link.objects.update(**wrong)

    @pytest.mark.usefixtures("asked")
    def test_tells_nothing_in_a_log(self):
        row = Link.objects.get()

        assert str(row) == f"link {row.pk}"

    def test_is_made_and_opened_on_record_without_secret(self, asked):
        turn_id, token = asked

        a_stranger().get(page(token))
        a_stranger().get(page(token))

        assert (acts("referral.link_made"), acts("referral.link_opened")) == (1, 1)
        event = AuditEvent.objects.get(act="referral.link_opened")
        assert (event.actor_id, event.facts) == ("", f'{{"turn":"{turn_id}"}}')


class TestPage:
    def test_shows_what_is_asked_by_whom_without_a_menu(self, asked):
        answer = a_stranger().get(page(asked[1]))

        assert answer.status_code == 200
        assert scenes.WORDS in answer.text
        assert "Noor" in answer.text
        assert "<nav" not in answer.text

    def test_is_told_to_nobody_and_kept_nowhere(self, asked):
        answer = a_stranger().get(page(asked[1]))

        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert 'name="robots" content="noindex' in answer.text
        assert answer.cookies == {}

    def test_names_nobody_of_the_network_beside_who_is_in_it(self, asked):
        client = a_stranger()

        said = client.get(page(asked[1])).text + client.get(step(asked[1], "decline")).text

        others = Person.objects.filter(network_id="kruisveld").exclude(text_id__in=["noor", "piet"])
        names = {name for name in others.values_list("name", flat=True) if len(name) > 3}
        assert names
        assert not [name for name in names if name in said]
        assert "Jongerenwerk" in said

    @pytest.mark.parametrize(
        "headers",
        [{"Sec-Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"Purpose": "prefetch"}],
    )
    def test_changes_nothing_for_who_looks_ahead(self, asked, headers):
        before = list(Link.objects.values())

        assert a_stranger().get(page(asked[1]), headers=headers).status_code == 200
        assert a_stranger().head(page(asked[1])).status_code == 200

        assert list(Link.objects.values()) == before
        assert acts("referral.link_opened") == 0

    @pytest.mark.parametrize("name", ["accept", "decline", "remark"])
    def test_takes_no_step_by_being_looked_at(self, asked, name):
        client = a_stranger()

        client.get(step(asked[1], name))
        client.head(step(asked[1], name))

        assert letters.row(asked[0]).state == "requested"

    @pytest.mark.parametrize("token", ["geraden", "a" * 43, "x\u00e9", "%2e%2e"])
    @pytest.mark.parametrize("method", ["get", "post"])
    @pytest.mark.usefixtures("asked")
    def test_is_not_there_for_who_guesses(self, token, method):
        client = a_stranger()

        address = step(token, "accept") if method == "post" else page(token)
        assert getattr(client, method)(address).status_code == 404

    def test_knows_no_step_of_another_purpose(self, asked):
        client = a_stranger()

        codes = {
            client.post(step(asked[1], name)).status_code for name in ("complete", "outcome", "cancel", "x")
        }

        assert codes == {404}
        assert letters.row(asked[0]).state == "requested"


class TestAnswer:
    def test_takes_it_on_and_mails_a_link_to_finish_by(self, asked):
        turn_id, token = asked

        answer = a_stranger().post(step(token, "accept"))

        assert answer.status_code == 200
        assert "Dank je" in answer.text
        assert letters.row(turn_id).state == "accepted"
        assert mails() == [(address_of("noor"), "referral_news"), (PIETS, "referral_finish")]

    def test_is_put_on_record_as_done_by_nobody_signed_in(self, asked):
        a_stranger().post(step(asked[1], "accept"))

        event = AuditEvent.objects.get(act="referral.accepted")
        assert (event.actor_id, event.object_id) == ("", letters.row(asked[0]).referral_id)
        assert '"part":"candidate"' in event.facts

    def test_declines_with_a_reason_and_another_organization(self, asked):
        turn_id, token = asked
        said = {"reason": "not_my_remit", "rather": "schuldhulp", "words": "Dat is meer iets voor hen."}

        answer = a_stranger().post(step(token, "decline"), said)

        row = letters.row(turn_id)
        assert answer.status_code == 200
        assert (row.state, row.reason) == ("rejected", "not_my_remit")
        assert row.rather_organization.text_id == "schuldhulp"

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            ({}, "Kies waarom niet."),
            ({"reason": "other"}, None),
            ({"reason": "conflict", "rather": "person:bas"}, None),
            ({"reason": "conflict", "words": "Bel Jan op 06 12345678"}, None),
            ({"reason": "conflict", "words": "x" * 3000}, None),
        ],
    )
    def test_says_what_is_wrong_and_loses_nothing(self, asked, said, sentence):
        turn_id, token = asked

        answer = a_stranger().post(step(token, "decline"), said)

        assert answer.status_code == 422
        assert 'role="alert"' in answer.text
        assert sentence is None or sentence in answer.text
        assert said.get("words", "") in answer.text
        assert letters.row(turn_id).state == "requested"
        assert standing(token) is Standing.OPEN

    def test_is_given_once(self, asked):
        turn_id, token = asked
        client = a_stranger()
        client.post(step(token, "accept"))
        drain()

        again = client.post(step(token, "decline"), {"reason": "conflict"})

        assert again.status_code == 410
        assert "Je hebt hier al op geantwoord" in again.text
        assert letters.row(turn_id).state == "accepted"
        assert mails() == []

    def test_makes_every_link_to_the_same_useless(self, asked):
        turn_id, first = asked
        telling.remark(turn_id, words="Het is bij de fontein.", actor=NOOR, **AT)
        second = letters.token_to(PIETS)

        by_link.take_step(first, Step.ACCEPT, by_link.Said(), **AT)

        assert standing(second) is Standing.DONE

    def test_asks_something_and_stays_open(self, asked):
        turn_id, token = asked

        answer = a_stranger().post(step(token, "remark"), {"words": "Waar is dat plein?"})

        assert answer.status_code == 200
        assert models.Remark.objects.get(turn=turn_id).words == "Waar is dat plein?"
        assert mails() == [(address_of("noor"), "referral_news")]
        assert "Waar is dat plein?" in a_stranger().get(page(token)).text

    def test_of_an_organization_is_given_on_its_behalf(self):
        turn_id = a_turn(DOOR)

        by_link.take_step(letters.token_to(DOORS), Step.ACCEPT, by_link.Said(), **AT)

        assert letters.row(turn_id).state == "accepted"
        assert AuditEvent.objects.get(act="referral.accepted").on_behalf_of == "jongerenwerk"


class TestFinish:
    def test_says_what_was_done_in_what_time(self, accepted):
        turn_id, token = accepted

        answer = a_stranger().post(
            step(token, "complete"), {"result": "We spraken met beiden.", "hours": "2"}
        )

        row = letters.row(turn_id)
        assert answer.status_code == 200
        assert (row.state, row.hours) == ("completed", 2.0)
        assert mails() == [(address_of("noor"), "referral_news")]
        assert standing(token) is Standing.DONE

    def test_says_that_it_did_not_work_out(self, accepted):
        turn_id, token = accepted

        a_stranger().post(step(token, "fail"), {"cause": "Niemand deed open."})

        assert letters.row(turn_id).state == "failed"

    def test_lets_it_wait_and_is_finished_by_the_same_link(self, accepted):
        turn_id, token = accepted
        client = a_stranger()

        client.post(step(token, "pause"), {"until": str(DAY + timedelta(days=7)), "words": "Vakantie."})

        assert letters.row(turn_id).state == "on-hold"
        assert step(token, "pause") not in client.get(page(token)).text
        client.post(step(token, "complete"), {"result": "Toch al gedaan."})
        assert letters.row(turn_id).state == "completed"

    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("complete", {"result": ""}),
            ("complete", {"result": "Klaar.", "hours": "-1"}),
            ("complete", {"result": "Klaar.", "hours": "veel"}),
            ("pause", {"until": str(DAY)}),
            ("pause", {"until": "morgen"}),
            ("fail", {"cause": " "}),
            ("remark", {"words": ""}),
        ],
    )
    def test_says_what_is_wrong(self, accepted, name, said):
        turn_id, token = accepted

        assert a_stranger().post(step(token, name), said).status_code == 422
        assert letters.row(turn_id).state == "accepted"


class TestClosed:
    def test_says_that_it_ran_out_and_mails_a_new_one(self, asked):
        _turn, token = asked
        expire(token)
        client = a_stranger()

        closed = client.get(page(token))
        renewed = client.post(reverse("referral_link:renew_link", args=[token]))

        assert (closed.status_code, renewed.status_code) == (410, 200)
        assert scenes.WORDS not in closed.text
        assert standing(letters.token_to(PIETS)) is Standing.OPEN

    def test_mails_a_new_one_once_a_day(self, asked):
        _turn, token = asked
        expire(token)
        by_link.renew(token, **AT)

        with pytest.raises(links.TooSoon):
            by_link.renew(token, on=DAY, at=NOON + timedelta(hours=23))
        assert by_link.renew(token, on=DAY, at=NOON + timedelta(hours=25))

    def test_mails_the_organization_at_its_own_address(self):
        a_turn(DOOR)
        token = letters.token_to(DOORS)
        expire(token)

        by_link.renew(token, **AT)

        assert mails() == [(DOORS, "referral_asked")]

    def test_mails_a_new_link_to_finish_by_after_a_yes(self, accepted):
        expire(accepted[1])
        Link.objects.update(made_at=NOON - 2 * LINK_LASTS)

        by_link.renew(accepted[1], **AT)

        assert mails() == [(PIETS, "referral_finish")]

    def test_mails_no_new_one_where_the_address_has_gone(self, asked):
        expire(asked[1])
        Person.objects.filter(text_id="piet").update(email="")

        answer = a_stranger().post(reverse("referral_link:renew_link", args=[asked[1]]))

        assert answer.status_code == 200
        assert "geen adres meer" in answer.text
        assert mails() == []

    def test_mails_no_new_one_for_what_works_or_is_over(self, asked):
        turn_id, token = asked

        with pytest.raises(links.LinkOpen):
            by_link.renew(token, **AT)
        telling.cancel(turn_id, cause="Al opgelost.", actor=NOOR, **AT)
        with pytest.raises(links.LinkClosed):
            by_link.renew(token, on=DAY, at=AGAIN)

    def test_by_the_sender_opens_nothing_and_is_not_made_anew(self, asked):
        turn_id, token = asked

        assert links.revoke_links(turn_id, actor=NOOR, **AT) == 1

        assert standing(token) is Standing.REVOKED
        assert acts("referral.link_revoked") == 1
        telling.remark(turn_id, words="Ben je er nog?", actor=NOOR, **AT)
        assert mails() == []
        assert links.revoke_links(turn_id, actor=NOOR, **AT) == 0

    @pytest.mark.parametrize("actor", [BAS, VERA])
    def test_by_nobody_else(self, asked, actor):
        with pytest.raises(NotFound):
            links.revoke_links(asked[0], actor=actor, **AT)

        assert standing(asked[1]) is Standing.OPEN

    def test_by_a_coordinator_who_only_looks_on(self, asked):
        with pytest.raises(referral.NotYourStep):
            links.revoke_links(asked[0], actor=RIA, **AT)

    def test_once_it_is_called_off(self, asked):
        turn_id, token = asked

        telling.cancel(turn_id, cause="Al opgelost.", actor=NOOR, **AT)

        answer = a_stranger().post(step(token, "accept"))
        assert answer.status_code == 410
        assert letters.row(turn_id).state == "cancelled"

    def test_once_who_holds_it_can_sign_in(self, asked):
        login = people.Login(name="piet", password="", person_id=PersonId("piet"), role=Role.RESIDENT)
        people.load_logins("kruisveld", logins=[login])

        answer = a_stranger().get(page(asked[1]))

        assert answer.status_code == 410
        assert reverse("referral:work") in answer.text
        with pytest.raises(links.LinkClosed):
            by_link.take_step(asked[1], Step.ACCEPT, by_link.Said(), **AT)

    def test_once_who_holds_it_has_gone(self, asked):
        Person.objects.get(text_id="piet").delete()

        assert standing(asked[1]) is Standing.REVOKED

    def test_after_fourteen_days(self, asked):
        assert standing(asked[1], at=AGAIN - timedelta(seconds=1)) is Standing.OPEN
        assert standing(asked[1], at=AGAIN) is Standing.EXPIRED


class TestOutcome:
    @pytest.fixture
    def done(self):
        return scenes.done()

    def test_is_told_once_by_the_one_it_was_for(self, done):
        token = links.make_outcome_link(done, actor=NOOR, **AT)
        client = a_stranger()

        answer = client.post(step(token, "outcome"), {"helped": "partly", "words": "Het is rustiger nu."})
        again = client.post(step(token, "outcome"), {"helped": "no"})

        assert (answer.status_code, again.status_code) == (200, 410)
        (said,) = models.Feedback.objects.all()
        assert (said.told_by, said.helped, said.words) == ("concerned", "partly", "Het is rustiger nu.")

    def test_is_asked_without_a_word_of_the_need(self, done):
        token = links.make_outcome_link(done, actor=NOOR, **AT)

        answer = a_stranger().get(page(token))

        assert "Heeft het geholpen?" in answer.text
        assert letters.OF_NEED not in answer.text

    def test_wants_an_answer_and_no_personal_data(self, done):
        token = links.make_outcome_link(done, actor=NOOR, **AT)
        client = a_stranger()

        empty = client.post(step(token, "outcome"), {})
        named = client.post(step(token, "outcome"), {"helped": "yes", "words": "Bel 06 12345678"})

        assert (empty.status_code, named.status_code) == (422, 422)
        assert not models.Feedback.objects.exists()

    def test_has_one_link_that_works(self, done):
        first = links.make_outcome_link(done, actor=NOOR, **AT)
        second = links.make_outcome_link(done, actor=NOOR, **AT)

        assert (standing(first), standing(second)) == (Standing.REVOKED, Standing.OPEN)

    def test_cannot_be_asked_before_anything_was_done(self):
        with pytest.raises(referral.NotOver):
            links.make_outcome_link(letters.sent(PIET), actor=NOOR, **AT)

    def test_cannot_be_asked_again_once_told(self, done):
        token = links.make_outcome_link(done, actor=NOOR, **AT)
        by_link.tell_outcome(token, Helped.YES, "", **AT)

        with pytest.raises(links.LinkClosed):
            links.make_outcome_link(done, actor=NOOR, **AT)

    def test_opens_no_step_of_a_turn(self, done):
        token = links.make_outcome_link(done, actor=NOOR, **AT)

        with pytest.raises(links.LinkClosed):
            by_link.take_step(token, Step.ACCEPT, by_link.Said(), **AT)
        with pytest.raises(links.LinkClosed):
            by_link.remark(token, "Hallo", **AT)

    def test_is_handed_over_on_a_page_that_shows_it_once(self, done, sign_in):
        client = sign_in("noor")
        address = reverse("referral_link:outcome_link", args=[done])

        before = client.get(address)
        made = client.post(address)

        assert "/r/" not in before.text
        found = letters.LINK.search(made.text)
        assert found
        assert standing(found[1]) is Standing.OPEN
        assert "<svg viewBox=" in made.text
        assert "style=" not in made.text
        assert "no-store" in made["Cache-Control"]
        assert "/r/" not in client.get(address).text

    @pytest.mark.parametrize("who", ["bas", "mo"])
    def test_is_handed_over_by_nobody_else(self, done, sign_in, who):
        assert (
            sign_in(who, role=Role.RESIDENT)
            .post(reverse("referral_link:outcome_link", args=[done]))
            .status_code
            == 404
        )


class TestCountRequest:
    def test_refuses_a_link_that_is_opened_too_often(self, asked):
        client = a_stranger()

        codes = [client.get(page(asked[1])).status_code for _ in range(links.MOST_OF_LINK + 1)]

        assert codes == [200] * links.MOST_OF_LINK + [403]

    def test_refuses_an_address_that_tries_too_many(self):
        def tries(n, *, address, at=NOON):
            for number in range(n):
                links.count_request(f"t{address}{number}", address=address, at=at)

        tries(links.MOST_OF_ADDRESS, address="192.0.2.1")
        with pytest.raises(links.TooManyRequests):
            tries(1, address="192.0.2.1")
        tries(1, address="192.0.2.2")
        tries(1, address="192.0.2.1", at=NOON + timedelta(hours=1))

    def test_keeps_no_address_and_no_secret(self, asked):
        a_stranger().get(page(asked[1]))

        kept = str(list(models.LinkCount.objects.values()))
        assert models.LinkCount.objects.count() == 2
        assert "127.0.0.1" not in kept
        assert asked[1] not in kept
        assert tokens.digest_of(asked[1]) not in kept

    def test_is_forgotten_after_an_hour(self):
        links.count_request("t", address="192.0.2.1", at=NOON)

        assert links.forget_counts(NOON + timedelta(minutes=59)) == 0
        assert links.forget_counts(NOON + timedelta(hours=1)) == 2


class TestRevokePage:
    def test_takes_links_back_for_the_sender(self, asked, sign_in):
        turn_id, token = asked
        referral_id = letters.row(turn_id).referral_id

        answer = sign_in("noor").post(reverse("referral_link:revoke_links", args=[referral_id, turn_id]))

        assert answer.status_code == 302
        assert standing(token) is Standing.REVOKED

    def test_is_not_there_for_others(self, asked, sign_in):
        referral_id = letters.row(asked[0]).referral_id
        address = reverse("referral_link:revoke_links", args=[referral_id, asked[0]])

        assert sign_in("bas", role=Role.RESIDENT).post(address).status_code == 404
        assert standing(asked[1]) is Standing.OPEN
