# SPDX-License-Identifier: EUPL-1.2
"""A network as CSV files that spreadsheet programs open and `scharnier network import` reads."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from datetime import date

from scharnier.core import network
from scharnier.formats import listing, tables

_SAME_TIME = (1980, 1, 1, 0, 0, 0)  # so that the same network gives the same zip


def write_csv_files(whole: network.Network, *, on: date) -> Mapping[str, bytes]:
    """Return a CSV file for each part by name, with only the persons who agree on a day to be listed."""
    return _files(listing.only_listed(whole, on=on))


def write_zip(whole: network.Network, *, on: date) -> bytes:
    """Return the files of `write_csv_files` in one zip; the same network always gives the same bytes."""
    return pack_tables(listing.only_listed(whole, on=on))


def pack_tables(whole: network.Network) -> bytes:
    """Return the CSV files of a network in one zip, with everybody in it; choose first who may be."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _files(whole).items():
            archive.writestr(zipfile.ZipInfo(name, _SAME_TIME), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _files(whole: network.Network) -> Mapping[str, bytes]:
    return {f"{grid.name}.csv": _write_csv(grid) for grid in tables.write_tables(whole)}


def _write_csv(grid: tables.Grid) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(grid.rows)
    return text.getvalue().encode("utf-8-sig")  # the mark tells Excel that it is UTF-8
