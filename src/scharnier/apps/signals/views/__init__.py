# SPDX-License-Identifier: EUPL-1.2
"""Pages of signals."""

from scharnier.apps.signals.views._matches import let_know, match
from scharnier.apps.signals.views._own import own_signals, signal, step
from scharnier.apps.signals.views._receiving import open_form, reception
from scharnier.apps.signals.views._telling import change, tell, topics

__all__ = [
    "change",
    "let_know",
    "match",
    "open_form",
    "own_signals",
    "reception",
    "signal",
    "step",
    "tell",
    "topics",
]
