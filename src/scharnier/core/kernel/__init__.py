# SPDX-License-Identifier: EUPL-1.2
"""Kernel: identifiers, the actor and the root of the error tree."""

from scharnier.core.kernel._actors import Actor, Role
from scharnier.core.kernel._errors import Conflict, Invalid, NotAllowed, NotFound, ScharnierError
from scharnier.core.kernel._ids import (
    AreaId,
    CommunityId,
    LocationId,
    NetworkId,
    OrganizationId,
    PersonId,
    ReferralId,
    ResidentGroupId,
    ServiceId,
    TopicId,
    TurnId,
)

__all__ = [
    "Actor",
    "AreaId",
    "CommunityId",
    "Conflict",
    "Invalid",
    "LocationId",
    "NetworkId",
    "NotAllowed",
    "NotFound",
    "OrganizationId",
    "PersonId",
    "ReferralId",
    "ResidentGroupId",
    "Role",
    "ScharnierError",
    "ServiceId",
    "TopicId",
    "TurnId",
]
