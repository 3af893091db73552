# SPDX-License-Identifier: EUPL-1.2
"""Django configuration of the referral app."""

from django.apps import AppConfig


class ReferralConfig(AppConfig):
    """The referral app."""

    name = "scharnier.apps.referral"
