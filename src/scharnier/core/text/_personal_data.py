# SPDX-License-Identifier: EUPL-1.2
"""Find what points at one person, so that it is refused before it is stored or sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from scharnier.core.text import _numbers, _persons


class PersonalDataKind(StrEnum):
    """What was found; the value is also the last part of its sentence's code."""

    EMAIL = "email"
    IBAN = "iban"
    PHONE = "phone"
    NAME_WITH_BIRTH_DATE = "name_with_birth_date"
    LICENCE_PLATE = "licence_plate"
    ADDRESS = "address"
    BSN = "bsn"


_FINDERS = (  # in falling order of certainty: a later find never overlaps an earlier one
    (PersonalDataKind.EMAIL, _persons.find_email),
    (PersonalDataKind.IBAN, _numbers.find_iban),
    (PersonalDataKind.PHONE, _numbers.find_phone),
    (PersonalDataKind.NAME_WITH_BIRTH_DATE, _persons.find_name_with_birth_date),
    (PersonalDataKind.LICENCE_PLATE, _numbers.find_licence_plate),
    (PersonalDataKind.ADDRESS, _persons.find_address),
    (PersonalDataKind.BSN, _numbers.find_bsn),
)
_SHOWN = 2  # characters that let a writer find the place, without saying it again


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalData:
    """A place in a text that points at one person; it does not repeat what stands there.

    Examples
    --------
    >>> PersonalData(kind=PersonalDataKind.PHONE, start=4, end=14, masked="06…").code
    'text.phone'
    """

    kind: PersonalDataKind
    start: int  # of the first character in the text, >= 0
    end: int  # after the last character
    masked: str  # the first two characters and an ellipsis

    @property
    def code(self) -> str:
        """The code by which the interface names this kind."""
        return f"text.{self.kind}"

    @property
    def facts(self) -> Mapping[str, object]:
        """What the interface may show."""
        return {"masked": self.masked}


def find_personal_data(s: str) -> tuple[PersonalData, ...]:
    """Return the places in a text that point at one person, in order, none overlapping.

    Parameters
    ----------
    s
        Any text.

    Returns
    -------
    tuple of PersonalData, shape (k,)
        k >= 0, by rising start.

    Notes
    -----
    Found are: e-mail addresses; bank accounts with right check digits (ISO 13616); telephone numbers, Dutch,
    American or with a country code; a name with a day of birth; licence plates; a postcode with a house
    number; citizen service numbers (BSN), eight or nine digits of which 9 d1 + 8 d2 + ... + 2 d8 - d9 divides
    by 11 [1]_. Let through are: years, days, amounts, house numbers, 112, 14 020, 0800 and 0900 numbers and
    names alone. One in eleven other numbers of nine digits looks like a BSN. O(n): no pattern looks further
    than a fixed number of characters.

    References
    ----------
    .. [1] Rijksdienst voor Identiteitsgegevens (2024), Logisch Ontwerp BSN, elfproef.

    Examples
    --------
    >>> [(found.kind.value, found.masked) for found in find_personal_data("Bel Jan op 06-12345678.")]
    [('phone', '06…')]
    """
    found: list[PersonalData] = []
    for kind, find in _FINDERS:
        for start, end in find(s):
            if all(end <= other.start or other.end <= start for other in found):
                masked = f"{s[start : start + _SHOWN]}…"
                found.append(PersonalData(kind=kind, start=start, end=end, masked=masked))
    return tuple(sorted(found, key=lambda data: data.start))
