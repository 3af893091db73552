# SPDX-License-Identifier: EUPL-1.2
"""The columns that a list of signals can have, as told in columns.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from scharnier.formats import tables


@cache
def list_form() -> tables.SheetForm:
    """Return the sheet of a list of signals, its columns by the field that they fill.

    Examples
    --------
    >>> list_form().title("nl"), list_form().columns["text"].title("en")
    ('Signalen', 'What')
    """
    source = resources.files("scharnier.formats.signals_list").joinpath("columns.toml")
    told: dict[str, Any] = tomllib.loads(source.read_text(encoding="utf-8"))
    return msgspec.convert(told, tables.SheetForm)
