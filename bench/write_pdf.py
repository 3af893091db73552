# SPDX-License-Identifier: EUPL-1.2
"""What a PDF costs with the compiler we chose, and with weasyprint where that is installed.

The document is a copy of one's data: a card, 50 roles and contacts, and who looked at the card 300 times.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

from scharnier.formats import pdf

N_TIMES = 9
TYPEFACE = Path(pdf.__file__).parents[1] / "site/static/vendor/atkinson-hyperlegible-print"
IMPORT = "import time; started = time.process_time(); import {}; print(time.process_time() - started)"


def a_document() -> pdf.Document:
    """Return a document of some pages."""
    facts = tuple((f"Onderdeel {number}", "Ik help bij schulden en formulieren.") for number in range(12))
    tables = tuple(
        pdf.Section(
            title=title,
            columns=("Wanneer", "Wie", "Waarom"),
            rows=tuple((f"{number} maart 2026", "Samira Ouaddi", "vinden") for number in range(n_rows)),
        )
        for title, n_rows in (("Rollen", 50), ("Contacten", 50), ("Wie keek naar je kaart", 300))
    )
    card = pdf.Section(title="Je kaart", facts=facts)
    return pdf.Document(title="Mijn gegevens", running="Kruisveld", language="nl", sections=(card, *tables))


def as_page(document: pdf.Document) -> str:
    """Return the same as HTML, for the rival."""
    parts = [f"<h1>{escape(document.title)}</h1>"]
    for section in document.sections:
        parts.append(f"<h2>{escape(section.title)}</h2>")
        parts += [f"<p><strong>{escape(name)}</strong>: {escape(value)}</p>" for name, value in section.facts]
        head = "".join(f"<th>{escape(column)}</th>" for column in section.columns)
        rows = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in section.rows)
        body = "".join(f"<tr>{row}</tr>" for row in rows)
        parts.append(f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    return f'<html lang="nl"><title>Mijn gegevens</title><body>{"".join(parts)}</body></html>'


def measure(write: Callable[[], bytes]) -> dict[str, float]:
    """Return the CPU time of the first document, the median of the next, and the size."""
    seconds = []
    for _ in range(N_TIMES):
        started = time.process_time()
        written = write()
        seconds.append(time.process_time() - started)
    return {
        "first_milliseconds": round(1000 * seconds[0], 1),
        "next_milliseconds": round(1000 * sorted(seconds[1:])[N_TIMES // 2], 1),
        "kilobytes": round(len(written) / 1000, 1),
    }


def import_milliseconds(name: str) -> float:
    """Return the CPU time of importing a package in a process of its own."""
    done = subprocess.run(  # noqa: S603  # our own words
        [sys.executable, "-c", IMPORT.format(name)], check=True, capture_output=True, text=True
    )
    return round(1000 * float(done.stdout), 1)


def main() -> None:
    """Print a line for each way."""
    document = a_document()
    ours = measure(lambda: pdf.write_pdf(document, typeface=TYPEFACE))
    lines = [{"way": "typst", "import_milliseconds": import_milliseconds("typst")} | ours]
    try:
        from weasyprint import HTML  # noqa: PLC0415  # optional: it needs pango on the machine
    except (ImportError, OSError):
        lines.append({"way": "weasyprint", "absent": True})
    else:
        page = as_page(document)
        rival = measure(lambda: HTML(string=page).write_pdf(pdf_variant="pdf/ua-1"))
        lines.append({"way": "weasyprint", "import_milliseconds": import_milliseconds("weasyprint")} | rival)
    for line in lines:
        print(json.dumps(line))  # noqa: T201  # the result


if __name__ == "__main__":
    main()
