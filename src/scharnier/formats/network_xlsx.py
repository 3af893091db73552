# SPDX-License-Identifier: EUPL-1.2
"""A network as a workbook that spreadsheet programs open and an import reads."""

from __future__ import annotations

import io

from openpyxl import Workbook

from scharnier.core import network
from scharnier.formats import tables


def write_workbook(whole: network.Network) -> bytes:
    """Return an xlsx workbook with a sheet for each part; every cell is text, so that nothing is computed.

    Choose who may be in it first, with `formats.listing`.
    """
    book = Workbook(write_only=True)
    for grid in tables.write_tables(whole):
        sheet = book.create_sheet(grid.name.capitalize())
        for row in grid.rows:
            sheet.append(row)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()
