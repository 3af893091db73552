# SPDX-License-Identifier: EUPL-1.2
"""Check and export the log, for who runs the installation; needs Django set up."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from django.db import DatabaseError, transaction
from django.utils import timezone

from scharnier.apps import wall
from scharnier.apps.audit import selectors, services
from scharnier.cli import outputs
from scharnier.core import audit
from scharnier.core.kernel import Conflict, NetworkId
from scharnier.formats import audit_csv, audit_fhir, wording

WRITERS: Mapping[str, Callable[[Iterable[audit.Entry]], bytes]] = {
    "csv": audit_csv.write_audit_csv,
    "fhir": audit_fhir.write_audit_fhir,
}
WHOLE: Mapping[wording.Language, str] = {
    "nl": "{network_id}: {number} gebeurtenissen, heel. Kop: {number}:{digest}",
    "en": "{network_id}: {number} events, whole. Head: {number}:{digest}",
}
EMPTY: Mapping[wording.Language, str] = {
    "nl": "Er is nog niets vastgelegd.",
    "en": "Nothing is on record yet.",
}
WRITTEN: Mapping[wording.Language, str] = {"nl": "Geschreven naar {path}.", "en": "Written to {path}."}


class BrokenLog(Conflict):
    """The log of a network is not as it was written."""

    code = "audit.broken_log"


class NoDatabase(Conflict):
    """The database does not answer, or has no log."""

    code = "audit.no_database"


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkBreak:
    """The first break of one network's log, in words."""

    network_id: NetworkId
    broken: audit.Break

    @property
    def code(self) -> str:
        """The code of the sentence."""
        return self.broken.code

    @property
    def facts(self) -> Mapping[str, object]:
        """The facts for it."""
        return {"network_id": self.network_id, **self.broken.facts}


def verify(
    network_id: str = "",
    *,
    noted: Iterable[audit.Head] = (),
    language: wording.Language,
    is_json: bool = False,
) -> None:
    """Say of each network, or of one, how far its log goes and whether it is whole.

    Raises
    ------
    BrokenLog
        Naming the first broken event of each network that has one.
    LogNotFound
    NoDatabase
    """
    heads = tuple(noted)
    try:
        with wall.holding(wall.LOG):
            found = [
                selectors.verify_log(each, noted=heads) for each in selectors.logged_networks(network_id)
            ]
    except DatabaseError as error:
        raise NoDatabase(reason=str(error).strip()) from error
    if not found and not is_json:
        click.echo(EMPTY[language])
    for finding in found:
        if is_json:
            click.echo(_json_line(finding, language=language))
        elif finding.broken is None:
            facts = {"number": finding.head.number, "digest": finding.head.digest}
            click.echo(WHOLE[language].format(network_id=finding.network_id, **facts))
    _complain(found)


def export(network_id: str, *, form: str, path: Path, is_forced: bool, language: wording.Language) -> None:
    """Write the log of a network to a file, and put on record that it was.

    Raises
    ------
    AlreadyExists, NotWritable
    BrokenLog
        When the log is not whole; what can be read of it was written then.
    LogNotFound
    NoDatabase
    """
    outputs.check_path(path, is_forced=is_forced)
    try:
        with wall.holding(wall.LOG):
            (found,) = [selectors.verify_log(each) for each in selectors.logged_networks(network_id)]
            data = WRITERS[form](selectors.entries(found.network_id, until=found.head.number))
        if found.broken is None:
            _record_export(found.network_id, form=form)
    except DatabaseError as error:
        raise NoDatabase(reason=str(error).strip()) from error
    outputs.write_whole(path, lambda made: made.write_bytes(data))
    click.echo(WRITTEN[language].format(path=path))
    _complain([found])


def _record_export(network_id: NetworkId, *, form: str) -> None:
    with transaction.atomic(), wall.in_network(network_id):
        services.record(
            actor=audit.System(network_id=network_id),
            act="audit.exported",
            kind="network",
            object_id=network_id,
            at=timezone.now(),
            facts={"format": form},
        )


def _complain(found: Iterable[selectors.Finding]) -> None:
    breaks = [
        NetworkBreak(network_id=finding.network_id, broken=finding.broken)
        for finding in found
        if finding.broken is not None
    ]
    if breaks:
        raise BrokenLog(breaks=tuple(breaks))


def _json_line(finding: selectors.Finding, *, language: wording.Language) -> str:
    broken: Mapping[str, object] | None = None
    if finding.broken is not None:
        said = wording.say_note(
            NetworkBreak(network_id=finding.network_id, broken=finding.broken), language=language
        )
        broken = {"number": finding.broken.number, "fault": finding.broken.fault.value, "said": said}
    facts = {"number": finding.head.number, "digest": finding.head.digest, "broken": broken}
    return json.dumps({"network_id": finding.network_id, **facts}, ensure_ascii=False)
