# SPDX-License-Identifier: EUPL-1.2
"""A real receiver of webhooks on this machine, that answers as it is told and ends with its block."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from standardwebhooks.webhooks import Webhook

PATIENCE_SECONDS = 60
Answer = Callable[["Handler"], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One request, as it came in."""

    path: str
    headers: dict[str, str]  # names in small letters
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    def verify(self, secret: str) -> Any:
        """Return what was said, when the secret signed it (raises WebhookVerificationError)."""
        return Webhook(secret).verify(self.body, self.headers)


@dataclass(slots=True, kw_only=True)
class Receiver:
    """What came in, and what to answer next; each answer once, then 204."""

    port: int = 0
    scheme: str = "http"
    received: list[Received] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    always: Answer | None = None  # instead of 204
    asked: Event = field(default_factory=Event)
    is_over: Event = field(default_factory=Event)  # nobody is kept waiting after the block

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}/hook?key=1"

    @property
    def ids(self) -> list[str]:
        return [request.id for request in self.received]


class Server(ThreadingHTTPServer):
    daemon_threads = True
    receiver: Receiver

    def handle_error(self, *_request: object) -> None:
        """Say nothing of who hung up."""


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:  # the library's name
        self.do_POST()

    def do_POST(self) -> None:  # the library's name
        receiver = self.server.receiver
        receiver.received.append(
            Received(
                path=self.path,
                headers={name.lower(): value for name, value in self.headers.items()},
                body=self.rfile.read(int(self.headers["content-length"] or 0)),
            )
        )
        receiver.asked.set()
        answer = receiver.answers.pop(0) if receiver.answers else receiver.always or status(204)
        answer(self)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


def status(code: int, **headers: str) -> Answer:
    """Answer with a status."""

    def _answer(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("content-length", "0")
        handler.end_headers()

    return _answer


def saying(body: bytes, code: int = 200, *, length: int | None = None) -> Answer:
    """Answer with a body; with a length of its own it breaks off, or goes on."""

    def _answer(handler: Handler) -> None:
        handler.send_response(code)
        handler.send_header("content-length", str(len(body) if length is None else length))
        handler.end_headers()
        handler.wfile.write(body)
        handler.close_connection = True

    return _answer


def dripping_body(handler: Handler) -> None:
    """Answer 200, and then a byte at a time, without end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    dripping(handler)


def silence(handler: Handler) -> None:
    """Take the request, and answer nothing for as long as the block lasts."""
    handler.server.receiver.is_over.wait(PATIENCE_SECONDS)
    handler.close_connection = True


def hang_up(handler: Handler) -> None:
    """Take the request and close."""
    handler.close_connection = True


def nonsense(handler: Handler) -> None:
    """Answer something that is no HTTP."""
    handler.wfile.write(b"Dag!\r\n\r\n")
    handler.close_connection = True


def dripping(handler: Handler) -> None:
    """Answer a byte at a time, without end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nx: ")
    while not handler.server.receiver.is_over.wait(0.01):
        try:
            handler.wfile.write(b"x")
        except OSError:
            break
    handler.close_connection = True


def endless(cut_off: Event) -> Answer:
    """Answer 200 with a body without end, and tell when the other side read no further."""

    def _answer(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
        with suppress(OSError):
            while not handler.server.receiver.is_over.is_set():
                handler.wfile.write(b"x" * 65536)
        if not handler.server.receiver.is_over.is_set():
            cut_off.set()
        handler.close_connection = True

    return _answer


@contextmanager
def run_receiver(*, tls: ssl.SSLContext | None = None, port: int = 0) -> Iterator[Receiver]:
    """Receive on a free port until the block ends."""
    server = Server(("127.0.0.1", port), Handler)
    receiver = server.receiver = Receiver(port=server.server_address[1], scheme="https" if tls else "http")
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.is_over.set()
        server.shutdown()
        server.server_close()
        thread.join()
