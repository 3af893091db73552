# SPDX-License-Identifier: EUPL-1.2
"""Languages are named to the reader, not coded."""

from __future__ import annotations

import pytest
from django.utils import translation

from scharnier.apps.people import languages


class TestNameLanguages:
    @pytest.mark.parametrize(
        ("reader", "names"),
        [("nl", ("Arabisch", "Nederlands", "Tigrinya")), ("en", ("Arabic", "Dutch", "Tigrinya"))],
    )
    def test_says_them_in_the_language_of_the_reader(self, reader, names):
        with translation.override(reader):
            assert languages.name_languages(["ti", "nl", "ar"]) == names

    def test_leaves_out_where_a_language_is_spoken_when_only_that_is_unknown(self):
        with translation.override("en"):
            assert languages.name_languages(["ar-SY"]) == ("Arabic",)

    def test_keeps_a_tag_nobody_named(self):
        assert languages.name_languages(["tlh"]) == ("tlh",)

    def test_has_no_names_without_tags(self):
        assert languages.name_languages([]) == ()
