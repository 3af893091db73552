# SPDX-License-Identifier: EUPL-1.2
"""What the pages of situations show, as frozen values."""

from scharnier.apps.situations.selectors._lists import Line, own_situations
from scharnier.apps.situations.selectors._seen import Seen, look

__all__ = [
    "Line",
    "Seen",
    "look",
    "own_situations",
]
