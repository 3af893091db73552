# SPDX-License-Identifier: EUPL-1.2
"""The page of mail and calendar, and the page that stops mails without logging in."""

from __future__ import annotations

import json
from http import HTTPStatus

import pytest
from django.core.signing import Signer
from django.test import Client

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.digest import access, links, models
from scharnier.core.digest import MailTerms, Often
from scharnier.core.kernel import Role
from tests.integration.apps import digest_scenes as scenes
from tests.integration.apps.digest_scenes import DAILY, MONDAY
from tests.integration.apps.members_scenes import acts
from tests.integration.apps.referral_scenes import BAS

pytestmark = pytest.mark.django_db
PAGE, OPEN, CLOSE = "/my/mail/", "/my/mail/calendar/", "/my/mail/calendar/close/"
CHOICE = {"often": "working_days", "weekday": "3", "hour": "17", "language": "en"}


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DAY = MONDAY.date()


@pytest.fixture
def bas(sign_in) -> Client:
    client = sign_in("bas", role=Role.RESIDENT)
    account = scenes.account("bas")
    account.user.email = "bas@example.org"
    account.user.save()
    return client


def terms(name: str = "bas") -> MailTerms:
    return access.terms_of(scenes.account(name))


def stop_path(name: str = "bas") -> str:
    account = scenes.account(name)
    address = links.stop_address(network_id=account.network_id, account_pk=account.pk)
    return address[address.index("/mail/stop/") :]


class TestPage:
    def test_shows_what_holds_as_long_as_nothing_was_chosen(self, bas):
        page = bas.get(PAGE)

        assert page.status_code == HTTPStatus.OK
        assert "De mail gaat naar bas@example.org." in page.text
        form = page.context["form"]
        assert [form[name].value() for name in ("often", "weekday", "hour", "language")] == [
            MailTerms().often.value, MailTerms().weekday, MailTerms().hour, "",
        ]  # fmt: skip

    def test_keeps_what_was_chosen(self, bas):
        answer = bas.post(PAGE, CHOICE, follow=True)

        assert answer.redirect_chain == [(PAGE, HTTPStatus.FOUND)]
        assert terms() == MailTerms(often=Often.WORKING_DAYS, weekday=3, hour=17)
        assert scenes.account("bas").mail_terms.language == "en"
        assert acts()[-1] == "digest.chosen"
        assert json.loads(AuditEvent.objects.latest("number").facts) == {"often": "working_days"}

    def test_changes_what_was_chosen_before(self, bas):
        bas.post(PAGE, CHOICE)
        bas.post(PAGE, CHOICE | {"often": "never"})

        assert terms().often is Often.NEVER
        assert models.Terms.objects.count() == 1

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("often", ""), ("often", "always"), ("weekday", "7"), ("weekday", "maandag"), ("hour", "3"),
            ("hour", ""), ("hour", "9" * 40), ("language", "de"),
        ],
    )  # fmt: skip
    def test_says_what_is_wrong_and_loses_nothing(self, bas, field, value):
        answer = bas.post(PAGE, CHOICE | {field: value})

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Kies uit de lijst." in answer.text
        other = "weekday" if field != "weekday" else "hour"
        assert answer.context["form"][other].value() == CHOICE[other]
        assert not models.Terms.objects.exists()

    def test_says_that_no_mail_goes_without_an_address(self, bas):
        account = scenes.account("bas")
        account.user.email = ""
        account.user.save()

        assert "We hebben geen e-mailadres van je" in bas.get(PAGE).text

    @pytest.mark.parametrize("role", Role)
    def test_is_there_for_every_role(self, sign_in, role):
        client = sign_in("bas", role=role)

        assert client.get(PAGE).status_code == HTTPStatus.OK
        assert client.post(PAGE, CHOICE).status_code == HTTPStatus.FOUND

    @pytest.mark.parametrize("place", ["/my/account/", "/work/"])
    def test_is_linked_where_one_looks_for_it(self, bas, place):
        assert f'href="{PAGE}"' in bas.get(place).text

    @pytest.mark.parametrize("address", [PAGE, OPEN, CLOSE])
    def test_is_for_who_is_logged_in(self, address):
        assert Client().post(address)["Location"].startswith("/login/")


class TestCalendarAddress:
    def test_is_shown_as_often_as_one_looks(self, bas):
        bas.post(OPEN)

        (once, again) = (bas.get(PAGE).context["page"].calendar for _ in range(2))

        assert once == again
        assert once in bas.get(PAGE).text
        assert acts()[-1] == "calendar.opened"

    def test_is_offered_to_the_calendar_of_the_device(self, bas):
        bas.post(OPEN)

        page = bas.get(PAGE)

        address = page.context["page"].calendar.partition("://")[2]
        assert f'href="webcal://{address}"' in page.text

    def test_is_nowhere_in_the_database_as_it_is(self, bas):
        bas.post(OPEN)

        row = models.Feed.objects.get()
        token = bas.get(PAGE).context["page"].calendar.rpartition("/")[2].removesuffix(".ics")
        assert token not in str(models.Feed.objects.values().get())
        assert links.read_calendar(token) == ("kruisveld", row.account_id, row.version)

    def test_is_another_one_when_renewed(self, bas):
        bas.post(OPEN)
        before = bas.get(PAGE).context["page"].calendar

        bas.post(OPEN)

        assert bas.get(PAGE).context["page"].calendar != before
        assert models.Feed.objects.count() == 1

    def test_is_taken_back(self, bas):
        bas.post(OPEN)

        bas.post(CLOSE)

        assert bas.get(PAGE).context["page"].calendar == ""
        assert acts()[-2:] == ["calendar.opened", "calendar.closed"]

    def test_is_not_made_by_looking(self, bas):
        assert bas.get(OPEN).status_code == bas.get(CLOSE).status_code == HTTPStatus.METHOD_NOT_ALLOWED


class TestStop:
    """One click, without logging in: RFC 8058, and by hand for who reads the link in the mail."""

    def test_asks_first_for_programs_look_at_links_too(self):
        page = Client().get(stop_path())

        assert page.status_code == HTTPStatus.OK
        assert "Deze mails stoppen?" in page.text
        assert terms() == MailTerms()

    def test_stops_at_the_click_of_a_mail_program(self):
        client = Client(enforce_csrf_checks=True)  # which never saw the page, and brings no cookie

        answer = client.post(
            stop_path(), "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        )

        assert answer.status_code == HTTPStatus.OK
        assert "Je krijgt deze mails niet meer" in answer.text
        assert terms().often is Often.NEVER
        assert acts()[-1] == "digest.stopped"
        assert AuditEvent.objects.latest("number").actor_id == ""

    def test_keeps_what_else_was_chosen(self):
        scenes.choose(BAS, MailTerms(often=Often.WEEKLY, weekday=4, hour=12), language="en")

        Client().post(stop_path())

        assert terms() == MailTerms(often=Often.NEVER, weekday=4, hour=12)
        assert scenes.account("bas").mail_terms.language == "en"

    def test_is_quiet_the_second_time(self):
        for _ in range(2):
            assert Client().post(stop_path()).status_code == HTTPStatus.OK

        assert acts().count("digest.stopped") == 1

    def test_stops_nobody_else_whoever_is_logged_in(self, sign_in):
        scenes.choose(BAS, DAILY)

        sign_in("karel").post(stop_path("bas"))

        assert (terms("bas").often, terms("karel").often) == (Often.NEVER, Often.WEEKLY)

    @pytest.mark.parametrize(
        "token",
        [
            "geraden",
            Signer(salt="digest.calendar").sign_object(["kruisveld", 1]),
            Signer(salt="digest.stop").sign_object(["kruisveld", "1"]),
            Signer(salt="digest.stop").sign_object({"account": 1}),
        ],
        ids=["guessed", "of the calendar", "of a text", "of no pair"],
    )
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_knows_no_other_links(self, token, method):
        answer = getattr(Client(), method)(f"/mail/stop/{token}/")

        assert answer.status_code == HTTPStatus.NOT_FOUND
        assert "Deze link werkt niet (meer)." in answer.text

    def test_says_so_when_the_account_is_gone(self):
        path = stop_path()
        scenes.account("bas").delete()

        assert Client().post(path).status_code == HTTPStatus.NOT_FOUND
