# SPDX-License-Identifier: EUPL-1.2
"""What is refused, and where that is said."""

from __future__ import annotations

import pytest
from django.utils import translation

from scharnier.apps.people.attempting import RefusalIn
from scharnier.apps.people.forms import CardForm
from scharnier.core.kernel import Conflict, Invalid, NotFound
from scharnier.core.text import EmptyText
from scharnier.formats import wording


@pytest.fixture
def form():
    sent = CardForm({})
    assert sent.is_valid()
    return sent


class TestRefusalIn:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_says_what_is_refused_in_the_language_of_who_reads(self, form, language):
        error = EmptyText()

        with translation.override(language), RefusalIn(form, Conflict, Invalid):
            raise error

        assert form.non_field_errors() == [wording.say_error(error, language=language)]

    def test_lets_other_errors_go_their_own_way(self, form):
        with pytest.raises(NotFound), RefusalIn(form, Conflict, Invalid):
            raise NotFound

        assert form.is_valid()

    def test_says_nothing_where_nothing_is_refused(self, form):
        with RefusalIn(form, Conflict, Invalid):
            done = True

        assert done
        assert form.is_valid()
