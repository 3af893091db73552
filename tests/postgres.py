# SPDX-License-Identifier: EUPL-1.2
"""A private PostgreSQL that lives as long as the tests: the machine's own programs, one socket, no port."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

OLDEST = 15
PROGRAMS = Path("/usr/lib/postgresql")  # where Debian puts each version
SERVER_USER = "postgres"  # the server refuses to run as root
CLUSTER = f"-U {SERVER_USER} -A trust -N --locale=C.UTF-8 -E UTF8"
HASTY = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"


class _Identity(TypedDict, total=False):
    user: str
    group: str
    extra_groups: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A running server; connect with its folder as the host."""

    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql://{SERVER_USER}@/{database}?host={self.folder}"


def find_programs() -> Path | None:
    """Return the folder of the newest PostgreSQL that is new enough, if there is one."""
    versions = [path.parents[1] for path in PROGRAMS.glob("*/bin/initdb")]
    fit = [path for path in versions if path.name.isdigit() and int(path.name) >= OLDEST]
    return max(fit, key=lambda path: int(path.name)) / "bin" if fit else None


@contextmanager
def run_cluster(programs: Path) -> Iterator[Cluster]:
    """Make a cluster in a folder of its own; stop and remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="scharnier-pg-", dir="/tmp"))  # a socket's path is short
    data = folder / "data"
    try:
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam(SERVER_USER).pw_uid, -1)
        _run(programs / "initdb", "-D", data, *CLUSTER.split(), folder=folder)
        control = (programs / "pg_ctl", "-D", data, "-w")
        _run(*control, "-l", folder / "server.log", "-o", f"-k {folder} {HASTY}", "start", folder=folder)
        try:
            yield Cluster(folder=folder)
        finally:
            _run(*control, "-m", "immediate", "stop", folder=folder)
    finally:
        shutil.rmtree(folder)


def _run(*words: str | Path, folder: Path) -> None:
    identity: _Identity = {}
    if os.geteuid() == 0:
        identity = {"user": SERVER_USER, "group": SERVER_USER, "extra_groups": []}
    # a file, not a pipe: the server keeps what pg_ctl was given open
    with (folder / "said").open("w+", encoding="utf-8") as said:
        done = subprocess.run(words, cwd=folder, check=False, stdout=said, stderr=said, **identity)  # noqa: S603  # our words
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{Path(words[0]).name}: {said.read()}")
