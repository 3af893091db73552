# SPDX-License-Identifier: EUPL-1.2
"""Rows of what other systems may report, by which key, and what they reported; no reporter stands in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from scharnier.apps.people.models import Account, Area, Network, Organization
from scharnier.apps.referral.models import Referral, Turn
from scharnier.apps.signals.models import Signal


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
    organization = models.ForeignKey(  # whose system it is: what it reports is a signal; it goes with it
        Organization, on_delete=models.CASCADE, null=True, related_name="+"
    )
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
    """A matter that another system reported: it waits for a coordinator, was laid aside, or became something.

    Of what became a signal only the number stands here.
    """

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
    signal = models.OneToOneField(Signal, on_delete=models.CASCADE, null=True, related_name="report")
    dropped_at = models.DateTimeField(null=True)  # it is nothing for this network

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="open311_report_one_fate",
                condition=Q(referral__isnull=True) | Q(dropped_at__isnull=True),
            ),
            models.CheckConstraint(
                name="open311_report_of_signal_is_bare",
                condition=Q(signal__isnull=True)
                | Q(
                    referral__isnull=True,
                    dropped_at__isnull=True,
                    text="",
                    address="",
                    area__isnull=True,
                    latitude__isnull=True,
                    is_public=False,
                ),
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


class System(models.Model):
    """The system of an organization, to which what it is asked about public space is passed on."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    organization = models.OneToOneField(Organization, on_delete=models.CASCADE, related_name="+")
    address = models.TextField()  # of its GeoReport, without the slash at the end
    jurisdiction_id = models.TextField(blank=True, default="")
    api_key = models.TextField(
        blank=True, default=""
    )  # it goes along with each report, so it is kept as it is
    form = models.TextField(default="json")
    takes_words = models.BooleanField(default=False)  # whether the words of who asks go along
    services = models.JSONField(default=list)  # what it offered last: pairs of code and name
    codes = models.JSONField(default=dict)  # by topic
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="open311_system_form_known", condition=Q(form__in=["json", "xml"])),
        ]

    def __str__(self) -> str:
        return f"system {self.pk}"


class Step(models.TextChoices):
    """How far a referral is on its way to the system of who is asked."""

    WAITING = "waiting"  # to be sent, for the first time or again
    SENDING = "sending"  # it is leaving us at this moment; found so later, it is UNKNOWN
    PASSED = "passed"  # the other system took it under a number, and is asked how it goes
    OVER = "over"  # done, or followed no more
    UNKNOWN = "unknown"  # it left, and nobody knows whether it arrived: never sent again by itself
    FAILED = "failed"  # refused, or tried for a day


STUCK = (Step.UNKNOWN.value, Step.FAILED.value)  # a coordinator has to look at it


class Passage(models.Model):
    """One turn on its way to the system of the organization that is asked in it."""

    id = models.TextField(primary_key=True)
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    system = models.ForeignKey(System, on_delete=models.CASCADE, related_name="passages")
    turn = models.OneToOneField(Turn, on_delete=models.CASCADE, related_name="passage")
    service_code = models.TextField()
    step = models.TextField(default=Step.WAITING.value)
    has_words = models.BooleanField(default=False)  # whether the words went along
    request_id = models.TextField(blank=True, default="")  # of the other system
    token = models.TextField(blank=True, default="")  # until there is a number
    notes_digest = models.TextField(blank=True, default="")  # of what the other system said last
    task_id = models.TextField(blank=True, default="")
    attempts = models.IntegerField(default=0)
    status = models.IntegerField(null=True)  # of the last answer
    error = models.TextField(blank=True, default="")  # a code
    made_at = models.DateTimeField()
    tried_at = models.DateTimeField(null=True)
    passed_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)  # when the other system was asked last how it goes

    class Meta:
        constraints = [
            models.CheckConstraint(name="open311_passage_step_known", condition=Q(step__in=Step.values)),
            models.CheckConstraint(
                name="open311_passage_passed_under_a_number",
                condition=~Q(step=Step.PASSED.value) | ~Q(request_id="") | ~Q(token=""),
            ),
        ]
        indexes = [
            models.Index(fields=["network", "step", "made_at"], name="open311_passage_step"),
        ]

    def __str__(self) -> str:
        return f"passage {self.id}"
