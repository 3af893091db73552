# SPDX-License-Identifier: EUPL-1.2
"""The templates of a network: those of the product, each in the network's own copy where there is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from scharnier.apps.situations import models
from scharnier.core import situations
from scharnier.core.kernel import NotFound
from scharnier.formats import situation_templates, wording


class TemplateNotFound(NotFound):
    """No such template, or none that this network offers."""

    code = "situations.template_not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A template as a network has it."""

    template: situations.Template
    is_own: bool  # changed or made by the network
    is_offered: bool
    is_shipped: bool  # the product has one of that name to go back to


def all_templates(network_id: str, *, language: wording.Language) -> tuple[Offered, ...]:
    """Return every template of a network: those of the product in their order, then its own by name.

    Notes
    -----
    An own copy is in the language in which the network wrote it.
    """
    own = {row.text_id: row for row in models.Template.objects.filter(network_id=network_id)}
    shipped = situation_templates.load_templates(language=language)
    found = [_of_product(each, own) for each in shipped]
    added = [_own(row, is_shipped=False) for row in own.values() if row.text_id not in _ids(shipped)]
    return (*found, *sorted(added, key=lambda each: (each.template.name, each.template.id)))


def offered_templates(network_id: str, *, language: wording.Language) -> tuple[situations.Template, ...]:
    """Return the templates to choose from."""
    found = all_templates(network_id, language=language)
    return tuple(each.template for each in found if each.is_offered)


def template_of(network_id: str, template_id: str, *, language: wording.Language) -> Offered:
    """Return one template of a network, offered or not.

    Raises
    ------
    TemplateNotFound
    """
    for each in all_templates(network_id, language=language):
        if each.template.id == template_id:
            return each
    raise TemplateNotFound(template_id=template_id)


def advice_of(network_id: str, template_id: str, *, language: wording.Language) -> str:
    """Return how a template says to tell how it is now; empty when it says nothing, or is not there."""
    if not template_id:
        return ""
    found = (each.template for each in all_templates(network_id, language=language))
    return next((each.baseline for each in found if each.id == template_id), "")


def stored(template: situations.Template) -> object:
    """Return the content of a template, to store it."""
    content = msgspec.to_builtins(template)
    return {name: value for name, value in content.items() if name != "id"}


def _of_product(template: situations.Template, own: Mapping[str, models.Template]) -> Offered:
    row = own.get(template.id)
    if row is not None:
        return _own(row, is_shipped=True)
    return Offered(template=template, is_own=False, is_offered=True, is_shipped=True)


def _own(row: models.Template, *, is_shipped: bool) -> Offered:
    template = msgspec.convert({"id": row.text_id, **row.content}, situations.Template)
    return Offered(template=template, is_own=True, is_offered=row.is_offered, is_shipped=is_shipped)


def _ids(templates: tuple[situations.Template, ...]) -> frozenset[str]:
    return frozenset(each.id for each in templates)
