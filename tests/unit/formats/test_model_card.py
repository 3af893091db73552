# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

import json
from typing import get_args

import pytest

from scharnier.core.referral import HALF_LIFE_DAYS, OF_REASON, Lesson, Reason
from scharnier.core.referral._availability import ROOM_HALF_LIFE_DAYS, SILENCE_HALF_LIFE_DAYS
from scharnier.formats import declines, model_card
from scharnier.formats.wording import Language
from scripts.model_card import FIGURES, PAGES, RESULTS, ROOT, read_figures

LANGUAGES = get_args(Language)


def stored(name: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    return rows


class TestFigures:
    def test_are_those_of_the_stored_measurements(self) -> None:
        figures = json.loads(FIGURES.read_text(encoding="utf-8"))

        assert figures == read_figures(stored("referral_quality"), stored("referral_stream"))

    def test_keep_what_was_promised(self) -> None:
        figures = json.loads(FIGURES.read_text(encoding="utf-8"))

        assert figures["department_asks"] <= 1.55
        assert figures["member_asks"] <= 9.9
        assert figures["stream_available"] < figures["stream_learned"] / 2


@pytest.mark.parametrize("language", LANGUAGES)
class TestModelCard:
    def test_is_the_page_of_the_documentation(self, language: Language) -> None:
        page = (ROOT / "docs" / "explanation" / PAGES[language]).read_text(encoding="utf-8")

        assert model_card.load_model_card(language).as_markdown() == page

    def test_has_words_in_every_section(self, language: Language) -> None:
        card = model_card.load_model_card(language)

        assert len(card.sections) == 6
        assert all(section.head and section.paragraphs for section in card.sections)
        assert "{" not in card.as_markdown()

    def test_says_how_long_things_count_as_they_are_reckoned(self, language: Language) -> None:
        words = {"nl": ("dertig", "veertien", "negentig"), "en": ("thirty", "fourteen", "ninety")}[language]

        assert (HALF_LIFE_DAYS, ROOM_HALF_LIFE_DAYS, SILENCE_HALF_LIFE_DAYS) == (30, 14, 90)
        assert all(f"{word} " in model_card.load_model_card(language).as_markdown() for word in words[:2])

    def test_says_what_a_reason_teaches_as_the_one_who_gives_it_hears(self, language: Language) -> None:
        said = model_card.load_model_card(language).as_markdown().lower()

        for reason in (Reason.NOT_MY_REMIT, Reason.NOT_MY_AREA, Reason.ALREADY_KNOWN):
            assert declines.say_reason(reason, language=language).lower() in said
        assert OF_REASON[Reason.NO_CAPACITY] == {Lesson.NO_ROOM}
