# SPDX-License-Identifier: EUPL-1.2
"""What a matcher hears of problems after it was fitted, until a newer one is ready."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from scharnier.apps.people import selectors as people
from scharnier.core import referral
from scharnier.core.kernel import NetworkId


@dataclass(slots=True, kw_only=True)
class Pupil:
    """A matcher that hears each outcome once, in the order in which they were stored."""

    matcher: referral.Matcher
    last_pk: int  # of the outcomes that it knows
    learner: referral.Learner | None = None  # None: nothing came since
    _lock: Lock = field(default_factory=Lock)

    def find_parties(self, need: referral.Need, *, network_id: NetworkId) -> referral.Findings:
        """Return what speaks for whom in a need, by everything that was told until now.

        Raises
        ------
        EmptyText, TextTooLong, PersonalDataFound, UnknownLanguage
        """
        with self._lock:
            self._catch_up(network_id)
            return referral.find_parties(self.matcher, need, learner=self.learner)

    def _catch_up(self, network_id: NetworkId) -> None:
        for pk, outcome in people.outcomes_after(self.last_pk, network_id=network_id):
            self.learner = self.learner or referral.Learner(self.matcher.ranker)
            referral.learn_outcome(self.learner, outcome, matcher=self.matcher)
            self.last_pk = pk
