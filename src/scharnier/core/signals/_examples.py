# SPDX-License-Identifier: EUPL-1.2
"""What the examples of this package are about: a school and a library that both met litter in one area."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from scharnier.core.kernel import AreaId, MatchId, OrganizationId, TopicId
from scharnier.core.signals._matches import Match, Side
from scharnier.core.signals._traces import Trace

BY_SCHOOL: Final = Trace(
    partner_id=OrganizationId("school"),
    spot=None,
    spread_m=500,
    area_id=AreaId("noord"),
    first_day=date(2026, 3, 2),
    last_day=date(2026, 3, 2),
    kept_until=date(2027, 3, 2),
    topics=frozenset({TopicId("litter")}),
)
BY_LIBRARY: Final = replace(BY_SCHOOL, partner_id=OrganizationId("library"))
MATCH: Final = Match(
    id=MatchId("m"), sides=(Side(trace=BY_SCHOOL), Side(trace=BY_LIBRARY)), asked_on=date(2026, 3, 9)
)
