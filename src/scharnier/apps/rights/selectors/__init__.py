# SPDX-License-Identifier: EUPL-1.2
"""Reads of what is held about somebody, and of what is cleared up."""

from scharnier.apps.rights.selectors._copy import copy_of
from scharnier.apps.rights.selectors._copy_values import DataCopy
from scharnier.apps.rights.selectors._document import document_of
from scharnier.apps.rights.selectors._page import (
    OwnData,
    RequestLine,
    RetentionPage,
    is_last_coordinator,
    own_data,
    request_line,
    request_lines,
    retention_page,
)

__all__ = [
    "DataCopy",
    "OwnData",
    "RequestLine",
    "RetentionPage",
    "copy_of",
    "document_of",
    "is_last_coordinator",
    "own_data",
    "request_line",
    "request_lines",
    "retention_page",
]
