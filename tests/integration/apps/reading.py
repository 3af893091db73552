# SPDX-License-Identifier: EUPL-1.2
"""What somebody, or a program, reads in an answer, without what stands around it."""

from __future__ import annotations

import html
import io
import re
from http import HTTPStatus

from django.http import HttpResponse
from django.test import Client
from pypdf import PdfReader


def markup_at(client: Client, address: str) -> str:
    """Return a page that has to be there, with its marks and its words as they are read."""
    answer = client.get(address)
    assert answer.status_code == HTTPStatus.OK
    return html.unescape(answer.text)


def words_of(answer: HttpResponse) -> str:
    return words_in(answer.text)


def words_in(markup: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", markup).split()))


def paper_of(answer: HttpResponse) -> PdfReader:
    return PdfReader(io.BytesIO(answer.content))


def words_on(paper: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def problem_of(answer: HttpResponse) -> tuple[int, str]:
    """Return the status and the code of what went wrong, told as RFC 9457 says."""
    body = answer.json()
    assert answer["Content-Type"].startswith("application/problem+json")
    assert body["status"] == answer.status_code
    return answer.status_code, body["type"].rpartition(":")[2]
