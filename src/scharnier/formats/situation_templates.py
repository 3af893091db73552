# SPDX-License-Identifier: EUPL-1.2
"""The templates for situations that ship with the product, and the copy that a network changes."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

import msgspec

from scharnier.core import situations
from scharnier.core.kernel import Invalid, TopicId
from scharnier.formats.wording import Language


class MalformedTemplates(Invalid):
    """The file is no TOML, or not a list of templates as we write them."""

    code = "situation_templates.malformed"


class DuplicateTemplate(Invalid):
    """Two templates have the same name for programs."""

    code = "situation_templates.duplicate"


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a template says in one language."""

    name: str
    question: str = ""
    goal: str = ""
    baseline: str = ""
    agreements: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


class _Named(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an indicator is called in one language."""

    name: str
    unit: str = ""


class _Indicator(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One indicator as it is written in the file."""

    nl: _Named
    en: _Named
    wanted: situations.Wanted = situations.Wanted.FEWER
    source: situations.FigureSource = situations.FigureSource.ENTERED


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One template as it is written in the file."""

    id: str
    days: int
    nl: _Words
    en: _Words
    topics: tuple[str, ...] = ()
    indicator: tuple[_Indicator, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All templates of a file."""

    template: tuple[_Entry, ...]


def load_templates(*, language: Language) -> tuple[situations.Template, ...]:
    """Return the templates of the product in one language, the blank one last.

    Examples
    --------
    >>> [template.name for template in load_templates(language="nl")]
    ['Veiligheid', 'Winkelgebied', 'Sport en gezondheid', 'Leeg']
    """
    return read_templates(shipped_templates(), language=language)


def read_templates(text: str, *, language: Language) -> tuple[situations.Template, ...]:
    r"""Return the templates of a file in one language, such as a network's own copy.

    Raises
    ------
    MalformedTemplates
        Facts: `reason`, as the parser gives it.
    DuplicateTemplate
    TemplateUnclear, EmptyText, TextTooLong, PersonalDataFound
        Of a template itself.

    Examples
    --------
    >>> own = '[[template]]\nid = "own"\ndays = 30\nnl.name = "Eigen"\nen.name = "Own"'
    >>> read_templates(own, language="en")[0].name
    'Own'
    """
    try:
        file = msgspec.convert(tomllib.loads(text), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise MalformedTemplates(reason=str(error)) from error
    ids = [entry.id for entry in file.template]
    twice = sorted({each for each in ids if ids.count(each) > 1})
    if twice:
        raise DuplicateTemplate(template=twice[0])
    return tuple(_template(entry, language) for entry in file.template)


@cache
def shipped_templates() -> str:
    """Return the file of the product, for a network to start its own copy from.

    Examples
    --------
    >>> shipped_templates().count("[[template]]")
    4
    """
    return (
        resources.files("scharnier.formats").joinpath("data", "situation_templates.toml").read_text("utf-8")
    )


def _template(entry: _Entry, language: Language) -> situations.Template:
    words = entry.nl if language == "nl" else entry.en
    return situations.Template(
        id=entry.id,
        name=words.name,
        question=words.question,
        goal=words.goal,
        baseline=words.baseline,
        days=entry.days,
        topics=frozenset(map(TopicId, entry.topics)),
        indicators=tuple(_hint(each, language) for each in entry.indicator),
        agreements=words.agreements,
        actions=words.actions,
    )


def _hint(indicator: _Indicator, language: Language) -> situations.IndicatorHint:
    named = indicator.nl if language == "nl" else indicator.en
    return situations.IndicatorHint(
        name=named.name, unit=named.unit, wanted=indicator.wanted, source=indicator.source
    )
