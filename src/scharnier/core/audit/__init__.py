# SPDX-License-Identifier: EUPL-1.2
"""Audit: what was done or read, as events of identifiers in a chain that shows every change."""

from scharnier.core.audit._chain import GENESIS, Break, Entry, Fault, Head, link, verify_chain
from scharnier.core.audit._events import Event, InvalidEvent, Outcome, System, canonical_bytes, is_identifier

__all__ = [
    "GENESIS",
    "Break",
    "Entry",
    "Event",
    "Fault",
    "Head",
    "InvalidEvent",
    "Outcome",
    "System",
    "canonical_bytes",
    "is_identifier",
    "link",
    "verify_chain",
]
