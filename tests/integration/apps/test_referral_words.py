# SPDX-License-Identifier: EUPL-1.2
"""Whatever a referral can be, need or become has words on screen, in both languages."""

from __future__ import annotations

import re
from enum import Enum

import pytest
from django.utils import translation

from scharnier.apps.audit.labels import ACTS
from scharnier.apps.notes.labels import ABOUT
from scharnier.apps.referral import labels, news, selectors
from scharnier.apps.referral.forms import _steps as forms
from scharnier.apps.referral.views import _introductions, _referral, _steps
from scharnier.apps.webhooks.labels import EVENTS
from scharnier.core.referral import (
    TRANSITIONS,
    About,
    Awaited,
    Deed,
    Helped,
    Progress,
    Reason,
    Reply,
    State,
    Step,
    Teller,
)
from scharnier.core.webhooks import Event
from scharnier.formats import wording

LANGUAGES = ("nl", "en")
HUMAN = {step for opened in TRANSITIONS.values() for step in opened} - {Step.LAPSE, Step.SEND}
SAID = {  # what has words -> of what it has to have them
    "abouts": (labels.ABOUTS, set(About)),
    "states": (labels.STATES, set(State)),
    "mine": (labels.MINE, set(Awaited)),
    "others": (labels.OTHERS, set(Awaited)),
    "done": (labels.DONE, {*Step, *Deed} - {Step.LAPSE}),  # only the clock lets a turn lapse
    "done by itself": (labels.BY_ITSELF, {Step.SEND, Step.LAPSE, Step.RESUME}),
    "reasons": (labels.REASONS, set(Reason)),
    "progress": (labels.PROGRESS, set(Progress)),
    "helped": (labels.HELPED, set(Helped)),
    "tellers": (labels.TELLERS, set(Teller)),
    "buttons": (labels.BUTTONS, HUMAN),
    "replies": (forms.REPLIES, set(Reply)),
    "thanks for a reply": (_introductions.DONE, set(Reply)),
    "lists of work": (_referral.TITLES, set(selectors.Whose)),
    "abouts of a note": (ABOUT, {"", *(about.value for about in About)}),
    "events of webhooks": (EVENTS, set(Event)),
}
EACH = pytest.mark.parametrize("name", SAID)
PAGES = {**_steps.STEPS, **_referral.DEEDS}
PARTS_OF_A_PAGE = ("title", "button", "done", "lead")


def in_language(said, language):
    with translation.override(language):
        return {key: str(words) for key, words in said.items()}


class TestWords:
    @EACH
    def test_are_there_for_every_one_and_for_nothing_else(self, name):
        said, things = SAID[name]

        assert set(said) == things

    @EACH
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_are_nowhere_empty_and_never_the_same_for_two(self, name, language):
        said = in_language(SAID[name][0], language)

        assert [key for key, words in said.items() if words != words.strip() or not words] == []
        assert len(set(said.values())) == len(said)

    @EACH
    def test_are_written_in_each_language(self, name):
        dutch, english = (in_language(SAID[name][0], language) for language in LANGUAGES)

        assert [key for key, words in dutch.items() if words == english[key]] == []

    @EACH
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_show_no_word_of_the_code(self, name, language):
        """Nobody reads `in-progress`, `next_party` or the name of an enum."""
        said = in_language(SAID[name][0], language)

        coded = {key.value for key in said if isinstance(key, Enum) and re.search(r"[-_]", key.value)}
        assert [words for words in said.values() if coded & set(words.split())] == []

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_of_what_waits_name_who_it_waits_for_and_nobody_to_themselves(self, language):
        mine, others = (in_language(said, language) for said in (labels.MINE, labels.OTHERS))

        for awaited in Awaited:
            assert others[awaited] % {"who": "Karel"} != others[awaited]
            assert "%(" not in mine[awaited]

    def test_have_a_colour_only_beside_a_word(self):
        assert set(labels.TONES) <= set(labels.STATES)
        assert set(labels.TONES.values()) <= {"yes", "limited", "no"}

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_of_an_end_say_it_for_every_state_in_which_it_can_end(self, language):
        ends = in_language(labels.ENDS, language)

        assert list(ends)[-1] is None  # the last resort comes last
        assert all(words.endswith(".") for words in ends.values())
        assert len(set(ends.values())) == len(ends)


class TestPages:
    def test_are_there_for_every_button(self):
        assert {step.value for step in HUMAN} <= set(_steps.STEPS)

    def test_are_not_there_for_what_the_clock_does(self):
        assert Step.LAPSE.value not in _steps.STEPS

    @pytest.mark.parametrize("name", PAGES)
    @pytest.mark.parametrize("part", PARTS_OF_A_PAGE)
    def test_say_each_part_in_each_language(self, name, part):
        said = {}
        for language in LANGUAGES:
            with translation.override(language):
                said[language] = str(getattr(PAGES[name], part))

        assert part == "lead" or all(said.values())
        assert not said["nl"] or said["nl"] != said["en"]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_say_after_each_step_that_it_was_that_one(self, language):
        with translation.override(language):
            done = [str(page.done) for page in PAGES.values()]

        assert len(set(done)) == len(done)


class TestNews:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_said_of_everything_that_happens_each_in_its_own_words(self, language):
        said = news.NEWS[language]

        assert set(said) == set(news.News)
        assert len({subject for subject, _ in said.values()}) == len(said)
        assert all(subject.strip() and do.strip().endswith(".") for subject, do in said.values())

    def test_is_said_in_both_languages(self):
        assert set(news.NEWS) == set(LANGUAGES)
        for what in news.News:
            assert news.NEWS["nl"][what] != news.NEWS["en"][what]


class TestLog:
    def test_has_words_for_each_step_that_people_take(self):
        with translation.override("nl"):
            dutch = {act: str(words) for act, words in ACTS.items() if act.startswith("referral.")}
        with translation.override("en"):
            english = {act: str(ACTS[act]) for act in dutch}

        assert len(dutch) >= len(HUMAN)
        assert [act for act in dutch if dutch[act] == english[act]] == []
        assert len(set(dutch.values())) == len(dutch)


class TestErrors:
    def test_of_referrals_say_a_sentence_in_both_languages(self):
        of_referrals = {
            code: said for code, said in wording.error_sentences().items() if code.startswith("referral.")
        }

        assert len(of_referrals) > len(HUMAN)
        for code, said in of_referrals.items():
            for language in LANGUAGES:
                assert said[language].strip().endswith((".", "?")), code
            assert said["nl"] != said["en"], code
