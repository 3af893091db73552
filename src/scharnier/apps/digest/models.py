# SPDX-License-Identifier: EUPL-1.2
"""Rows of who is told what waits: on which terms, by which calendar address, and on which days it was."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from scharnier.apps.people.models import Account, Network
from scharnier.core.digest import HOURS, WEEKDAYS, Often


class Terms(models.Model):
    """What somebody chose about the mail digest; without a row it comes as usual."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="mail_terms")
    often = models.TextField()
    weekday = models.PositiveIntegerField()  # 1..5, from Monday
    hour = models.PositiveIntegerField()
    language = models.TextField(blank=True, default="")  # empty: that of the network
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="digest_terms_often_known", condition=Q(often__in=[each.value for each in Often])
            ),
            models.CheckConstraint(
                name="digest_terms_offered",
                condition=Q(weekday__in=list(WEEKDAYS), hour__in=list(HOURS), language__in=["", "nl", "en"]),
            ),
        ]

    def __str__(self) -> str:
        return f"mail terms {self.pk}"


class Feed(models.Model):
    """That somebody has a calendar address; the address holds the version, signed, and is kept nowhere."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="calendar_feed")
    version = models.TextField()  # another one: the address before leads nowhere
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="digest_feed_has_a_version", condition=~Q(version="")),
        ]

    def __str__(self) -> str:
        return f"calendar feed {self.pk}"


class Sending(models.Model):
    """One look at what waited for somebody on a day; where nothing did, no mail went."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="digests")
    day = models.DateField()
    n_things = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="digest_sending_once_a_day", fields=["account", "day"]),
        ]
        indexes = [models.Index(fields=["network", "day"], name="digest_sending_by_day")]

    def __str__(self) -> str:
        return f"digest {self.pk}"
