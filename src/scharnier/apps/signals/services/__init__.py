# SPDX-License-Identifier: EUPL-1.2
"""Acts on signals and matches."""

from scharnier.apps.signals.services._looking import MOST_LOOKS, Around, TooManyLooks, look, look_around
from scharnier.apps.signals.services._matching import (
    Standing,
    lapse_matches,
    look_and_match,
    name_side,
    open_matches,
)
from scharnier.apps.signals.services._receiving import choose_reception
from scharnier.apps.signals.services._telling import (
    CHANGE,
    KEPT,
    MOST_AN_HOUR,
    WITHOUT_WORDS,
    ReferenceTaken,
    Told,
    TooManySignals,
    change_signal,
    forget_person,
    step_signal,
    tell_as_resident,
    tell_from_system,
    tell_signal,
)

__all__ = [
    "CHANGE",
    "KEPT",
    "MOST_AN_HOUR",
    "MOST_LOOKS",
    "WITHOUT_WORDS",
    "Around",
    "ReferenceTaken",
    "Standing",
    "Told",
    "TooManyLooks",
    "TooManySignals",
    "change_signal",
    "choose_reception",
    "forget_person",
    "lapse_matches",
    "look",
    "look_and_match",
    "look_around",
    "name_side",
    "open_matches",
    "step_signal",
    "tell_as_resident",
    "tell_from_system",
    "tell_signal",
]
