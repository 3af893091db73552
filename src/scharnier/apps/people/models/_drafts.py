# SPDX-License-Identifier: EUPL-1.2
"""Rows of files on their way in: kept between looking at what would come of them and doing it."""

from __future__ import annotations

from enum import StrEnum

from django.db import models

from scharnier.apps.people.models._network import Network, one_of
from scharnier.apps.people.models._parties import Person


class DraftKind(StrEnum):
    """What a file on its way in holds."""

    NETWORK = "network"  # anything of a network, as it was sent
    AREAS = "areas"  # what was found on a map: areas to choose from
    SIGNALS = "signals"  # what could be read of a list of signals; of what was refused nothing


class ImportDraft(models.Model):
    """A file that somebody is about to import; one a person, gone once it is imported or an hour old."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="import_drafts")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="import_drafts")
    kind = models.TextField(default=DraftKind.NETWORK.value)
    file_name = models.TextField()
    data = models.BinaryField()
    digest = models.TextField()  # of the data: what was looked at is what is done
    made_at = models.DateTimeField()
    preview = models.JSONField(default=dict)  # selectors.ImportPreview
    previewed_revision = models.TextField()  # of the network; at another one the preview is of before

    class Meta:
        constraints = [
            models.UniqueConstraint(name="people_import_draft_one_a_person", fields=["network", "person"]),
            one_of("people_import_draft_kind_known", field="kind", kind=DraftKind),
        ]

    def __str__(self) -> str:
        return f"import draft {self.pk}"
