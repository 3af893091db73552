# SPDX-License-Identifier: EUPL-1.2
"""Rows of when a card was last looked over, group by group."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from scharnier.apps.people.cards import Group
from scharnier.apps.people.models._network import Network, one_of
from scharnier.apps.people.models._parties import Organization, Person


class CardCheck(models.Model):
    """The last time whose card it is said that a group of fields is right."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="checks")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, null=True, related_name="checks")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, null=True, related_name="checks")
    group = models.TextField()
    checked_on = models.DateField()
    verify_by = models.DateField()
    asked_on = models.DateField(null=True)  # the last time a link to confirm was sent
    version = models.TextField(blank=True, default="")  # of the check; a link speaks of one version only

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="people_check_of_one_card",
                condition=Q(person__isnull=False, organization__isnull=True)
                | Q(person__isnull=True, organization__isnull=False),
            ),
            models.CheckConstraint(
                name="people_check_due_after_it", condition=Q(verify_by__gte=F("checked_on"))
            ),
            one_of("people_check_group_known", field="group", kind=Group),
            models.UniqueConstraint(name="people_check_once_a_person", fields=["person", "group"]),
            models.UniqueConstraint(
                name="people_check_once_an_organization", fields=["organization", "group"]
            ),
        ]

    def __str__(self) -> str:
        return f"check {self.pk}"
