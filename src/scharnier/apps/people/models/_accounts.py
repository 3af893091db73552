# SPDX-License-Identifier: EUPL-1.2
"""Rows of who may sign in, and as whom."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from scharnier.apps.people.models._network import Network, one_of
from scharnier.apps.people.models._parties import Person
from scharnier.core.kernel import Role


class User(AbstractUser):
    """Someone who can sign in; who that is in a network, the account says."""


class Account(models.Model):
    """A user as a person of one network."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="accounts")
    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="accounts")
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="account")
    role = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="people_account_once_per_network", fields=["user", "network"]),
            one_of("people_account_role_known", field="role", kind=Role),
        ]

    def __str__(self) -> str:
        return f"account {self.pk}"
