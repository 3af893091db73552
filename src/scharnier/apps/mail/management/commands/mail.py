# SPDX-License-Identifier: EUPL-1.2
"""Command `mail`: look at messages that did not go, and send one again."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandParser

from scharnier.apps.mail import selectors, services


class Command(BaseCommand):
    """List undelivered messages, or send one again."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what `scharnier mail` hands over."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list").add_argument("--json", action="store_true", dest="as_json")
        verbs.add_parser("resend").add_argument("message_id")

    def handle(
        self,
        *_arguments: object,
        verb: str = "list",
        as_json: bool = False,
        message_id: str = "",
        **_options: object,
    ) -> None:
        """Do what the verb says (raises MessageNotFound, NotResendable)."""
        if verb == "resend":
            services.resend_message(message_id)
            return
        for message in selectors.undelivered():
            facts = asdict(message) | {"queued_at": message.queued_at.isoformat(timespec="seconds")}
            self.stdout.write(json.dumps(facts) if as_json else "  ".join(map(str, facts.values())))
