# SPDX-License-Identifier: EUPL-1.2
"""Pages of rights: parse, one call, render."""

from scharnier.apps.rights.views._keeping import (
    data_request,
    data_requests,
    erase_for_request,
    request_copy,
    request_document,
    retention,
)
from scharnier.apps.rights.views._own import (
    erase,
    erased,
    object_to_role,
    object_to_tie,
    own_copy,
    own_data,
    own_document,
    stop_use,
    withdraw_objection,
)

__all__ = [
    "data_request",
    "data_requests",
    "erase",
    "erase_for_request",
    "erased",
    "object_to_role",
    "object_to_tie",
    "own_copy",
    "own_data",
    "own_document",
    "request_copy",
    "request_document",
    "retention",
    "stop_use",
    "withdraw_objection",
]
