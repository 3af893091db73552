# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from datetime import timedelta

import pytest

from scharnier.core import network
from scharnier.core.kernel import PersonId
from tests.factories import DAY, a_membership, a_tie

ONE_DAY = timedelta(days=1)


class TestMembership:
    @pytest.mark.parametrize(
        "parties",
        [
            {"organization": "a", "community": "a"},
            {"community": "a", "resident_group": "a"},
            {"organization": "a", "community": "a", "resident_group": "a"},
        ],
    )
    def test_is_of_one_party(self, parties: dict[str, str]) -> None:
        with pytest.raises(network.InvalidRelation):
            a_membership("ria", **parties)  # type: ignore[arg-type]  # names of parties

    def test_is_of_some_party(self) -> None:
        with pytest.raises(network.InvalidRelation):
            network.Membership(person_id=PersonId("ria"))

    def test_is_not_taken_over_by_the_same_person(self) -> None:
        with pytest.raises(network.InvalidRelation):
            a_membership("ria", successor="ria")

    def test_does_not_end_before_it_starts(self) -> None:
        with pytest.raises(network.InvalidRelation):
            a_membership(start=DAY, end=DAY - ONE_DAY)

    @pytest.mark.parametrize(
        ("membership", "holds"),
        [
            (a_membership(start=DAY, end=DAY + ONE_DAY), [False, True, True, False]),
            (a_membership(start=DAY), [False, True, True, True]),
            (a_membership(end=DAY), [True, True, False, False]),
            (a_membership(), [True, True, True, True]),
        ],
        ids=["between", "from", "until", "always"],
    )
    def test_holds_from_its_first_day_through_its_last(
        self, membership: network.Membership, holds: list[bool]
    ) -> None:
        assert [membership.holds_on(DAY + days * ONE_DAY) for days in (-1, 0, 1, 2)] == holds


class TestTie:
    def test_leads_to_somebody_else(self) -> None:
        with pytest.raises(network.InvalidRelation):
            a_tie("ria", "ria")

    @pytest.mark.parametrize("strength", [0.0, -0.1, 1.01, float("nan"), float("inf")])
    def test_has_a_strength_above_nothing_and_at_most_one(self, strength: float) -> None:
        with pytest.raises(network.InvalidRelation):
            a_tie(strength=strength)

    @pytest.mark.parametrize(("days", "left"), [(-1, 0.0), (0, 0.8), (365, 0.4), (730, 0.2)])
    def test_keeps_half_after_each_year(self, days: int, left: float) -> None:
        tie = a_tie(strength=0.8, observed=DAY)

        assert tie.strength_on(DAY + days * ONE_DAY) == pytest.approx(left)
