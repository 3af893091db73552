# SPDX-License-Identifier: EUPL-1.2
"""The templates that ship, and a network's own copy with all that can be wrong in it."""

from __future__ import annotations

import pytest

from scharnier.core import situations, text
from scharnier.core.kernel import IndicatorId
from scharnier.formats import situation_templates, skos
from tests.factories import DAY

OWN = """
[[template]]
id = "own"
days = 30
topics = ["litter"]

[template.nl]
name = "Eigen"
goal = "Schoon"

[template.en]
name = "Own"
goal = "Clean"

[[template.indicator]]
nl = { name = "Zakken" }
en = { name = "Bags" }
wanted = "more"
"""
LANGUAGES = ("nl", "en")


class TestLoadTemplates:
    def test_hold_the_three_fields_of_the_study_and_a_blank_one(self):
        ids = [each.id for each in situation_templates.load_templates(language="nl")]

        assert ids == ["safety", "shopping", "sport-health", "blank"]

    def test_say_the_same_in_both_languages(self):
        dutch, english = (situation_templates.load_templates(language=language) for language in LANGUAGES)

        for nl, en in zip(dutch, english, strict=True):
            assert nl.name != en.name
            assert (nl.id, nl.days, nl.topics) == (en.id, en.days, en.topics)
            assert [(each.wanted, each.source) for each in nl.indicators] == [
                (each.wanted, each.source) for each in en.indicators
            ]
            assert len(nl.agreements) == len(en.agreements)
            assert len(nl.actions) == len(en.actions)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_say_everything_but_in_the_blank_one(self, language):
        *fields, blank = situation_templates.load_templates(language=language)

        for template in fields:
            assert template.question.endswith("?")
            assert template.goal
            assert template.baseline
            assert len(template.agreements) >= 3
            assert len(template.actions) >= 3
            assert len(template.indicators) >= 2
        assert (blank.question, blank.goal, blank.indicators) == ("", "", ())

    def test_speak_of_topics_that_the_thesaurus_has(self):
        known = {topic.id for topic in skos.load_thesaurus()}

        named = {topic for each in situation_templates.load_templates(language="nl") for topic in each.topics}

        assert named
        assert named <= known

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_can_be_started_from(self, language):
        for template in situation_templates.load_templates(language=language):
            ids = [IndicatorId(str(place)) for place in range(len(template.indicators))]

            start = situations.start_from(template, on=DAY, indicator_ids=ids)

            assert start.plan.goal == template.goal


class TestReadTemplates:
    @pytest.mark.parametrize(
        ("language", "name", "goal", "indicator"),
        [("nl", "Eigen", "Schoon", "Zakken"), ("en", "Own", "Clean", "Bags")],
    )
    def test_reads_a_copy_of_a_network(self, language, name, goal, indicator):
        (template,) = situation_templates.read_templates(OWN, language=language)

        assert (template.name, template.goal) == (name, goal)
        assert [each.name for each in template.indicators] == [indicator]

    def test_reads_what_ships_after_a_change(self):
        changed = situation_templates.shipped_templates().replace('name = "Leeg"', 'name = "Schone lei"')

        names = [each.name for each in situation_templates.read_templates(changed, language="nl")]

        assert names[-1] == "Schone lei"

    @pytest.mark.parametrize(
        "broken",
        [
            "",
            "template = 3",
            "[[template",
            OWN.replace("days = 30", 'days = "a month"'),
            OWN.replace("days = 30", ""),
            OWN.replace("days = 30", "days = 30\ncolour = 1"),
            OWN.replace('name = "Own"', ""),
            OWN.replace('wanted = "more"', 'wanted = "higher"'),
            OWN.replace("[template.en]", "[template.fr]"),
        ],
    )
    def test_says_what_it_cannot_read(self, broken):
        with pytest.raises(situation_templates.MalformedTemplates) as refusal:
            situation_templates.read_templates(broken, language="nl")

        assert refusal.value.facts["reason"]

    def test_takes_each_template_once(self):
        with pytest.raises(situation_templates.DuplicateTemplate) as refusal:
            situation_templates.read_templates(OWN + OWN, language="nl")

        assert refusal.value.facts == {"template": "own"}

    def test_takes_no_personal_data(self):
        with pytest.raises(text.PersonalDataFound):
            situation_templates.read_templates(OWN.replace("Schoon", "Bel 06-12345678"), language="nl")

    def test_takes_no_template_without_days(self):
        with pytest.raises(situations.TemplateUnclear):
            situation_templates.read_templates(OWN.replace("30", "0"), language="nl")
