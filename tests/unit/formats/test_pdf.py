# SPDX-License-Identifier: EUPL-1.2
"""A PDF that everyone can read, and in which nothing anybody wrote is taken for markup."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from scharnier.formats import pdf

TYPEFACE = Path(pdf.__file__).parents[1] / "site/static/vendor/atkinson-hyperlegible-print"
MARKUP = (
    "#panic()",
    '#import "/etc/passwd"',
    "*vet* _schuin_ `code`",
    "$x^2$ <label> @ref",
    "= Kop",
    "- punt",
    "// weg /* weg */",
    "\\ ~ -- ...",
    "#sys.inputs",
)


def a_document(*, language="nl", title="Mijn gegevens", said="Samira", **parts):
    return pdf.Document(
        title=title,
        running="Kruisveld",
        language=language,
        lead=(said,),
        sections=(
            pdf.Section(title="Kaart", facts=(("Naam", said),)),
            pdf.Section(title="Rollen", text=said, columns=("Waar", "Rol"), rows=((said, "adviseur"),)),
        ),
        **parts,
    )


def read(document):
    return PdfReader(io.BytesIO(pdf.write_pdf(document, typeface=TYPEFACE)))


def text_of(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


class TestWritePdf:
    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_says_its_title_and_language_and_is_tagged(self, language):
        reader = read(a_document(language=language))

        root = reader.trailer["/Root"]
        assert reader.metadata.title == "Mijn gegevens"
        assert root["/Lang"] == language
        assert root["/MarkInfo"]["/Marked"]
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert b"pdfuaid:part" in root["/Metadata"].get_data()

    def test_has_headings_and_a_table_for_who_listens(self):
        reader = read(a_document())

        assert {"/Title", "/H1", "/P", "/Table", "/TH", "/TD"} <= set(
            _kinds(reader.trailer["/Root"]["/StructTreeRoot"])
        )

    def test_holds_everything_that_was_said(self):
        said = text_of(read(a_document(said="Samira Ouaddi, 06-nummer onbekend")))

        assert said.count("Samira Ouaddi, 06-nummer onbekend") == 4
        assert "Naam: Samira" in said
        assert "Waar Rol" in said

    @pytest.mark.parametrize("said", MARKUP)
    def test_takes_nothing_for_markup(self, said):
        found = text_of(read(a_document(said=said, title=f"Van {said}")))

        assert " ".join(said.split()) in found

    def test_writes_names_from_all_over_in_its_own_typeface(self):
        reader = read(a_document(said="Şükrü Łukasz Čapek Żółć Ağaoğlu"))

        fonts = {
            str(font.get_object()["/BaseFont"])
            for page in reader.pages
            for font in page["/Resources"]["/Font"].values()
        }
        assert "Şükrü Łukasz Čapek Żółć Ağaoğlu" in text_of(reader)
        assert all("AtkinsonHyperlegible" in font for font in fonts), fonts

    def test_goes_on_for_pages_with_the_heads_of_a_table_on_each(self):
        rows = tuple((f"Plek {number}", "adviseur") for number in range(200))
        section = pdf.Section(title="Rollen", columns=("Waar", "Rol"), rows=rows)
        reader = read(pdf.Document(title="x", running="x", language="nl", sections=(section,)))

        assert len(reader.pages) > 3
        assert all("Waar" in page.extract_text() for page in reader.pages)

    def test_is_the_same_each_time(self):
        one, other = (pdf.write_pdf(a_document(), typeface=TYPEFACE) for _ in range(2))

        assert one == other


def _kinds(node):
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from _kinds(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from _kinds(node["/K"])
