# SPDX-License-Identifier: EUPL-1.2
"""What a template may hold, and what it gives to begin with."""

from __future__ import annotations

import pytest

from scharnier.core import situations, text
from scharnier.core.kernel import IndicatorId
from scharnier.core.situations import (
    FigureSource,
    IndicatorHint,
    Template,
    TemplateUnclear,
    Wanted,
)
from tests.unit.situations.scenes import MONDAY, PHONE, days

HINTS = (
    IndicatorHint(name="Signalen", unit="per vier weken", source=FigureSource.SIGNALS),
    IndicatorHint(name="Bezoekers", wanted=Wanted.MORE),
)


def a_template(**changes):
    values = {"id": "safety", "name": "Veiligheid", "days": 90, "indicators": HINTS}
    return Template(**values | changes)


class TestTemplate:
    def test_may_be_blank(self):
        assert Template(id="blank", name="Leeg", days=1).indicators == ()

    @pytest.mark.parametrize("changes", [{"days": 0}, {"days": -1}, {"indicators": (HINTS[0], HINTS[0])}])
    def test_has_days_and_each_indicator_once(self, changes):
        with pytest.raises(TemplateUnclear) as refusal:
            a_template(**changes)

        assert refusal.value.facts == {"template": "safety"}

    @pytest.mark.parametrize(
        "changes",
        [
            {"name": PHONE},
            {"question": PHONE},
            {"goal": PHONE},
            {"baseline": PHONE},
            {"agreements": ("Goed", PHONE)},
            {"actions": (PHONE,)},
            {"indicators": (IndicatorHint(name=PHONE),)},
        ],
    )
    def test_points_at_no_person(self, changes):
        with pytest.raises(text.PersonalDataFound):
            a_template(**changes)

    @pytest.mark.parametrize("changes", [{"name": ""}, {"agreements": ("",)}, {"actions": (" ",)}])
    def test_says_something_where_it_speaks(self, changes):
        with pytest.raises(text.EmptyText):
            a_template(**changes)


class TestStartFrom:
    IDS = (IndicatorId("a"), IndicatorId("b"))

    def test_gives_a_plan_with_a_deadline(self):
        start = situations.start_from(
            a_template(goal="Rust", baseline="Druk"), on=MONDAY, indicator_ids=self.IDS
        )

        assert (start.plan.goal, start.plan.baseline) == ("Rust", "")  # only partners know how it is
        assert start.plan.deadline == days(90)

    def test_gives_indicators_to_fill_in(self):
        first, second = situations.start_from(a_template(), on=MONDAY, indicator_ids=self.IDS).indicators

        assert (first.id, first.name, first.unit) == ("a", "Signalen", "per vier weken")
        assert (first.source, first.wanted) == (FigureSource.SIGNALS, Wanted.FEWER)
        assert (second.source, second.wanted) == (FigureSource.ENTERED, Wanted.MORE)
        assert second.baseline is None

    @pytest.mark.parametrize("ids", [(), IDS[:1], (*IDS, IndicatorId("c"))])
    def test_asks_for_an_identifier_each(self, ids):
        with pytest.raises(TemplateUnclear):
            situations.start_from(a_template(), on=MONDAY, indicator_ids=ids)
