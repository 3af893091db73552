# SPDX-License-Identifier: EUPL-1.2
"""A copy as a file, for programs and for readers."""

from __future__ import annotations

from typing import Final, Literal

import msgspec
from django.conf import settings
from django.http import HttpResponse

from scharnier.apps.rights import selectors
from scharnier.formats import pdf, wording

Form = Literal["json", "pdf"]
TYPES: Final = {"json": "application/json", "pdf": "application/pdf"}
INDENT: Final = 2


def as_file(copy: selectors.DataCopy, *, form: Form, language: wording.Language) -> HttpResponse:
    """Return a copy as a file to keep."""
    data = _pdf(copy, language=language) if form == "pdf" else _json(copy)
    answer = HttpResponse(data, content_type=TYPES[form])
    day = copy.made_at.date().isoformat()
    answer["Content-Disposition"] = f'attachment; filename="scharnier-{day}.{form}"'
    return answer


def _json(copy: selectors.DataCopy) -> bytes:
    return msgspec.json.format(msgspec.json.encode(copy), indent=INDENT)


def _pdf(copy: selectors.DataCopy, *, language: wording.Language) -> bytes:
    document = selectors.document_of(copy, language=language)
    return pdf.write_pdf(document, typeface=settings.TYPEFACE_FOLDER)
