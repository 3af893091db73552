# SPDX-License-Identifier: EUPL-1.2
"""Network: people, organizations, services, areas, topics and ties of one neighbourhood."""

from scharnier.core.network._adopting import AreaNotFound, NothingChosen, adopt_areas
from scharnier.core.network._index import NetworkIndex, NoPlaces, UnknownPlace, index_network, renew_index
from scharnier.core.network._merging import PARTS, Fate, Guard, Merge, Newcomers, Step, merge_network
from scharnier.core.network._naming import AreaNames
from scharnier.core.network._network import InvalidNetwork, Network
from scharnier.core.network._outlines import area_around, middle_of
from scharnier.core.network._parties import (
    Accepting,
    Availability,
    Community,
    Consent,
    InvalidParty,
    Organization,
    Person,
    Purpose,
    ResidentGroup,
    Service,
    ServiceStatus,
)
from scharnier.core.network._places import (
    Area,
    AreaKind,
    Capacity,
    InvalidPlace,
    Location,
    LocationType,
    Outline,
    Polygon,
    Ring,
    Schedule,
    Weekday,
)
from scharnier.core.network._problems import Fault, Problem
from scharnier.core.network._relations import (
    HALF_LIFE_DAYS,
    InvalidRelation,
    Membership,
    Tie,
    TieKind,
    TieOrigin,
)
from scharnier.core.network._topics import Field, InvalidTopic, Label, Topic

__all__ = [
    "HALF_LIFE_DAYS",
    "PARTS",
    "Accepting",
    "Area",
    "AreaKind",
    "AreaNames",
    "AreaNotFound",
    "Availability",
    "Capacity",
    "Community",
    "Consent",
    "Fate",
    "Fault",
    "Field",
    "Guard",
    "InvalidNetwork",
    "InvalidParty",
    "InvalidPlace",
    "InvalidRelation",
    "InvalidTopic",
    "Label",
    "Location",
    "LocationType",
    "Membership",
    "Merge",
    "Network",
    "NetworkIndex",
    "Newcomers",
    "NoPlaces",
    "NothingChosen",
    "Organization",
    "Outline",
    "Person",
    "Polygon",
    "Problem",
    "Purpose",
    "ResidentGroup",
    "Ring",
    "Schedule",
    "Service",
    "ServiceStatus",
    "Step",
    "Tie",
    "TieKind",
    "TieOrigin",
    "Topic",
    "UnknownPlace",
    "Weekday",
    "adopt_areas",
    "area_around",
    "index_network",
    "merge_network",
    "middle_of",
    "renew_index",
]
