# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from typing import get_args

import pytest

from scharnier.core.referral import OF_REASON, Reason
from scharnier.formats import declines
from scharnier.formats.wording import Language

LANGUAGES = get_args(Language)


@pytest.mark.parametrize("language", LANGUAGES)
class TestSayReason:
    def test_says_each_reason_in_its_own_words(self, language: Language) -> None:
        said = {declines.say_reason(reason, language=language) for reason in Reason}

        assert len(said) == len(Reason)

    def test_leaves_the_full_stop_to_the_page(self, language: Language) -> None:
        assert not any(declines.say_reason(reason, language=language).endswith(".") for reason in Reason)


@pytest.mark.parametrize("language", LANGUAGES)
class TestSayWhatItTeaches:
    def test_says_the_same_exactly_of_what_teaches_the_same(self, language: Language) -> None:
        lessons = {reason: OF_REASON[reason] for reason in Reason}
        said = {reason: declines.say_what_it_teaches(reason, language=language) for reason in Reason}

        for one in Reason:
            for other in Reason:
                assert (lessons[one] == lessons[other]) is (said[one] == said[other])

    def test_says_nothing_is_learned_where_nothing_is(self, language: Language) -> None:
        nothing = {"nl": "Hier leren we niets van.", "en": "We learn nothing from this."}[language]

        for reason in Reason:
            assert (declines.say_what_it_teaches(reason, language=language) == nothing) is (
                not OF_REASON[reason]
            )
