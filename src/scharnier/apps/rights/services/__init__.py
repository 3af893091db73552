# SPDX-License-Identifier: EUPL-1.2
"""Acts on the rights of people in a network, and the nightly clearing up."""

from scharnier.apps.rights.services._copies import copy_own_data
from scharnier.apps.rights.services._erasure import erase_self
from scharnier.apps.rights.services._objections import object_to_role, object_to_tie, withdraw_objection
from scharnier.apps.rights.services._requests import (
    NobodyOfThatName,
    RequestDone,
    SeveralOfThatName,
    copy_for_request,
    erase_for_request,
    note_request,
)
from scharnier.apps.rights.services._retention import Line, run_retention

__all__ = [
    "Line",
    "NobodyOfThatName",
    "RequestDone",
    "SeveralOfThatName",
    "copy_for_request",
    "copy_own_data",
    "erase_for_request",
    "erase_self",
    "note_request",
    "object_to_role",
    "object_to_tie",
    "run_retention",
    "withdraw_objection",
]
