# SPDX-License-Identifier: EUPL-1.2
"""A copy of somebody's data for readers: its parts with names, its codes as words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from scharnier.apps.people import competences, languages
from scharnier.apps.people import labels as people
from scharnier.apps.rights import labels
from scharnier.apps.rights.selectors._copy_values import DataCopy
from scharnier.formats import pdf, skos, wording

NOTHING: Final = "-"  # in a cell, so that who listens hears that it is empty


def document_of(copy: DataCopy, *, language: wording.Language) -> pdf.Document:
    """Return a copy as a document; parts that hold nothing are left out."""
    day = wording.say_day(timezone.localtime(copy.made_at).date(), language=language)
    return pdf.Document(
        title=_("My data in %(network)s") % {"network": copy.network},
        running=_("Copy of %(day)s") % {"day": day},
        language=language,
        lead=(
            _("This is everything that %(network)s holds about you, as it stood on %(day)s.")
            % {"network": copy.network, "day": day},
            _("Who does not want to be found stands in it without a name."),
        ),
        sections=tuple(_sections(copy, language=language)),
    )


def _sections(copy: DataCopy, *, language: wording.Language) -> Iterator[pdf.Section]:
    for part in labels.PARTS:
        held = getattr(copy, part.name)
        if isinstance(held, list):
            yield from _table(part, held, language=language)
        elif held is not None:
            facts = (
                (str(label), _say(_named(name, getattr(held, name), language=language), language=language))
                for name, label in part.fields
            )
            yield pdf.Section(title=str(part.title), facts=tuple(fact for fact in facts if fact[1]))


def _table(part: labels.Part, rows: list[object], *, language: wording.Language) -> Iterator[pdf.Section]:
    if rows:
        yield pdf.Section(
            title=str(part.title),
            columns=tuple(str(label) for _name, label in part.fields),
            rows=tuple(
                tuple(
                    _say(_named(name, getattr(row, name), language=language), language=language) or NOTHING
                    for name, _label in part.fields
                )
                for row in rows
            ),
        )


def _named(field: str, value: Any, *, language: wording.Language) -> object:
    """Return a value of a field with names in place of identifiers, where the product has the names."""
    match field:
        case "topics":
            names = {topic.id: topic.name(language) for topic in skos.load_thesaurus()}
            return [names.get(each, each) for each in value]
        case "languages":
            return list(languages.name_languages(value))
        case "competences":
            return list(competences.name_competences(value, language=language))
        case "visibility":
            return {str(people.FIELDS.get(name, name)): who for name, who in value.items()}
        case _:
            return value


def _say(value: object, *, language: wording.Language) -> str:  # noqa: PLR0911  one line a kind of value
    match value:
        case None:
            return ""
        case bool():
            return str(labels.ANSWERS[value])
        case datetime():
            return formats.date_format(timezone.localtime(value), "j F Y H:i")
        case date():
            return wording.say_day(value, language=language)
        case list():
            return ", ".join(_say(each, language=language) for each in value)
        case dict():
            return "; ".join(f"{name}: {_say(each, language=language)}" for name, each in value.items())
        case _:
            return str(labels.CODES.get(str(value), value))
