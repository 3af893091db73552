# SPDX-License-Identifier: EUPL-1.2
"""The example neighbourhood, served from one folder by one process group."""

from __future__ import annotations

import ipaddress
import os
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path

import click
import django
from django.core.management import call_command
from granian import Granian
from granian.constants import Interfaces

from scharnier import example
from scharnier.core.kernel import Conflict, Invalid
from scharnier.formats import wording
from scharnier.site import beside

TARGET = "scharnier.site.wsgi:application"
BLOCKING_THREADS = 4
KILL_SECONDS = 3  # a server process that is still starting does not hear that it has to stop
IPV6 = 6
STARTING: Mapping[wording.Language, str] = {
    "nl": "De voorbeeldbuurt klaarzetten ...",
    "en": "Getting the example neighbourhood ready ...",
}
READY: Mapping[wording.Language, str] = {
    "nl": "Kruisveld staat klaar op {address} - stoppen met Ctrl-C.",
    "en": "Kruisveld is ready at {address} - stop with Ctrl-C.",
}
STOPPED: Mapping[wording.Language, str] = {"nl": "Gestopt.", "en": "Stopped."}


class PortTaken(Conflict):
    """Something else listens at that address, or it is not this machine's."""

    code = "site.port_taken"


class FolderClosed(Invalid):
    """The demo cannot write in its folder."""

    code = "site.folder_closed"


def serve(*, host: str, port: int, folder: Path, language: wording.Language) -> None:
    """Prepare the demo in a folder and serve it until it is interrupted.

    Raises
    ------
    PortTaken
    FolderClosed
    """
    _check_port(host, port=port)
    click.echo(STARTING[language])
    prepare(folder, host=host, port=port)
    call_command("load_example", language=language)
    call_command("load_referrals")
    call_command("load_signals")
    call_command("load_situations")  # before the finds: it does nothing once there are situations
    call_command("load_finds")
    click.echo(READY[language].format(address=f"http://{_in_address(host)}:{port}/"))
    server = Granian(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=BLOCKING_THREADS,
        log_enabled=False,
        workers_kill_timeout=KILL_SECONDS,
    )
    with beside.worker_beside():
        server.serve()
    click.echo(STOPPED[language])


def prepare(folder: Path, *, host: str, port: int) -> None:
    """Make the folder with its key and database, and point the settings at it.

    Raises
    ------
    FolderClosed
    """
    key_file = folder / "secret_key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_key(key_file)
        (folder / "scharnier.sqlite3").open("ab").close()
    except OSError as error:
        raise FolderClosed(folder=folder, reason=error.strerror) from None
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "scharnier.site.settings",
        "SCHARNIER_FOLDER": str(folder),
        "SCHARNIER_DATABASE_URL": f"sqlite:///{folder / 'scharnier.sqlite3'}",
        "SCHARNIER_SECRET_KEY_FILE": str(key_file),
        "SCHARNIER_HOSTS": _names(host),
        "SCHARNIER_ADDRESS": f"http://{_in_address(host)}:{port}",
        "SCHARNIER_DEMO": "yes",
        "SCHARNIER_DAY": example.KRUISVELD_DAY.isoformat(),
    }
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def _check_port(host: str, *, port: int) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does after a stop
            probe.bind(address)
    except OSError as error:
        raise PortTaken(host=host, port=port, reason=error.strerror) from None


def _write_key(file: Path) -> None:
    if not file.exists() or not file.stat().st_size:
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(50), encoding="utf-8")


def _names(host: str) -> str:
    """Return the names the demo answers to: this machine's own, and any when it listens everywhere."""
    if host in {"0.0.0.0", "::"}:  # noqa: S104  the person asked for it
        return "*"
    return ",".join(dict.fromkeys(("localhost", "127.0.0.1", "[::1]", _in_address(host))))


def _in_address(host: str) -> str:
    try:
        return f"[{host}]" if ipaddress.ip_address(host).version == IPV6 else host
    except ValueError:
        return host
