# SPDX-License-Identifier: EUPL-1.2
"""The list of what people can do: short, in two languages, about doing."""

from __future__ import annotations

import tomllib

from scharnier.apps.people import competences
from scharnier.formats.competences import load_competences
from tests.architecture import source


class TestList:
    def test_has_about_thirty_each_once_in_both_languages(self):
        listed = load_competences()

        assert 25 <= len(listed) <= 40
        assert len({each.nl for each in listed}) == len({each.en for each in listed}) == len(listed)
        assert all(each.nl.strip() and each.en.strip() for each in listed)

    def test_says_what_people_do_and_not_what_they_are(self):
        kinds = ("er ", "expert", "talent", "type", "persoonlijk", "leider")

        said = [each.nl for each in load_competences() if any(kind in f"{each.nl} " for kind in kinds)]

        assert said == []

    def test_knows_what_the_people_of_the_example_can_do(self):
        text = (source.PACKAGE / "example/sources/lists.toml").read_text(encoding="utf-8")

        said = tomllib.loads(text)["competences"]

        assert set(said) <= {each.nl for each in load_competences()}


class TestNameCompetences:
    def test_speaks_the_language_of_the_reader(self):
        assert competences.name_competences(["tolken"], language="en") == ("interpreting",)
        assert competences.name_competences(["tolken"], language="nl") == ("tolken",)

    def test_keeps_in_its_own_words_what_is_not_on_the_list(self):
        assert competences.name_competences(["zwaardvechten"], language="en") == ("zwaardvechten",)


class TestChooseFrom:
    def test_offers_the_list_and_then_what_somebody_said_before(self):
        choices = competences.choose_from(["zwaardvechten", "tolken"], language="nl")

        values = [value for value, _ in choices]
        assert values[-1] == "zwaardvechten"
        assert values.count("tolken") == 1
        assert len(values) == len(load_competences()) + 1
