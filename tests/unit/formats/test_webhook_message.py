# SPDX-License-Identifier: EUPL-1.2
"""What a webhook sends and how it is signed, beside the specification's own library and its formula."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from scharnier.core.kernel import NetworkId
from scharnier.core.webhooks import Announcement, Event
from scharnier.formats import webhook_message
from tests.factories import NOON

KEY, OTHER = bytes(range(32)), bytes(32)[:-1] + b"!"
SECRET, OLD = webhook_message.write_secret(KEY), webhook_message.write_secret(OTHER)
SAID = Announcement(
    event=Event.REFERRAL_REJECTED,
    network_id=NetworkId("kruisveld"),
    object_id="referral-7",
    happened_at=NOON,
    facts={"turn": "turn-1", "reason": "no_capacity"},
)
keys = st.binary(min_size=24, max_size=64)


def by_hand(key, *, message_id, at, body):
    """Return the signature as the specification writes it: HMAC-SHA256 over id.timestamp.body."""
    signed = f"{message_id}.{int(at.timestamp())}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def headers(body=b"{}", *, secrets=(SECRET,), at=NOON):
    return webhook_message.write_headers(body, message_id="msg_1", secrets=secrets, at=at)


def now():
    return datetime.fromtimestamp(datetime.now(tz=UTC).timestamp(), tz=UTC)  # noqa: TID251  # the library asks the clock


class TestWriteBody:
    def test_says_what_happened_to_what_and_when(self):
        body = json.loads(webhook_message.write_body(SAID))

        assert body == {
            "type": "referral.rejected",
            "timestamp": "2026-03-29T12:00:00Z",
            "data": {
                "id": "referral-7",
                "network": "kruisveld",
                "reason": "no_capacity",
                "turn": "turn-1",
            },
        }

    def test_is_the_same_whatever_the_order_of_the_facts(self):
        turned = Announcement(
            event=SAID.event,
            network_id=SAID.network_id,
            object_id=SAID.object_id,
            happened_at=NOON.astimezone(timezone(timedelta(hours=2))),
            facts=dict(reversed(list(SAID.facts.items()))),
        )

        assert webhook_message.write_body(turned) == webhook_message.write_body(SAID)


class TestWriteSecret:
    @given(key=keys)
    def test_is_read_back_by_the_library(self, key):
        secret = webhook_message.write_secret(key)

        assert secret.startswith("whsec_")
        assert base64.b64decode(secret.removeprefix("whsec_")) == key


class TestWriteHeaders:
    @given(key=keys, body=st.binary(max_size=80).map(lambda part: part.hex().encode()))
    def test_sign_as_the_specification_says(self, key, body):
        found = headers(body, secrets=[webhook_message.write_secret(key)])

        assert found["webhook-signature"] == by_hand(key, message_id="msg_1", at=NOON, body=body)
        assert found["webhook-timestamp"] == str(int(NOON.timestamp()))
        assert found["webhook-id"] == "msg_1"

    def test_sign_the_same_moment_in_every_zone(self):
        elsewhere = NOON.astimezone(timezone(timedelta(hours=-5)))

        assert headers(at=elsewhere) == headers()

    def test_are_accepted_by_who_has_either_secret(self):
        body = webhook_message.write_body(SAID)
        found = dict(headers(body, secrets=[SECRET, OLD], at=now()))

        for secret in (SECRET, OLD):
            assert Webhook(secret).verify(body, found)["type"] == "referral.rejected"

    @pytest.mark.parametrize("change", ["body", "webhook-id", "webhook-timestamp", "secret"])
    def test_are_refused_when_anything_was_changed(self, change):
        body, at = webhook_message.write_body(SAID), now()
        found = dict(headers(body, at=at))
        secret = OLD if change == "secret" else SECRET
        if change == "body":
            body = body.replace(b"referral-7", b"referral-8")
        elif change == "webhook-id":
            found[change] = "msg_2"
        elif change == "webhook-timestamp":
            found[change] = str(int(at.timestamp()) - 1)

        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(body, found)
