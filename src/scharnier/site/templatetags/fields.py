# SPDX-License-Identifier: EUPL-1.2
"""What templates ask about fields of forms."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def options(field: BoundField) -> SafeString:
    """Return the options of a list to choose one from; quick enough for everybody of a large network."""
    value = field.value()
    choices = field.field.choices  # type: ignore[attr-defined]  # a list to choose from has them
    return _options(choices, chosen="" if value is None else str(value))


def _options(choices: Iterable[tuple[object, object]], *, chosen: str) -> SafeString:
    """Return options, those of a group under its name; each part is escaped here, once."""
    drawn = (_option(str(key), label, chosen=chosen) for key, label in choices)
    return mark_safe("".join(drawn))  # noqa: S308  # every part of it is escaped


def _option(key: str, label: object, *, chosen: str) -> str:
    if isinstance(label, list | tuple):
        return f'<optgroup label="{escape(key)}">{_options(label, chosen=chosen)}</optgroup>'
    selected = " selected" if key == chosen else ""
    return f'<option value="{escape(key)}"{selected}>{escape(str(label))}</option>'
