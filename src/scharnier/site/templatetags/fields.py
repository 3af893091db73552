# SPDX-License-Identifier: EUPL-1.2
"""What templates ask about fields of forms."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
SELECTED = mark_safe(" selected")


@register.filter
def options(field: BoundField) -> SafeString:
    """Return the options of a list to choose one from; quick enough for everybody of a large network."""
    value = field.value()
    choices = field.field.choices  # type: ignore[attr-defined]  # a list to choose from has them
    return _options(choices, chosen="" if value is None else str(value))


def _options(choices: Iterable[tuple[object, object]], *, chosen: str) -> SafeString:
    """Return options, those of a group under its name."""
    return format_html_join(
        "",
        "{}",
        (
            (_group(str(key), label, chosen=chosen),)
            if isinstance(label, list | tuple)
            else (_option(str(key), label, is_chosen=str(key) == chosen),)
            for key, label in choices
        ),
    )


def _option(key: str, label: object, *, is_chosen: bool) -> SafeString:
    return format_html('<option value="{}"{}>{}</option>', key, SELECTED if is_chosen else "", label)


def _group(name: str, choices: Iterable[tuple[object, object]], *, chosen: str) -> SafeString:
    return format_html('<optgroup label="{}">{}</optgroup>', name, _options(choices, chosen=chosen))
