# SPDX-License-Identifier: EUPL-1.2
"""The screens speak Dutch completely, from a compiled file that is current."""

from __future__ import annotations

import gettext
import io
import re
import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[3]
PLACEHOLDER = re.compile(r"%\(\w+\)s|</?\w+>")

messages = SimpleNamespace(**runpy.run_path(str(ROOT / "scripts" / "messages.py")))


@pytest.fixture(scope="module")
def dutch():
    return messages.read_catalogue(messages.CATALOGUE.read_text(encoding="utf-8"))


class TestDutch:
    def test_is_there_for_every_message_on_a_screen(self, dutch):
        assert messages.missing(dutch, messages.used_messages()) == ()

    def test_has_no_message_that_no_screen_uses(self, dutch):
        assert messages.unused(dutch, messages.used_messages()) == ()

    def test_keeps_the_places_and_marks_of_the_english(self, dutch):
        pairs = [(source, target) for source, target in dutch.items() if source]

        assert [
            source
            for source, target in pairs
            if sorted(PLACEHOLDER.findall(source)) != sorted(PLACEHOLDER.findall(target))
        ] == []

    def test_says_each_message_once(self, dutch):
        text = messages.CATALOGUE.read_text(encoding="utf-8")

        assert len(re.findall(r"^msgid ", text, re.MULTILINE)) == len(dutch)

    def test_says_je_and_never_u(self, dutch):
        formal = re.compile(r"\b(u|uw)\b", re.IGNORECASE)

        assert [target for source, target in dutch.items() if source and formal.search(target)] == []

    def test_gives_each_message_one_translation(self):
        blocks = messages.CATALOGUE.read_text(encoding="utf-8").split("\n\n")

        assert [block for block in blocks if block.count('\nmsgstr "') > 1] == []

    def test_is_compiled_as_it_is_written(self, dutch):
        compiled = messages.CATALOGUE.with_suffix(".mo").read_bytes()

        assert compiled == messages.compile_catalogue(dutch), "run python scripts/messages.py"


class TestCompileCatalogue:
    def test_makes_what_gettext_reads(self):
        header = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
        compiled = messages.compile_catalogue(
            {"": header, "one": "één", "%d day\0%d days": "%d dag\0%d dagen"}
        )

        read = gettext.GNUTranslations(io.BytesIO(compiled))

        assert read.gettext("one") == "één"
        assert [read.ngettext("%d day", "%d days", n) for n in (1, 2)] == ["%d dag", "%d dagen"]

    def test_leaves_out_what_has_no_translation(self):
        compiled = messages.compile_catalogue({"": "Content-Type: text/plain; charset=UTF-8\n", "one": ""})

        assert gettext.GNUTranslations(io.BytesIO(compiled)).gettext("one") == "one"


class TestReadCatalogue:
    def test_joins_lines_and_plurals_and_skips_comments(self):
        single = '# why\nmsgid ""\n"a \\"b\\""\nmsgstr "c"\n'
        plural = 'msgid "d"\nmsgid_plural "e"\nmsgstr[0] "f"\nmsgstr[1] "g"\n'

        assert messages.read_catalogue(f"{single}\n{plural}") == {'a "b"': "c", "d\0e": "f\0g"}


class TestUsedMessages:
    @pytest.mark.parametrize(
        "text",
        [
            '{% translate "So" %}',
            "{% blocktranslate %}So{% endblocktranslate %}",
            '{{ a|default:_("So") }}',
            "{% blocktranslate trimmed %}\n  So\n{% endblocktranslate %}",
        ],
    )
    def test_are_found_in_templates(self, text):
        assert list(messages._messages_in_template(text)) == ["So"]

    def test_are_found_in_code(self):
        text = "_('a'); translation.gettext('b'); ngettext('c', 'd', 2); print('e'); _(f'{a}')"

        assert list(messages._messages_in_code(text)) == ["a", "b", "c"]
