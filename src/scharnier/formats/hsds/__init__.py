# SPDX-License-Identifier: EUPL-1.2
"""HSDS, the Human Services Data Specification of Open Referral, versions 2 and 3."""

from scharnier.formats.hsds._errors import (
    BrokenZip,
    Fault,
    FileNotJson,
    FileNotUtf8,
    InvalidPackage,
    MissingFile,
    NotAPackage,
    PackageTooLarge,
    Problem,
    SourceNotFound,
    UnsafeZip,
)
from scharnier.formats.hsds._notes import Note, NoteKind
from scharnier.formats.hsds._package import Cell, Layout, Node, Package, Record, Table
from scharnier.formats.hsds._reading import read_package
from scharnier.formats.hsds._source import find_problems
from scharnier.formats.hsds._to_network import Converted, to_network

__all__ = [
    "BrokenZip",
    "Cell",
    "Converted",
    "Fault",
    "FileNotJson",
    "FileNotUtf8",
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
    "SourceNotFound",
    "Table",
    "UnsafeZip",
    "find_problems",
    "read_package",
    "to_network",
]
