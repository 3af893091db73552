# SPDX-License-Identifier: EUPL-1.2
"""Cards are looked over: noted, asked for by mail, confirmed by a link, and told in words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.module_loading import import_string

from scharnier.apps.audit import models as audit
from scharnier.apps.mail import models as mail
from scharnier.apps.people import access, cards, links, models, selectors, services
from scharnier.core.kernel import OrganizationId, PersonId, Role
from tests.factories import DAY, NOON, an_actor
from tests.integration import neighbourhood

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
AT = {"on": DAY, "at": NOON}
SAMIRA, KAREL = an_actor(), an_actor("karel", acts_for="schuldhulp")
DUE = DAY + timedelta(days=184)  # the day after half a year


@pytest.fixture(scope="module", autouse=True)
def _network(_ground, load):
    load(neighbourhood.a_neighbourhood())


def check(group=cards.Group.WAYS, *, on=DAY):
    services.confirm_group(group, actor=SAMIRA, on=on, at=NOON)
    return models.CardCheck.objects.get(person__text_id="samira", group=group.value)


def check_organization(group=cards.Group.WAYS, *, on=DAY):
    services.confirm_organization(OrganizationId("schuldhulp"), group, actor=KAREL, on=on, at=NOON)
    return models.CardCheck.objects.get(organization__text_id="schuldhulp", group=group.value)


def token_of(row):
    return links.link_of(row).rstrip("/").rpartition("/")[2]


def page(row):
    return reverse("people:confirm", args=[token_of(row)])


def give_organization_an_address():
    models.Organization.objects.filter(text_id="schuldhulp").update(email="hulp@example.org", phone="010 1")


class TestCardCheck:
    def test_is_kept_once_for_each_group_of_a_card(self):
        check()
        check(on=DUE)

        row = models.CardCheck.objects.get()
        assert (row.checked_on, row.verify_by) == (DUE, DUE + timedelta(days=183))

    @pytest.mark.parametrize(
        "wrong",
        [
            {"group": "onzin"},
            {"verify_by": DAY - timedelta(days=1)},
            {"person": None},
        ],
    )
    def test_cannot_be_stored_when_it_cannot_be(self, wrong):
        check()

        with pytest.raises(IntegrityError), transaction.atomic():
            models.CardCheck.objects.update(**wrong)

    def test_cannot_be_of_two_cards(self):
        check()

        with pytest.raises(IntegrityError), transaction.atomic():
            models.CardCheck.objects.update(organization=neighbourhood.organization())

    def test_tells_nobodys_name_in_a_log(self):
        row = check()

        assert str(row) == f"check {row.pk}"

    def test_goes_with_its_card(self):
        check()

        neighbourhood.person().delete()

        assert not models.CardCheck.objects.exists()


class TestConfirmByLink:
    def test_notes_the_group_and_nothing_else(self):
        row = check()
        before = list(models.Person.objects.order_by("pk").values())

        services.confirm_by_link(token_of(row), actor=None, on=DUE, at=NOON)

        row.refresh_from_db()
        assert (row.checked_on, row.verify_by) == (DUE, DUE + timedelta(days=183))
        assert list(models.Person.objects.order_by("pk").values()) == before

    def test_is_put_on_record_as_done_by_nobody_signed_in(self):
        services.confirm_by_link(token_of(check()), actor=None, **AT)

        event = neighbourhood.last_event()
        assert (event.act, event.actor_id, event.object_id) == ("card.checked", "", "samira")
        assert event.facts == '{"by":"link","group":"ways"}'

    def test_is_put_on_record_as_done_by_who_is_signed_in(self):
        services.confirm_by_link(token_of(check()), actor=SAMIRA, **AT)

        assert neighbourhood.last_event().actor_id == "samira"

    def test_works_once(self):
        token = token_of(check())
        services.confirm_by_link(token, actor=None, **AT)

        with pytest.raises(links.LinkUsed):
            services.confirm_by_link(token, actor=None, **AT)

    def test_does_not_work_after_the_group_was_changed(self):
        token = token_of(check())
        services.change_ways(services.Reach(email="", phone="", reach="Bel."), actor=SAMIRA, **AT)

        with pytest.raises(links.LinkUsed):
            services.confirm_by_link(token, actor=None, **AT)

    def test_is_good_for_its_own_group_only(self):
        skills = check(cards.Group.SKILLS)

        services.confirm_by_link(token_of(check()), actor=None, on=DUE, at=NOON)

        skills.refresh_from_db()
        assert skills.checked_on == DAY

    @pytest.mark.parametrize(
        "actor",
        [KAREL, an_actor("anneke", role=Role.COORDINATOR), an_actor("samira", network_id="elders")],
        ids=["another", "coordinator", "elsewhere"],
    )
    def test_is_refused_to_who_is_signed_in_as_somebody_else(self, actor):
        row = check()

        with pytest.raises(links.LinkInvalid):
            services.confirm_by_link(token_of(row), actor=actor, on=DUE, at=NOON)

        row.refresh_from_db()
        assert row.checked_on == DAY

    def test_of_an_organization_is_for_who_acts_for_it(self):
        row = check_organization()

        with pytest.raises(links.LinkInvalid):
            services.confirm_by_link(token_of(row), actor=SAMIRA, on=DUE, at=NOON)
        services.confirm_by_link(token_of(row), actor=KAREL, on=DUE, at=NOON)

        row.refresh_from_db()
        assert row.checked_on == DUE

    def test_is_refused_when_it_is_too_old(self, monkeypatch):
        token = token_of(check())
        monkeypatch.setattr(links, "LINK_LASTS", timedelta(seconds=-1))

        with pytest.raises(links.LinkInvalid):
            services.confirm_by_link(token, actor=None, **AT)

    def test_lasts_thirty_days(self):
        assert timedelta(days=30) == links.LINK_LASTS

    @pytest.mark.parametrize("token", ["", "x", "a:b:c", "é", "W10:1:x"])
    def test_is_refused_when_it_was_never_ours(self, token):
        with pytest.raises(links.LinkInvalid):
            services.confirm_by_link(token, actor=None, **AT)

    def test_is_refused_with_one_letter_changed(self):
        token = token_of(check())

        for place in (2, len(token) // 2, -2):
            letter = "A" if token[place] != "A" else "B"
            changed = token[:place] + letter + (token[place + 1 :] if place != -2 else token[-1])
            with pytest.raises(links.LinkInvalid):
                services.confirm_by_link(changed, actor=None, **AT)

    def test_is_refused_when_it_was_made_for_something_else(self):
        row = check()

        for salt in ("people.reset_password", "django.core.signing"):
            with pytest.raises(links.LinkInvalid):
                services.confirm_by_link(signing.dumps([row.pk, row.version], salt=salt), actor=None, **AT)

    @pytest.mark.parametrize("held", [[], [1], [1, 2, 3], "ab", {"pk": 1}, ["x", "y"], None, 7])
    def test_is_refused_when_it_holds_something_else(self, held):
        with pytest.raises(links.LinkInvalid):
            services.confirm_by_link(signing.dumps(held, salt=links.SALT), actor=None, **AT)

    def test_is_refused_when_the_card_is_gone(self):
        token = token_of(check())
        neighbourhood.person().delete()

        with pytest.raises(links.LinkInvalid):
            services.confirm_by_link(token, actor=None, **AT)

    def test_leaves_nothing_behind_when_it_fails(self, monkeypatch):
        row = check()

        def fail(**_event):
            raise IntegrityError

        monkeypatch.setattr("scharnier.apps.audit.services.record", fail)

        with pytest.raises(IntegrityError):
            services.confirm_by_link(token_of(row), actor=None, on=DUE, at=NOON)

        row.refresh_from_db()
        assert row.checked_on == DAY

    def test_takes_few_queries(self, django_assert_max_num_queries):
        token = token_of(check())

        with django_assert_max_num_queries(8):  # savepoint, check, save, revision, log
            services.confirm_by_link(token, actor=None, **AT)


class TestConfirmPage:
    def test_shows_the_group_and_one_button_without_signing_in(self, client):
        row = check()

        response = client.get(page(row))

        assert response.status_code == 200
        assert "App na twee uur." in response.text
        assert "06 11112222" in response.text
        assert response.text.count("<main") == 1
        assert response.text.partition("<main")[2].count("<button") == 1

    def test_shows_nothing_of_the_other_groups(self, client):
        text = client.get(page(check())).text

        for other in ("Ik ken de jongeren.", "zwaardvechten", "schulden", "Noord", "jongerenwerker"):
            assert other not in text

    def test_changes_nothing_by_being_opened(self, client):
        row = check()
        before = neighbourhood.revision()

        for _ in range(3):
            client.get(page(row))
            client.head(page(row))

        row.refresh_from_db()
        assert (row.checked_on, neighbourhood.revision()) == (DAY, before)

    def test_confirms_with_its_button(self, client, settings):
        row = check()
        settings.DAY = DUE

        response = client.post(page(row))

        row.refresh_from_db()
        assert response.status_code == 200
        assert "Dank je wel" in response.text
        assert row.checked_on == DUE

    def test_wants_the_token_of_its_form(self):
        row = check()
        strict = Client(enforce_csrf_checks=True, raise_request_exception=False)

        assert strict.post(page(row)).status_code == 403

    def test_stays_out_of_caches_search_and_other_sites(self, client):
        response = client.get(page(check()))

        assert "no-store" in response["Cache-Control"]
        assert "noindex" in response.text
        assert response["Referrer-Policy"] == "same-origin"  # stricter would forge our own form

    def test_says_that_a_used_link_needs_nothing_more(self, client):
        row = check()
        address = page(row)
        client.post(address)

        response = client.get(address)

        assert response.status_code == 409
        assert "Je hoeft niets meer te doen." in response.text
        assert "06 11112222" not in response.text

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_not_there_for_somebody_else_who_is_signed_in(self, sign_in, method):
        row = check()

        response = getattr(sign_in("karel"), method)(page(row))

        assert response.status_code == 404
        assert "06 11112222" not in response.text

    def test_is_there_for_oneself_signed_in(self, sign_in):
        assert sign_in().get(page(check())).status_code == 200

    def test_of_an_organization_shows_its_group(self, client):
        give_organization_an_address()

        text = client.get(page(check_organization())).text

        assert "hulp@example.org" in text
        assert "Hulp bij schulden." not in text

    @pytest.mark.parametrize("group", cards.OF_ORGANIZATION)
    def test_of_every_group_of_an_organization_can_be_read(self, client, group):
        assert client.get(page(check_organization(group))).status_code == 200

    @pytest.mark.parametrize("group", cards.OF_PERSON)
    def test_of_every_group_of_a_person_can_be_read(self, client, group):
        assert client.get(page(check(group))).status_code == 200

    def test_of_nothing_of_ours_is_not_there(self, client):
        assert client.get(reverse("people:confirm", args=["onzin"])).status_code == 404


class TestAskToConfirm:
    def test_asks_the_day_after_it_should_have_been_looked_over(self):
        check()

        assert services.ask_to_confirm(DUE - timedelta(days=1)) == 0
        assert services.ask_to_confirm(DUE) == 1

    def test_sends_the_link_to_the_address_on_the_card(self):
        row = check()

        services.ask_to_confirm(DUE)

        message = mail.Message.objects.get()
        assert (message.to, message.template, message.language) == (
            "samira@example.org",
            "confirm_card",
            "nl",
        )
        assert links.link_of(row) in message.text
        assert "hoe mensen je bereiken" in message.text

    def test_sends_it_to_the_address_somebody_signs_in_with_first(self, sign_in):
        sign_in()
        models.User.objects.update(email="login@example.org")
        check()

        services.ask_to_confirm(DUE)

        assert mail.Message.objects.get().to == "login@example.org"

    def test_sends_a_link_that_works(self, client):
        check()
        services.ask_to_confirm(DUE)
        (address,) = (word for word in mail.Message.objects.get().text.split() if "/confirm/" in word)

        assert (
            client.get(address.partition("/confirm/")[1] + address.partition("/confirm/")[2]).status_code
            == 200
        )

    def test_speaks_the_language_of_the_network(self):
        models.Network.objects.update(language="en")
        check()

        services.ask_to_confirm(DUE)

        message = mail.Message.objects.get()
        assert message.language == "en"
        assert "how people reach you" in message.text

    def test_asks_once_until_the_link_has_ended(self):
        check()
        services.ask_to_confirm(DUE)

        asked = [services.ask_to_confirm(DUE + timedelta(days=days)) for days in (1, 29, 30)]

        assert asked == [0, 0, 1]

    def test_asks_about_one_group_of_a_card_a_night_the_longest_overdue_first(self):
        check(cards.Group.ROOM, on=DAY + timedelta(days=1))
        check(cards.Group.WAYS)
        late = DUE + timedelta(days=9)

        first, second = services.ask_to_confirm(late), services.ask_to_confirm(late + timedelta(days=1))

        assert (first, second) == (1, 1)
        told = [message.text for message in mail.Message.objects.order_by("queued_at", "id")]
        assert {"hoe mensen je bereiken" in text for text in told} == {True, False}
        assert models.CardCheck.objects.get(group="ways").asked_on == late

    def test_does_not_ask_who_never_looked_a_card_over(self):
        assert services.ask_to_confirm(DUE) == 0

    def test_does_not_ask_again_what_was_looked_over_meanwhile(self):
        check()
        check(on=DUE)

        assert services.ask_to_confirm(DUE) == 0

    @pytest.mark.parametrize("address", ["", "geen adres"])
    def test_leaves_out_who_has_no_address_and_asks_the_others(self, address):
        check()
        check_organization()
        give_organization_an_address()
        models.Person.objects.filter(text_id="samira").update(email=address)

        assert services.ask_to_confirm(DUE) == 1
        assert mail.Message.objects.get().to == "hulp@example.org"

    def test_sends_at_most_so_many_a_night(self, monkeypatch):
        monkeypatch.setattr("scharnier.apps.people.services._checks.MOST_A_NIGHT", 1)
        check()
        check_organization()
        give_organization_an_address()

        assert services.ask_to_confirm(DUE) == 1
        assert services.ask_to_confirm(DUE) == 1

    def test_is_done_every_night(self, settings):
        check()
        settings.DAY = DUE

        path, seconds = settings.PERIODIC_TASKS["people.ask_to_confirm"]
        import_string(path).call()

        assert seconds == 24 * 3600
        assert mail.Message.objects.count() == 1

    def test_takes_the_same_queries_for_each_card(self, django_assert_max_num_queries):
        check()
        check_organization()
        give_organization_an_address()

        with django_assert_max_num_queries(4 + 2 * 6):  # savepoint, checks; message, task, check for each
            services.ask_to_confirm(DUE)

    def test_sends_nothing_when_it_fails_halfway(self, monkeypatch):
        check()

        def fail(**_message):
            raise IntegrityError

        monkeypatch.setattr("scharnier.apps.mail.services.queue_message", fail)

        with pytest.raises(IntegrityError):
            services.ask_to_confirm(DUE)

        assert models.CardCheck.objects.get().asked_on is None


class TestOwnCardPage:
    def test_notes_with_one_button_that_a_group_is_still_right(self, sign_in):
        address = reverse("people:check_group", args=["ways"])

        response = sign_in().post(address, follow=True)

        assert neighbourhood.checked("ways") == DAY
        assert "Nagekeken in maart" in response.text

    @pytest.mark.parametrize("group", ["about", "services", "onzin"])
    def test_knows_no_other_groups(self, sign_in, group):
        response = sign_in().post(reverse("people:check_group", args=[group]))

        assert response.status_code in (404, 422)
        assert not models.CardCheck.objects.exists()

    def test_is_not_changed_by_following_a_link(self, sign_in):
        assert sign_in().get(reverse("people:check_group", args=["ways"])).status_code == 405


class TestAge:
    @pytest.mark.parametrize(
        ("checked_on", "said"),
        [
            (date(2026, 3, 1), "Nagekeken in maart<"),
            (date(2025, 11, 3), "Nagekeken in november 2025"),
            (DAY - timedelta(days=364), "Nagekeken in maart 2025"),
            (DAY - timedelta(days=365), "Al een jaar niet nagekeken"),
            (DAY - timedelta(days=729), "Al een jaar niet nagekeken"),
            (DAY - timedelta(days=730), "Al 2 jaar niet nagekeken"),
        ],
    )
    def test_is_told_in_words_on_the_card(self, sign_in, checked_on, said):
        check(cards.Group.ROOM, on=checked_on)

        assert said in sign_in("karel").get("/people/samira/").text

    def test_is_told_on_an_organizations_card(self, sign_in):
        check_organization(cards.Group.ABOUT, on=DAY - timedelta(days=400))

        assert "Al een jaar niet nagekeken" in sign_in().get("/organizations/schuldhulp/").text

    def test_is_not_told_of_what_nobody_looked_over_yet(self, sign_in):
        assert "agekeken" not in sign_in("karel").get("/people/samira/").text

    def test_takes_one_query_for_all_groups(self, django_assert_num_queries):
        for group in cards.OF_PERSON:
            check(group)
        row = access.person(PersonId("samira"), actor=KAREL, on=DAY)

        with django_assert_num_queries(4):  # roles, topics, areas, checks; the rest came with the row
            card = selectors.person_card(row, actor=KAREL, on=DAY, language="nl")
            assert set(card.checked) == {"skills", "ways", "room"}


def test_of_another_network_is_not_on_record_here():
    check()

    assert set(audit.AuditEvent.objects.values_list("network_id", flat=True)) == {"kruisveld"}
