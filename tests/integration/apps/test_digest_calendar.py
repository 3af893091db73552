# SPDX-License-Identifier: EUPL-1.2
"""The calendar: what stands in it for whom, and that the address alone opens it."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus

import pytest
from django.core.cache import cache
from django.core.signing import Signer
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from scharnier.apps.digest import limits, links, services
from scharnier.apps.people.models import Organization, Person
from scharnier.apps.referral import services as referrals
from scharnier.apps.referral.models import AnswerTime
from scharnier.core.kernel import PersonId
from tests.factories import DAY, NOON
from tests.integration.apps import digest_scenes as scenes
from tests.integration.apps import referral_scenes as told_of
from tests.integration.apps.digest_scenes import MONDAY
from tests.integration.apps.referral_scenes import BAS, JOKE, KAREL, NOOR, RIA
from tests.strict_calendar import check, unescaped

pytestmark = pytest.mark.django_db
TEN_WORKING_DAYS_ON = date(2026, 4, 15)  # after Sunday the 29th of March, with Easter in between
FIVE_WORKING_DAYS_ON = date(2026, 4, 8)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture(autouse=True)
def _today(settings):
    settings.DAY = MONDAY.date()
    settings.ADDRESS = "https://kruisveld.example.org"
    cache.clear()


def path_of(actor=BAS) -> str:
    """Return the path of somebody's calendar, made where there is none."""
    account = scenes.account(actor.person_id)
    if not hasattr(account, "calendar_feed"):
        services.open_calendar(actor=actor, at=MONDAY)
        account = scenes.account(actor.person_id)
    return links.calendar_address(account.calendar_feed).removeprefix("https://kruisveld.example.org")


def events(actor=BAS):
    answer = Client().get(path_of(actor))
    assert answer.status_code == HTTPStatus.OK
    return Calendar.from_ical(answer.content).walk("VEVENT")


def days(actor=BAS) -> list[tuple[str, date]]:
    return [(str(event["summary"]), event.decoded("dtstart")) for event in events(actor)]


class TestDays:
    def test_show_until_when_an_answer_is_waited_for(self):
        (turn_id,) = told_of.turns_of(told_of.sent(told_of.a_person_of("bas")))

        (event,) = events()

        assert str(event["summary"]) == "Iemand wacht op je antwoord"
        assert event.decoded("dtstart") == TEN_WORKING_DAYS_ON
        assert str(event["uid"]) == f"answer.{turn_id}@kruisveld.example.org"
        assert event["url"].startswith("https://kruisveld.example.org/referrals/")

    def test_follow_how_long_an_organization_has_to_answer(self):
        told_of.sent(told_of.an_organization_of())
        usual = days(KAREL)
        desk = Organization.objects.get(network_id="kruisveld", text_id="schuldhulp")
        AnswerTime.objects.create(network_id="kruisveld", organization=desk, n_days=20)

        (changed,) = days(KAREL)

        assert usual[0][1] == TEN_WORKING_DAYS_ON
        assert changed[1] > TEN_WORKING_DAYS_ON

    def test_show_when_something_comes_back_and_move_with_it(self):
        (turn_id,) = told_of.turns_of(told_of.sent(told_of.a_person_of("bas")))
        referrals.accept(turn_id, actor=BAS, on=DAY, at=NOON)
        assert days() == []  # there is no day by which it must begin
        referrals.pause(turn_id, until=date(2026, 5, 1), actor=BAS, on=DAY, at=NOON)
        first = str(events()[0]["uid"])
        referrals.resume(turn_id, actor=BAS, on=DAY, at=NOON)
        referrals.pause(turn_id, until=date(2026, 6, 1), actor=BAS, on=DAY, at=told_of.later())

        (event,) = events()

        assert str(event["summary"]) == "Je laat iets van iemand wachten"
        assert event.decoded("dtstart") == date(2026, 6, 1)
        assert str(event["uid"]) == first == f"back.{turn_id}@kruisveld.example.org"
        assert event.decoded("last-modified") == told_of.later()

    def test_show_until_when_people_can_be_introduced(self):
        (turn_id,) = told_of.turns_of(told_of.draft())
        referrals.ask_introduction(turn_id, (PersonId("bas"),), actor=NOOR, on=DAY, at=NOON)

        assert days() == [("Iemand vraagt of je diegene wilt voorstellen", FIVE_WORKING_DAYS_ON)]

    def test_show_what_an_organization_as_such_is_asked_to_all_who_act_for_it(self):
        told_of.sent(told_of.an_organization_of())

        expected = [("Iemand wacht op antwoord van Schuldhulp", TEN_WORKING_DAYS_ON)]
        assert days(KAREL) == days(JOKE) == expected
        assert days(BAS) == days(RIA) == []

    def test_show_what_a_colleague_is_asked_to_nobody_else(self):
        told_of.sent()

        assert len(days(KAREL)) == 1
        assert days(JOKE) == []

    def test_end_with_the_answer(self):
        (turn_id,) = told_of.turns_of(told_of.sent(told_of.a_person_of("bas")))
        referrals.accept(turn_id, actor=BAS, on=DAY, at=NOON)
        referrals.complete(turn_id, result="We spraken elkaar.", actor=BAS, on=DAY, at=NOON)

        assert days() == []

    def test_say_no_word_of_a_need_and_name_nobody(self):
        told_of.sent(told_of.a_person_of("bas"))
        (turn_id,) = told_of.turns_of(told_of.draft())
        referrals.ask_introduction(turn_id, (PersonId("bas"),), actor=NOOR, on=DAY, at=NOON)

        said = Client().get(path_of()).content.replace(b"\r\n ", b"").decode()

        names = Person.objects.values_list("name", flat=True)
        words = [word.strip(".") for word in told_of.WORDS.split() if len(word) > 4]
        assert [word for word in (*names, *words) if word in said] == []

    @pytest.mark.parametrize("name", told_of.ROLES)
    def test_are_there_for_every_role(self, name):
        actor = getattr(told_of, name.upper())
        told_of.sent(told_of.a_person_of(name), actor=KAREL if name == "noor" else NOOR)

        assert len(days(actor)) == 1

    def test_are_in_the_language_that_somebody_chose(self):
        told_of.sent(told_of.a_person_of("bas"))
        scenes.choose(BAS, scenes.DAILY, language="en")

        calendar = Calendar.from_ical(Client(headers={"accept-language": "nl"}).get(path_of()).content)

        assert unescaped(calendar["name"]) == "What waits, Kruisveld"
        (event,) = calendar.walk("VEVENT")
        assert str(event["summary"]) == "Somebody waits for your answer"

    def test_take_the_same_queries_for_one_and_for_twenty(self):
        told_of.sent(told_of.a_person_of("bas"))
        path = path_of()

        def queries() -> int:
            with CaptureQueriesContext(connection) as counted:
                Client().get(path)
            return len(counted)

        queries()
        few = queries()
        for _ in range(20):
            told_of.sent(told_of.a_person_of("bas"))

        assert queries() == few < 12


class TestCalendar:
    def test_keeps_to_the_rules_with_days_and_without(self):
        check(Client().get(path_of()).content)
        told_of.sent(told_of.a_person_of("bas"))

        answer = Client().get(path_of())

        check(answer.content)
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"

    def test_is_kept_by_its_reader_only_and_asked_for_again(self):
        told_of.sent(told_of.a_person_of("bas"))
        first = Client().get(path_of())

        same = Client(headers={"if-none-match": first["ETag"]}).get(path_of())
        told_of.sent(told_of.a_person_of("bas"))
        changed = Client(headers={"if-none-match": first["ETag"]}).get(path_of())

        assert first["Cache-Control"] == same["Cache-Control"] == "private, no-cache"
        assert (same.status_code, same.content) == (HTTPStatus.NOT_MODIFIED, b"")
        assert changed.status_code == HTTPStatus.OK
        assert changed["ETag"] != first["ETag"]
        assert first.cookies == {}

    def test_is_opened_by_no_old_address(self):
        before = path_of()
        services.open_calendar(actor=BAS, at=MONDAY)

        assert Client().get(before).status_code == HTTPStatus.NOT_FOUND
        assert Client().get(path_of()).status_code == HTTPStatus.OK

    def test_ends_when_it_is_taken_back_and_with_the_account(self):
        of_bas, of_karel = path_of(BAS), path_of(KAREL)
        services.close_calendar(actor=BAS, at=MONDAY)
        scenes.account("karel").delete()

        assert [Client().get(path).status_code for path in (of_bas, of_karel)] == [HTTPStatus.NOT_FOUND] * 2

    def test_follows_what_somebody_acts_for(self):
        told_of.sent(told_of.an_organization_of())
        path = path_of(KAREL)
        Person.objects.get(text_id="karel", network_id="kruisveld").memberships.update(end_date=DAY)

        assert Calendar.from_ical(Client().get(path).content).walk("VEVENT") == []

    @pytest.mark.parametrize(
        "held",
        [["kruisveld", 1, ""], ["elders", 1, "x"], ["kruisveld", "1", "x"], ["kruisveld", 1], "kruisveld", 7],
    )
    def test_is_not_there_under_another_address(self, held):
        path_of()
        signed = Signer(salt=links.CALENDAR_SALT).sign_object(held)

        for token in ("geraden", signed, signed[:-1], Signer(salt=links.STOP_SALT).sign_object(held)):
            answer = Client().get(f"/calendar/{token}.ics")
            assert answer.status_code == HTTPStatus.NOT_FOUND
            assert "Deze agenda is er niet (meer)." in answer.text

    def test_of_another_network_is_not_opened_by_the_same_number(self):
        account = scenes.account("bas")
        path_of()
        feed = scenes.account("bas").calendar_feed
        signed = Signer(salt=links.CALENDAR_SALT).sign_object(["elders", account.pk, feed.version])

        assert Client().get(f"/calendar/{signed}.ics").status_code == HTTPStatus.NOT_FOUND

    def test_is_not_guessed_at_for_long(self):
        path = path_of()
        answers = [Client().get(f"/calendar/{number}.ics") for number in range(limits.MOST_WRONG + 1)]

        assert {answer.status_code for answer in answers[:-1]} == {HTTPStatus.NOT_FOUND}
        assert answers[-1].status_code == HTTPStatus.TOO_MANY_REQUESTS
        assert answers[-1]["Retry-After"] == "3600"
        assert (
            Client().get(path).status_code == HTTPStatus.TOO_MANY_REQUESTS
        )  # from there not even the right one
        assert Client(REMOTE_ADDR="127.0.0.9").get(path).status_code == HTTPStatus.OK

    def test_is_not_read_over_and_over(self):
        path = path_of()
        seen = [Client().get(path).status_code for _ in range(limits.MOST_READS + 1)]

        assert seen == [HTTPStatus.OK] * limits.MOST_READS + [HTTPStatus.TOO_MANY_REQUESTS]
        assert Client().get(path_of(KAREL)).status_code == HTTPStatus.OK

    def test_is_read_and_nothing_else(self):
        assert Client().post(path_of()).status_code == HTTPStatus.METHOD_NOT_ALLOWED
        assert Client().head(path_of()).status_code == HTTPStatus.OK
