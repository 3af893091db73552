# SPDX-License-Identifier: EUPL-1.2
"""Write a document of facts and tables as a PDF that everyone can read: tagged, PDF/UA-1."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import typst

from scharnier.formats.wording import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a document: sentences, facts by name, and a table when there are columns."""

    title: str
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()  # each as long as the columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What a PDF says, in plain text."""

    title: str
    running: str  # at the top of every page
    language: Language
    lead: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()


def write_pdf(document: Document, *, typeface: Path) -> bytes:
    """Return a document as PDF/UA-1.

    Parameters
    ----------
    document
        Plain text; whatever looks like markup in it stays as it is.
    typeface
        A folder with the files of Atkinson Hyperlegible; no font of the machine is used.

    Notes
    -----
    The compiler is in the package `typst`: no library of the system is needed. Text comes in as JSON and is
    never read as markup.
    """
    template = resources.files("scharnier.formats").joinpath("data", "document.typ").read_bytes()
    said = json.dumps(asdict(document), ensure_ascii=False)
    return typst.compile(
        template,
        font_paths=_fonts(typeface),
        sys_inputs={"document": said},
        format="pdf",
        pdf_standards="ua-1",
    )


@cache
def _fonts(typeface: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[typeface])
