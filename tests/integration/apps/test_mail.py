# SPDX-License-Identifier: EUPL-1.2
"""Mail goes after the act commits, once, to a real mail server; what came of it is on its row."""

from __future__ import annotations

import json
import smtplib
from datetime import timedelta
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from io import BytesIO, TextIOWrapper

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from scharnier.apps.mail import composing, delivery, models, selectors, services, tasks
from scharnier.apps.mail.models import State
from scharnier.apps.tasks import leases
from scharnier.apps.tasks import models as task_models
from scharnier.apps.tasks import services as task_services
from scharnier.apps.tasks.decisions import Pace
from scharnier.apps.tasks.definitions import TryLater
from scharnier.apps.tasks.worker import Worker
from scharnier.formats.delivery_report import DeliveryReport, NotADeliveryReport
from tests.factories import NOON
from tests.post_office import HANG_UP, run_post_office

pytestmark = pytest.mark.django_db
PACE = Pace(pause_seconds=1e-6, longest_pause_seconds=1e-6)
ADDRESS = "karel@example.org"
INVITATION = {
    "inviter": "Samira",
    "network": "Kruisveld",
    "link": "https://example.org/in/7?a=1&b=2",
    "until": "5 april",
}
A_CARD = {"link": "https://example.org/card", "what": "dinsdag in het buurthuis"}
MONTH = timedelta(days=30)


@pytest.fixture
def post_office(settings):
    with run_post_office() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield office


def _queue(*, to=ADDRESS, template="invitation", facts=INVITATION, language="nl"):
    before = list(models.Message.objects.values_list("id", flat=True))
    services.queue_message(to=to, template=template, facts=facts, language=language)
    return models.Message.objects.exclude(id__in=before).get()


def _work():
    Worker(pace=PACE, is_burst=True).run()


def _after_work(message):
    _work()
    return models.Message.objects.get(id=message.id)


def _report(message, **said):
    facts = {"fence": message.fence, "has_failed": True, "status": "5.1.1"} | said
    return DeliveryReport(message_id=message.id, **facts)


def _set(message, **values):
    models.Message.objects.filter(id=message.id).update(**values)


class TestQueueMessage:
    def test_keeps_the_words_and_plans_to_send_them(self):
        message = _queue()

        assert (message.to, message.template, message.language) == (ADDRESS, "invitation", "nl")
        assert message.subject == "Samira nodigt je uit voor Kruisveld"
        assert (message.state, message.sent_at) == ("queued", None)
        task = task_models.Task.objects.get()
        assert (task.task_path, task.args) == ("scharnier.apps.mail.tasks.send_message", [message.id])

    def test_is_undone_with_the_act_around_it(self, post_office):
        with transaction.atomic():
            _queue()
            transaction.set_rollback(True)
        _work()

        assert not models.Message.objects.exists()
        assert post_office.received == []

    @pytest.mark.parametrize("address", ["", "karel", "karel@", "karel@example.org\nBcc: noor@example.org"])
    def test_refuses_what_is_no_address(self, address):
        with pytest.raises(services.InvalidAddress):
            _queue(to=address)

        assert not task_models.Task.objects.exists()


class TestWriteLetter:
    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize(
        ("template", "facts"),
        [("invitation", INVITATION), ("join_request", A_CARD), ("confirm_card", A_CARD)],
    )
    def test_says_every_fact_in_both_languages(self, template, facts, language):
        letter = composing.write_letter(template, facts=facts, language=language)

        assert [fact for fact in facts.values() if fact not in letter.subject + letter.text] == []
        assert 10 < len(letter.subject) < 78
        assert not letter.text.startswith("\n")

    def test_leaves_the_signs_of_a_plain_text_alone(self):
        facts = INVITATION | {"inviter": "Truus & Co <'t Hoekje>"}

        assert (
            "Truus & Co <'t Hoekje>" in composing.write_letter("invitation", facts=facts, language="en").text
        )

    def test_keeps_a_fact_on_one_line(self):
        facts = INVITATION | {"inviter": "Samira\nBcc: noor@example.org"}

        letter = composing.write_letter("invitation", facts=facts, language="en")

        assert letter.subject == "Samira Bcc: noor@example.org invites you to Kruisveld"

    def test_names_the_facts_that_lack(self):
        with pytest.raises(composing.MissingFacts) as refused:
            composing.write_letter("invitation", facts={"inviter": "Samira"}, language="en")

        assert refused.value.facts["missing"] == ("link", "network", "until")

    @pytest.mark.parametrize(("template", "language"), [("nothing", "nl"), ("invitation", "de")])
    def test_knows_no_other_templates(self, template, language):
        with pytest.raises(composing.UnknownTemplate):
            composing.write_letter(template, facts=INVITATION, language=language)


class TestInHtml:
    def test_makes_addresses_links_and_signs_harmless(self):
        letter = composing.Letter(subject="<b>", text="Zie https://example.org/?a=1&b=2 <script>\n")

        page = composing.in_html(letter, language="nl")

        assert 'href="https://example.org/?a=1&amp;b=2"' in page
        assert "<script>" not in page
        assert "<b>" not in page
        assert '<html lang="nl">' in page


class TestSendMessage:
    def test_hands_over_text_and_page_once(self, post_office):
        message = _after_work(_queue())

        (received,) = post_office.received
        assert (message.state, message.code) == ("sent", "")
        assert message.sent_at is not None
        assert (received["To"], received["Subject"]) == (ADDRESS, message.subject)
        assert received["Auto-Submitted"] == "auto-generated"
        assert received["Message-ID"] == f"<{message.id}.1@localhost>"
        parts = [part.get_content_type() for part in received.iter_parts()]
        assert parts == ["text/plain", "text/html"]
        assert received.get_body(("plain",)).get_content().split() == message.text.split()

    def test_does_nothing_a_second_time(self, post_office):
        message = _after_work(_queue())

        tasks.send_message.enqueue(message.id)
        _work()

        assert len(post_office.received) == 1

    @pytest.mark.parametrize("place", ["to_recipient", "to_data"])
    def test_tries_again_after_a_temporary_refusal(self, post_office, place):
        getattr(post_office, place).extend(["451 Later", "452 Later still"])

        message = _after_work(_queue())

        assert (message.state, message.code, message.fence) == ("sent", "", 3)
        assert len(post_office.received) == 1
        assert task_models.Task.objects.get().attempts == 3

    @pytest.mark.parametrize("place", ["to_recipient", "to_data"])
    def test_records_a_permanent_refusal_with_its_code(self, post_office, place):
        getattr(post_office, place).append("554 No such person: karel")

        message = _after_work(_queue())

        assert (message.state, message.code, message.sent_at) == ("bounced", "554", None)
        assert message.bounced_at is not None
        assert task_models.Task.objects.get().status == "succeeded"  # nothing left to try

    @pytest.mark.usefixtures("post_office")
    def test_waits_for_a_server_that_is_away(self, settings):
        settings.EMAIL_PORT = 1  # nobody listens there

        message = _after_work(_queue())

        assert (message.state, message.code) == ("queued", "ConnectionRefusedError")
        task = task_models.Task.objects.get()
        assert (task.status, task.attempts) == ("dead", 12)
        assert task.error_message == "mail server: ConnectionRefusedError"

    def test_goes_when_its_dead_task_is_put_back(self, post_office, settings):
        settings.EMAIL_PORT = 1
        message = _after_work(_queue())
        settings.EMAIL_PORT = post_office.port

        task_services.put_back(task_models.Task.objects.get().id, at=timezone.now())

        assert _after_work(message).state == "sent"

    def test_does_not_guess_when_the_server_falls_silent(self, post_office):
        post_office.after_data.append(HANG_UP)

        message = _after_work(_queue())

        assert (message.state, message.code) == ("unknown", "SMTPServerDisconnected")
        assert len(post_office.received) == 1  # it was taken; nobody here can know

    def test_makes_unknown_what_an_earlier_worker_left_half_done(self, post_office):
        message = _queue()
        _set(message, state="sending", fence=1)

        assert _after_work(message).state == "unknown"
        assert post_office.received == []

    def test_sends_nothing_once_its_lease_is_lost(self, post_office):
        message = _queue()
        task = task_services.claim(worker="one", pace=PACE, at=timezone.now())
        task_services.take_back(pace=PACE, at=timezone.now() + timedelta(days=1))

        with pytest.raises(leases.LeaseLost), leases.running_under(task_services.lease_of(task)):
            delivery.deliver(message.id)

        assert post_office.received == []

    @pytest.mark.usefixtures("post_office")
    def test_knows_late_that_it_went_after_all(self):
        message = _queue()
        begun = delivery._begin(message.id)
        assert _after_work(message).state == "unknown"  # another worker found it half done

        delivery._record(begun, outcome=delivery.Outcome(state=State.SENT), at=NOON)

        assert models.Message.objects.get().state == "sent"

    @pytest.mark.parametrize("state", [State.SENT, State.BOUNCED, State.QUEUED])
    def test_leaves_a_message_to_who_began_anew(self, state, caplog):
        message = _queue()
        begun = delivery._begin(message.id)
        _set(message, fence=begun.fence + 1)

        delivery._record(begun, outcome=delivery.Outcome(state=state), at=NOON)

        assert models.Message.objects.get().state == "sending"
        assert "taken over" in caplog.text

    def test_leaves_no_words_in_the_log(self, post_office, caplog):
        post_office.to_data.append(f"554 {ADDRESS} is unknown")
        with caplog.at_level("DEBUG"):
            _after_work(_queue())
            _after_work(_queue())

        # the mail server of the test logs what it hears, in this same process
        ours = [record.getMessage() for record in caplog.records if record.name.startswith("scharnier")]
        assert [line for line in ours if "bounced 554" in line]
        assert [line for line in ours if ADDRESS in line or "Samira" in line] == []

    def test_writes_files_where_a_folder_is_set(self, settings, tmp_path):
        settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
        settings.EMAIL_FILE_PATH = tmp_path / "mail"

        message = _after_work(_queue())

        (file,) = (tmp_path / "mail").iterdir()
        assert message.state == "sent"
        assert "https://example.org/in/7" in file.read_text()


class TestStopAddress:
    """Mails that come by themselves say how they end: RFC 2369, and RFC 8058 for one click."""

    @pytest.fixture
    def received(self, post_office):
        def _received(**parts):
            services.queue_message(
                to=ADDRESS, template="invitation", facts=INVITATION, language="nl", **parts
            )
            _work()
            return post_office.received[-1]

        return _received

    def test_is_offered_by_one_click(self, received):
        mail = received(stop_address="https://example.org/stop/abc/")

        assert mail["List-Unsubscribe"] == "<https://example.org/stop/abc/>"
        assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    def test_without_tls_is_only_named(self, received):
        mail = received(stop_address="http://localhost/stop/abc/")

        assert mail["List-Unsubscribe"] == "<http://localhost/stop/abc/>"
        assert mail["List-Unsubscribe-Post"] is None

    def test_is_in_no_mail_that_answers_an_act(self, received):
        mail = received()

        assert [name for name in mail.keys() if name.startswith("List-")] == []  # noqa: SIM118  # a message

    def test_goes_with_the_words(self):
        message = _queue()

        with pytest.raises(IntegrityError), transaction.atomic():
            _set(message, to="", subject="", text="", erased_at=NOON, stop_address="https://example.org/")


class TestCalendar:
    """An invitation that a calendar understands goes beside the words: RFC 6047."""

    ICS = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"

    def _received(self, post_office, **parts):
        services.queue_message(to=ADDRESS, template="invitation", facts=INVITATION, language="nl", **parts)
        _work()
        return post_office.received[-1]

    def test_is_a_part_that_says_what_to_do(self, post_office):
        calendar = composing.Calendar(text=self.ICS, method="REQUEST")

        mail = self._received(post_office, calendar=calendar)

        (part,) = [each for each in mail.walk() if each.get_content_type() == "text/calendar"]
        assert part.get_param("method") == "REQUEST"
        assert part.get_payload(decode=True).decode().splitlines() == self.ICS.splitlines()
        kinds = [each.get_content_type() for each in mail.walk()]
        assert kinds == ["multipart/alternative", "text/plain", "text/html", "text/calendar"]

    def test_is_in_no_other_mail(self, post_office):
        mail = self._received(post_office)

        assert "text/calendar" not in [each.get_content_type() for each in mail.walk()]

    def test_goes_with_the_words(self):
        message = _queue()

        with pytest.raises(IntegrityError), transaction.atomic():
            _set(message, to="", subject="", text="", erased_at=NOON, calendar=self.ICS)


class TestOutcomeOf:
    @pytest.mark.parametrize(
        ("error", "state", "code"),
        [
            (smtplib.SMTPDataError(451, b"later"), State.QUEUED, "451"),
            (smtplib.SMTPDataError(554, b"no"), State.BOUNCED, "554"),
            (smtplib.SMTPSenderRefused(421, b"closing", "a@b"), State.QUEUED, "421"),
            (smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no")}), State.BOUNCED, "550"),
            (smtplib.SMTPRecipientsRefused({}), State.UNKNOWN, "SMTPRecipientsRefused"),
            (smtplib.SMTPResponseException(-1, b"?"), State.UNKNOWN, "SMTPResponseException"),
            (smtplib.SMTPServerDisconnected("gone"), State.UNKNOWN, "SMTPServerDisconnected"),
            (TimeoutError(), State.UNKNOWN, "TimeoutError"),
        ],
    )
    def test_tries_again_only_what_surely_did_not_go(self, error, state, code):
        assert delivery.outcome_of(error) == delivery.Outcome(state=state, code=code)


class TestResendMessage:
    @pytest.mark.parametrize("state", ["unknown", "bounced"])
    def test_sends_what_a_person_wants_sent_again(self, post_office, state):
        message = _after_work(_queue())
        _set(message, state=state, bounced_at=NOON)

        services.resend_message(message.id)

        assert _after_work(message).state == "sent"
        sent = [received["Message-ID"] for received in post_office.received]
        assert sent == [f"<{message.id}.{time}@localhost>" for time in (1, 2)]

    @pytest.mark.parametrize("state", ["queued", "sending", "sent"])
    def test_refuses_what_is_on_its_way(self, state):
        message = _queue()
        _set(message, state=state, sent_at=NOON)

        with pytest.raises(services.NotResendable):
            services.resend_message(message.id)

        assert task_models.Task.objects.count() == 1

    def test_refuses_what_was_erased(self):
        message = _queue()
        _set(message, state="unknown", to="", subject="", text="", erased_at=NOON)

        with pytest.raises(services.NotResendable):
            services.resend_message(message.id)

    def test_knows_no_other_messages(self):
        with pytest.raises(services.MessageNotFound):
            services.resend_message("nothing")


class TestRecordReport:
    @pytest.mark.usefixtures("post_office")
    def test_notes_when_a_message_came_back_and_the_first_note_stands(self):
        message = _after_work(_queue())

        services.record_report(_report(message), at=NOON)
        services.record_report(_report(message, status="5.2.2"), at=NOON + MONTH)

        message.refresh_from_db()
        assert (message.state, message.code, message.bounced_at) == ("bounced", "5.1.1", NOON)

    @pytest.mark.usefixtures("post_office")
    @pytest.mark.parametrize("said", [{"fence": 7}, {"has_failed": False}])
    def test_leaves_what_may_still_arrive(self, said):
        message = _after_work(_queue())

        services.record_report(_report(message, **said), at=NOON)

        message.refresh_from_db()
        assert (message.state, message.bounced_at) == ("sent", None)

    def test_leaves_a_message_that_never_went(self):
        message = _queue()

        services.record_report(_report(message), at=NOON)

        message.refresh_from_db()
        assert (message.state, message.bounced_at) == ("queued", None)

    def test_knows_no_other_messages(self):
        with pytest.raises(services.MessageNotFound):
            services.record_report(DeliveryReport(message_id="0", fence=1, has_failed=True), at=NOON)


class TestRows:
    @pytest.mark.parametrize(
        "wrong", [{"state": "lost"}, {"state": "sent"}, {"state": "bounced"}, {"erased_at": NOON}]
    )
    def test_cannot_hold_what_cannot_be(self, wrong):
        message = _queue()

        with pytest.raises(IntegrityError), transaction.atomic():
            _set(message, **wrong)

    def test_name_themselves_without_an_address(self):
        message = _queue()

        assert str(message) == f"invitation {message.id}"


class TestCommand:
    def test_lists_what_did_not_go_without_what_it_says(self, capsys):
        waiting = _queue()
        _set(_queue(), state="sent", sent_at=NOON)

        call_command("mail", "list", "--json")

        listed = json.loads(capsys.readouterr().out)
        assert (listed["id"], listed["state"]) == (waiting.id, "queued")
        assert set(listed) == {"id", "template", "state", "code", "queued_at"}
        assert [found.id for found in selectors.undelivered()] == [waiting.id]

    def test_lists_for_people(self, capsys):
        message = _queue()

        call_command("mail", "list")

        assert capsys.readouterr().out.startswith(f"{message.id}  invitation  queued")

    def test_sends_again(self, post_office):
        message = _queue()
        _work()
        _set(message, state="unknown")

        call_command("mail", "resend", message.id)

        assert _after_work(message).state == "sent"
        assert len(post_office.received) == 2

    def test_hears_of_a_message_that_came_back(self, post_office, monkeypatch):
        _after_work(_queue())
        (received,) = post_office.received
        report = MIMEMultipart("report", report_type="delivery-status")
        block = Message()
        block["Action"], block["Status"] = "failed", "5.1.1"
        about = MIMEBase("message", "delivery-status")
        about.attach(block)
        report.attach(about)
        report.attach(MIMEMessage(received))
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(report.as_bytes())))

        call_command("mail", "report")

        message = models.Message.objects.get()
        assert (message.state, message.code) == ("bounced", "5.1.1")

    def test_refuses_a_mail_that_is_no_report(self, monkeypatch):
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"Subject: Hoi\n\nIk ben er niet.")))

        with pytest.raises(NotADeliveryReport):
            call_command("mail", "report")


class TestConnection:
    def test_that_ends_rudely_changes_nothing(self, post_office):
        post_office.to_quit.append("421 Enough")

        assert _after_work(_queue()).state == "sent"
        assert post_office.to_quit == []

    @pytest.mark.usefixtures("post_office")
    def test_that_cannot_be_made_asks_for_another_try(self, settings):
        settings.EMAIL_PORT = 1
        message = _queue()

        with pytest.raises(TryLater, match="ConnectionRefusedError"):
            delivery.deliver(message.id)
