# SPDX-License-Identifier: EUPL-1.2
"""Rows of who there is: organizations with services, communities, resident groups, persons."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from scharnier.apps.people.models._network import Network, once_per_network, one_of
from scharnier.core.network import Accepting, Purpose, ServiceStatus


class Organization(models.Model):
    """A body that offers services or carries a mandate."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="organizations")
    text_id = models.TextField()
    name = models.TextField()
    description = models.TextField(blank=True)
    alternate_name = models.TextField(blank=True)
    remit = models.TextField(blank=True)
    topic_ids = models.JSONField(default=list)
    area_ids = models.JSONField(default=list)
    parent = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, related_name="+")
    email = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    website = models.TextField(blank=True)

    class Meta:
        constraints = [
            once_per_network("people_organization_once"),
            models.CheckConstraint(name="people_organization_not_in_itself", condition=~Q(parent=F("id"))),
        ]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """What one organization offers."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="services")
    text_id = models.TextField()
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="services")
    name = models.TextField()
    description = models.TextField(blank=True)
    alternate_name = models.TextField(blank=True)
    status = models.TextField()
    eligibility = models.TextField(blank=True)
    how_to_apply = models.TextField(blank=True)
    topic_ids = models.JSONField(default=list)
    area_ids = models.JSONField(default=list)
    location_ids = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    schedules = models.JSONField(default=list)
    capacity_available = models.PositiveIntegerField(null=True)
    capacity_maximum = models.PositiveIntegerField(null=True)
    capacity_unit = models.TextField(blank=True)
    capacity_updated_date = models.DateField(null=True)
    website = models.TextField(blank=True)
    email = models.TextField(blank=True)

    class Meta:
        constraints = [
            once_per_network("people_service_once"),
            one_of("people_service_status_known", field="status", kind=ServiceStatus),
            models.CheckConstraint(
                name="people_service_capacity_within_maximum",
                condition=Q(capacity_maximum__isnull=True)
                | Q(capacity_available__isnull=False, capacity_maximum__gte=F("capacity_available")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Community(models.Model):
    """A declared network people belong to."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="communities")
    text_id = models.TextField()
    name = models.TextField()
    description = models.TextField(blank=True)
    topic_ids = models.JSONField(default=list)
    area_ids = models.JSONField(default=list)

    class Meta:
        constraints = [once_per_network("people_community_once")]

    def __str__(self) -> str:
        return self.name


class ResidentGroup(models.Model):
    """Residents with matters in common; never a list of persons."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="resident_groups")
    text_id = models.TextField()
    name = models.TextField()
    n_people = models.PositiveIntegerField(null=True)
    source = models.TextField(blank=True)

    class Meta:
        constraints = [once_per_network("people_resident_group_once")]

    def __str__(self) -> str:
        return self.name


class Person(models.Model):
    """Someone people can be brought to: a card, not a file."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="persons")
    text_id = models.TextField()
    name = models.TextField()
    summary = models.TextField(blank=True)
    competences = models.JSONField(default=list)
    topic_ids = models.JSONField(default=list)
    area_ids = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    email = models.TextField(blank=True)
    phone = models.TextField(blank=True)
    reach = models.TextField(blank=True)
    accepting = models.TextField(default=Accepting.UNKNOWN.value)
    accepting_until = models.DateField(null=True)
    open_requests = models.PositiveIntegerField(default=0)
    capacity = models.PositiveIntegerField(null=True)
    last_active_date = models.DateField(null=True)
    visibility = models.JSONField(default=dict)  # field -> to whom; what is not named: the network
    awaits_person = models.BooleanField(default=False)  # made ready by somebody else, not taken up yet

    class Meta:
        constraints = [
            once_per_network("people_person_once"),
            one_of("people_person_accepting_known", field="accepting", kind=Accepting),
        ]

    def __str__(self) -> str:
        return self.text_id


class Consent(models.Model):
    """A person's dated yes to one purpose."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.TextField()
    given_date = models.DateField()
    end_date = models.DateField(null=True)

    class Meta:
        constraints = [
            one_of("people_consent_purpose_known", field="purpose", kind=Purpose),
            models.CheckConstraint(
                name="people_consent_ends_after_given",
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("given_date")),
            ),
        ]
        indexes = [models.Index(fields=["person", "purpose"], name="people_consent_purpose")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.given_date}"
