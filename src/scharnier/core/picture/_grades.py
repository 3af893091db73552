# SPDX-License-Identifier: EUPL-1.2
"""How strong a tie is, in three words instead of a number."""

from __future__ import annotations

from enum import StrEnum

STRONG_FROM, NORMAL_FROM = 0.5, 0.2  # a sure tie stays strong for a year, and normal for another 16 months


class Grade(StrEnum):
    """How strong a tie is on a day."""

    STRONG = "strong"
    NORMAL = "normal"
    WEAK = "weak"


def grade_strength(strength: float) -> Grade:
    """Return the word for a strength.

    Parameters
    ----------
    strength
        0..1, as left on the day.

    Examples
    --------
    >>> [grade_strength(strength).value for strength in (1.0, 0.5, 0.2, 0.1)]
    ['strong', 'strong', 'normal', 'weak']
    """
    if strength >= STRONG_FROM:
        return Grade.STRONG
    return Grade.NORMAL if strength >= NORMAL_FROM else Grade.WEAK
