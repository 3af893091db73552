# SPDX-License-Identifier: EUPL-1.2
"""Rows of the nightly scan: that it ran, each answer that it gave, and what became a situation of it.

An answer holds what was shown or that nothing could be, never what lay behind it. No signal, no text and no
person stands here.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from scharnier.apps.people.models import Network
from scharnier.apps.situations.models._situations import Situation
from scharnier.core.detection import Width


class ScanGround(models.Model):
    """What stays the same from scan to scan: the middle of the flat map, and what never counts."""

    network = models.OneToOneField(Network, on_delete=models.CASCADE, related_name="+")
    longitude = models.FloatField()
    latitude = models.FloatField()
    excluded = models.JSONField(default=list)  # squares that never count: institutions, partners' own
    excluded_words = models.JSONField(default=dict)  # by square, what people call the place
    closed_before = models.DateField(null=True)  # of earlier days answers were let go of

    def __str__(self) -> str:
        return f"ground {self.pk}"


class ScanRun(models.Model):
    """One scan of a network, begun and perhaps done."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    seed = models.BigIntegerField()
    began_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    n_signals_low = models.PositiveIntegerField(default=0)  # of the band that their number lies in
    took_ms = models.PositiveIntegerField(default=0)
    followed_from = models.DateField(null=True)  # first day of the half year of which it tells what follows
    following = models.JSONField(default=list)  # of each band of days, how many times more, in halves

    class Meta:
        constraints = [models.UniqueConstraint(name="situations_scanrun_once", fields=["network", "day"])]

    def __str__(self) -> str:
        return f"scan of {self.day}"


class ScanAnswer(models.Model):
    """An answer about an area in some days: what was shown, or that nothing could be; none ever changes."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    made_on = models.DateField()
    first_day = models.DateField()
    last_day = models.DateField()
    squares = models.JSONField()
    is_release = models.BooleanField()
    width = models.TextField(blank=True, default="")  # of a release, as all below
    name = models.TextField(blank=True, default="")
    n_addresses_low = models.PositiveIntegerField(default=0)
    partners = models.JSONField(default=dict)  # the low end of each one's band
    topic_ids = models.JSONField(default=list)
    area_text_id = models.TextField(blank=True, default="")
    longitude = models.FloatField(null=True)  # of a circle
    latitude = models.FloatField(null=True)
    radius_m = models.FloatField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="situations_scananswer_days", condition=Q(first_day__lte=F("last_day"))
            ),
            models.CheckConstraint(
                name="situations_scananswer_shown",
                condition=Q(is_release=True, width__in=[width.value for width in Width])
                | Q(is_release=False, width="", name="", partners={}),
            ),
        ]
        indexes = [models.Index(fields=["network", "last_day"], name="situations_scananswer_when")]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Found(models.Model):
    """That a situation comes from the scan: what was told of it, and when it was last seen again."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    situation = models.OneToOneField(Situation, on_delete=models.CASCADE, related_name="found")
    answer = models.ForeignKey(ScanAnswer, on_delete=models.RESTRICT, related_name="found")
    seen_again_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"found {self.pk}"
