# SPDX-License-Identifier: EUPL-1.2
"""Write a package as CSV, in a folder or a zip, or as JSON."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import msgspec

from scharnier.formats.hsds import _names
from scharnier.formats.hsds._arranging import as_document, nested
from scharnier.formats.hsds._csv import render_table
from scharnier.formats.hsds._descriptor import describe
from scharnier.formats.hsds._errors import FolderInUse
from scharnier.formats.hsds._package import Cell, Package, Table

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of zip; the same package gives the same bytes


def write_csv(package: Package, path: Path) -> None:
    """Write every table with a datapackage.json: a zip when the path ends in .zip, else a folder.

    Raises
    ------
    FolderInUse
        When the folder holds other tables, which would become part of the package; nothing is written.
    """
    files = _files(package)
    if path.suffix.lower() == ".zip":
        path.write_bytes(_zipped(files))
        return
    strange = sorted(file.name for file in path.glob("*.csv") if file.name not in files)
    if strange:
        raise FolderInUse(folder=str(path), file=strange[0])
    path.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (path / name).write_bytes(content)


def write_json(package: Package, path: Path, *, root: str | None = None) -> None:
    """Write a package as JSON: as it was read, CSV in the tabular form; with a root, nested in full.

    The root is organization, service, service_at_location, location, taxonomy or taxonomy_term. Only
    without a root is every cell there: see `nested`.
    """
    path.write_bytes(json_bytes(package, root=root))


def json_bytes(package: Package, *, root: str | None = None) -> bytes:
    """Return what `write_json` writes."""
    arranged = package if root is None else nested(package, root=root)
    return _json(as_document(arranged))


def _json(document: Cell) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _files(package: Package) -> dict[str, bytes]:
    tables = tuple(_filed(table) for table in package.tables)
    descriptor = describe(tables, name=package.source, known=package.descriptor)
    content = {table.file: render_table(table).encode() for table in tables}
    return {**content, _names.DESCRIPTOR: _json(descriptor)}


def _filed(table: Table) -> Table:
    """Return a table with the name of a file: its own, or for objects out of JSON that of HSDS 3."""
    if table.file.endswith(".csv"):
        return table
    return replace(table, file=_names.FILES.get(table.entity, f"{table.entity}.csv"))


def _zipped(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=_FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()
