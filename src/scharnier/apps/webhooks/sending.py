# SPDX-License-Identifier: EUPL-1.2
"""Bring bytes to an address that somebody chose, or fetch some, and reach no machine behind our own wall.

The name is looked up once, every address it leads to is checked, and the connection is made to one of those
addresses: a name that leads elsewhere a moment later changes nothing. No redirect is followed and no proxy
of the environment is used. A receiver that answers a byte at a time is cut off at the end of our patience.
"""

from __future__ import annotations

import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException, RemoteDisconnected
from ipaddress import ip_address
from threading import Timer
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ProtocolError
from urllib3.exceptions import SSLError as NotTrusted
from urllib3.exceptions import TimeoutError as TooSlow

from scharnier.core.kernel import Invalid
from scharnier.core.webhooks import check_address, is_reachable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from urllib3.response import HTTPResponse

MOST_ADDRESSES: Final = 4  # of one name, tried one after another
MOST_READ: Final = 16 * 1024  # bytes of an answer of which none is kept
MOST_KEPT: Final = 1024 * 1024  # bytes of an answer that somebody reads
NOTHING_LEFT: Final = frozenset(
    {"forbidden", "no_name", "no_connection", "not_trusted"}
)  # errors before sending
ERRORS: Final = (HTTPError, HTTPException, OSError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of sending: a status, or a code for why there was none, or nothing to read after it."""

    status: int | None = None
    error: str = ""
    body: bytes = b""  # only where it was asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long we wait, in seconds."""

    connecting: float = 5.0
    reading: float = 10.0  # for the next byte
    in_all: float = 20.0  # from the connection on


USUAL: Final = Patience()


class Unsent(Exception):
    """Nothing was sent; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def post(
    address: str,
    body: bytes,
    *,
    headers: Mapping[str, str],
    on_loopback: bool = False,
    patience: Patience = USUAL,
    is_read: bool = False,
) -> Answer:
    """Send a body to an address and return what it answered, with its body when it is to be read."""
    said = _Said(method="POST", body=body, headers=headers, is_read=is_read)
    return _send(address, said, on_loopback=on_loopback, patience=patience)


def get(
    address: str, *, headers: Mapping[str, str], on_loopback: bool = False, patience: Patience = USUAL
) -> Answer:
    """Fetch what an address answers, at most a megabyte of it."""
    said = _Said(method="GET", body=None, headers=headers, is_read=True)
    return _send(address, said, on_loopback=on_loopback, patience=patience)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What is asked of the other side."""

    method: str
    body: bytes | None
    headers: Mapping[str, str]
    is_read: bool


def _send(address: str, said: _Said, *, on_loopback: bool, patience: Patience) -> Answer:
    try:
        check_address(address, on_loopback=on_loopback)
    except Invalid:
        return Answer(error="forbidden")
    deadline = _Deadline(patience.in_all)
    connection = _connection_to(address, deadline=deadline, on_loopback=on_loopback, patience=patience)
    try:
        return _exchange(connection, address, said)
    except Unsent as unsent:
        return Answer(error=unsent.code)
    except ERRORS as error:
        return Answer(error="too_slow" if deadline.is_over else _code_of(error))
    finally:
        with suppress(OSError):
            connection.close()
        deadline.end()


class _Deadline:
    """Cuts a connection off when it takes too long, whatever it is doing."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._timer = Timer(seconds, self._cut_off)
        self._timer.daemon = True
        self._twin: socket.socket | None = None

    def watch(self, found: socket.socket) -> None:
        """Begin to count; a twin of the socket stays ours when TLS takes the first one over."""
        self._twin = found.dup()
        self._timer.start()

    def end(self) -> None:
        """Count no more."""
        if self._twin is not None:
            self._timer.cancel()
            self._timer.join()
            self._twin.close()

    def _cut_off(self) -> None:
        self.is_over = True
        if self._twin is not None:
            with suppress(OSError):
                self._twin.shutdown(socket.SHUT_RDWR)


class _Http(HTTPConnection):
    """A connection that looks whom it goes to."""

    deadline: _Deadline
    patience: Patience
    on_loopback: bool
    only_loopback = True  # without TLS we go no further

    def _new_conn(self) -> socket.socket:
        found = _connect(self._allowed_ips(), port=self.port, seconds=self.patience.connecting)
        self.deadline.watch(found)
        found.settimeout(self.patience.reading)
        return found

    def _allowed_ips(self) -> list[str]:
        ips = _look_up(self.host, port=self.port)
        reachable = all(is_reachable(ip, on_loopback=self.on_loopback) for ip in ips)
        if not reachable or (self.only_loopback and not all(map(_is_loopback, ips))):
            raise Unsent("forbidden")
        return ips


class _Https(_Http, HTTPSConnection):
    """The same over TLS, to who has a certificate for the name."""

    only_loopback = False


def _connection_to(address: str, *, deadline: _Deadline, on_loopback: bool, patience: Patience) -> _Http:
    parts = urlsplit(address)
    kind = _Https if parts.scheme == "https" else _Http
    connection = kind(parts.hostname or "", parts.port, timeout=patience.reading)
    connection.deadline, connection.on_loopback, connection.patience = deadline, on_loopback, patience
    return connection


def _exchange(connection: _Http, address: str, said: _Said) -> Answer:
    parts = urlsplit(address)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    headers = {"user-agent": "Scharnier-Webhooks", **said.headers}
    connection.request(
        said.method, target, body=said.body, headers=headers, preload_content=False, decode_content=False
    )
    answer = connection.getresponse()
    if connection.deadline.is_over:  # cut off halfway the headers, which passes for their end
        raise TimeoutError
    if said.is_read:
        return _read(answer, connection.deadline)
    with suppress(*ERRORS):  # read a little, so that who answers can finish; the status is known already
        answer.read(MOST_READ)
    return Answer(status=answer.status)


def _read(answer: HTTPResponse, deadline: _Deadline) -> Answer:
    """Read the body of an answer whole; one that is too big, or breaks off, is no body at all."""
    parts: list[bytes] = []
    n_left = MOST_KEPT + 1
    try:
        while n_left > 0 and (part := answer.read(n_left)):
            parts.append(part)
            n_left -= len(part)
    except ERRORS as error:
        return Answer(status=answer.status, error="too_slow" if deadline.is_over else _code_of(error))
    if deadline.is_over:  # cut off halfway, which passes for the end of a body without a length
        return Answer(status=answer.status, error="too_slow")
    if n_left <= 0:
        return Answer(status=answer.status, error="too_big")
    return Answer(status=answer.status, body=b"".join(parts))


def _look_up(host: str, *, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unsent("no_name") from None
    return list(dict.fromkeys(str(where[0]) for *_, where in found))


def _connect(ips: Iterable[str], *, port: int, seconds: float) -> socket.socket:
    for ip in list(ips)[:MOST_ADDRESSES]:
        with suppress(OSError):
            return socket.create_connection((ip, port), timeout=seconds)
    raise Unsent("no_connection")


def _is_loopback(ip: str) -> bool:
    return ip_address(ip.partition("%")[0]).is_loopback


def _code_of(error: Exception) -> str:
    """Return a code for what went wrong, never its words."""
    match error:
        case TimeoutError() | TooSlow():
            return "too_slow"
        case ssl.SSLError() | NotTrusted():
            return "not_trusted"
        case RemoteDisconnected() | ProtocolError() | OSError():
            return "broken_off"
        case _:
            return "no_sense"
