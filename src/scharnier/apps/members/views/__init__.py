# SPDX-License-Identifier: EUPL-1.2
"""Pages of members: parse, one call, render."""

from scharnier.apps.members.views._accounts import account, accounts, end_account
from scharnier.apps.members.views._coming_in import invitation, join
from scharnier.apps.members.views._hand_over import hand_over, undo_hand_over
from scharnier.apps.members.views._invitations import invitations, invite, send_again, withdraw
from scharnier.apps.members.views._own import (
    end_sessions,
    leave,
    own_account,
    start_network,
    switch_network,
)
from scharnier.apps.members.views._requests import accept_request, decline_request, open_or_close, requests

__all__ = [
    "accept_request",
    "account",
    "accounts",
    "decline_request",
    "end_account",
    "end_sessions",
    "hand_over",
    "invitation",
    "invitations",
    "invite",
    "join",
    "leave",
    "open_or_close",
    "own_account",
    "requests",
    "send_again",
    "start_network",
    "switch_network",
    "undo_hand_over",
    "withdraw",
]
