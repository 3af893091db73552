# SPDX-License-Identifier: EUPL-1.2
"""What the scan found, for who may know of it: what was released, and nothing that lay behind it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from scharnier.apps.people.models import Organization
from scharnier.apps.signals import access as signals_access
from scharnier.apps.signals import selectors as signals
from scharnier.apps.situations import access, find_words, models, rows, scan_rows
from scharnier.core.detection import Band, Release
from scharnier.core.kernel import Actor, AreaId, NetworkId, NotFound, OrganizationId, SituationId
from scharnier.core.signals import Spot
from scharnier.core.situations import ENDED, Capacity, Following, State, Step, steps_for

MOST_SHOWN: Final = 20


class FindsHidden(NotFound):
    """The actor's role knows of no situations of others, and so of no finds."""

    code = "situations.finds_hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerBand:
    """How many signals of one partner there are, in a band."""

    name: str  # empty: the reader takes no part, and does not know who it is
    is_residents: bool
    band: Band


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasedFind:
    """All that somebody may know of a find: what the ledger released, and where the situation stands."""

    situation_id: SituationId
    question: str
    state: State
    made_on: date
    seen_again_on: date | None
    area_id: AreaId | None
    area_name: str
    middle: Spot | None  # of a circle; None: the whole area
    radius_m: float | None
    first_day: date
    last_day: date
    weeks: int  # by chance less often than once in so many: 8, 16, 32 .. 512
    n_addresses: Band
    partners: tuple[PartnerBand, ...]
    takes_part: bool  # the reader, and so knows who the partners are
    steps: frozenset[Step]  # that the reader can take


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """What the scan found and nobody took up yet, and when it last ran."""

    finds: tuple[ReleasedFind, ...]
    n_more: int  # that come up once those before them are taken up or laid aside
    following: tuple[Following, ...]  # what follows a signal, in all of the network; none: nothing to tell
    followed_from: date | None  # the first day of the half year that this is of
    is_whole: bool  # of the network; else only of what the reader's organizations meet
    may_tell: bool  # the reader, a signal
    counted_at: datetime | None  # how much was counted is told to nobody: who adds signals could work it out


def found_page(actor: Actor) -> FoundPage:
    """Return the finds that wait for somebody to propose or lay them aside, and the last scan.

    Raises
    ------
    FindsHidden
    """
    if not access.knows_of_others(actor):
        raise FindsHidden
    runs = models.ScanRun.objects.filter(network_id=actor.network_id, done_at__isnull=False)
    last = runs.order_by("-day").first()
    finds = released_finds(actor, states=[State.SIGNAL_BUNDLE])
    return FoundPage(
        finds=finds[:MOST_SHOWN],
        n_more=len(finds[MOST_SHOWN:]),
        following=scan_rows.following_of(last) if last else (),
        followed_from=last.followed_from if last else None,
        is_whole=access.knows_of_all(actor),
        may_tell=signals_access.may_tell(actor),
        counted_at=last.done_at if last else None,
    )


def released_finds(actor: Actor, *, states: Collection[State] | None = None) -> tuple[ReleasedFind, ...]:
    """Return the finds that the actor may know of, newest first; without states, all that go on.

    Of partners only who takes part is told the names.
    """
    wanted = [state.value for state in (states if states is not None else set(State) - ENDED)]
    found = access.figures(actor).filter(found__isnull=False, state__in=wanted)
    found_rows = list(found.select_related("found__answer").order_by("-made_on", "pk"))
    pks = [row.pk for row in found_rows]
    whole = set(access.seen(actor).filter(pk__in=pks).values_list("pk", flat=True))
    names = _names(actor, (row.found.answer for row in found_rows if row.pk in whole))
    asks = _asks(found_rows, network_id=actor.network_id)
    return tuple(
        _find(row, asks[row.pk], names=names, takes_part=row.pk in whole, steps=_steps(row, actor, whole))
        for row in found_rows
    )


def _steps(row: models.Situation, actor: Actor, whole: Collection[str]) -> frozenset[Step]:
    has = {
        Capacity.PARTNER: row.pk in whole,
        Capacity.COORDINATOR: access.may_mend(actor),
    }
    return frozenset(
        step for capacity, holds in has.items() if holds for step in steps_for(State(row.state), capacity)
    )


def _asks(found: Iterable[models.Situation], *, network_id: NetworkId) -> Mapping[str, str]:
    made = {row.pk: (row.found.answer.name, row.found.answer.topic_ids) for row in found}
    return find_words.word_finds(made, network_id=network_id)


def _names(actor: Actor, answers: Iterable[models.ScanAnswer]) -> Mapping[OrganizationId, str]:
    streams = {stream for answer in answers for stream in answer.partners}
    wanted = [partner for stream in sorted(streams) if (partner := signals.partner_of(stream)) is not None]
    found = Organization.objects.filter(network_id=actor.network_id, text_id__in=wanted)
    return {OrganizationId(text_id): name for text_id, name in found.values_list("text_id", "name")}


def _find(
    row: models.Situation,
    question: str,
    *,
    names: Mapping[OrganizationId, str],
    takes_part: bool,
    steps: frozenset[Step],
) -> ReleasedFind:
    answer, find = row.found.answer, rows.find_value(row.find)
    release = scan_rows.release_value(answer)
    middle = None
    if answer.longitude is not None and answer.latitude is not None:
        middle = Spot(longitude=answer.longitude, latitude=answer.latitude)
    return ReleasedFind(
        situation_id=SituationId(row.pk),
        question=question,
        state=State(row.state),
        made_on=row.made_on,
        seen_again_on=row.found.seen_again_on,
        area_id=AreaId(answer.area_text_id) if answer.area_text_id else None,
        area_name=release.name,
        middle=middle,
        radius_m=answer.radius_m,
        first_day=release.window.first_day,
        last_day=release.window.last_day,
        weeks=int(find.recurrence_weeks) if find else 0,
        n_addresses=release.n_addresses,
        partners=_partners(release, names if takes_part else {}),
        takes_part=takes_part,
        steps=steps,
    )


def _partners(release: Release, names: Mapping[OrganizationId, str]) -> tuple[PartnerBand, ...]:
    """Return the bands; those of partners whom the reader may not know in an order that tells nothing."""
    told = [
        PartnerBand(
            name=names.get(partner, "") if partner is not None else "",
            is_residents=partner is None and bool(names),
            band=band,
        )
        for partner, band in ((signals.partner_of(stream), band) for stream, band in release.partners.items())
    ]
    return tuple(sorted(told, key=lambda each: (-each.band.low, each.is_residents, each.name)))
