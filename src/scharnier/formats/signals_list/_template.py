# SPDX-License-Identifier: EUPL-1.2
"""An empty list of signals to fill in, with the names that its cells can take."""

from __future__ import annotations

from itertools import zip_longest
from typing import Final

from scharnier.core import network
from scharnier.formats import tables
from scharnier.formats.signals_list._columns import list_form
from scharnier.formats.wording import Language

_LISTS: Final[dict[Language, tuple[str, tuple[str, str, str]]]] = {
    "nl": ("Namen", ("Gebied of straat", "Onderwerp", "Groep")),
    "en": ("Names", ("Area or street", "Topic", "Group")),
}


def write_list_template(onto: network.Network, *, language: Language) -> bytes:
    """Return an xlsx workbook with the columns of a list, an example, notes and the names of a network.

    Notes
    -----
    A name that a spreadsheet program could take for a formula is written as text.
    """
    title, headings = _LISTS[language]
    columns = (
        sorted(area.name for area in onto.areas),
        sorted({topic.name(language) for topic in onto.topics}),
        sorted(group.name for group in onto.resident_groups),
    )
    rows = [headings, *zip_longest(*columns, fillvalue="")]
    return tables.write_forms([list_form()], language=language, lists={title: rows})
