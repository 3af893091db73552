# SPDX-License-Identifier: EUPL-1.2
"""What is filled in is what the core gets, and what the core has is what stands in the form again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import ClassVar

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from scharnier.apps.situations import forms
from scharnier.core.kernel import IndicatorId, TopicId
from scharnier.core.situations import FigureSource, Indicator, IndicatorHint, Template, Wanted

NAMES = (("school", "Openbare school"), ("politie", "Politie"))
texts = st.text(st.characters(whitelist_categories=("Ll", "Lu")), min_size=1, max_size=20).map(
    lambda word: f"Plein {word}"
)
hints = st.builds(
    IndicatorHint,
    name=texts,
    unit=st.sampled_from(["", "per week"]),
    wanted=st.sampled_from(Wanted),
    source=st.sampled_from(FigureSource),
)
templates = st.builds(
    Template,
    id=st.just("pleinen"),
    name=texts,
    goal=st.just("") | texts,
    baseline=st.just("") | texts,
    days=st.integers(1, 730),
    topics=st.frozensets(st.sampled_from(["litter", "noise"]).map(TopicId)),
    indicators=st.lists(hints, max_size=4, unique_by=lambda hint: hint.name).map(tuple),
    agreements=st.lists(texts, max_size=4).map(tuple),
    actions=st.lists(texts, max_size=4).map(tuple),
)


def sent(**said: object) -> QueryDict:
    """Return what a browser sends."""
    found = QueryDict(mutable=True)
    for name, value in said.items():
        found.setlist(name, value if isinstance(value, list) else [str(value)])
    return found


def filled(initial: dict[str, object]) -> QueryDict:
    return sent(**{name: value for name, value in initial.items() if value is not None})


class TestTemplateForm:
    @given(template=templates, is_offered=st.booleans())
    def test_gives_back_what_it_was_filled_with(self, template, is_offered):
        form = forms.TemplateForm(filled(forms.TemplateForm.filled(template, is_offered=is_offered)))

        assert form.is_valid(), form.errors
        assert form.template(template.id, before=template) == template
        assert form.is_chosen is is_offered

    def test_reads_one_thing_a_line_and_no_empty_ones(self):
        said = sent(
            name="Pleinen",
            days=60,
            is_offered="yes",
            actions=" Lopen \n\n\n Bellen",
            indicators="+ Rust\n+\n",
        )
        form = forms.TemplateForm(said)

        assert form.is_valid()
        assert form.cleaned_data["actions"].split() == ["Lopen", "Bellen"]

    @pytest.mark.parametrize("days", ["", "0", "-1", "731", "1.5", "veel"])
    def test_takes_days_between_one_and_two_years(self, days):
        form = forms.TemplateForm(sent(name="Pleinen", days=days, is_offered="yes"))

        assert list(form.errors) == ["days"]


class TestAgreementForm:
    def form(self, **said: object) -> forms.AgreementForm:
        usual = {"text": "Eerst bellen", "parties": ["school", "politie"], "review_on": "2026-05-01"}
        return forms.AgreementForm(sent(**usual | said), names=NAMES)

    def test_says_what_was_agreed(self):
        form = self.form()

        assert form.is_valid()
        promise = form.promise()
        assert (promise.text, promise.party_ids, promise.review_on) == (
            "Eerst bellen",
            {"school", "politie"},
            date(2026, 5, 1),
        )

    def test_offers_partners_by_name(self):
        labels = [label for _, label in self.form().fields["parties"].choices]

        assert labels == ["Openbare school", "Politie"]

    @pytest.mark.parametrize("day", ["2026-05-01", "01-05-2026", "1/5/2026"])
    def test_reads_days_as_people_write_them(self, day):
        form = self.form(review_on=day)

        assert form.is_valid()
        assert form.promise().review_on == date(2026, 5, 1)


class TestActionForm:
    DOERS = (("politie/karel", "Karel (Politie)"), ("school/", "School: nog niemand"))

    def form(self, **said: object) -> forms.ActionForm:
        usual = {"text": "Lamp maken", "who": "politie/karel", "due": "2026-05-01"}
        return forms.ActionForm(sent(**usual | said), doers=self.DOERS)

    @pytest.mark.parametrize(
        ("who", "organization", "person"),
        [("politie/karel", "politie", "karel"), ("school/", "school", None)],
    )
    def test_says_who_does_it_for_whom(self, who, organization, person):
        form = self.form(who=who)

        assert form.is_valid()
        assert (form.task().organization_id, form.task().person_id) == (organization, person)

    @pytest.mark.parametrize("who", ["", "zorg/mo", "karel", "/karel"])
    def test_takes_nobody_who_is_not_offered(self, who):
        assert list(self.form(who=who).errors) == ["who"]


class TestJudgeForm:
    @pytest.mark.parametrize("state", ["kept", "not_kept", "dropped"])
    def test_needs_no_day_once_it_is_over(self, state):
        assert forms.JudgeForm(sent(state=state)).is_valid()

    def test_needs_a_day_when_it_runs_on(self):
        assert list(forms.JudgeForm(sent(state=forms.LATER)).errors) == ["review_on"]
        assert forms.JudgeForm(sent(state=forms.LATER, review_on="2026-05-01")).is_valid()

    def test_says_once_what_is_wrong_with_a_day(self):
        errors = forms.JudgeForm(sent(state=forms.LATER, review_on="morgen")).errors

        assert len(errors["review_on"]) == 1


class TestAppointmentForm:
    def form(self, **said: object) -> forms.AppointmentForm:
        usual = {"on": "2026-04-02", "starts": "10:00", "ends": "11:00", "place": "Buurthuis"}
        return forms.AppointmentForm(sent(**usual | said))

    def test_means_the_time_of_the_neighbourhood(self):
        form = self.form()

        assert form.is_valid()
        assert form.appointment().starts_at.astimezone(UTC) == datetime(2026, 4, 2, 8, tzinfo=UTC)

    def test_stands_filled_with_a_meeting_as_it_is(self):
        starts_at = datetime(2026, 4, 2, 8, tzinfo=UTC)

        again = self.form(
            **forms.AppointmentForm.filled(starts_at, starts_at + timedelta(hours=1), "Buurthuis")
        )

        assert again.is_valid()
        assert again.appointment().starts_at == starts_at

    @pytest.mark.parametrize("missing", ["on", "starts", "ends"])
    def test_asks_for_day_and_times(self, missing):
        assert list(self.form(**{missing: ""}).errors) == [missing]


class TestMinutesForm:
    def test_keeps_the_order_of_decisions_and_leaves_blank_ones_out(self):
        said = sent(present=["school"], decision_1="Eerst", decision_2="  ", decision_3="Dan")
        form = forms.MinutesForm(said, names=NAMES)

        assert form.is_valid()
        assert form.minutes().decisions == ("Eerst", "Dan")
        assert form.minutes().present_ids == {"school"}

    @pytest.mark.parametrize(("n_decisions", "n_boxes"), [(0, 5), (4, 5), (5, 6), (9, 10)])
    def test_has_a_box_to_spare(self, n_decisions, n_boxes):
        decisions = tuple(f"Besluit {n}" for n in range(n_decisions))
        form = forms.MinutesForm(names=NAMES, decisions=decisions)

        assert sum(name.startswith("decision_") for name in form.fields) == n_boxes

    def test_loses_no_box_that_was_sent(self):
        said = sent(present=["school"], **{f"decision_{n}": f"Besluit {n}" for n in range(1, 9)})

        form = forms.MinutesForm(said, names=NAMES)

        assert form.is_valid()
        assert len(form.minutes().decisions) == 8


class TestIndicatorForm:
    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize("baseline", [None, 0.0, 12.5])
    def test_gives_back_what_it_was_filled_with(self, language, baseline):
        value = Indicator(
            id=IndicatorId("1"), name="Klachten", unit="per week", wanted=Wanted.MORE, baseline=baseline
        )

        form = forms.IndicatorForm(filled(forms.IndicatorForm.filled(value)))

        with translation.override(language):
            assert form.is_valid(), form.errors
        aim = form.aim()
        assert (aim.name, aim.unit, aim.wanted, aim.baseline) == (
            "Klachten",
            "per week",
            Wanted.MORE,
            baseline,
        )

    def test_reads_a_comma_as_people_write_it(self):
        said = sent(name="Klachten", wanted="fewer", source="entered", baseline="12,5")

        with translation.override("nl"):
            form = forms.IndicatorForm(said)
            assert form.is_valid()

        assert form.aim().baseline == 12.5


class TestEvaluationForm:
    COUNTED: ClassVar = {
        "before_from": "2026-01-01", "before_until": "2026-01-28", "after_from": "2026-05-01",
        "after_until": "2026-05-28", "place_before": 40, "place_after": 20, "rest_before": 100,
        "rest_after": 100,
    }  # fmt: skip

    def form(self, **said: object) -> forms.EvaluationForm:
        return forms.EvaluationForm(sent(lesson="Eerder bellen helpt.", **said))

    def test_counts_nothing_when_all_of_it_is_empty(self):
        form = self.form()

        assert form.is_valid()
        assert form.counted() is None

    def test_reads_what_was_counted(self):
        form = self.form(**self.COUNTED)

        assert form.is_valid(), form.errors
        counted = form.counted()
        assert (counted.place, counted.rest, counted.around) == ((40, 20), (100, 100), None)
        assert counted.before.first_day == date(2026, 1, 1)

    def test_takes_around_only_whole(self):
        half = self.form(**self.COUNTED, around_before=9)
        whole = self.form(**self.COUNTED, around_before=9, around_after=0)

        assert half.is_valid()
        assert half.counted().around is None
        assert whole.is_valid()
        assert whole.counted().around == (9, 0)

    @pytest.mark.parametrize("missing", list(COUNTED))
    def test_asks_for_what_is_still_missing(self, missing):
        form = self.form(**{name: value for name, value in self.COUNTED.items() if name != missing})

        assert list(form.errors) == [missing]

    @pytest.mark.parametrize("last", ["before_until", "after_until"])
    def test_wants_days_in_order(self, last):
        assert list(self.form(**self.COUNTED | {last: "2025-12-01"}).errors) == [last]
