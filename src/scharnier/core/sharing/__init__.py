# SPDX-License-Identifier: EUPL-1.2
"""Sharing: somebody's card shown to an audience, for a purpose, on a legal basis, until a moment."""

from scharnier.core.sharing._model import (
    EMERGENCY_LASTS,
    LASTS_AT_MOST,
    Audience,
    AudienceKind,
    InvalidEmergency,
    InvalidEnd,
    LegalBasis,
    Purpose,
    Sharing,
    Verdict,
    is_for,
    review_due,
)

__all__ = [
    "EMERGENCY_LASTS",
    "LASTS_AT_MOST",
    "Audience",
    "AudienceKind",
    "InvalidEmergency",
    "InvalidEnd",
    "LegalBasis",
    "Purpose",
    "Sharing",
    "Verdict",
    "is_for",
    "review_due",
]
