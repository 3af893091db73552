# SPDX-License-Identifier: EUPL-1.2
"""Rows of the map: what was shown of a month, by square. No partner, signal or address stands here."""

from __future__ import annotations

from django.db import models

from scharnier.apps.people.models import Network


class MapMonth(models.Model):
    """The map of a calendar month; once drawn it never changes."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    first_day = models.DateField()
    drawn_on = models.DateField()
    squares = models.JSONField(default=list)  # of each: where it lies, and the low ends of its bands if shown

    class Meta:
        constraints = [
            models.UniqueConstraint(name="situations_mapmonth_once", fields=["network", "first_day"])
        ]

    def __str__(self) -> str:
        return f"map of {self.first_day}"
