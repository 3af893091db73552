# SPDX-License-Identifier: EUPL-1.2
"""Reports of mail servers, in the shapes of the standard and of what servers make of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.formats.delivery_report import DeliveryReport, NotADeliveryReport, read_delivery_report

MESSAGE = "0123456789abcdef0123456789abcdef"
OF_RECIPIENT = "Final-Recipient: rfc822; karel@example.org\nAction: {action}\nStatus: {status}\n"
WHOLE = f"Content-Type: message/rfc822\n\nMessage-ID: <{MESSAGE}.2@example.org>\nSubject: Kruisveld\n\nHoi\n"
HEAD = f"Content-Type: text/rfc822-headers\n\nMessage-ID: <{MESSAGE}.2@example.org>\nSubject: Kruisveld\n"


def a_report(*recipients: tuple[str, str], original: str = WHOLE) -> bytes:
    blocks = "\n".join(OF_RECIPIENT.format(action=action, status=status) for action, status in recipients)
    return (
        "From: MAILER-DAEMON@example.org\n"
        "Auto-Submitted: auto-replied\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="leaf"\n'
        "\n--leaf\nContent-Type: text/plain\n\nSorry, Karel does not live here.\n"
        "\n--leaf\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mail.example.org\n\n"
        f"{blocks}\n--leaf\n{original}\n--leaf--\n"
    ).encode()


class TestReadDeliveryReport:
    @pytest.mark.parametrize("original", [WHOLE, HEAD])
    @pytest.mark.parametrize("ends", ["\n", "\r\n"])
    def test_tells_which_message_failed_and_why(self, original, ends):
        content = a_report(("failed", "5.1.1"), original=original).replace(b"\n", ends.encode())

        report = read_delivery_report(content)

        assert report == DeliveryReport(message_id=MESSAGE, fence=2, has_failed=True, status="5.1.1")

    @pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
    def test_does_not_take_waiting_for_failing(self, action):
        report = read_delivery_report(a_report((action, "4.4.7")))

        assert (report.has_failed, report.status) == (False, "")

    def test_fails_when_one_of_several_recipients_failed(self):
        report = read_delivery_report(a_report(("delivered", "2.0.0"), ("Failed ", "5.7.1 (policy)")))

        assert (report.has_failed, report.status) == (True, "5.7.1")

    def test_keeps_no_words_for_a_status(self):
        assert read_delivery_report(a_report(("failed", "karel@example.org"))).status == ""

    @pytest.mark.parametrize(
        "original",
        [
            "Content-Type: text/plain\n\nNothing of the message itself.\n",
            "Content-Type: message/rfc822\n\nMessage-ID: <someone.else@example.org>\n\nHoi\n",
            "Content-Type: message/rfc822\n\nSubject: no name\n\nHoi\n",
            f"Content-Type: message/rfc822\n\nMessage-ID: <{MESSAGE}.0@example.org>\n\nHoi\n",
        ],
    )
    def test_refuses_a_report_on_a_message_of_others(self, original):
        with pytest.raises(NotADeliveryReport):
            read_delivery_report(a_report(("failed", "5.1.1"), original=original))

    def test_refuses_a_report_that_names_no_recipient(self):
        with pytest.raises(NotADeliveryReport):
            read_delivery_report(a_report())

    @pytest.mark.parametrize("damaged", [b"Action: failed\xff", b"Action: \xfffailed"])
    def test_reads_no_failure_where_letters_were_lost(self, damaged):
        report = read_delivery_report(a_report(("failed", "5.1.1")).replace(b"Action: failed", damaged))

        assert not report.has_failed

    @given(st.binary(max_size=400))
    def test_refuses_whatever_is_no_mail(self, content):
        with pytest.raises(NotADeliveryReport):
            read_delivery_report(content)

    @given(st.integers(0, 2000), st.binary(max_size=20))
    def test_survives_a_report_that_was_cut_or_damaged(self, place, noise):
        whole = a_report(("failed", "5.1.1"))
        try:
            report = read_delivery_report(whole[:place] + noise + whole[place + len(noise) :])
        except NotADeliveryReport:
            return
        assert report.message_id == MESSAGE
