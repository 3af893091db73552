# SPDX-License-Identifier: EUPL-1.2
"""Background work on mail."""

from __future__ import annotations

from django_tasks import task

from scharnier.apps.mail import delivery


@task(max_attempts=12)  # over some five hours, with pauses of the usual length
def send_message(message_id: str) -> None:
    """Hand a message to the mail server."""
    delivery.deliver(message_id)
