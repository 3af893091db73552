# SPDX-License-Identifier: EUPL-1.2
"""Which area a feature is: code and name as Statistics Netherlands and PDOK write them, over the years."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from scharnier.core.kernel import AreaId
from scharnier.core.network import AreaKind

CODE = re.compile(r"GM\d{4}|WK\d{6}|BU\d{8}")
KINDS: Mapping[str, AreaKind] = {
    "BU": AreaKind.NEIGHBOURHOOD,
    "WK": AreaKind.DISTRICT,
    "GM": AreaKind.MUNICIPALITY,
}
OF_ITSELF = (  # the smallest first: a neighbourhood also tells its district and municipality
    ("statcode", "statnaam"),
    ("buurtcode", "buurtnaam"),
    ("bu_code", "bu_naam"),
    ("wijkcode", "wijknaam"),
    ("wk_code", "wk_naam"),
    ("gemeentecode", "gemeentenaam"),
    ("gm_code", "gm_naam"),
)
ABOVE = {"WK": ("wijknaam", "wk_naam"), "GM": ("gemeentenaam", "gm_naam")}
PREFIX, LENGTH = {"BU": "WK", "WK": "GM"}, {"WK": 6, "GM": 4}  # of the area that one lies in, and its digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What an area is called, and what those around it are called where the feature tells."""

    code: str
    name: str
    around: tuple[tuple[str, str], ...] = ()  # code and name, from the inside out; a name may be empty


def name_feature(properties: Mapping[str, object]) -> Named | None:
    """Return which area a feature is; None when it has no code, or is water.

    Examples
    --------
    >>> found = name_feature({"buurtcode": "BU99010401", "buurtnaam": "Bloemenbuurt"})
    >>> found.code, found.name, [code for code, name in found.around]
    ('BU99010401', 'Bloemenbuurt', ['WK990104', 'GM9901'])
    """
    told = {key.casefold(): str(value).strip() for key, value in properties.items() if value is not None}
    if told.get("water", "").casefold().startswith(("ja", "b")):  # JA, or B: beyond the coast
        return None
    for code_key, name_key in OF_ITSELF:
        code, name = told.get(code_key, "").upper(), told.get(name_key, "")
        if CODE.fullmatch(code) and name:
            return Named(code=code, name=name, around=tuple(_around(code, told=told)))
    return None


def kind_of(code: str) -> AreaKind:
    """Return how large the area of a code is."""
    return KINDS[code[:2]]


def area_id(code: str) -> AreaId:
    """Return the identifier of an area by its code.

    Examples
    --------
    >>> area_id("BU99010401")
    'bu99010401'
    """
    return AreaId(code.casefold())


def code_around(code: str) -> str | None:
    """Return the code of the area in which one lies; its own begins with the same digits.

    Examples
    --------
    >>> code_around("BU99010401"), code_around("WK990104"), code_around("GM9901")
    ('WK990104', 'GM9901', None)
    """
    prefix = PREFIX.get(code[:2])
    return None if prefix is None else prefix + code[2 : 2 + LENGTH[prefix]]


def name_district(code: str) -> str:
    """Return what to call a district whose name nobody told.

    Examples
    --------
    >>> name_district("WK990104")
    'Wijk 04'
    """
    return f"Wijk {code[-2:]}"


def _around(code: str, *, told: Mapping[str, str]) -> list[tuple[str, str]]:
    found, outer = [], code_around(code)
    while outer is not None:
        names = [told[key] for key in ABOVE[outer[:2]] if told.get(key)]
        found.append((outer, names[0] if names else ""))
        outer = code_around(outer)
    return found
