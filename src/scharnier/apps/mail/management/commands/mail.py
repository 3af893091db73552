# SPDX-License-Identifier: EUPL-1.2
"""Command `mail`: look at messages that did not go, send one again, and hear of one that came back."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from scharnier.apps.mail import selectors, services
from scharnier.formats.delivery_report import read_delivery_report

LONGEST_REPORT_BYTES = 10_000_000  # more than a mail server lets through


class Command(BaseCommand):
    """List undelivered messages, send one again, or note what a mail server reports of one."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what `scharnier mail` hands over."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list").add_argument("--json", action="store_true", dest="as_json")
        verbs.add_parser("resend").add_argument("message_id")
        verbs.add_parser("report")

    def handle(
        self,
        *_arguments: object,
        verb: str = "list",
        as_json: bool = False,
        message_id: str = "",
        **_options: object,
    ) -> None:
        """Do what the verb says (raises MessageNotFound, NotResendable, NotADeliveryReport)."""
        match verb:
            case "resend":
                services.resend_message(message_id)
            case "report":
                report = read_delivery_report(sys.stdin.buffer.read(LONGEST_REPORT_BYTES))
                services.record_report(report, at=timezone.now())
            case _:
                self._list(as_json=as_json)

    def _list(self, *, as_json: bool) -> None:
        for message in selectors.undelivered():
            facts = asdict(message) | {"queued_at": message.queued_at.isoformat(timespec="seconds")}
            self.stdout.write(json.dumps(facts) if as_json else "  ".join(map(str, facts.values())))
