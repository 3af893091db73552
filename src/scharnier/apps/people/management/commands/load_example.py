# SPDX-License-Identifier: EUPL-1.2
"""Command `load_example`: put the example neighbourhood into the database, and say who can sign in."""

from __future__ import annotations

import hashlib

import msgspec
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from scharnier import example
from scharnier.apps import wall
from scharnier.apps.people import models, services
from scharnier.apps.people.demonstration import PASSWORD

HEADS = {
    "nl": "Inloggen kan als een van deze mensen, steeds met wachtwoord {password}:",
    "en": "Sign in as one of these people, each with password {password}:",
}


class Command(BaseCommand):
    """Load the example neighbourhood when it is not there or was loaded from other sources."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the language to speak in."""
        parser.add_argument("--language", choices=sorted(HEADS), default="en")

    def handle(self, *_arguments: object, language: str = "en", **_options: object) -> None:
        """Load what is new and print the accounts."""
        found = example.load_kruisveld()
        logins = [
            services.Login(
                name=account.login,
                password=PASSWORD,
                person_id=account.person_id,
                role=account.role,
            )
            for account in found.accounts
        ]
        digest = _digest(found)
        if not _is_loaded(found, digest=digest):
            services.load_network(
                found.network, at=timezone.now(), outcomes=found.outcomes, source_digest=digest
            )
            services.load_logins(found.network.id, logins=logins)
        self.stdout.write(HEADS[language].format(password=PASSWORD))
        for login in logins:
            self.stdout.write(f"  {login.name:<12} {login.role.value}")


def _is_loaded(found: example.Example, *, digest: str) -> bool:
    with wall.in_network(found.network.id):
        return models.Network.objects.filter(id=found.network.id, source_digest=digest).exists()


def _digest(found: example.Example) -> str:
    parts = (found.network, found.outcomes)
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()
