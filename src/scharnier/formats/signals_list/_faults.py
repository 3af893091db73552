# SPDX-License-Identifier: EUPL-1.2
"""What can be wrong with a list of signals, beside what can be wrong with any table."""

from __future__ import annotations

from scharnier.core.kernel import Invalid
from scharnier.formats import tables


class NoList(Invalid):
    """The file is no spreadsheet and no CSV file, or none that we read."""

    code = "signals_list.no_list"


class NoPlaceColumn(Invalid):
    """No column says where it was."""

    code = "signals_list.no_place_column"


class NoRows(Invalid):
    """There is no row under the headings."""

    code = "signals_list.no_rows"


class TooManyRows(Invalid):
    """A file holds more rows than are taken at once."""

    code = "signals_list.too_many_rows"


class LongReference(tables.CellFault):
    """A reference is longer than one is."""

    code = "signals_list.long_reference"


class SignalTwice(tables.CellFault):
    """A reference stands in an earlier row too."""

    code = "signals_list.signal_twice"


class NoSuchName(tables.UnknownName):
    """A cell names an area, topic or group that the network does not have."""

    code = "signals_list.no_such_name"


class UnknownStreet(tables.CellFault):
    """The network does not know the street, and nothing else tells where it lies."""

    code = "signals_list.unknown_street"
