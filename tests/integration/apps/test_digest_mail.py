# SPDX-License-Identifier: EUPL-1.2
"""The digest by mail: to whom, when, what it says and does not say, and never twice."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as site_settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from scharnier.apps import wall
from scharnier.apps.digest import access, models, selectors, services, tasks
from scharnier.apps.mail import composing
from scharnier.apps.mail.models import Message
from scharnier.apps.people import access as people
from scharnier.apps.people import services as loading
from scharnier.apps.people.models import Account, Organization, Person
from scharnier.apps.referral import services as referrals
from scharnier.apps.tasks.decisions import Pace
from scharnier.apps.tasks.worker import Worker
from scharnier.core.digest import MailTerms, Often
from scharnier.core.kernel import NetworkId, PersonId, Role
from tests.factories import NOON, a_network, a_person
from tests.integration.apps import digest_scenes as scenes
from tests.integration.apps import referral_scenes as told_of
from tests.integration.apps.digest_scenes import DAILY, DAY, KRUISVELD, MINUTE, MONDAY, NEVER, send, told
from tests.integration.apps.members_scenes import acts, let_in
from tests.integration.apps.referral_scenes import BAS, JOKE, KAREL, NOOR
from tests.post_office import run_post_office

pytestmark = pytest.mark.django_db
PACE = Pace(pause_seconds=1e-6, longest_pause_seconds=1e-6)
A_DIGEST = {
    "subject": "Er wachten 2 dingen in Kruisveld",
    "counts": ("Er wachten 2 dingen op jou.",),
    "more": "",
    "notes": "",
    "shared": "",
    "own_shared": "",
    "own_notes": "https://example.org/notes/",
    "often": "elke werkdag",
    "work": "https://example.org/work/",
    "settings": "https://example.org/my/mail/",
    "stop": "https://example.org/mail/stop/abc/",
}
EASTER_MONDAY = datetime(2026, 4, 6, 6, tzinfo=UTC)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture(autouse=True)
def _today(settings):
    settings.ADDRESS = "https://kruisveld.example.org"


def lines_in(message: Message) -> list[str]:
    return re.findall("^- (.*)$", message.text, re.MULTILINE)


def let_gone(name: str) -> None:
    """End somebody's account: what they sent is left for the coordinator."""
    Account.objects.get(person__text_id=name, network_id="kruisveld").delete()


class TestLetter:
    def test_goes_through_several_of_one_kind_each_on_a_line(self):
        facts = A_DIGEST | {"lines": ("Een", "Twee\nBcc: noor@example.org")}

        letter = composing.write_letter("digest", facts=facts, language="nl")

        assert "bovenaan:\n- Een\n- Twee Bcc: noor@example.org\n\n" in letter.text

    def test_names_the_several_that_lack_and_none_of_their_lines(self):
        with pytest.raises(composing.MissingFacts) as refused:
            composing.write_letter("digest", facts=A_DIGEST, language="nl")

        assert refused.value.facts["missing"] == ("lines",)


class TestSendDue:
    def test_tells_who_is_asked_and_nobody_else(self):
        told_of.sent()

        assert send() == 1

        assert told()["karel"].to == "karel.kruisveld@example.org"

    def test_tells_everybody_who_acts_for_an_organization_that_is_asked(self):
        told_of.sent(told_of.an_organization_of())

        assert send() == 2

        assert set(told()) == {"karel", "joke"}

    def test_sends_nothing_to_anybody_when_nothing_waits(self):
        assert send() == 0

        assert not Message.objects.exists()
        assert scenes.days_of("karel") == [("2026-03-30", 0)]

    @pytest.mark.parametrize("late", [MINUTE, 12 * 60 * MINUTE])
    def test_sends_once_however_often_it_is_tried(self, late):
        told_of.sent(told_of.a_person_of("bas"))
        n_first = send()

        assert (n_first, send(), send(MONDAY + late)) == (1, 0, 0)
        assert set(told()) == {"bas"}

    def test_looks_once_a_day_although_something_comes_later(self):
        send()
        told_of.sent(told_of.a_person_of("bas"), at=MONDAY)

        assert send(MONDAY + MINUTE) == 0

    def test_waits_for_the_hour_and_comes_late_for_a_day(self):
        told_of.sent(told_of.a_person_of("bas"))

        assert send(MONDAY - MINUTE) == 0
        assert scenes.days_of("bas") == []
        assert send(MONDAY + DAY) == 0
        assert send(MONDAY + DAY - MINUTE) == 1

    def test_is_undone_with_the_mail_and_sent_after_that(self):
        told_of.sent(told_of.a_person_of("bas"))
        account = scenes.account("bas")
        with transaction.atomic(), wall.in_network("kruisveld"):
            assert services.send_digest(account.pk, day=MONDAY.date(), network_id=KRUISVELD, at=MONDAY)
            transaction.set_rollback(True)  # whoever did it died before the end
        assert (told(), scenes.days_of("bas")) == ({}, [])

        assert send() == 1
        assert len(Message.objects.filter(template="digest")) == 1

    def test_leaves_who_was_told_meanwhile_or_is_gone(self):
        told_of.sent(told_of.a_person_of("bas"))
        account = scenes.account("bas")
        send()

        with wall.in_network("kruisveld"):
            again = services.send_digest(account.pk, day=MONDAY.date(), network_id=KRUISVELD, at=MONDAY)
            account.delete()
            gone = services.send_digest(account.pk or 0, day=MONDAY.date(), network_id=KRUISVELD, at=MONDAY)

        assert (again, gone, len(told())) == (False, False, 1)

    def test_leaves_who_has_no_address_or_one_that_is_none(self):
        told_of.sent(told_of.a_person_of("bas"), told_of.a_person_of("mo"))
        for name, address in (("bas", ""), ("mo", "mo")):
            user = scenes.account(name).user
            user.email = address
            user.save()

        assert send() == 0
        assert told() == {}

    def test_keeps_networks_apart(self):
        told_of.sent()

        assert send(network_id=NetworkId("elders")) == 0
        assert not models.Sending.objects.filter(network_id="kruisveld").exists()

    def test_comes_on_the_next_working_day_after_a_holiday(self):
        told_of.sent(told_of.a_person_of("bas"))

        assert send(EASTER_MONDAY) == 0
        assert send(EASTER_MONDAY + DAY) == 1
        assert scenes.days_of("bas") == [("2026-04-07", 1)]

    @pytest.mark.parametrize(
        "at",
        [
            datetime(2026, 3, 27, 7, tzinfo=UTC),  # the Friday before summer time begins
            datetime(2026, 3, 30, 6, tzinfo=UTC),
            datetime(2026, 10, 23, 6, tzinfo=UTC),  # the Friday before it ends
            datetime(2026, 10, 26, 7, tzinfo=UTC),
        ],
    )
    def test_comes_at_eight_by_the_clock_on_the_wall(self, at):
        scenes.choose(BAS, DAILY, at=at - 7 * DAY)
        told_of.sent(told_of.a_person_of("bas"), at=at - 6 * DAY)

        send(at - MINUTE)
        before = dict(scenes.days_of("bas"))
        send(at)

        assert dict(scenes.days_of("bas")) == before | {at.date().isoformat(): 1}
        assert at.date().isoformat() not in before

    def test_keeps_to_what_somebody_chose(self):
        told_of.sent(told_of.a_person_of("bas"), told_of.a_person_of("mo"))
        scenes.choose(BAS, MailTerms(often=Often.WEEKLY, weekday=2, hour=17))
        scenes.choose(told_of.MO, NEVER)

        assert send() == 0
        assert send(MONDAY + DAY + timedelta(hours=9)) == 1
        assert set(told()) == {"bas"}

    def test_starts_after_the_choice_and_not_with_what_has_passed(self):
        told_of.sent(told_of.a_person_of("bas"))
        scenes.choose(BAS, DAILY, at=MONDAY + MINUTE)

        assert send(MONDAY + 2 * MINUTE) == 0
        assert send(MONDAY + DAY) == 1


class TestWords:
    def test_say_how_much_waits_for_whom_and_since_when_the_oldest_first(self):
        told_of.sent(told_of.an_organization_of(), at=NOON - 3 * DAY)
        told_of.sent(at=NOON)

        send()

        said = told()["karel"]
        assert said.subject == "Er wachten 2 dingen in Kruisveld"
        assert "Je krijgt deze mail één keer per week op maandag, en alleen" in said.text
        assert "Er wacht 1 ding op jou.\n" in said.text
        assert "Er wacht 1 ding op een organisatie waarvoor je optreedt.\n" in said.text
        first, second = lines_in(said)
        assert first.startswith("Iemand wacht op antwoord van Schuldhulp, al 4 dagen: https://kruisveld.")
        assert second.startswith("Iemand wacht op je antwoord, sinds gisteren: https://kruisveld.")

    def test_name_the_organization_of_who_asks_and_nobody(self):
        referral_id = told_of.sent(told_of.a_person_of("bas"))
        row = told_of.models.Referral.objects.get(pk=referral_id)
        row.sender_organization = Organization.objects.get(text_id="jongerenwerk", network_id="kruisveld")
        row.save()

        send()

        said = told()["bas"]
        (line,) = lines_in(said)
        address = f"https://kruisveld.example.org/referrals/{referral_id}/"
        assert line == f"Iemand van Jongerenwerk wacht op je antwoord, sinds gisteren: {address}"
        names = Person.objects.values_list("name", flat=True)
        assert [name for name in names if name in said.subject + said.text] == []
        assert [word for word in told_of.WORDS.split() if len(word) > 5 and word in said.text] == []

    def test_are_in_the_language_that_somebody_chose(self):
        told_of.sent(told_of.a_person_of("bas"))
        scenes.choose(BAS, DAILY, language="en")

        send()

        said = told()["bas"]
        assert (said.language, said.subject) == ("en", "1 thing waits in Kruisveld")
        assert "1 thing waits for you.\n" in said.text
        assert lines_in(said)[0].startswith("Somebody waits for your answer, since yesterday: https://")
        assert "You get this mail every working day, and only" in said.text

    def test_are_in_the_language_of_the_network_otherwise(self):
        told_of.sent(told_of.a_person_of("bas"))
        told_of.person("bas").network.__class__.objects.filter(id="kruisveld").update(language="en")

        send()

        assert told()["bas"].language == "en"
        assert "You get this mail once a week on Monday, and only" in told()["bas"].text

    def test_are_ten_lines_at_most(self):
        for number in range(12):
            told_of.sent(told_of.a_person_of("bas"), at=NOON - number * DAY)

        send()

        said = told()["bas"]
        assert said.subject == "Er wachten 12 dingen in Kruisveld"
        assert len(lines_in(said)) == 10
        assert "al 12 dagen" in lines_in(said)[0]
        assert "\nEn nog 2.\n" in said.text

    def test_tell_of_an_introduction_without_saying_to_whom(self):
        (turn_id,) = told_of.turns_of(told_of.draft())
        referrals.ask_introduction(turn_id, (PersonId("bas"),), actor=NOOR, on=NOON.date(), at=NOON)

        send()

        (line,) = lines_in(told()["bas"])
        assert line.startswith("Iemand vraagt of je diegene wilt voorstellen, sinds gisteren: ")
        assert re.search(r"/introductions/\d+/$", line)

    def test_tell_a_sender_what_is_theirs_to_do(self):
        told_of.done(told_of.a_person_of("bas"), by=BAS)
        told_of.draft()

        send()

        assert {line.partition(",")[0] for line in lines_in(told()["noor"])} == {
            "Je vraag is opgepakt. Zeg of het hielp",
            "Een concept van jou is nog niet verstuurd",
        }

    def test_tell_the_coordinator_what_is_left_of_who_has_gone(self):
        told_of.draft()
        told_of.done(told_of.a_person_of("bas"), by=BAS)
        let_gone("noor")

        send()

        assert "Er wachten 2 dingen op het netwerk." in told()["ria"].text
        assert {line.partition(", sinds")[0] for line in lines_in(told()["ria"])} == {
            "Er ligt nog een concept van iemand die weg is",
            "Iemand is weg, en niemand zegt of het hielp",
        }
        assert set(told()) == {"ria"}

    def test_say_every_kind_of_waiting_for_each_of_three(self):
        said = {
            (whose, awaited): str(words)
            for whose, lines in selectors.labels.LINES.items()
            for awaited, words in lines.items()
        }

        assert len(set(said.values())) == len(said)


class TestRoles:
    @pytest.mark.parametrize("name", told_of.ROLES)
    def test_each_get_a_digest_of_what_they_are_asked(self, name):
        told_of.sent(told_of.a_person_of(name), actor=NOOR if name != "noor" else KAREL)

        send()

        assert name in told()
        assert len(lines_in(told()[name])) == 1

    @pytest.mark.parametrize("name", set(told_of.ROLES) - {"noor", "karel", "joke", "ria"})
    def test_without_a_part_in_anything_get_none(self, name):
        told_of.sent()
        told_of.sent(told_of.an_organization_of())
        told_of.draft()

        send()

        assert name not in told()


class TestConcerned:
    """Whoever is left out of the slow look has nothing waiting: tried for every state of a referral."""

    def scene_of_everything(self):
        told_of.sent()
        told_of.sent(told_of.an_organization_of())
        told_of.sent(told_of.a_person_of("mo"), actor=BAS)
        told_of.draft(actor=JOKE)
        told_of.done(told_of.a_person_of("els"), by=told_of.ELS)
        (turn_id,) = told_of.turns_of(told_of.draft())
        referrals.ask_introduction(turn_id, (PersonId("bas"),), actor=NOOR, on=NOON.date(), at=NOON)

    def test_holds_everybody_for_whom_something_waits(self):
        self.scene_of_everything()
        concerned = access.concerned(KRUISVELD)
        accounts = Account.objects.filter(network_id="kruisveld").select_related("person")

        waiting = set()
        for account in accounts:
            actor = people.actor_of_account(account, on=MONDAY.date())
            assert actor is not None
            if selectors.what_waits(actor, on=DAY).total:
                waiting.add(account.pk)

        assert waiting <= concerned
        assert len(waiting) > 4

    def test_leaves_out_who_has_nothing_to_do(self):
        self.scene_of_everything()

        left = Account.objects.filter(network_id="kruisveld").exclude(pk__in=access.concerned(KRUISVELD))

        assert {account.person.text_id for account in left} == {"els", "wim", "ad"}


class TestQueries:
    def queries(self, at: datetime) -> int:
        with CaptureQueriesContext(connection) as counted:
            assert send(at) == 1
        return len(counted)

    def grow(self) -> None:
        names = [f"p{number}" for number in range(50)]
        value = a_network(persons=[a_person(name) for name in (*told_of.ROLES, *names)])
        loading.load_network(value, at=NOON)
        let_in("kruisveld", dict.fromkeys(names, Role.RESIDENT))

    def test_do_not_grow_with_members_for_whom_nothing_waits(self):
        told_of.sent(told_of.a_person_of("bas"))
        send(MONDAY)
        few = self.queries(MONDAY + 14 * DAY)

        self.grow()

        assert self.queries(MONDAY + 21 * DAY) <= few


class TestTasks:
    @pytest.fixture
    def office(self, settings):
        with run_post_office() as office:
            settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
            settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
            yield office

    @pytest.fixture(autouse=True)
    def _on_tuesday(self, settings):
        settings.DAY = (
            MONDAY + DAY
        ).date()  # at any hour of it a digest of that day or the one before is due

    def test_come_four_times_an_hour(self):
        path, every_seconds = site_settings.PERIODIC_TASKS["digest.send"]

        assert (path, every_seconds) == (tasks.send.module_path, 900)

    def test_bring_the_mail_to_a_server_with_a_way_to_stop(self, office):
        told_of.sent(told_of.a_person_of("bas"))
        scenes.choose(BAS, DAILY, at=MONDAY - 7 * DAY)

        tasks.send.enqueue()
        tasks.send.enqueue()
        Worker(pace=PACE, is_burst=True).run()

        (mail,) = office.received
        assert mail["To"] == "bas.kruisveld@example.org"
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        stop = mail["List-Unsubscribe"].strip().strip("<>")
        assert stop.startswith("https://kruisveld.example.org/mail/stop/")
        assert stop in mail.get_body(("plain",)).get_content()


class TestRows:
    def test_hold_one_look_a_day(self):
        send()

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Sending.objects.create(
                network_id="kruisveld", account=scenes.account("bas"), day=MONDAY.date(), n_things=1,
                made_at=MONDAY,
            )  # fmt: skip

    @pytest.mark.parametrize("wrong", [{"often": "always"}, {"weekday": 6}, {"hour": 3}, {"language": "de"}])
    def test_hold_what_is_offered_only(self, wrong):
        scenes.choose(BAS, DAILY)

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Terms.objects.update(**wrong)

    def test_name_themselves_by_number(self):
        scenes.choose(BAS, DAILY)
        services.open_calendar(actor=BAS, at=MONDAY)
        send()

        names = {models.Terms: "mail terms", models.Feed: "calendar feed", models.Sending: "digest"}
        for model, name in names.items():
            row = model.objects.earliest("pk")
            assert str(row) == f"{name} {row.pk}"

    def test_go_with_the_account(self):
        scenes.choose(BAS, DAILY)
        services.open_calendar(actor=BAS, at=MONDAY)
        send()

        let_gone("bas")

        assert not models.Terms.objects.exists()
        assert not models.Feed.objects.exists()
        assert not models.Sending.objects.filter(account__person__text_id="bas").exists()


class TestActs:
    def test_are_on_record_by_numbers_only(self):
        scenes.choose(BAS, DAILY)
        services.open_calendar(actor=BAS, at=MONDAY)
        services.close_calendar(actor=BAS, at=MONDAY)
        services.close_calendar(actor=BAS, at=MONDAY)  # nothing happens

        assert acts()[-3:] == ["digest.chosen", "calendar.opened", "calendar.closed"]
