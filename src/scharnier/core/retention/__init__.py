# SPDX-License-Identifier: EUPL-1.2
"""Retention: how long what is kept, what is over on a day, and by when somebody has to be answered."""

from scharnier.core.retention._requests import answer_by
from scharnier.core.retention._rules import Fate, OutOfBounds, RetentionRule, adapt, is_over, limit

__all__ = ["Fate", "OutOfBounds", "RetentionRule", "adapt", "answer_by", "is_over", "limit"]
