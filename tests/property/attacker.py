# SPDX-License-Identifier: EUPL-1.2
"""Who wants to know: works out from a ledger all that one partner can have seen, and no less.

It knows the rules, every area that was asked about and every answer, all addresses, and each signal of every
other partner. What is left are the histories of one partner that give the same answers: whole numbers under
linear bounds, of which a solver tells the lowest and the highest count anywhere. Who knows less can work out
less.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from scharnier.core.detection import Area, Ledger, Located, Width, Window

MOST = 99  # signals of one partner; more than any test has


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What was looked at."""

    addresses: frozenset[str]  # that count
    window: Window

    def holds(self, address: str, on: date) -> bool:
        return address in self.addresses and self.window.holds(on)


def answer(question, counts):
    """What is told of such counts by partner, in an area that may be looked at."""
    area = Area(width=Width.RING, name="", addresses=question.addresses)
    one = min(question.addresses)
    seen = [
        Located(partner=name, address=one, on=question.window.last_day)
        for name, n in counts.items()
        for _ in range(n)
    ]
    _, release = Ledger().offer([area], question.window, seen)
    return release and release.partners


@dataclass(frozen=True, slots=True, kw_only=True)
class Attacker:
    """Knows all but what one partner saw."""

    addresses: Sequence[str]
    days: Sequence[date]
    questions: Sequence[Question]
    least: Sequence[int]  # of each question
    most: Sequence[int]

    @classmethod
    def of(cls, ledger: Ledger, seen: Iterable[Located], partner: str, *, addresses, days) -> Attacker:
        asked = [(each.addresses, each.release.window) for each in ledger.made]
        asked += [(each.addresses, each.window) for each in ledger.refused]
        questions = [Question(addresses=held - ledger.excluded, window=window) for held, window in asked]
        limits = []
        for question in questions:
            counts = Counter(each.partner for each in seen if question.holds(each.address, each.on))
            told = answer(question, counts)
            alike = [n for n in range(MOST + 1) if answer(question, {**counts, partner: n}) == told]
            assert alike == list(range(alike[0], alike[-1] + 1)), (
                "a count that gives the same answer is between"
            )
            limits.append((alike[0], alike[-1]))
        return cls(
            addresses=[each for each in addresses if each not in ledger.excluded],
            days=days,
            questions=questions,
            least=[low for low, _ in limits],
            most=[high for _, high in limits],
        )

    def work_out(self, group: Collection[str], window: Window | None = None) -> tuple[int, int]:
        """Return the fewest and the most that the partner can have seen at some addresses."""
        cells = {
            (
                *(question.holds(address, on) for question in self.questions),
                address in group and (window is None or window.holds(on)),
            )
            for address in self.addresses
            for on in self.days
        }
        table = np.array(sorted(cells), float)  # cells that every question treats alike are one
        rules = LinearConstraint(table[:, :-1].T, self.least, self.most) if self.questions else ()
        bounds = Bounds(0, MOST)
        ends = [
            milp(sign * table[:, -1], constraints=rules, bounds=bounds, integrality=1) for sign in (1.0, -1.0)
        ]
        assert all(end.success for end in ends), "what really happened is one of the histories"
        low, high = (round(abs(end.fun)) for end in ends)
        return low, high
