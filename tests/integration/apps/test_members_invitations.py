# SPDX-License-Identifier: EUPL-1.2
"""Coming in by an invitation: one link, once, for two weeks, and nobody is found before saying so."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import ANY

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from scharnier.apps.mail.models import Message
from scharnier.apps.members import access, models, selectors, services, tokens
from scharnier.apps.people import access as people
from scharnier.apps.people.models import Account, Person, User
from scharnier.core.kernel import Role
from tests.factories import DAY, NOON, an_actor
from tests.integration.apps import members_scenes as scenes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
LIST, INVITE = reverse("members:invitations"), reverse("members:invite")
NEW = {"name": "Noor de Wit", "password": scenes.PASSWORD}


@pytest.fixture(scope="module", autouse=True)
def _networks(_ground):
    scenes.settle()


def invite(email="noor@example.org", *, role=Role.RESIDENT, actor=scenes.RIA, at=NOON, **facts):
    return services.invite(email=email, role=role, actor=actor, at=at, link_to=scenes.link_to, **facts)


def a_token(**facts):
    """Invite now, and return the token that was mailed."""
    invite(**{"at": timezone.now(), **facts})
    return scenes.token_in(scenes.letters()[-1])


def page_of(token):
    return reverse("members:invitation", args=[token])


class TestInvite:
    def test_mails_a_link_and_keeps_only_its_digest(self):
        row = invite("Noor@Example.org ")

        letter = scenes.letters()[0]
        token = scenes.token_in(letter)
        assert letter.to == row.email == "noor@example.org"
        assert row.token_digest == tokens.digest_of(token)
        assert token not in str(models.Invitation.objects.values().get())
        assert "Ria nodigt je uit voor Kruisveld" in letter.subject
        assert "12 april 2026" in letter.text
        assert scenes.acts() == ["invitation.sent"]

    def test_makes_tokens_nobody_guesses(self):
        made = {tokens.new_token() for _ in range(50)}

        assert len(made) == 50
        assert min(map(len, made)) >= 43  # 32 bytes in base 64

    def test_lasts_two_weeks(self):
        row = invite()

        assert row.expires_at - row.made_at == timedelta(days=14)

    def test_goes_once_to_an_address(self):
        invite()

        with pytest.raises(services.AlreadyInvited):
            invite("NOOR@example.org")

    def test_goes_again_to_an_address_after_it_was_withdrawn(self):
        row = invite()
        services.withdraw_invitation(row.pk, actor=scenes.RIA, at=NOON)

        assert invite().pk != row.pk

    def test_goes_to_nobody_who_is_in(self):
        with pytest.raises(services.AlreadyMember):
            invite("samira@kruisveld")

    def test_takes_a_card_that_nobody_signs_in_as(self):
        assert invite(person_id="joke").person_text_id == "joke"

    def test_takes_no_card_of_somebody_who_signs_in(self):
        with pytest.raises(services.CardTaken):
            invite(person_id="samira")

    @pytest.mark.parametrize("person_id", ["vera", "nobody"])
    def test_takes_no_card_of_another_network(self, person_id):
        with pytest.raises(people.PersonNotFound):
            invite(person_id=person_id)

    @pytest.mark.parametrize("role", set(Role) - {Role.COORDINATOR, Role.ADMINISTRATOR})
    def test_is_not_for_every_role(self, role):
        with pytest.raises(access.NotForThisRole):
            invite(actor=an_actor("samira", role=role))

        assert scenes.letters() == []

    def test_mails_nothing_when_the_log_fails(self, monkeypatch):
        def fail(**_facts):
            raise DatabaseError

        monkeypatch.setattr("scharnier.apps.members.services._invitations.log.record", fail)

        with pytest.raises(DatabaseError):
            invite()

        assert not models.Invitation.objects.exists()
        assert not Message.objects.exists()


class TestSendInvitationAgain:
    def test_mails_a_new_link_and_closes_the_old_one(self):
        row = invite()
        old = scenes.token_in(scenes.letters()[0])

        services.send_invitation_again(
            row.pk, actor=scenes.RIA, at=NOON + timedelta(days=20), link_to=scenes.link_to
        )

        later = NOON + timedelta(days=21)
        new = scenes.token_in(scenes.letters()[-1])
        assert services.check_invitation(new, at=later).pk == row.pk
        with pytest.raises(services.InvitationUnknown):
            services.check_invitation(old, at=later)

    def test_stops_at_the_border_of_the_network(self):
        row = invite()

        with pytest.raises(access.InvitationNotFound):
            services.send_invitation_again(row.pk, actor=scenes.STRANGER, at=NOON, link_to=scenes.link_to)

    def test_is_not_for_every_role(self):
        row = invite()

        with pytest.raises(access.NotForThisRole):
            services.send_invitation_again(row.pk, actor=scenes.SAMIRA, at=NOON, link_to=scenes.link_to)

    def test_wakes_no_withdrawn_invitation(self):
        row = invite()
        services.withdraw_invitation(row.pk, actor=scenes.RIA, at=NOON)

        with pytest.raises(services.InvitationWithdrawn):
            services.send_invitation_again(row.pk, actor=scenes.RIA, at=NOON, link_to=scenes.link_to)


class TestWithdrawInvitation:
    def test_closes_the_link_at_once(self):
        row = invite()

        services.withdraw_invitation(row.pk, actor=scenes.OMAR, at=NOON)

        with pytest.raises(services.InvitationWithdrawn):
            services.check_invitation(scenes.token_in(scenes.letters()[0]), at=NOON)
        assert scenes.acts() == ["invitation.sent", "invitation.withdrawn"]

    @pytest.mark.parametrize("actor", [scenes.SAMIRA, scenes.STRANGER])
    def test_is_for_who_keeps_this_network(self, actor):
        row = invite()

        with pytest.raises(access.InvitationNotFound):
            services.withdraw_invitation(row.pk, actor=actor, at=NOON)

    def test_comes_too_late_once_it_was_used(self):
        row = invite()
        models.Invitation.objects.filter(pk=row.pk).update(used_at=NOON)

        with pytest.raises(services.InvitationUsed):
            services.withdraw_invitation(row.pk, actor=scenes.RIA, at=NOON)


class TestAcceptInvitation:
    def test_lets_a_user_in_with_a_card_that_nobody_finds(self):
        token, user = a_token(), User.objects.create_user("noor")

        services.accept_invitation(token, user=user, name="Noor", at=timezone.now())

        account = Account.objects.get(user=user)
        assert (account.network_id, account.role, account.person.name) == ("kruisveld", "resident", "Noor")
        assert "noor" not in account.person.text_id
        assert not account.person.consents.exists()
        assert not people.persons(scenes.RIA, on=DAY).filter(pk=account.person_id).exists()
        assert scenes.acts() == ["invitation.sent", "invitation.accepted"]

    def test_gives_a_new_revision_so_that_every_process_sees_it(self):
        token, user = a_token(), User.objects.create_user("noor")
        before = models.Invitation.objects.get().network.revision

        services.accept_invitation(token, user=user, name="Noor", at=timezone.now())

        assert models.Invitation.objects.get().network.revision != before

    def test_gives_the_card_it_is_for(self):
        token, user = a_token(person_id="joke"), User.objects.create_user("joke")

        services.accept_invitation(token, user=user, name="Joke", at=timezone.now())

        assert Account.objects.get(user=user).person.text_id == "joke"

    def test_gives_a_new_card_when_the_card_went(self):
        token, user = a_token(person_id="joke"), User.objects.create_user("joke")
        Person.objects.filter(text_id="joke").delete()

        services.accept_invitation(token, user=user, name="Joke", at=timezone.now())

        assert Account.objects.get(user=user).person.text_id.startswith("p-")

    def test_works_once(self):
        token = a_token()
        services.accept_invitation(
            token, user=User.objects.create_user("noor"), name="Noor", at=timezone.now()
        )

        with pytest.raises(services.InvitationUsed):
            services.accept_invitation(
                token, user=User.objects.create_user("piet"), name="Piet", at=timezone.now()
            )

    def test_works_for_two_weeks(self):
        token, user = a_token(at=NOON), User.objects.create_user("noor")

        with pytest.raises(services.InvitationExpired):
            services.accept_invitation(token, user=user, name="Noor", at=NOON + timedelta(days=14))

    def test_works_for_nobody_who_is_in(self):
        token = a_token()

        with pytest.raises(services.AlreadyMember):
            services.accept_invitation(token, user=scenes.user_of("samira"), name="Samira", at=timezone.now())

        assert models.Invitation.objects.get().used_at is None

    def test_works_for_who_is_in_another_network(self):
        token, user = a_token(), scenes.user_of("vera", network_id="elders")

        services.accept_invitation(token, user=user, name="Vera", at=timezone.now())

        assert set(user.accounts.values_list("network_id", flat=True)) == {"elders", "kruisveld"}

    def test_lets_nobody_in_when_the_log_fails(self, monkeypatch):
        token = a_token()

        def fail(**_facts):
            raise DatabaseError

        monkeypatch.setattr("scharnier.apps.members.services._invitations.log.record", fail)
        new_user = services.NewUser(**NEW)

        with pytest.raises(DatabaseError):
            services.accept_with_new_user(token, new_user=new_user, at=timezone.now())

        assert not User.objects.filter(username="noor@example.org").exists()
        assert models.Invitation.objects.get().used_at is None
        assert Person.objects.filter(text_id__startswith="p-").count() == 0


class TestAcceptWithNewUser:
    def test_makes_a_user_of_the_address(self):
        token = a_token()

        user = services.accept_with_new_user(token, new_user=services.NewUser(**NEW), at=timezone.now())

        assert (user.username, user.email) == ("noor@example.org", "noor@example.org")
        assert user.check_password(scenes.PASSWORD)
        assert user.emailaddress_set.get().verified

    def test_takes_no_name_that_is_taken(self):
        token = a_token()
        User.objects.create_user("Noor@example.org")

        with pytest.raises(services.NameTaken):
            services.accept_with_new_user(token, new_user=services.NewUser(**NEW), at=timezone.now())


class TestInvitationRows:
    def test_hold_one_open_invitation_to_an_address(self):
        invite()
        row = models.Invitation.objects.get()
        row.pk, row.token_digest = None, "another"

        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)

    def test_are_not_both_used_and_withdrawn(self):
        invite()

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Invitation.objects.update(used_at=NOON, withdrawn_at=NOON)

    @pytest.mark.parametrize("role", Role)
    def test_are_given_as_the_policy_allows(self, role):
        invite()

        found = access.invitations(an_actor("samira", role=role))

        assert found.exists() is (role in {Role.COORDINATOR, Role.ADMINISTRATOR})
        assert not access.invitations(scenes.STRANGER).exists()


class TestInvitationPage:
    def test_says_who_invites_to_what(self, client):
        said = client.get(page_of(a_token())).text

        assert "Je bent uitgenodigd voor Kruisveld" in said
        assert "Ria wil je graag bij Kruisveld" in said

    def test_says_so_without_a_name_when_the_inviter_left(self, client):
        token = a_token()
        Person.objects.filter(text_id="ria").delete()

        assert "Mensen van Kruisveld" in client.get(page_of(token)).text

    def test_lets_somebody_new_in(self, client):
        answer = client.post(page_of(a_token()), NEW, follow=True)

        assert answer.redirect_chain == [(reverse("overview:ask"), 302)]
        assert answer.status_code == 200
        assert Account.objects.get(user__username="noor@example.org").role == "resident"

    def test_asks_a_new_coordinator_for_a_second_step_first(self, client):
        answer = client.post(page_of(a_token(role=Role.COORDINATOR)), NEW, follow=True)

        assert answer.redirect_chain[-1] == (reverse("mfa_index"), 302)

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"name": "", "password": scenes.PASSWORD}, "Vul je naam in."),
            ({"name": "Noor", "password": ""}, "Kies een wachtwoord."),
            ({"name": "Noor", "password": "kort"}, "wachtwoord"),
            ({"name": "Noor", "password": "noor@example.org"}, "wachtwoord"),
        ],
    )
    def test_says_what_is_missing(self, client, given, sentence):
        answer = client.post(page_of(a_token()), given)

        assert answer.status_code == 200
        assert sentence in answer.text.partition('role="alert"')[2]
        assert not User.objects.filter(username="noor@example.org").exists()

    def test_sends_who_has_an_account_to_log_in(self, client):
        User.objects.create_user("noor@example.org")

        answer = client.post(page_of(a_token()), NEW)

        assert answer.status_code == 200
        assert "Log daar eerst mee in" in answer.text

    def test_lets_a_user_join_with_one_button(self, sign_in):
        client, token = sign_in("vera", network_id="elders", role=Role.RESIDENT), a_token()

        shown = client.get(page_of(token)).text
        client.post(page_of(token))

        assert "Meedoen als vera@elders" in shown
        assert client.get(reverse("overview:ask")).wsgi_request.actor.network_id == "kruisveld"

    def test_of_an_unknown_link_is_the_same_for_every_guess(self, client):
        answers = [client.get(page_of(guess)) for guess in ("x", tokens.new_token(), "y" * 300)]

        assert {answer.status_code for answer in answers} == {404}
        texts = {answer.text.replace(answer.wsgi_request.path, "") for answer in answers}
        assert len({_without_form_tokens(text) for text in texts}) == 1

    def test_asks_the_database_as_often_for_a_guess_as_for_a_link_that_was_used(
        self, client, django_assert_num_queries
    ):
        token = a_token()
        models.Invitation.objects.update(used_at=NOON)
        client.get(page_of(token))

        for address in (page_of(token), page_of(tokens.new_token())):
            with django_assert_num_queries(1):
                client.get(address)

    @pytest.mark.parametrize(
        ("change", "status", "sentence"),
        [
            ({"expires_at": NOON + timedelta(days=1), "made_at": NOON}, 409, "ouder dan twee weken"),
            ({"used_at": NOON}, 409, "al gebruikt"),
            ({"withdrawn_at": NOON}, 409, "ingetrokken"),
        ],
    )
    def test_says_why_a_link_does_not_work(self, client, change, status, sentence):
        token = a_token()
        models.Invitation.objects.update(**change)

        answers = [client.get(page_of(token)), client.post(page_of(token), NEW)]

        assert [answer.status_code for answer in answers] == [status, status]
        assert all(sentence in answer.text for answer in answers)
        assert not User.objects.filter(username="noor@example.org").exists()


def _without_form_tokens(text):
    return "".join(
        line for line in text.splitlines() if "csrfmiddlewaretoken" not in line and "next" not in line
    )


class TestInvitePage:
    def test_sends_an_invitation(self, sign_in):
        client = sign_in("ria", role=Role.COORDINATOR)

        answer = client.post(INVITE, {"email": "noor@example.org", "role": "board"}, follow=True)

        assert "De uitnodiging gaat naar noor@example.org" in answer.text
        assert models.Invitation.objects.get().role == "board"
        assert client.get(scenes.link_in(scenes.letters()[0])).status_code == 200

    def test_offers_the_cards_without_an_account(self, sign_in):
        said = sign_in("ria", role=Role.COORDINATOR).get(INVITE).text

        assert '<option value="joke">' in said
        assert '<option value="samira">' not in said

    @pytest.mark.parametrize("email", ["", "noor"])
    def test_says_that_an_address_is_none(self, sign_in, email):
        answer = sign_in("ria", role=Role.COORDINATOR).post(INVITE, {"email": email, "role": "board"})

        assert answer.status_code == 200
        assert "e-mailadres" in answer.text.partition('role="alert"')[2]

    @pytest.mark.parametrize("role", set(Role) - {Role.COORDINATOR, Role.ADMINISTRATOR})
    @pytest.mark.parametrize("address", [INVITE, LIST])
    def test_is_not_for_every_role(self, sign_in, role, address):
        assert sign_in("samira", role=role).get(address).status_code == 403


class TestInvitations:
    def test_stand_in_a_list_with_how_they_are(self):
        invite("a@example.org")
        rows = [invite(f"{name}@example.org") for name in "bcd"]
        models.Invitation.objects.filter(pk=rows[0].pk).update(used_at=NOON)
        models.Invitation.objects.filter(pk=rows[1].pk).update(withdrawn_at=NOON)
        models.Invitation.objects.filter(pk=rows[2].pk).update(expires_at=NOON + timedelta(hours=1))

        lines = selectors.invitation_lines(scenes.RIA, at=NOON + timedelta(hours=2)).lines

        states = {line.email[0]: line.state for line in lines}
        assert states == {"a": "open", "b": "used", "c": "withdrawn", "d": "expired"}
        assert {line.email[0] for line in lines if line.is_open} == {"a", "d"}

    def test_are_sent_again_and_withdrawn_by_a_button(self, sign_in):
        client, row = sign_in("ria", role=Role.COORDINATOR), invite(at=timezone.now())

        client.post(reverse("members:send_again", args=[row.pk]))
        answer = client.post(reverse("members:withdraw", args=[row.pk]), follow=True)

        assert len(scenes.letters()) == 2
        assert "ingetrokken" in answer.text
        assert models.Invitation.objects.get().withdrawn_at == ANY

    def test_take_as_many_queries_for_fifty_as_for_one(self, sign_in, django_assert_num_queries):
        client = sign_in("ria", role=Role.COORDINATOR)
        invite()
        client.get(LIST)
        with django_assert_num_queries(6) as counted:
            client.get(LIST)
        for number in range(50):
            invite(f"user-{number}@example.org")

        with django_assert_num_queries(len(counted.captured_queries)):
            said = client.get(LIST).text

        assert "user-49@example.org" in said
