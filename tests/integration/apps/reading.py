# SPDX-License-Identifier: EUPL-1.2
"""What somebody reads in an answer: its words, without what stands around them."""

from __future__ import annotations

import html
import io
import re

from django.http import HttpResponse
from pypdf import PdfReader


def words_of(answer: HttpResponse) -> str:
    return words_in(answer.text)


def words_in(markup: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", markup).split()))


def paper_of(answer: HttpResponse) -> PdfReader:
    return PdfReader(io.BytesIO(answer.content))


def words_on(paper: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())
