# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the audit app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit app."""

    name = "scharnier.apps.audit"
