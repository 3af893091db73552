# SPDX-License-Identifier: EUPL-1.2
"""Write what a webhook sends, and sign it, as the Standard Webhooks specification says."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from standardwebhooks.webhooks import Webhook

from scharnier.core.webhooks import Announcement

PREFIX: Final = "whsec_"
SECRET_BYTES: Final = 32  # the specification asks for 24 to 64


def write_secret(key: bytes) -> str:
    """Return a key as its receiver gets it.

    Examples
    --------
    >>> write_secret(bytes(24))
    'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    """
    return PREFIX + base64.b64encode(key).decode()


def write_body(announcement: Announcement) -> bytes:
    """Return what is sent, the same bytes each time.

    Examples
    --------
    >>> from scharnier.core.kernel import NetworkId
    >>> from scharnier.core.webhooks import Event
    >>> test = Announcement(
    ...     event=Event.TEST,
    ...     network_id=NetworkId("kruisveld"),
    ...     object_id="7",
    ...     happened_at=datetime(2026, 3, 29, 12, tzinfo=UTC),
    ... )
    >>> write_body(test)
    b'{"type":"webhook.test","timestamp":"2026-03-29T12:00:00Z","data":{"id":"7","network":"kruisveld"}}'
    """
    moment = announcement.happened_at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    data = {"id": announcement.object_id, "network": announcement.network_id}
    said = {
        "type": announcement.event.value,
        "timestamp": moment,
        "data": data | dict(sorted(announcement.facts.items())),
    }
    return json.dumps(said, separators=(",", ":")).encode()


def write_headers(body: bytes, *, message_id: str, secrets: Sequence[str], at: datetime) -> Mapping[str, str]:
    """Return the headers that go with what is sent, signed with each secret, the newest first.

    The moment is that of this attempt. The identifier is the same at each, so that a receiver knows what it
    has already.
    """
    text = body.decode()
    signatures = [
        Webhook(secret).sign(msg_id=message_id, timestamp=at.astimezone(UTC), data=text) for secret in secrets
    ]
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
