# SPDX-License-Identifier: EUPL-1.2
"""Rows of what is gone: identifiers only, and nothing refers to them."""

from __future__ import annotations

from django.db import models


class Tombstone(models.Model):
    """Something that was erased, or that a person objects to; it may not come back."""

    network_id = models.TextField()
    kind = models.TextField()  # person, tie or membership
    object_id = models.TextField()  # as the log names it
    removed_date = models.DateField()
    by = models.TextField()  # rule.… or right.…

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="tombstones_tombstone_once", fields=["network_id", "kind", "object_id"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
