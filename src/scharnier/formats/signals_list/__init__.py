# SPDX-License-Identifier: EUPL-1.2
"""A list of signals as people keep it: a spreadsheet or CSV file, a row a signal."""

from scharnier.formats.signals_list._columns import list_form
from scharnier.formats.signals_list._faults import (
    LongReference,
    NoList,
    NoPlaceColumn,
    NoRows,
    NoSuchName,
    SignalTwice,
    TooManyRows,
    UnknownStreet,
)
from scharnier.formats.signals_list._reading import (
    MOST_ROWS,
    ListedSignal,
    RefusedRow,
    SignalsList,
    read_list,
)
from scharnier.formats.signals_list._template import write_list_template

__all__ = [
    "MOST_ROWS",
    "ListedSignal",
    "LongReference",
    "NoList",
    "NoPlaceColumn",
    "NoRows",
    "NoSuchName",
    "RefusedRow",
    "SignalTwice",
    "SignalsList",
    "TooManyRows",
    "UnknownStreet",
    "list_form",
    "read_list",
    "write_list_template",
]
