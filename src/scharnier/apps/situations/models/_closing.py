# SPDX-License-Identifier: EUPL-1.2
"""Rows of how a situation ends: what was measured, what partners think, looking again, and what stays."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from scharnier.apps.people.models import Network
from scharnier.apps.people.models._network import one_of
from scharnier.apps.situations.models._situations import Situation
from scharnier.core.situations import Lasting, State


class Evaluation(models.Model):
    """What came of a plan."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="evaluations")
    is_earlier = models.BooleanField(default=False)  # before it was taken up again
    lesson = models.TextField()
    n_kept = models.PositiveIntegerField(default=0)
    n_judged = models.PositiveIntegerField(default=0)
    rate_ratio = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    displacement = models.FloatField(null=True)
    is_from_signals = models.BooleanField(default=False)  # what was measured: from the maps of months
    hours = models.FloatField(null=True)
    residents_noticed = models.TextField(blank=True, default="")
    made_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="situations_evaluation_once", fields=["situation"], condition=Q(is_earlier=False)
            ),
            models.CheckConstraint(
                name="situations_evaluation_measured_or_not",
                condition=Q(rate_ratio__isnull=True, low__isnull=True, high__isnull=True)
                | Q(rate_ratio__isnull=False, low__gt=0, high__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"evaluation {self.pk}"


class Score(models.Model):
    """How far one partner thinks the goal was reached; read through `shown_goals` only."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="scores")
    organization_text_id = models.TextField()
    score = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="situations_score_once", fields=["situation", "organization_text_id"]
            ),
            models.CheckConstraint(name="situations_score_within", condition=Q(score__range=(1, 5))),
        ]

    def __str__(self) -> str:
        return f"score {self.pk}"


class Recheck(models.Model):
    """Looking again some months after closing."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    situation = models.ForeignKey(Situation, on_delete=models.CASCADE, related_name="rechecks")
    due = models.DateField()
    done_on = models.DateField(null=True)
    found = models.TextField(blank=True, default="")
    reminded_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="situations_recheck_once", fields=["situation", "due"]),
            models.CheckConstraint(
                name="situations_recheck_done_or_not",
                condition=Q(done_on__isnull=True, found="")
                | Q(done_on__isnull=False, found__in=[each.value for each in Lasting]),
            ),
        ]
        indexes = [
            models.Index(
                fields=["network", "due"], condition=Q(done_on__isnull=True), name="situations_recheck_due"
            )
        ]

    def __str__(self) -> str:
        return f"recheck {self.pk}"


class Result(models.Model):
    """What stays of a situation once its words are gone: figures, topics and areas, and no organization."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    situation_id = models.TextField()  # not a key: that goes sooner
    state = models.TextField()
    ended_on = models.DateField()
    topic_ids = models.JSONField(default=list)
    area_ids = models.JSONField(default=list)
    n_partners = models.PositiveIntegerField(default=0)
    n_kept = models.PositiveIntegerField(default=0)
    n_judged = models.PositiveIntegerField(default=0)
    rate_ratio = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    displacement = models.FloatField(null=True)
    hours = models.FloatField(null=True)

    class Meta:
        constraints = [
            one_of("situations_result_state_known", field="state", kind=State),
            models.UniqueConstraint(name="situations_result_once", fields=["network", "situation_id"]),
        ]

    def __str__(self) -> str:
        return f"result {self.situation_id}"


class Template(models.Model):
    """A network's own copy of a template, or its own template."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="+")
    text_id = models.TextField()
    content = models.JSONField()  # as `core.situations.Template` has it, without the identifier
    is_offered = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="situations_template_once", fields=["network", "text_id"]),
        ]

    def __str__(self) -> str:
        return self.text_id
