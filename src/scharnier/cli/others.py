# SPDX-License-Identifier: EUPL-1.2
"""Who else meets what is asked, from a file of signals: how many, never who."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from scharnier.core import network, signals
from scharnier.core.kernel import OrganizationId, TopicId
from scharnier.core.signals import Looking, Others, Spot, Trace
from scharnier.formats import signals_csv, wording

RESIDENTS: Final = frozenset({"residents", "bewoners"})  # as a file may call them; they count as one
COLUMNS: Final = signals_csv.Columns(lon="lon", lat="lat", topics="topics")
NOBODY: Final = OrganizationId("")  # who asks is no partner
KEPT: Final = timedelta(days=730)
LAST: Final = date.max - KEPT  # a later day stands for none
_SAID: Final[dict[wording.Language, tuple[str, str, str, str, str]]] = {
    "nl": (
        "Niemand anders gaf hier de laatste tijd zoiets door.",
        "Bewoners komen hier ook zoiets tegen.",
        "Eén andere partner komt hier ook zoiets tegen",
        "{n} andere partners komen hier ook zoiets tegen",
        ", en bewoners ook.",
    ),
    "en": (
        "Nobody else told something like this here lately.",
        "Residents meet something like this here.",
        "One other partner meets something like this here",
        "{n} other partners meet something like this here",
        ", and so do residents.",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked, where and when."""

    topics: frozenset[TopicId]
    area: network.Area | None
    on: date


def find(
    asked: Asked, path: Path | None, *, areas: tuple[network.Area, ...], topics: tuple[network.Topic, ...]
) -> Others | None:
    """Return how many others lately met something on these matters in an area, by a file of signals.

    None without a file or an area: nothing is asked then.
    """
    if path is None or asked.area is None:
        return None
    middle = network.middle_of(asked.area.outline)
    trace = Trace(
        partner_id=NOBODY,
        spot=signals.coarsen(Spot(longitude=middle[0], latitude=middle[1])) if middle else None,
        spread_m=signals.SPREAD_M[signals.Precision.AREA],
        area_id=asked.area.id,
        first_day=asked.on,
        last_day=asked.on,
        kept_until=asked.on,
        topics=asked.topics,
    )
    found = signals_csv.read_signals(path.read_bytes(), COLUMNS)
    ids = _ids(topics)
    told = [_trace(found, at, ids=ids, areas=areas) for at in range(len(found.sightings))]
    looking = Looking(trace=trace, on=asked.on)
    return signals.find_others(looking, told, broader=signals.index_broader(topics))


def say(found: Others, *, language: wording.Language) -> str:
    """Return the same in one sentence."""
    nobody, residents, one, several, too = _SAID[language]
    if not found.n_partners:
        return residents if found.has_residents else nobody
    said = one if found.n_partners == 1 else several.format(n=found.n_partners)
    return f"{said}{too if found.has_residents else '.'}"


def _ids(topics: tuple[network.Topic, ...]) -> dict[str, TopicId]:
    """Return each topic by whatever a file may call it."""
    named = {label.text.casefold(): topic.id for topic in topics for label in topic.labels}
    return named | {topic.id.casefold(): topic.id for topic in topics}


def _trace(
    found: signals_csv.SignalsFile, at: int, *, ids: dict[str, TopicId], areas: tuple[network.Area, ...]
) -> Trace:
    sighting = found.sightings[at]
    longitude, latitude = found.written((sighting.x_m, sighting.y_m))
    said = (name.strip().casefold() for name in found.topics[at].split(";"))
    is_residents = sighting.partner.casefold() in RESIDENTS
    return Trace(
        partner_id=None if is_residents else OrganizationId(sighting.partner),
        spot=signals.coarsen(Spot(longitude=longitude, latitude=latitude)),
        spread_m=signals.CELL_M,
        area_id=network.area_around(longitude, latitude, areas),
        first_day=sighting.on,
        last_day=sighting.on,
        kept_until=min(sighting.on, LAST) + KEPT,
        topics=frozenset(ids[name] for name in said if name in ids),
    )
