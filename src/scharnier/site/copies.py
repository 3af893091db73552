# SPDX-License-Identifier: EUPL-1.2
"""Copy the whole database to a file while it serves, and put such a copy back in one transaction."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from scharnier.core.kernel import Conflict, Invalid

PAGES = 64  # put back at a time, to tell how far it is
EVERY_PAGE = -1  # copied in one read, so that writers never make it begin again
WAIT_SECONDS = 30.0  # for another writer to finish
PROGRAMS = Path("/usr/lib/postgresql")  # where Debian puts PostgreSQL's own
VARIABLES = {
    "PGHOST": "HOST",
    "PGPORT": "PORT",
    "PGUSER": "USER",
    "PGPASSWORD": "PASSWORD",
    "PGDATABASE": "NAME",
}
Progress = Callable[[int, int], None]  # pages done, pages in all


class UnusableCopy(Invalid):
    """The file is no copy of a Scharnier database, or is damaged."""

    code = "site.unusable_copy"


class NewerCopy(Conflict):
    """The copy was made by a newer version of the program."""

    code = "site.newer_copy"


class CannotCopy(Conflict):
    """The copy could not be written or read; nothing changed."""

    code = "site.cannot_copy"


def back_up(file: Path, *, progress: Progress | None = None) -> None:
    """Write a copy of the database as it stands at one moment; a file of that name is replaced at the end.

    Raises
    ------
    CannotCopy
    """
    part = file.with_name(f"{file.name}.part")
    try:
        if connection.vendor == "sqlite":
            _copy_sqlite(_database_name(), part, pages=EVERY_PAGE, progress=progress)
        else:
            _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file", str(part))
        part.chmod(0o600)
        part.replace(file)
    except (OSError, sqlite3.Error) as error:
        raise CannotCopy(file=file, reason=str(error)) from None
    finally:
        part.unlink(missing_ok=True)


def restore(file: Path, *, progress: Progress | None = None) -> Path:
    """Put a copy in place of all that the database holds; return the file with what stood there before.

    Raises
    ------
    UnusableCopy
    NewerCopy
    CannotCopy

    Notes
    -----
    One transaction: whoever stops it half-way, or pulls the plug, finds the database as it was. A copy of an
    older version is brought up to date afterwards.
    """
    before = _free_name(settings.FOLDER)
    if connection.vendor == "sqlite":
        _check_sqlite(file)
        back_up(before)
        try:
            _copy_sqlite(str(file), Path(_database_name()), pages=PAGES, progress=progress)
        except sqlite3.Error as error:
            raise CannotCopy(file=file, reason=str(error)) from None
    else:
        _check_dump(file)
        back_up(before)
        words = (
            "--clean",
            "--if-exists",
            "--single-transaction",
            "--exit-on-error",
            "--no-owner",
            "--no-privileges",
        )
        _run("pg_restore", *words, "--dbname", _database_name(), str(file))
    connection.close()
    call_command("migrate", verbosity=0, interactive=False)
    return before


def _free_name(folder: Path) -> Path:
    """Return the first of before-restore-1.copy, -2, … that is not there: the copy to put back may be one."""
    names = (folder / f"before-restore-{number}.copy" for number in count(1))
    return next(file for file in names if not file.exists())


def _database_name() -> str:
    return str(connection.settings_dict["NAME"])


def _copy_sqlite(source: str, target: Path, *, pages: int, progress: Progress | None) -> None:
    def tell(_status: int, n_left: int, n_all: int) -> None:
        if progress is not None:
            progress(n_all - n_left, n_all)

    with (
        closing(sqlite3.connect(source)) as read,
        closing(sqlite3.connect(target, timeout=WAIT_SECONDS)) as write,
    ):
        read.backup(write, pages=pages, progress=tell)


def _check_sqlite(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
            applied = set(copy.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.Error:
        raise UnusableCopy(file=file) from None
    if verdict != "ok" or not any(app == "people" for app, _ in applied):
        raise UnusableCopy(file=file)
    known = set(MigrationLoader(None).disk_migrations)
    unknown = {(app, name) for app, name in applied if (app, name) not in known}
    if unknown:
        raise NewerCopy(file=file)


def _check_dump(file: Path) -> None:
    try:
        listed = _output("pg_restore", "--list", str(file))
    except CannotCopy:
        raise UnusableCopy(file=file) from None
    if "people_network" not in listed:
        raise UnusableCopy(file=file)


def _run(program: str, *words: str) -> None:
    _output(program, *words)


def _output(program: str, *words: str) -> str:
    command = [_find(program), *words]
    try:
        done = subprocess.run(command, env=_environment(), check=True, capture_output=True, text=True)  # noqa: S603  # PostgreSQL's own
    except (OSError, subprocess.CalledProcessError) as error:
        reason = getattr(error, "stderr", None) or str(error)
        raise CannotCopy(file=words[-1], reason=reason.strip()) from None
    return done.stdout


def _environment() -> dict[str, str]:
    """Return PostgreSQL's variables for the connection of the settings: the password stays out of `ps`."""
    told = connection.settings_dict
    return os.environ | {variable: str(told[name]) for variable, name in VARIABLES.items() if told[name]}


def _find(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        versions = sorted(PROGRAMS.glob(f"*/bin/{program}"), key=lambda path: path.parts[-3])
        found = str(versions[-1]) if versions else program
    return found
