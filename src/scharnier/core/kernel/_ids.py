# SPDX-License-Identifier: EUPL-1.2
"""Identifiers that a type checker keeps apart; any text without white space, as HSDS allows."""

from __future__ import annotations

from typing import NewType

ActionId = NewType("ActionId", str)
AgreementId = NewType("AgreementId", str)
AreaId = NewType("AreaId", str)
CommunityId = NewType("CommunityId", str)
IndicatorId = NewType("IndicatorId", str)
InvitationId = NewType("InvitationId", str)
LocationId = NewType("LocationId", str)
MatchId = NewType("MatchId", str)
MeetingId = NewType("MeetingId", str)
NetworkId = NewType("NetworkId", str)
OrganizationId = NewType("OrganizationId", str)
PartId = NewType("PartId", str)
PersonId = NewType("PersonId", str)
ReferralId = NewType("ReferralId", str)
ResidentGroupId = NewType("ResidentGroupId", str)
ServiceId = NewType("ServiceId", str)
SignalId = NewType("SignalId", str)
SituationId = NewType("SituationId", str)
TopicId = NewType("TopicId", str)
TurnId = NewType("TurnId", str)
