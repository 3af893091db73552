# SPDX-License-Identifier: EUPL-1.2
"""Acts on the rights of people in a network, and the nightly clearing up."""

from scharnier.apps.rights.services._erasure import erase_self
from scharnier.apps.rights.services._retention import Line, run_retention

__all__ = ["Line", "erase_self", "run_retention"]
