# SPDX-License-Identifier: EUPL-1.2
"""Identifiers that a type checker keeps apart; any text without white space, as HSDS allows."""

from __future__ import annotations

from typing import NewType

AreaId = NewType("AreaId", str)
CommunityId = NewType("CommunityId", str)
LocationId = NewType("LocationId", str)
NetworkId = NewType("NetworkId", str)
OrganizationId = NewType("OrganizationId", str)
PersonId = NewType("PersonId", str)
ReferralId = NewType("ReferralId", str)
ResidentGroupId = NewType("ResidentGroupId", str)
ServiceId = NewType("ServiceId", str)
TopicId = NewType("TopicId", str)
TurnId = NewType("TurnId", str)
