# SPDX-License-Identifier: EUPL-1.2
from datetime import date, timedelta

import pytest

from scharnier.formats import wording

TODAY = date(2026, 3, 29)


class TestSayAgo:
    @pytest.mark.parametrize(
        ("days", "nl", "en"),
        [
            (0, "vandaag", "today"),
            (1, "gisteren", "yesterday"),
            (6, "6 dagen geleden", "6 days ago"),
            (7, "een week geleden", "a week ago"),
            (29, "4 weken geleden", "4 weeks ago"),
            (30, "een maand geleden", "a month ago"),
            (364, "12 maanden geleden", "12 months ago"),
            (365, "een jaar geleden", "a year ago"),
            (1100, "3 jaar geleden", "3 years ago"),
        ],
    )
    def test_says_it_as_people_do(self, days, nl, en):
        day = TODAY - timedelta(days=days)

        assert wording.say_ago(day, on=TODAY, language="nl") == nl
        assert wording.say_ago(day, on=TODAY, language="en") == en

    def test_says_today_of_a_day_still_to_come(self):
        assert wording.say_ago(TODAY + timedelta(days=3), on=TODAY, language="nl") == "vandaag"


class TestSayTime:
    @pytest.mark.parametrize(
        ("days", "nl", "en"),
        [
            (0, "meteen", "at once"),
            (1, "een dag", "a day"),
            (5, "5 dagen", "5 days"),
            (14, "2 weken", "2 weeks"),
            (30, "een maand", "a month"),
            (180, "6 maanden", "6 months"),
            (1825, "5 jaar", "5 years"),
        ],
    )
    def test_says_it_in_the_largest_whole_unit(self, days, nl, en):
        assert wording.say_time(days, language="nl") == nl
        assert wording.say_time(days, language="en") == en
