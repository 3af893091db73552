# SPDX-License-Identifier: EUPL-1.2
"""The program as a shell starts it, and a neighbourhood small enough to know by heart."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from scharnier.cli import __main__
from scharnier.core import network
from scharnier.formats import network_json
from tests.factories import (
    DAY,
    a_community,
    a_membership,
    a_network,
    a_person,
    a_service,
    a_tie,
    an_area,
    an_availability,
    an_organization,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a run of the program came to."""

    code: int
    said: str
    complaint: str

    def lines(self) -> list[dict[str, Any]]:
        """What it said, as JSON lines."""
        return [json.loads(line) for line in self.said.splitlines()]

    def words(self) -> str:
        """What it said, wherever its lines end."""
        return " ".join(self.said.split())


Scharnier = Callable[..., Outcome]


@pytest.fixture
def scharnier(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Scharnier:
    """Run the program in this process, on an English terminal unless the test sets another."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")

    def run(*words: object, given: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["scharnier", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            __main__.main()
        said, complaint = capsys.readouterr()
        return Outcome(code=int(str(ended.value.code)), said=said, complaint=complaint)

    return run


def a_small_neighbourhood() -> network.Network:
    """Two organizations and three people to ask, and Wil, who knows Karel and wants to stay unfound."""
    busy = an_availability(network.Accepting.LIMITED)
    only_introducing = (network.Purpose.LISTING, network.Purpose.INTRODUCTION)
    return a_network(
        areas=(
            an_area("wijk", kind=network.AreaKind.DISTRICT),
            an_area("noord", parent="wijk", alternate_names=("Boven het spoor",)),
            an_area("zuid", parent="wijk"),
        ),
        organizations=(
            an_organization(name="Schuldhulp Kruisveld", remit="Helpt bij schulden en deurwaarders."),
            an_organization(
                "opbouwwerk", name="Opbouwwerk", remit="Bemiddelt bij ruzie en lawaai.", areas="noord"
            ),
        ),
        services=(a_service(description="Hulp bij schulden en brieven van deurwaarders."),),
        communities=(a_community(),),
        persons=(
            a_person(summary="Ik loop mee bij schulden en brieven van deurwaarders.", availability=busy),
            a_person("karel", summary="Ik bemiddel bij ruzie en lawaai.", purposes=only_introducing),
            a_person("mo", summary="Ik ruim met buren zwerfafval op.", purposes=only_introducing),
            a_person("wil", purposes=()),
        ),
        memberships=(
            a_membership(organization="schuldhulp", role="schuldhulpmaatje"),
            a_membership("karel", organization="opbouwwerk", role="opbouwwerker"),
            a_membership("mo", community="koor"),
        ),
        ties=(replace(a_tie("wil", "karel"), observed_date=DAY),),
    )


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small neighbourhood as a file."""
    path = tmp_path / "small.json"
    path.write_bytes(network_json.write_network(a_small_neighbourhood()))
    return path
