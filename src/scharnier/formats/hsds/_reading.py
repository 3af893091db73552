# SPDX-License-Identifier: EUPL-1.2
"""Read a package from a folder, a zip or a JSON file."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from scharnier.formats.hsds import _names
from scharnier.formats.hsds._csv import decode, parse_table
from scharnier.formats.hsds._errors import (
    BrokenZip,
    MissingFile,
    NotAPackage,
    PackageTooLarge,
    SourceNotFound,
    UnsafeZip,
    refusal,
)
from scharnier.formats.hsds._json import read_json
from scharnier.formats.hsds._package import Cell, Package

MOST_BYTES = 256 * 2**20  # unpacked; the largest public directories stay under 100 MB
MOST_FILES = 1000
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, EOFError, OSError)
_ZIP = b"PK"  # how every zip begins
_LOCKED = 0x1  # bit of a zip entry that says it has a password


def read_package(path: Path) -> Package:
    """Return what a folder or zip of CSV files, or a JSON file, holds, cell by cell.

    Raises
    ------
    SourceNotFound
        When there is nothing at the path.
    NotAPackage, BrokenZip, UnsafeZip, PackageTooLarge, FileNotJson, FileNotUtf8
        When the file cannot be read as what it says it is.
    MissingFile
        When organizations or services are not there.
    InvalidPackage
        When rows do not fit their header, or one object has two sets of values.
    """
    if path.is_dir():
        return _from_files(_folder(path), source=path.name)
    if not path.is_file():
        raise SourceNotFound(source=str(path))
    if path.stat().st_size > MOST_BYTES:
        raise PackageTooLarge(source=path.name, most_bytes=MOST_BYTES)
    return _from_file(path.read_bytes(), source=path.name)


def _from_file(content: bytes, *, source: str) -> Package:
    if content.startswith(_ZIP):
        return _from_files(_unzipped(content, source=source), source=source)
    if PurePosixPath(source).suffix.lower() in {".zip", ".csv"}:
        raise NotAPackage(source=source)
    return read_json(decode(content, file=source), source=source)


def _folder(path: Path) -> dict[str, bytes]:
    files = [file for file in sorted(path.iterdir()) if _is_wanted(file.name) and file.is_file()]
    if sum(file.stat().st_size for file in files) > MOST_BYTES:
        raise PackageTooLarge(source=path.name, most_bytes=MOST_BYTES)
    return {file.name: file.read_bytes() for file in files}


def _unzipped(content: bytes, *, source: str) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse_unsafe(entries, source=source)
            wanted = [entry.filename for entry in entries if _is_wanted(entry.filename)]
            return {name: archive.read(whole) for name, whole in _in_one_folder(wanted).items()}
    except _DAMAGE as error:
        raise BrokenZip(source=source, reason=str(error)) from error


def _in_one_folder(paths: Sequence[str]) -> dict[str, str]:
    """Return the files of the outermost folder that holds any, by their names: a zip often has one folder."""
    folders = {PurePosixPath(path).parent for path in paths}
    outermost = min(folders, key=lambda folder: (len(folder.parts), str(folder)), default=None)
    return {PurePosixPath(path).name: path for path in paths if PurePosixPath(path).parent == outermost}


def _refuse_unsafe(entries: list[zipfile.ZipInfo], *, source: str) -> None:
    for entry in entries:
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        if ".." in name.parts or name.is_absolute() or any(":" in part for part in name.parts[:1]):
            raise UnsafeZip(source=source, file=entry.filename)
        if entry.flag_bits & _LOCKED:
            raise BrokenZip(source=source, reason=entry.filename)
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise PackageTooLarge(source=source, most_bytes=MOST_BYTES)


def _is_wanted(name: str) -> bool:
    path = PurePosixPath(name)
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not hidden and (path.suffix.lower() == ".csv" or path.name == _names.DESCRIPTOR)


def _from_files(files: Mapping[str, bytes], *, source: str) -> Package:
    names = sorted((name for name in files if name != _names.DESCRIPTOR), key=_order)
    _refuse_incomplete(names, source=source)
    parsed = [parse_table(decode(files[name], file=name), file=name) for name in names]
    problems = tuple(problem for _, found in parsed for problem in found)
    if problems:
        raise refusal(source, problems)
    descriptor = _descriptor(files.get(_names.DESCRIPTOR))
    return Package(
        source=source,
        tables=tuple(table for table, _ in parsed),
        descriptor=descriptor,
        has_unreadable_descriptor=_names.DESCRIPTOR in files and descriptor is None,
    )


def _refuse_incomplete(names: list[str], *, source: str) -> None:
    found = {_names.entity_of(name) for name in names}
    if not found & set(_names.FILES):
        raise NotAPackage(source=source)
    missing = tuple(_names.FILES[entity] for entity in _names.REQUIRED_FILES if entity not in found)
    if missing:
        raise MissingFile(source=source, files=missing)


def _order(name: str) -> tuple[int, str]:
    entities = list(_names.FILES)
    entity = _names.entity_of(name)
    return (entities.index(entity) if entity in entities else len(entities), name)


def _descriptor(content: bytes | None) -> Mapping[str, Cell] | None:
    """Return a descriptor; the specification's own example holds a path instead of one."""
    try:
        document: Cell = None if content is None else msgspec.json.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return document if isinstance(document, Mapping) else None
