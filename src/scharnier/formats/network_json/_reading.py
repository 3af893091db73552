# SPDX-License-Identifier: EUPL-1.2
"""Read a network from JSON."""

from __future__ import annotations

import re
from itertools import islice

import msgspec

from scharnier.core import network
from scharnier.core.kernel import ScharnierError
from scharnier.formats.network_json._faults import (
    MalformedNetwork,
    NewerVersion,
    NotANetwork,
    NotJson,
    NotUtf8,
)
from scharnier.formats.network_json._places import find_faults, name_fault
from scharnier.formats.network_json._shapes import FORMAT, VERSION, file_shape

MOST_FAULTS = 100  # enough to mend a file by
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BYTE = re.compile(r"\(byte (\d+)\)")


class _Head(msgspec.Struct):
    format: str | None = None
    version: int = 0
    network: msgspec.Raw = msgspec.Raw(b"null")


class _File(msgspec.Struct):
    network: network.Network


def read_network(data: bytes) -> network.Network:
    """Return the network in a file of `write_network`.

    Raises
    ------
    NotUtf8, NotJson, NotANetwork, NewerVersion
        When the file as a whole is not what it should be.
    MalformedNetwork
        When items are wrong: a fault for each, with its place, at most 100.
    scharnier.core.network.InvalidNetwork
        When the items do not hang together.

    Notes
    -----
    The file is read twice: once against the strict shape, which lets no field pass unread, and once into
    the values. Only when that fails is it taken apart to name the places. O(size of the file).
    """
    data = data.removeprefix(_BYTE_ORDER_MARK)
    head = _read_head(data)
    try:
        msgspec.json.decode(data, type=file_shape())
        return msgspec.json.decode(data, type=_File).network
    except UnicodeDecodeError as error:
        raise _unreadable(data, reason=str(error)) from error
    except network.InvalidNetwork:
        raise
    except (msgspec.ValidationError, ScharnierError) as error:
        raise _malformed(error, data=data, head=head) from error


def _read_head(data: bytes) -> _Head:
    try:
        head = msgspec.json.decode(data, type=_Head)
    except msgspec.ValidationError as error:
        raise NotANetwork from error
    except (UnicodeDecodeError, msgspec.DecodeError, RecursionError) as error:
        raise _unreadable(data, reason=str(error)) from error
    if head.format != FORMAT:
        raise NotANetwork
    if head.version > VERSION:
        raise NewerVersion(version=head.version, known=VERSION)
    return head


def _unreadable(data: bytes, *, reason: str) -> ScharnierError:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        return NotUtf8(line=_line(data, byte=error.start))
    found = _BYTE.search(reason)
    return NotJson(line=_line(data, byte=int(found[1]) if found else len(data)))


def _line(data: bytes, *, byte: int) -> int:
    return data.count(b"\n", 0, byte) + 1


def _malformed(error: Exception, *, data: bytes, head: _Head) -> MalformedNetwork:
    faults: tuple[ScharnierError, ...] = tuple(islice(find_faults(head.network), MOST_FAULTS))
    if not faults and isinstance(error, msgspec.ValidationError):
        faults = (name_fault(error, value=msgspec.json.decode(data), place=""),)
    return MalformedNetwork(faults=faults)
