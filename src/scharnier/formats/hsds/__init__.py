# SPDX-License-Identifier: EUPL-1.2
"""HSDS, the Human Services Data Specification of Open Referral, versions 2 and 3."""

from scharnier.formats.hsds._arranging import nested
from scharnier.formats.hsds._errors import (
    BrokenZip,
    Fault,
    FileNotJson,
    FileNotUtf8,
    FolderInUse,
    InvalidPackage,
    MissingFile,
    NotAPackage,
    PackageTooLarge,
    Problem,
    SourceNotFound,
    UnsafeZip,
)
from scharnier.formats.hsds._from_network import from_network
from scharnier.formats.hsds._notes import Note, NoteKind
from scharnier.formats.hsds._package import Cell, Layout, Node, Package, Record, Table
from scharnier.formats.hsds._reading import read_package
from scharnier.formats.hsds._schemas import Schemas, SchemasNotFound, read_schemas, validate
from scharnier.formats.hsds._source import find_problems
from scharnier.formats.hsds._to_network import Converted, to_network
from scharnier.formats.hsds._upgrade import to_version_3
from scharnier.formats.hsds._writing import json_bytes, write_csv, write_json

__all__ = [
    "BrokenZip",
    "Cell",
    "Converted",
    "Fault",
    "FileNotJson",
    "FileNotUtf8",
    "FolderInUse",
    "InvalidPackage",
    "Layout",
    "MissingFile",
    "Node",
    "NotAPackage",
    "Note",
    "NoteKind",
    "Package",
    "PackageTooLarge",
    "Problem",
    "Record",
    "Schemas",
    "SchemasNotFound",
    "SourceNotFound",
    "Table",
    "UnsafeZip",
    "find_problems",
    "from_network",
    "json_bytes",
    "nested",
    "read_package",
    "read_schemas",
    "to_network",
    "to_version_3",
    "validate",
    "write_csv",
    "write_json",
]
