# SPDX-License-Identifier: EUPL-1.2
"""Rows of what other systems may report, by which key, and what they reported; no reporter stands in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from scharnier.apps.people.models import Account, Area, Network, Organization
from scharnier.apps.referral.models import Referral


class Offer(models.Model):
    """A topic of public space that other systems may report, and that is published."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    topic_id = models.TextField()
    organization = models.ForeignKey(  # asked at once; none: a coordinator looks first
        Organization, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    keeper = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, related_name="+")  # who asks
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="open311_offer_once", fields=["network", "topic_id"])]

    def __str__(self) -> str:
        return self.topic_id


class Key(models.Model):
    """What lets another system report; we keep a digest of it only."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    name = models.TextField()  # of the other system
    digest = models.TextField(unique=True)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="open311_key_named", condition=~Q(name="")),
            models.UniqueConstraint(
                name="open311_key_name_once",
                fields=["network", "name"],
                condition=Q(revoked_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"key {self.pk}"


class Report(models.Model):
    """A matter that another system reported: it waits for a coordinator, is a referral, or was laid aside."""

    id = models.TextField(primary_key=True)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    key = models.ForeignKey(Key, on_delete=models.CASCADE, related_name="reports")
    topic_id = models.TextField()
    text = models.TextField(blank=True, default="")  # empty once it is a referral, which holds the words
    is_public = models.BooleanField(default=False)  # whether everybody may read the words
    area = models.ForeignKey(Area, on_delete=models.SET_NULL, null=True, related_name="+")
    address = models.TextField(blank=True, default="")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    received_at = models.DateTimeField()
    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, null=True, related_name="report")
    dropped_at = models.DateTimeField(null=True)  # it is nothing for this network

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="open311_report_one_fate",
                condition=Q(referral__isnull=True) | Q(dropped_at__isnull=True),
            ),
            models.CheckConstraint(
                name="open311_report_whole_point",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["network", "-received_at"], name="open311_report_latest"),
            models.Index(fields=["key", "-received_at"], name="open311_report_of_key"),
        ]

    def __str__(self) -> str:
        return f"report {self.id}"
