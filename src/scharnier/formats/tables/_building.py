# SPDX-License-Identifier: EUPL-1.2
"""The values of one row to one item of the network, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from scharnier.core import network

Item = (
    network.Area
    | network.Organization
    | network.Community
    | network.ResidentGroup
    | network.Person
    | network.Membership
    | network.Tie
)
_AVAILABILITY = ("accepting", "until", "open_requests", "capacity", "last_active_date")


def build_item(part: str, values: Mapping[str, object]) -> Item:
    """Return the item of a part of the network that a row tells (raises the errors of core.network)."""
    return _KINDS[part](**values)


def item_values(item: Item) -> Mapping[str, object]:
    """Return the values of the row that tells an item; the reverse of `build_item`."""
    told = {name: getattr(item, name) for name in item.__dataclass_fields__}
    if isinstance(item, network.Person):
        del told["availability"], told["consents"]
        told |= {name: getattr(item.availability, name) for name in _AVAILABILITY}
        for consent in item.consents:
            told[f"{consent.purpose}_given"] = consent.given_date
            told[f"{consent.purpose}_end"] = consent.end_date
    return MappingProxyType(told)


def _person(**values: Any) -> network.Person:
    stated = {name: values.pop(name) for name in _AVAILABILITY if name in values}
    consents = tuple(
        _consent(purpose, given=values.pop(f"{purpose}_given", None), end=values.pop(f"{purpose}_end", None))
        for purpose in network.Purpose
        if f"{purpose}_given" in values or f"{purpose}_end" in values
    )
    return network.Person(**values, availability=network.Availability(**stated), consents=consents)


def _consent(purpose: network.Purpose, *, given: date | None, end: date | None) -> network.Consent:
    if given is None:
        raise network.InvalidParty(purpose=purpose, given_date=given, end_date=end)
    return network.Consent(purpose=purpose, given_date=given, end_date=end)


_KINDS: Mapping[str, Callable[..., Item]] = {
    "areas": network.Area,
    "organizations": network.Organization,
    "communities": network.Community,
    "resident_groups": network.ResidentGroup,
    "persons": _person,
    "memberships": network.Membership,
    "ties": network.Tie,
}
