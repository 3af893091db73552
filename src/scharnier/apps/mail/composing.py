# SPDX-License-Identifier: EUPL-1.2
"""Write a message from its template: the first line is the subject, the rest is the text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from django.template import Context, Engine, TemplateDoesNotExist
from django.template.base import Template, VariableNode
from django.template.defaulttags import ForNode
from django.template.loader import render_to_string

from scharnier.core.kernel import Invalid, NotFound

Language = Literal["nl", "en"]
Fact: TypeAlias = str | tuple[str, ...]  # several: a template goes through them, each on one line


class UnknownTemplate(NotFound):
    """There is no such message in that language."""

    code = "mail.unknown_template"


class MissingFacts(Invalid):
    """A template names facts that were not given."""

    code = "mail.missing_facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message in words."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What a message brings for a calendar."""

    text: str  # as RFC 5545 writes it
    method: str  # what the calendar is to do with it (RFC 5546)


def write_letter(template: str, *, facts: Mapping[str, Fact], language: Language) -> Letter:
    """Return a template filled in with facts, each on one line.

    Raises
    ------
    UnknownTemplate
    MissingFacts
    """
    found = _template(f"mail/{template}.{language}.txt")
    missing = sorted(set(_facts_in(found)) - set(facts))
    if missing:
        raise MissingFacts(template=template, missing=tuple(missing))
    plain = {name: _plain(fact) for name, fact in facts.items()}
    written = found.render(Context(plain, autoescape=False, use_l10n=False))
    subject, _, text = written.partition("\n")
    return Letter(subject=subject.strip(), text=text.strip() + "\n")


def in_html(letter: Letter, *, language: str) -> str:
    """Return the same words as a page, with addresses one can follow."""
    return render_to_string("mail/page.html", {"letter": letter, "language": language})


def _template(name: str) -> Template:
    try:
        return Engine.get_default().get_template(name)
    except TemplateDoesNotExist:
        raise UnknownTemplate(template=name) from None


def _plain(fact: Fact) -> Fact:
    """Return a fact without lines of its own."""
    return " ".join(fact.split()) if isinstance(fact, str) else tuple(" ".join(each.split()) for each in fact)


def _facts_in(template: Template) -> Iterator[str]:
    loops = [node for node in template.nodelist.get_nodes_by_type(ForNode) if isinstance(node, ForNode)]
    own = {name for loop in loops for name in loop.loopvars}
    yield from (str(loop.sequence).split("|")[0] for loop in loops)
    for node in template.nodelist.get_nodes_by_type(VariableNode):
        if isinstance(node, VariableNode):
            name = str(node.filter_expression.var).split(".")[0]
            if name not in own:
                yield name
