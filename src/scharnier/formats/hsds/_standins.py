# SPDX-License-Identifier: EUPL-1.2
"""Organizations for services that know theirs only by another system's number."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from scharnier.core import network
from scharnier.core.kernel import OrganizationId
from scharnier.formats.hsds._notes import NoteKind, Notes
from scharnier.formats.hsds._package import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Providers:
    """Which organization offers a service, by the reference in its row, and those made up for it."""

    organization_ids: Mapping[str, OrganizationId]
    stand_ins: tuple[network.Organization, ...]


def find_providers(services: Iterable[Record], *, organizations: Sequence[Record], notes: Notes) -> Providers:
    """Return an organization for every service, none guessed at by name.

    Notes
    -----
    A reference that answers is taken as it is. A number of another system is answered by the only
    organization whose website is on the same host as that of the services with this number; when there
    is none or several of different names, a stand-in carries the number, named after that host, or
    after the service most often offered when no website is known.
    """
    found = {record["id"]: OrganizationId(record["id"]) for record in organizations}
    foreign: defaultdict[str, list[Record]] = defaultdict(list)
    for service in services:
        if service["organization_id"] not in found:
            foreign[service["organization_id"]].append(service)
    by_host = _by_host(organizations)
    stand_ins = []
    for number, offered in foreign.items():
        hosts = Counter(host for service in offered if (host := host_of(service["url"])))
        owners = {owner["name"]: owner for host in hosts for owner in reversed(by_host.get(host, ()))}
        if len(owners) == 1:
            found[number] = OrganizationId(next(iter(owners.values()))["id"])
        else:
            name = _most_common(hosts or Counter(service["name"] for service in offered))
            stand_ins.append(network.Organization(id=OrganizationId(number), name=name))
            found[number] = OrganizationId(number)
        kind = NoteKind.FOUND_BY_WEBSITE if len(owners) == 1 else NoteKind.STAND_IN
        for service in offered:
            notes.add_record(kind, service, column="organization_id")
    return Providers(organization_ids=found, stand_ins=tuple(stand_ins))


def _most_common(names: Mapping[str, int]) -> str:
    return min(names, key=lambda name: (-names[name], name))


def _by_host(organizations: Iterable[Record]) -> dict[str, list[Record]]:
    by_host: defaultdict[str, list[Record]] = defaultdict(list)
    for organization in organizations:
        host = host_of(organization["website"])
        if host:
            by_host[host].append(organization)
    return by_host


def host_of(address: str) -> str:
    """Return the host of a web address without `www.`; empty when there is none.

    Examples
    --------
    >>> host_of("https://www.example.org/help"), host_of("example.org"), host_of("")
    ('example.org', 'example.org', '')
    """
    whole = address.strip() if "://" in address else f"//{address.strip()}"
    try:
        host = urlsplit(whole).hostname or ""
    except ValueError:  # such as a bracket that is never closed
        return ""
    return host.removeprefix("www.")
