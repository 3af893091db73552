# SPDX-License-Identifier: EUPL-1.2
"""Policy: who may do what to what, in one table; what it does not name is not allowed."""

from scharnier.core.policy._model import Act, Condition, Kind, Thing, Visibility
from scharnier.core.policy._rules import allow, conditions_for

__all__ = ["Act", "Condition", "Kind", "Thing", "Visibility", "allow", "conditions_for"]
