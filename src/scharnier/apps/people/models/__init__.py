# SPDX-License-Identifier: EUPL-1.2
"""Rows of members and organizations: storage and constraints, no behaviour."""

from scharnier.apps.people.models._accounts import Account, User
from scharnier.apps.people.models._checks import CardCheck
from scharnier.apps.people.models._drafts import DraftKind, ImportDraft
from scharnier.apps.people.models._network import Area, Location, Network, Topic
from scharnier.apps.people.models._parties import (
    Community,
    Consent,
    Organization,
    Person,
    ResidentGroup,
    Service,
)
from scharnier.apps.people.models._relations import Membership, Outcome, Tie

__all__ = [
    "Account",
    "Area",
    "CardCheck",
    "Community",
    "Consent",
    "DraftKind",
    "ImportDraft",
    "Location",
    "Membership",
    "Network",
    "Organization",
    "Outcome",
    "Person",
    "ResidentGroup",
    "Service",
    "Tie",
    "Topic",
    "User",
]
