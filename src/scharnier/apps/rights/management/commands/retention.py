# SPDX-License-Identifier: EUPL-1.2
"""Command `retention`: clear up by the rules, or say what that would do."""

from __future__ import annotations

import json
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from scharnier.apps.http import today
from scharnier.apps.rights import services


class Command(BaseCommand):
    """Clear up what is over its time."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what `scharnier retention` hands over."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        run = verbs.add_parser("run")
        run.add_argument("--dry-run", action="store_true", dest="is_dry")
        run.add_argument("--json", action="store_true", dest="as_json")

    def handle(
        self, *_arguments: object, is_dry: bool = False, as_json: bool = False, **_options: object
    ) -> None:
        """Print a line for each rule and network with something over its time."""
        lines = services.run_retention(on=today(), at=timezone.now(), is_dry=is_dry)
        for line in lines:
            self.stdout.write(json.dumps(asdict(line)) if as_json else _said(line))
        if not lines and not as_json:
            self.stdout.write("Nothing is over its time.")


def _said(line: services.Line) -> str:
    where = line.network_id or "installation"
    return f"{line.rule}  {where}  over {line.n_over}  done {line.n_done}  warned {line.n_warned}"
