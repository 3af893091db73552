# SPDX-License-Identifier: EUPL-1.2
"""Announcing outside a transaction, where an act could fail after it was told."""

from __future__ import annotations

import pytest
from django.db.transaction import TransactionManagementError

from scharnier.apps.webhooks import services
from scharnier.core.kernel import NetworkId
from scharnier.core.webhooks import Event
from tests.factories import NOON


@pytest.mark.django_db(transaction=True)
class TestPublishOutside:
    def test_demands_the_transaction_of_the_act(self):
        with pytest.raises(TransactionManagementError, match=r"referral\.accepted"):
            services.publish(
                Event.REFERRAL_ACCEPTED, network_id=NetworkId("kruisveld"), object_id="r", at=NOON
            )
