# SPDX-License-Identifier: EUPL-1.2
"""A real mail server on this machine that does as it is told and ends with its block."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event, Thread

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HANG_UP = "hang up"
PATIENCE_SECONDS = 60


@dataclass(slots=True, kw_only=True)
class PostOffice:
    """What came in, and what to answer next; an answer goes before the usual one, each once."""

    port: int = 0
    password: str | None = None
    tls: ssl.SSLContext | None = None
    received: list[EmailMessage] = field(default_factory=list)
    to_recipient: list[str] = field(default_factory=list)
    to_data: list[str] = field(default_factory=list)
    after_data: list[str] = field(default_factory=list)  # when the message was taken already
    to_quit: list[str] = field(default_factory=list)  # hang up instead of an answer
    asked: Event = field(default_factory=Event)  # somebody handed over a message
    is_open: Event = field(default_factory=Event)  # else nobody gets an answer

    def check(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _kind: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        return AuthResult(success=data.password == (self.password or "").encode(), handled=False)

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.to_recipient:
            return self.to_recipient.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        if self.to_data:
            return self.to_data.pop(0)
        assert isinstance(envelope.content, bytes)
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        self.asked.set()
        while not self.is_open.is_set():
            await asyncio.sleep(0.01)
        if self.after_data and self.after_data.pop(0) == HANG_UP:
            server.transport.abort()
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802  # aiosmtpd's name
        if self.to_quit:
            self.to_quit.pop(0)
            server.transport.abort()
        return "221 Bye"


@contextmanager
def run_post_office(
    *, password: str | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[PostOffice]:
    """Serve on a free port until the block ends; with a password or TLS, only to who brings it."""
    office, loop, ready = PostOffice(password=password, tls=tls), asyncio.new_event_loop(), Event()
    office.is_open.set()
    thread = Thread(target=_serve, args=(office, loop, ready))
    thread.start()
    try:
        assert ready.wait(PATIENCE_SECONDS)
        yield office
    finally:
        office.is_open.set()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def _serve(office: PostOffice, loop: asyncio.AbstractEventLoop, ready: Event) -> None:
    asyncio.set_event_loop(loop)
    server = loop.run_until_complete(loop.create_server(lambda: _make(office, loop), "127.0.0.1", 0))
    office.port = server.sockets[0].getsockname()[1]
    loop.call_soon(ready.set)
    loop.run_forever()
    server.close()
    loop.run_until_complete(_end_others())
    loop.close()


def _make(office: PostOffice, loop: asyncio.AbstractEventLoop) -> SMTP:
    return SMTP(
        office,
        hostname="localhost",
        loop=loop,
        tls_context=office.tls,
        require_starttls=office.tls is not None,
        auth_required=office.password is not None,
        auth_require_tls=False,
        authenticator=office.check,
    )


async def _end_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for other in others:
        other.cancel()
    await asyncio.gather(*others, return_exceptions=True)
