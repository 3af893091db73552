# SPDX-License-Identifier: EUPL-1.2
"""Packages to test with: the smallest that is right, with files put in or left out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from scharnier.core import network
from scharnier.formats import hsds

SMALL = Path(__file__).parents[3] / "data" / "hsds_small"
RIGHT = {
    "organizations.csv": "id,name,description\no1,Wijkteam,Hulp dichtbij\n",
    "services.csv": "id,organization_id,name,status\ns1,o1,Spreekuur,active\n",
}


def a_folder(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A folder with the smallest right package, and files put in or replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in {**RIGHT, **(files or {})}.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def a_zip(path: Path, files: Mapping[str, str] | None = None, *, under: str = "") -> Path:
    """A zip with the smallest right package under a folder, and files put in at the paths given."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        for name, text in RIGHT.items():
            archive.writestr(under + name, text)
        for name, text in (files or {}).items():
            archive.writestr(name, text)
    path.write_bytes(content.getvalue())
    return path


def a_package(folder: Path, files: Mapping[str, str | bytes] | None = None) -> hsds.Package:
    """The smallest right package, with files put in or replaced."""
    return hsds.read_package(a_folder(folder, files))


def convert(package: hsds.Package) -> hsds.Converted:
    """The network of a package."""
    return hsds.to_network(package, network_id="kruisveld", name="Kruisveld", language="nl")


def service_of(folder: Path, files: Mapping[str, str | bytes]) -> network.Service:
    """The one service of the smallest package with files put in."""
    (service,) = convert(a_package(folder, files)).network.services
    return service


def problems_of(package: hsds.Package) -> list[tuple[str, int, str, hsds.Fault]]:
    """The places for which a package is refused."""
    with pytest.raises(hsds.InvalidPackage) as raised:
        convert(package)
    return places(raised.value)


def places(error: hsds.InvalidPackage) -> list[tuple[str, int, str, hsds.Fault]]:
    """Where a package is wrong, and what is wrong there."""
    return [(problem.file, problem.row, problem.column, problem.fault) for problem in error.problems]


def notes_of(converted: hsds.Converted) -> dict[tuple[str, str, str], int]:
    """What was not taken over: how often for each kind, file and column."""
    return {(str(note.kind), note.file, note.column): note.count for note in converted.notes}
