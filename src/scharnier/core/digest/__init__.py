# SPDX-License-Identifier: EUPL-1.2
"""Digest: when somebody is told by mail what waits for them, and until when it can wait."""

from scharnier.core.digest._due import answer_due, introduction_due
from scharnier.core.digest._terms import (
    HOURS,
    LATEST,
    WEEKDAYS,
    BadTerms,
    MailTerms,
    Often,
    digest_due,
    latest_slot,
)

__all__ = [
    "HOURS",
    "LATEST",
    "WEEKDAYS",
    "BadTerms",
    "MailTerms",
    "Often",
    "answer_due",
    "digest_due",
    "introduction_due",
    "latest_slot",
]
