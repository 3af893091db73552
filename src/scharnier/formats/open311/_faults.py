# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with what another system sends."""

from __future__ import annotations

from scharnier.core.kernel import Invalid


class NotGeoReport(Invalid):
    """The answer is neither the XML nor the JSON that GeoReport v2 describes."""

    code = "open311.not_georeport"


class WrongField(Invalid):
    """A field is missing, or does not hold what GeoReport v2 lets it hold."""

    code = "open311.wrong_field"


class NoLocation(Invalid):
    """A report says where it is: by latitude and longitude, an address, or the number of one."""

    code = "open311.no_location"


class LongSpan(Invalid):
    """A question about requests spans more than 90 days, or ends before it begins."""

    code = "open311.long_span"


class PersonalReport(Invalid):
    """The description of a report holds something that points at one person."""

    code = "open311.personal_report"
