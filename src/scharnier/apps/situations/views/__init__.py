# SPDX-License-Identifier: EUPL-1.2
"""Pages of shared situations."""

from scharnier.apps.situations.views._lists import own
from scharnier.apps.situations.views._overview import overview

__all__ = [
    "overview",
    "own",
]
