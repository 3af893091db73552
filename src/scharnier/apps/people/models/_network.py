# SPDX-License-Identifier: EUPL-1.2
"""Rows of a network: the neighbourhood itself, where it is and what it is about."""

from __future__ import annotations

from enum import Enum

from django.db import models
from django.db.models import F, Q

from scharnier.core.network import AreaKind, LocationType


def one_of(name: str, *, field: str, kind: type[Enum]) -> models.CheckConstraint:
    """Return a constraint: the column holds a value of the enumeration."""
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": [item.value for item in kind]}))


def once_per_network(name: str) -> models.UniqueConstraint:
    """Return a constraint: an identifier occurs once in a network."""
    return models.UniqueConstraint(name=name, fields=["network", "text_id"])


class Network(models.Model):
    """One neighbourhood network; each change to anything in it gives it a new revision."""

    id = models.TextField(primary_key=True)
    name = models.TextField()
    language = models.TextField(default="nl")
    revision = models.TextField(blank=True, default="")
    sight = models.TextField(blank=True, default="")  # changes when who is seen or a tie may have
    source_digest = models.TextField(blank=True, default="")  # of what it was loaded from, to see it change
    takes_requests = models.BooleanField(default=False)  # whether anyone may ask to join

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A named piece of the neighbourhood."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="areas")
    text_id = models.TextField()
    name = models.TextField()
    kind = models.TextField()
    alternate_names = models.JSONField(default=list)
    parent = models.ForeignKey("self", on_delete=models.RESTRICT, null=True, related_name="+")
    cbs_code = models.TextField(blank=True, default="")
    outline = models.JSONField(default=list)

    class Meta:
        constraints = [
            once_per_network("people_area_once"),
            one_of("people_area_kind_known", field="kind", kind=AreaKind),
            models.CheckConstraint(name="people_area_not_in_itself", condition=~Q(parent=F("id"))),
        ]

    def __str__(self) -> str:
        return self.name


class Location(models.Model):
    """A place where services are given."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="locations")
    text_id = models.TextField()
    name = models.TextField(blank=True)
    location_type = models.TextField()
    address = models.TextField(blank=True)
    area = models.ForeignKey(Area, on_delete=models.RESTRICT, null=True, related_name="+")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)

    class Meta:
        constraints = [
            once_per_network("people_location_once"),
            one_of("people_location_type_known", field="location_type", kind=LocationType),
            models.CheckConstraint(
                name="people_location_both_coordinates",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,  # else half a place compares to NULL, and a check lets that pass
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """A matter of the neighbourhood, with its names."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="topics")
    text_id = models.TextField()
    labels = models.JSONField(default=list)  # [text, language, is preferred]
    definition = models.TextField(blank=True)
    broader_ids = models.JSONField(default=list)
    related_ids = models.JSONField(default=list)
    fields = models.JSONField(default=list)

    class Meta:
        constraints = [once_per_network("people_topic_once")]

    def __str__(self) -> str:
        return self.text_id
