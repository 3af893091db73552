# SPDX-License-Identifier: EUPL-1.2
"""Who is there, active and with room, as answers and silence show it; all of it fades."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np

from scharnier.core.referral._ranking import recency_of
from scharnier.core.referral._terms import Floats

ROOM_HALF_LIFE_DAYS = 14  # of a lack of room
SILENCE_HALF_LIFE_DAYS = 90  # of a question without an answer, unless another was answered since


class Availability:
    """What candidates lately took, had no room for, or left unanswered.

    Parameters
    ----------
    activity
        Shape (n candidates,): problems taken up until the day, fading.
    on
        That day.
    half_life_days
        After how many days a problem taken up counts half.

    Notes
    -----
    Whatever the order in which the answers of one day are told, what is known afterwards is the same, save
    that silence is forgotten with an answer and room is made by taking something.

    Examples
    --------
    >>> known = Availability(np.zeros(2), on=date(2026, 1, 1), half_life_days=30)
    >>> known.note_silence(0, on=date(2026, 1, 5))
    >>> known.presence(date(2026, 1, 5)).round(2).tolist(), known.presence(date(2026, 4, 5)).round(2).tolist()
    ([-0.69, -0.0], [-0.41, -0.0])
    """

    def __init__(self, activity: Floats, *, on: date, half_life_days: float) -> None:
        self._day = on
        self._half_lives = np.array([half_life_days, ROOM_HALF_LIFE_DAYS, SILENCE_HALF_LIFE_DAYS])
        self._known = np.array([activity, np.zeros(len(activity)), np.zeros(len(activity))])

    def recency(self, on: date) -> Floats:
        """Return how lately each took up problems, standardised."""
        return recency_of(self._faded(on)[0])

    def room(self, on: date) -> Floats:
        """Return minus log(1 + refusals for want of room), <= 0."""
        return np.asarray(-np.log1p(self._faded(on)[1]))

    def presence(self, on: date) -> Floats:
        """Return minus log(1 + questions left unanswered), <= 0."""
        return np.asarray(-np.log1p(self._faded(on)[2]))

    def note_taken(self, weights: Mapping[int, float], *, on: date) -> None:
        """Note who took a problem, with what weight; they are there, and had room."""
        self._fade(on)
        for column, weight in weights.items():
            self._known[:, column] = (self._known[0, column] + weight, 0.0, 0.0)

    def note_full(self, column: int, *, on: date) -> None:
        """Note who had no room."""
        self._fade(on)
        self._known[1, column] += 1

    def note_silence(self, column: int, *, on: date) -> None:
        """Note who did not answer."""
        self._fade(on)
        self._known[2, column] += 1

    def note_answer(self, column: int, *, on: date) -> None:
        """Note who answered, whatever it was: somebody is there."""
        self._fade(on)
        self._known[2, column] = 0.0

    def _fade(self, on: date) -> None:
        self._known = self._faded(on)
        self._day = max(self._day, on)

    def _faded(self, on: date) -> Floats:
        n_days = max((on - self._day).days, 0)
        return np.asarray(self._known * 0.5 ** (n_days / self._half_lives)[:, None])
