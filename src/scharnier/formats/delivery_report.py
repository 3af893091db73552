# SPDX-License-Identifier: EUPL-1.2
"""Read what a mail server reports of a message that it could not bring: a delivery status notification."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string
from email.message import Message

from scharnier.core.kernel import Invalid

STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")  # RFC 3463
SENT_AS = re.compile(r"<([0-9a-f]{32})\.([1-9]\d{0,8})@[^<>@\s]+>")  # what our own messages are called


class NotADeliveryReport(Invalid):
    """The text is no delivery status notification of a message of ours."""

    code = "mail.not_a_delivery_report"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryReport:
    """What became of one message.

    Parameters
    ----------
    message_id
        Of our message, 32 hexadecimal digits.
    fence
        Which time of handing it over, from 1.
    has_failed
        Whether it was given up; otherwise it was delayed, delivered or passed on.
    status
        Enhanced status, such as 5.1.1 for no such address; empty when the report gives none.
    """

    message_id: str
    fence: int
    has_failed: bool
    status: str = ""


def read_delivery_report(content: bytes) -> DeliveryReport:
    r"""Return what a delivery status notification says of one of our messages.

    Parameters
    ----------
    content
        A whole mail, as a mail server passes it on.

    Raises
    ------
    NotADeliveryReport
        Also when the message it speaks of is not ours.

    References
    ----------
    RFC 3464 (2003), An Extensible Message Format for Delivery Status Notifications; RFC 3463 (2003), Enhanced
    Mail System Status Codes.

    Examples
    --------
    >>> read_delivery_report(b"Subject: Hello\n\nNo report.")
    Traceback (most recent call last):
    scharnier.formats.delivery_report.NotADeliveryReport: ...
    """
    report = message_from_bytes(content)
    fields = list(_fields(report))
    sent_as = next(_sent_as(report), None)
    if not fields or sent_as is None:
        raise NotADeliveryReport
    failed = [block for block in fields if _said(block, "Action").lower() == "failed"]
    statuses = [found[0] for block in failed for found in [STATUS.match(_said(block, "Status"))] if found]
    return DeliveryReport(
        message_id=sent_as[1],
        fence=int(sent_as[2]),
        has_failed=bool(failed),
        status=max(statuses, default=""),
    )


def _fields(report: Message) -> Iterator[Message]:
    """Return the blocks of a report that speak of one recipient each."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            yield from (block for block in _inside(part) if "Action" in block)


def _sent_as(report: Message) -> Iterator[re.Match[str]]:
    """Return what the message was called that comes back with a report, whole or only its head."""
    for head in _heads(report):
        found = SENT_AS.fullmatch(_said(head, "Message-ID"))
        if found:
            yield found


def _said(block: Message, name: str) -> str:
    """Return what stands in a field; Python has another type for one with bytes that are no letters."""
    return str(block.get(name, "")).strip()


def _heads(report: Message) -> Iterator[Message]:
    for part in report.walk():
        match part.get_content_type():
            case "message/rfc822":
                yield from _inside(part)
            case "text/rfc822-headers":
                yield message_from_string(str(part.get_payload()))


def _inside(part: Message) -> list[Message]:
    found = part.get_payload()
    return [inner for inner in found if isinstance(inner, Message)]
