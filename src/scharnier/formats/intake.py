# SPDX-License-Identifier: EUPL-1.2
"""A network out of whatever is handed in, told apart by what it holds rather than how it is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

from scharnier.core import network, text
from scharnier.core.kernel import Invalid, NetworkId, NotFound
from scharnier.formats import hsds, lexicon, network_json, skos, tables

PARTS = network.PARTS
_ZIP, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WORKBOOK_PART = b"xl/workbook.xml"
_JSON = (b"{", b"[")
MOST_PROBLEMS = 100  # enough to mend a file by
_SAMPLE = 200  # services whose description tells the language


class UnknownSource(Invalid):
    """The file is nothing that we read."""

    code = "intake.unknown_source"


class UnknownFile(UnknownSource):
    """The file is nothing that can be brought in as a whole, apart from what a folder or package would be."""

    code = "intake.unknown_file"


class OldWorkbook(Invalid):
    """The file is an xls workbook of before 2007."""

    code = "intake.old_workbook"


class NothingThere(NotFound):
    """There is no such file or folder."""

    code = "intake.nothing_there"


class NotReadable(Invalid):
    """The file or folder is there and cannot be read."""

    code = "intake.not_readable"


class SourceKind(StrEnum):
    """What was handed in."""

    NETWORK = "network"
    HSDS = "hsds"
    TABLES = "tables"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """A network, what it was read from, and what of that is not in it."""

    network: network.Network
    kind: SourceKind
    notes: tuple[hsds.Note, ...] = ()


def read_source(
    path: Path,
    *,
    name: str | None = None,
    onto: network.Network | None = None,
    schemas: hsds.Schemas | None = None,
) -> Intake:
    """Return the network in a network file, an HSDS package, a workbook or CSV files.

    Parameters
    ----------
    path
        A file or folder.
    name
        What to call the network; else as `onto`, as the network file says, or as the file.
    onto
        A network to which everything is added; its people, topics and organizations can be named in tables.
    schemas
        Schemas that an HSDS package has to keep to.

    Raises
    ------
    NothingThere, NotReadable, OldWorkbook, UnknownSource
        When it is nothing that we can read.
    scharnier.core.kernel.ScharnierError
        Of the format, when anything in it is wrong; then nothing is taken over.
    """
    base = onto or _empty(name or path.resolve().stem)
    try:
        found = _read(path, base=base, schemas=schemas, is_added=onto is not None)
    except FileNotFoundError as error:
        raise NothingThere(source=str(path)) from error
    except OSError as error:
        raise NotReadable(source=str(path)) from error
    return found if name is None else replace(found, network=replace(found.network, name=name))


def read_changes(
    data: bytes, *, file_name: str, onto: network.Network, new_id: tables.NewId, most_bytes: int
) -> Mapping[str, tuple[Any, ...]]:
    """Return what a workbook, CSV file, zip of those or network file tells of a network, by part.

    Parameters
    ----------
    data, file_name
        The file, and how it is called: a CSV file is named after the sheet that it is.
    onto
        The network as it stands; a workbook can name whoever and whatever is in it.
    new_id
        The identifier of something new, from its part and its name.
    most_bytes
        How large a packed file may be when it is unpacked.

    Raises
    ------
    OldWorkbook, UnknownFile
        When it is nothing that we can read; a package of HSDS neither.
    scharnier.core.kernel.ScharnierError
        Of the format, when anything in it is wrong.
    """
    if data.startswith(_ZIP) or PurePosixPath(file_name).suffix.casefold() == ".csv":
        grids = _grids(data, file_name=file_name, most_bytes=most_bytes)
        return tables.read_changes(grids, onto=onto, new_id=new_id)
    _refuse_unknown(data, source=file_name, kind=UnknownFile)
    whole = network_json.read_network(data)
    return {part: getattr(whole, part) for part in PARTS}


def _grids(data: bytes, *, file_name: str, most_bytes: int) -> Iterable[tables.Grid]:
    if not data.startswith(_ZIP):
        return tables.read_csv_files({file_name: data})
    if _WORKBOOK_PART in data:
        return tables.read_workbook(data, most_bytes=most_bytes)
    files = tables.read_zip(data, most_bytes=most_bytes)
    if not _are_tables(files):
        raise UnknownFile(source=file_name)
    return tables.read_csv_files(files)


def _empty(name: str) -> network.Network:
    return network.Network(id=NetworkId(tables.make_id(name)), name=name)


def _read(path: Path, *, base: network.Network, schemas: hsds.Schemas | None, is_added: bool) -> Intake:
    if path.is_dir():
        return _from_folder(path, base=base, schemas=schemas)
    data = path.read_bytes()
    if data.startswith(_ZIP):
        return _from_zip(path, data, base=base, schemas=schemas)
    if path.suffix.casefold() == ".csv":
        return _from_tables(tables.read_csv_files({path.name: data}), onto=base)
    _refuse_unknown(data, source=path.name)
    try:
        whole = network_json.read_network(data)
    except network_json.NotANetwork:
        return _from_hsds(path, base=base, schemas=schemas)
    return Intake(network=_merged(base, whole) if is_added else whole, kind=SourceKind.NETWORK)


def _refuse_unknown(data: bytes, *, source: str, kind: type[UnknownSource] = UnknownSource) -> None:
    if data.startswith(_OLD_WORKBOOK):
        raise OldWorkbook(source=source)
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(_JSON):
        raise kind(source=source)


def _from_folder(path: Path, *, base: network.Network, schemas: hsds.Schemas | None) -> Intake:
    files = {file.name: file for file in sorted(path.iterdir()) if tables.is_csv(PurePosixPath(file.name))}
    if not _are_tables(files):
        return _from_hsds(path, base=base, schemas=schemas)
    contents = {name: file.read_bytes() for name, file in files.items()}
    return _from_tables(tables.read_csv_files(contents), onto=base)


def _from_zip(path: Path, data: bytes, *, base: network.Network, schemas: hsds.Schemas | None) -> Intake:
    if _WORKBOOK_PART in data:
        return _from_tables(tables.read_workbook(data), onto=base)
    files = tables.read_zip(data)
    if _are_tables(files):
        return _from_tables(tables.read_csv_files(files), onto=base)
    return _from_hsds(path, base=base, schemas=schemas)


def _are_tables(names: Iterable[str]) -> bool:
    """Tell tables from HSDS, whose only file with a name that we know too is organizations.csv."""
    parts = [tables.part_named(PurePosixPath(name).stem) for name in names]
    return any(part not in {None, "organizations"} for part in parts) or set(parts) == {"organizations"}


def _from_tables(grids: Iterable[tables.Grid], *, onto: network.Network) -> Intake:
    base = onto if onto.topics else replace(onto, topics=skos.load_thesaurus())
    return Intake(network=tables.read_tables(grids, onto=base), kind=SourceKind.TABLES)


def _from_hsds(path: Path, *, base: network.Network, schemas: hsds.Schemas | None) -> Intake:
    package = hsds.read_package(path)
    found = hsds.validate(package, schemas=schemas) if schemas is not None else ()
    wrong = tuple(problem for problem in found if problem.is_error)
    if wrong:
        raise hsds.InvalidPackage(source=path.name, problems=wrong[:MOST_PROBLEMS], count=len(wrong))
    language = _language(package)
    converted = hsds.to_network(package, network_id=base.id, name=base.name, language=language)
    whole = _merged(base, converted.network)
    return Intake(network=whole, kind=SourceKind.HSDS, notes=converted.notes)


def _language(package: hsds.Package) -> str:
    """Return the language of most of the descriptions, Dutch when they do not tell."""
    words = lexicon.load_lexicon()
    texts = (record["description"] or record["name"] for record in islice(package.of("service"), _SAMPLE))
    counts = Counter(filter(None, (text.detect_language(each, lexicon=words) for each in texts)))
    return max(counts, key=lambda language: counts[language], default="nl")


def _merged(base: network.Network, more: network.Network) -> network.Network:
    """Return a network with the items of another added; two items with one identifier are a problem."""
    if not any(getattr(base, part) for part in PARTS):
        return replace(more, id=base.id, name=base.name)
    parts: dict[str, Any] = {
        part: tuple(dict.fromkeys((*getattr(base, part), *getattr(more, part)))) for part in PARTS
    }
    return replace(base, **parts)
