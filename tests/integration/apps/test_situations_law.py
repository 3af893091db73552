# SPDX-License-Identifier: EUPL-1.2
"""No sequence of nights tells a count under five or a single place, whoever reads whatever there is to read.

The law of the ledger itself stands in tests/property; here the whole is played: signals that are told and
taken back, nights that are scanned, finds that are taken up and laid aside. What anybody reads then must
follow from the answers that are kept and from nothing else, and those must let nothing be worked out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scharnier.apps.signals import models as signal_models
from scharnier.apps.signals import selectors as signals
from scharnier.apps.situations import models, selectors, services, taking_up
from scharnier.core import situations
from scharnier.core.detection import Ledger, Located
from scharnier.core.kernel import SituationId
from scharnier.core.signals import Spot
from scharnier.core.situations import Step
from tests.factories import DAY, NOON
from tests.integration.apps import scan_scenes as scenes
from tests.integration.apps.conftest import ON_SQLITE_ONLY
from tests.integration.apps.situations_scenes import BAS, KAREL, MO, RIA, WIM
from tests.property.attacker import Attacker

# follows from what does not depend on the database; scans and finds are tried on both in files of their own
pytestmark = [pytest.mark.django_db, ON_SQLITE_ONLY]
READERS = (KAREL, BAS, RIA, WIM, MO)
SPOTS = tuple(
    Spot(longitude=scenes.SQUARE.longitude + east * 0.0015, latitude=scenes.SQUARE.latitude + north * 0.0009)
    for east, north in ((0, 0), (1, 0), (3, -2))
)

bursts = st.tuples(
    st.sampled_from(SPOTS),
    st.dictionaries(
        st.sampled_from(("jongerenwerk", "politie", "school", "residents")),
        st.sampled_from((1, 2, 4, 5, 9)),
        min_size=1,
    ),
)
nights = st.tuples(
    st.sampled_from((1, 2, 8)),  # days since the last
    st.lists(bursts, max_size=2),
    st.sampled_from(("", "take up", "lay aside")),  # what is done with the first find
)
histories = st.lists(nights, min_size=2, max_size=3)
played = settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()
    scenes.live_a_year()
    scenes.live_a_year(partners=[None], seed=11)


@contextmanager
def undone() -> Iterator[None]:
    """Let what happens within leave nothing."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def live(history, *, with_burst: bool = True) -> Iterator[date]:
    """Play nights one after another, and yield each day once it was scanned."""
    day = DAY
    for number, (gap, told, deed) in enumerate(history):
        day += timedelta(days=gap)
        for spot, n_each in told:
            tell(day, spot, n_each)
        if with_burst and not number:  # so that there is something to find in every history
            tell(day, SPOTS[0], {"jongerenwerk": 7, "politie": 7})
        scenes.scan(on=day)
        do(deed, on=day)
        yield day


def tell(day: date, spot: Spot, n_each) -> None:
    """Let partners meet something today: nobody tells of days that were scanned before."""
    for partner, n in n_each.items():
        scenes.tell(None if partner == "residents" else partner, spot, day, n=n)


def do(deed: str, *, on: date) -> None:
    waiting = models.Situation.objects.filter(state="signal_bundle").order_by("pk").first()
    if waiting is None or not deed:
        return
    if deed == "take up":
        taking_up.take_up(SituationId(waiting.pk), actor=RIA, on=on, at=NOON)
    else:
        services.take_step(
            SituationId(waiting.pk), Step.DISMISS, said="Het was kermis.", actor=RIA, on=on, at=NOON
        )


def seen() -> list[Located]:
    """Every signal as the scan counts with it."""
    ever = {"today": DAY + timedelta(days=99), "since": DAY - timedelta(days=365)}
    found = signals.read_sightings(scenes.KRUISVELD, **ever)
    assert found.projection is not None
    located = []
    for each in found.sightings:
        longitude, latitude = found.projection.to_degrees((each.x_m, each.y_m))
        name = situations.name_square(Spot(longitude=longitude, latitude=latitude))
        located.append(Located(partner=each.partner, address=name, on=each.on))
    return located


def ledger() -> Ledger:
    return services.open_book(scenes.KRUISVELD).ledger


@pytest.fixture
def read_all(sign_in, settings):
    """Return all that there is to read, by reader."""

    def _read_all(day: date) -> dict[str, str]:
        settings.DAY = day
        said = {}
        for actor in READERS:
            client = sign_in(actor.person_id, role=actor.role)
            ids = models.Situation.objects.order_by("pk").values_list("pk", flat=True)
            pages = [reverse("situations:found"), reverse("situations:list")]
            pages += [reverse("situations:overview", args=[pk]) for pk in ids]
            text = "".join(client.get(page).text for page in pages)
            text = re.sub(r'(csrfmiddlewaretoken" value|csrftoken|nonce)="[^"]*"', "", text)
            said[actor.person_id] = f"{selectors.released_finds(actor)}{text}"
        return said

    return _read_all


class TestWhatCanBeRead:
    @played
    @given(history=histories)
    def test_follows_from_the_answers_that_are_kept_and_no_signal(self, read_all, history):
        with undone():
            for day in live(history):
                before = read_all(day)
                with undone():
                    signal_models.Signal.objects.all().delete()
                    without_a_signal = read_all(day)
                assert without_a_signal == before
                assert not [who for who, text in before.items() if scenes.MARK in text]

    @played
    @given(history=histories)
    def test_is_what_the_ledger_released_and_nothing_more(self, history):
        with undone():
            for _day in live(history):
                released = [each.release for each in ledger().made]
                for actor in READERS:
                    for find in selectors.released_finds(actor):
                        bands = sorted(each.band.low for each in find.partners)
                        assert [
                            each
                            for each in released
                            if (each.name, each.window.first_day, each.window.last_day, each.n_addresses)
                            == (find.area_name, find.first_day, find.last_day, find.n_addresses)
                            and sorted(band.low for band in each.partners.values()) == bands
                        ]
                        assert find.weeks in {8 * 2**step for step in range(7)}


class TestAnswers:
    @played
    @given(history=histories, taken_back=st.sampled_from((0.3, 1.0)))
    def test_stay_as_they_were_when_signals_are_taken_back(self, history, taken_back):
        with undone():
            for _day in live(history[:1]):
                before = ledger().made
            told = list(signal_models.Signal.objects.order_by("pk"))
            scenes.withdraw(*told[: int(len(told) * taken_back)])

            for _day in live(history[1:], with_burst=False):
                assert ledger().made[: len(before)] == before

    @played
    @given(history=histories, start=st.integers(0, 30))
    def test_never_change_and_let_nobody_work_out_a_place_or_a_count_under_five(self, history, start):
        """Who knows every signal but those of one partner, and every answer, works it out."""
        with undone():
            days, book = [], Ledger()
            for day in live(history):
                days.append(day)
                before, book = book, ledger()
                assert book.made[: len(before.made)] == before.made
                assert book.refused[: len(before.refused)] == before.refused
            located = seen()
        assert book.made
        addresses = sorted({name for each in (*book.made, *book.refused) for name in each.addresses})
        known = [days[0] - timedelta(days=ago) for ago in range(28)] + [
            days[0] + timedelta(days=number) for number in range((days[-1] - days[0]).days + 1)
        ]
        group = set((addresses * 2)[start : start + 9])
        for partner in sorted({each.partner for each in located}):
            attacker = Attacker.of(book, located, partner, addresses=addresses, days=known)
            assert attacker.work_out(group)[0] == 0
            assert attacker.work_out(group & set(addresses[:1]) or set(addresses[:1]))[1] > 0
            for question in attacker.questions:
                low, high = attacker.work_out(question.addresses, question.window)
                assert low < high or low >= 5
