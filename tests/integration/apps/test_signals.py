# SPDX-License-Identifier: EUPL-1.2
"""Signals: told once, read by their owner alone, counted without words, and gone in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.people import access as people
from scharnier.apps.people.models import Network, Organization, Person
from scharnier.apps.rights import selectors as rights
from scharnier.apps.rights.services import erase_self
from scharnier.apps.rights.sweeps import SWEEPS, Limit
from scharnier.apps.signals import access, ground, models, rows, selectors, services
from scharnier.core import audit, signals, text
from scharnier.core.kernel import AreaId, ResidentGroupId, Role, SignalId, TopicId
from scharnier.core.signals import (
    Grain,
    Happening,
    Place,
    Precision,
    Seriousness,
    SignalState,
    SignalStep,
    Source,
)
from tests.factories import DAY, NOON, an_actor
from tests.integration.apps import signals_scenes as here
from tests.integration.apps.signals_scenes import (
    ANNEKE,
    BRAM,
    HOUSE,
    KRUISVELD,
    LIBRARY,
    LIES,
    LITTER,
    NOISE,
    SAMIRA,
    SCHOOL,
    SQUARE,
    WORDS,
    acts,
    tell,
    tell_by_library,
    tell_by_resident,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_kruisveld_of_signals", "_today")]
ALONE = an_actor("anneke", role=Role.RESIDENT)
SYSTEM = audit.System(network_id=KRUISVELD)
LAST_WEEK = DAY - timedelta(days=7)
TUESDAY = DAY - timedelta(days=5)


def value_of(row):
    row.refresh_from_db()
    return rows.signal_value(row)


def step(row, what, *, actor=SAMIRA):
    services.step_signal(SignalId(row.pk), what, actor=actor, at=NOON)


def change(row, *, actor=SAMIRA, **changes):
    services.change_signal(SignalId(row.pk), told(**changes), actor=actor, at=NOON)


class TestSignalRow:
    @pytest.mark.parametrize(
        "parts",
        [
            {"source": "rumour"},
            {"grain": "year"},
            {"seriousness": "awful"},
            {"state": "lost"},
            {"precision": "galaxy"},
            {"text": None},
            {"precision": ""},
            {"cell_latitude": None},
            {"cell_longitude": None, "cell_latitude": None, "area_text_id": ""},
            {"first_day": DAY + timedelta(days=1)},
        ],
        ids=str,
    )
    def test_is_refused_by_the_database_when_it_breaks_a_rule(self, parts):
        row = tell()

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Signal.objects.filter(pk=row.pk).update(**parts)

    def test_gives_the_signal_back_as_it_was_told(self):
        groups = frozenset({ResidentGroupId("jongeren")})
        happened = Happening(on=LAST_WEEK, grain=Grain.WEEK)

        value = value_of(
            tell(place=HOUSE, happened=happened, seriousness=Seriousness.HARMFUL, resident_group_ids=groups)
        )

        assert value == signals.Signal(
            id=value.id,
            network_id=KRUISVELD,
            owner_id=SCHOOL,
            text=WORDS,
            place=HOUSE,
            happened=happened,
            told_on=DAY,
            kept_until=DAY + services.KEPT,
            author_id=SAMIRA.person_id,
            topics=frozenset({LITTER}),
            resident_group_ids=groups,
            seriousness=Seriousness.HARMFUL,
        )

    @pytest.mark.parametrize("place", [here.NORTH, here.MARS, here.AT_SQUARE, HOUSE], ids=str)
    def test_counts_as_the_core_says(self, place):
        row = tell(place=place)

        (trace,) = selectors.read_traces(KRUISVELD, since=DAY)

        assert trace == signals.leave_trace(value_of(row))

    def test_goes_with_its_organization(self):
        tell()
        kept = tell_by_library()

        Organization.objects.get(text_id="school").delete()

        assert list(models.Signal.objects.all()) == [kept]


class TestTellSignal:
    def test_puts_on_record_that_there_is_one_and_no_word_of_it(self):
        row = tell(place=HOUSE)

        event = AuditEvent.objects.get(act="signal.told")
        assert (event.kind, event.object_id, event.actor_id) == ("signal", row.pk, "samira")
        assert event.on_behalf_of == "school"
        assert WORDS not in str(event.__dict__)
        assert "Marsstraat" not in str(event.__dict__)

    def test_is_for_oneself_without_an_organization(self):
        row = tell(ALONE, owner_id=None)

        assert (value_of(row).owner_id, value_of(row).author_id) == (None, "anneke")

    def test_is_kept_once_under_one_key(self):
        key = uuid4()

        first, again = tell(key=key), tell(key=key, text="Iets anders")
        other = tell(LIES, key=key, owner_id=LIBRARY)

        assert first == again
        assert other.pk != first.pk
        assert acts() == ["signal.told"] * 2

    def test_knows_the_area_of_a_point_and_the_middle_of_an_area(self):
        point, area, unmapped = (
            value_of(tell(place=place)).place
            for place in (here.AT_SQUARE, here.NORTH, Place(precision=Precision.AREA, area_id=AreaId("zuid")))
        )

        assert point.area_id == "noord"
        assert (area.spot.longitude, area.spot.latitude) == pytest.approx((5.12, 52.09))
        assert unmapped.spot is None

    def test_puts_no_address_in_the_middle_of_its_area(self):
        value = value_of(tell(place=replace(HOUSE, spot=None)))

        assert value.place.spot is None
        assert value.place.area_id == "noord"

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"text": "  "}, text.EmptyText),
            ({"text": "Bel Karel op 06 12345678"}, text.PersonalDataFound),
            ({"text": "a" * 2001}, text.TextTooLong),
            ({"place": Place(precision=Precision.AREA, area_id=AreaId("maan"))}, signals.PlaceUnclear),
            ({"place": Place(precision=Precision.STREET, words="Ergens")}, signals.PlaceUnclear),
            ({"happened": Happening(on=DAY + timedelta(days=1))}, signals.HappeningUnclear),
            ({"kept_until": DAY - timedelta(days=1)}, signals.HappeningUnclear),
            ({"kept_until": DAY + timedelta(days=800)}, signals.HappeningUnclear),
            ({"topics": frozenset({TopicId("ufo")})}, ground.UnknownSubject),
            ({"resident_group_ids": frozenset({ResidentGroupId("ufo")})}, ground.UnknownSubject),
            ({"owner_id": LIBRARY}, access.MayNotTell),
        ],
        ids=str,
    )
    def test_leaves_nothing_behind_when_it_is_refused(self, changes, error):
        with pytest.raises(error):
            tell(**changes)

        assert not models.Signal.objects.exists()
        assert acts() == []

    @pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
    @pytest.mark.parametrize("owner_id", [SCHOOL, LIBRARY, None])
    def test_is_not_for_who_keeps_the_house_or_counts(self, role, owner_id):
        with pytest.raises(access.TellsNone) as refused:
            tell(an_actor(role=role, acts_for="school"), owner_id=owner_id)

        assert refused.value.facts == {"role": role.value}
        assert not models.Signal.objects.exists()

    def test_takes_a_reference_once_for_an_organization(self):
        first = tell(reference="2026-17")
        tell_by_library(reference="2026-17")

        with pytest.raises(services.ReferenceTaken) as refused:
            tell(reference="2026-17")

        assert refused.value.facts["signal_id"] == first.pk

    def test_of_a_file_needs_an_organization(self):
        with pytest.raises(signals.OwnerUnclear):
            services.tell_signal(told(owner_id=None), actor=ALONE, at=NOON, source=Source.FILE)


class TestTellFromSystem:
    def test_keeps_it_for_the_organization_without_an_author(self):
        signal_id = services.tell_from_system(told(reference="A1"), source=Source.OPEN311, by=SYSTEM, at=NOON)

        row = models.Signal.objects.get(pk=signal_id)
        event = AuditEvent.objects.get(act="signal.told")
        assert (row.author, row.source, row.organization.text_id) == (None, "open311", "school")
        assert (event.actor_id, event.on_behalf_of) == ("", "school")

    @pytest.mark.parametrize(
        ("changes", "error"),
        [
            ({"owner_id": None}, signals.OwnerUnclear),
            ({"owner_id": "elders"}, people.OrganizationNotFound),
            ({"text": ""}, text.EmptyText),
        ],
        ids=str,
    )
    def test_refuses_what_nobody_owns(self, changes, error):
        with pytest.raises(error):
            services.tell_from_system(told(**changes), source=Source.API, by=SYSTEM, at=NOON)

        assert not models.Signal.objects.exists()


class TestTellAsResident:
    def test_is_of_residents_and_read_by_the_organization_of_choice(self):
        here.receive_by("school")

        row = tell_by_resident()

        assert value_of(row).owner_id is None
        assert [own.value.text for own in selectors.read_signals(SAMIRA).signals] == [WORDS]
        assert selectors.read_signals(LIES).signals == ()
        assert [trace.partner_id for trace in selectors.read_traces(KRUISVELD, since=DAY)] == [None]

    def test_is_closed_until_the_network_chose(self):
        with pytest.raises(access.FormClosed):
            tell_by_resident()

    def test_is_closed_again_when_that_organization_left(self):
        here.receive_by("school")
        Organization.objects.get(text_id="school").delete()

        with pytest.raises(access.FormClosed):
            tell_by_resident()

    def test_takes_so_many_an_hour(self):
        here.receive_by()
        for _ in range(services.MOST_AN_HOUR):
            tell_by_resident()

        with pytest.raises(services.TooManySignals):
            tell_by_resident(at=NOON + timedelta(minutes=59))

        assert tell_by_resident(at=NOON + timedelta(minutes=61))


class TestChangeSignal:
    def test_says_something_else_from_now_on(self):
        row = tell()

        change(row, actor=BRAM, text="Nu ook op maandag", place=here.AT_SQUARE, topics=frozenset({NOISE}))

        value = value_of(row)
        assert (value.text, value.place.words, value.topics) == (
            "Nu ook op maandag",
            "naast de glasbak",
            {NOISE},
        )
        assert value.author_id == "samira"
        assert [what for what, _ in row.story] == ["change"]
        assert selectors.read_traces(KRUISVELD, since=DAY)[0].topics == {NOISE}
        assert acts() == ["signal.told", "signal.changed"]

    def test_keeps_a_resident_s_signal_with_residents(self):
        here.receive_by("school")
        row = tell_by_resident()

        change(row, topics=frozenset({NOISE}))

        assert value_of(row).owner_id is None

    @pytest.mark.parametrize("what", [SignalStep.HANDLE, SignalStep.WITHDRAW])
    def test_is_over_when_the_signal_is(self, what):
        row = tell()
        step(row, what)

        with pytest.raises(signals.SignalDone):
            change(row)

    def test_is_over_when_the_words_went(self):
        row = tell()
        models.Signal.objects.update(**services.WITHOUT_WORDS)

        with pytest.raises(signals.SignalDone):
            change(row)

    def test_leaves_it_as_it_was_when_it_is_refused(self):
        row = tell()

        with pytest.raises(text.PersonalDataFound):
            change(row, text="Bel 06 12345678")

        assert value_of(row).text == WORDS

    @pytest.mark.parametrize("actor", [LIES, ANNEKE, an_actor("piet", role=Role.COORDINATOR)], ids=str)
    def test_is_not_for_others(self, actor):
        row = tell()

        with pytest.raises(access.SignalNotFound) as not_yours:
            change(row, actor=actor)
        with pytest.raises(access.SignalNotFound) as not_there:
            services.change_signal(SignalId("0"), told(), actor=actor, at=NOON)

        assert not_yours.value.code == not_there.value.code


class TestStepSignal:
    def test_handles_and_opens_again(self):
        row = tell()

        step(row, SignalStep.HANDLE, actor=BRAM)
        handled = value_of(row).state
        step(row, SignalStep.REOPEN)

        assert (handled, value_of(row).state) == (SignalState.HANDLED, SignalState.OPEN)
        assert [what for what, _ in row.story] == ["handle", "reopen"]
        assert acts() == ["signal.told", "signal.handled", "signal.reopened"]

    def test_takes_the_words_along_when_it_is_withdrawn(self):
        row = tell(place=HOUSE)

        step(row, SignalStep.WITHDRAW)

        value = value_of(row)
        assert (value.text, value.place.words, value.state) == (None, "", SignalState.WITHDRAWN)
        assert value.place.spot == signals.coarsen(SQUARE)
        assert selectors.read_traces(KRUISVELD, since=DAY) == ()

    def test_refuses_a_step_that_is_not_open(self):
        row = tell()

        with pytest.raises(signals.SignalDone):
            step(row, SignalStep.REOPEN)

        assert acts() == ["signal.told"]

    @pytest.mark.parametrize("what", SignalStep)
    def test_is_not_for_others(self, what):
        row = tell()

        with pytest.raises(access.SignalNotFound):
            step(row, what, actor=LIES)


class TestReadSignals:
    def test_gives_those_of_oneself_and_of_one_s_organization(self):
        own, colleague = tell(text="Van mij"), tell(BRAM, text="Van Bram")
        tell_by_library()

        read = selectors.read_signals(SAMIRA)

        assert {own.value.text: own.is_own for own in read.signals} == {"Van mij": True, "Van Bram": False}
        assert {each.value.id for each in read.signals} == {own.pk, colleague.pk}
        assert read.n_signals == 2

    def test_gives_a_part_by_state_and_topic_latest_first(self):
        for number in range(3):
            tell(text=f"Nummer {number}", at=NOON - timedelta(hours=number))
        step(tell(text="Klaar", topics=frozenset({NOISE})), SignalStep.HANDLE)

        is_open, noise = selectors.Asked(state=SignalState.OPEN), selectors.Asked(topic_id=NOISE)
        part = selectors.read_signals(SAMIRA, is_open, first=1, most=1)
        about = selectors.read_signals(SAMIRA, noise)

        assert ([own.value.text for own in part.signals], part.n_signals) == (["Nummer 1"], 3)
        assert ([own.value.text for own in about.signals], about.n_signals) == (["Klaar"], 1)

    def test_takes_as_many_queries_for_one_as_for_many(self):
        def n_queries():
            with CaptureQueriesContext(connection) as counted:
                selectors.read_signals(SAMIRA)
            return len(counted)

        tell()
        few = n_queries()
        for number in range(20):
            tell(BRAM, text=f"Nummer {number}")

        assert n_queries() == few == 2

    def test_gives_one_with_what_was_done(self):
        row = tell(reference="A1")
        step(row, SignalStep.HANDLE)

        own = selectors.read_signal(SignalId(row.pk), actor=BRAM)

        assert (own.owner_name, own.reference, own.is_own) == ("De Regenboog", "A1", False)
        assert own.story == (("handle", NOON),)
        assert own.steps == (SignalStep.REOPEN, SignalStep.WITHDRAW)

    @pytest.mark.parametrize("actor", [LIES, an_actor("anneke", role=Role.COORDINATOR)], ids=str)
    def test_gives_none_of_others(self, actor):
        row = tell()

        with pytest.raises(access.SignalNotFound):
            selectors.read_signal(SignalId(row.pk), actor=actor)

    def test_gives_none_of_another_network(self):
        row = tell()

        with pytest.raises(access.SignalNotFound):
            selectors.read_signal(SignalId(row.pk), actor=replace(SAMIRA, network_id="anders"))


class TestReadTraces:
    def test_reads_no_word_and_no_exact_place(self):
        tell(place=HOUSE)

        with CaptureQueriesContext(connection) as counted:
            selectors.read_traces(KRUISVELD, since=DAY)

        (query,) = [each["sql"] for each in counted]
        for column in ("text", "place_words", "longitude", "latitude", "author_id", "seriousness"):
            assert f'"signals_signal"."{column}"' not in query

    def test_leaves_out_what_was_met_before(self):
        tell(happened=Happening(on=LAST_WEEK))
        tell(happened=Happening(on=LAST_WEEK, grain=Grain.MONTH))

        assert len(selectors.read_traces(KRUISVELD, since=LAST_WEEK)) == 2
        assert len(selectors.read_traces(KRUISVELD, since=DAY)) == 1

    def test_goes_on_when_the_words_have_gone(self):
        tell(place=HOUSE)
        before = selectors.read_traces(KRUISVELD, since=DAY)

        models.Signal.objects.update(**services.WITHOUT_WORDS)

        assert selectors.read_traces(KRUISVELD, since=DAY) == before


class TestReadSightings:
    def read(self, *, today=DAY):
        return selectors.read_sightings(KRUISVELD, today=today, since=LAST_WEEK)

    def test_has_a_stream_for_each_partner_and_one_for_residents(self):
        here.receive_by("school")
        tell(), tell_by_library(), tell_by_resident(), tell(ALONE, owner_id=None)

        streams = [each.partner for each in self.read().sightings]

        assert sorted(streams) == ["partner bibliotheek", "partner school", "residents", "residents"]
        assert {selectors.partner_of(stream) for stream in streams} == {LIBRARY, SCHOOL, None}
        assert selectors.stream_of(selectors.partner_of("partner school")) == "partner school"

    def test_lies_in_metres_that_lead_back_to_the_square(self):
        tell(place=here.AT_SQUARE)
        tell(place=here.MARS)

        found = self.read()

        back = [found.projection.to_degrees((each.x_m, each.y_m)) for each in found.sightings]
        square = signals.coarsen(SQUARE)
        assert (square.longitude, square.latitude) in [pytest.approx(place, abs=1e-6) for place in back]
        assert max(abs(each.x_m) for each in found.sightings) < 1000

    def test_takes_the_middle_of_the_area_where_no_more_is_known(self):
        tell(place=replace(HOUSE, spot=None))

        found = self.read()

        assert (found.projection.longitude, found.projection.latitude) == pytest.approx((5.12, 52.09))

    def test_takes_the_middle_of_a_week_today_at_the_latest(self):
        tell(happened=Happening(on=LAST_WEEK, grain=Grain.WEEK))
        tell(happened=Happening(on=DAY, grain=Grain.WEEK))

        days = [{each.on for each in self.read(today=today).sightings} for today in (DAY, TUESDAY)]

        assert days[0] == {LAST_WEEK - timedelta(days=3), DAY - timedelta(days=3)}
        assert days[1] == {LAST_WEEK - timedelta(days=3), TUESDAY}

    def test_leaves_out_what_has_no_place_or_no_week(self):
        tell(place=Place(precision=Precision.AREA, area_id=AreaId("zuid")))
        tell(happened=Happening(on=DAY, grain=Grain.MONTH))

        found = self.read()

        assert (found.sightings, found.projection, found.n_left_out) == ((), None, 2)

    def test_leaves_out_what_is_kept_no_longer(self):
        tell(kept_until=DAY)
        models.Signal.objects.update(kept_until=DAY - timedelta(days=1))

        assert self.read().n_left_out == 0
        assert self.read().sightings == ()


class TestRetention:
    def sweep(self, rule, *, days):
        SWEEPS[rule].carry_out(Limit(day=DAY + timedelta(days=days)), network_id=KRUISVELD, at=NOON)

    def test_leaves_what_counts_when_the_words_go(self):
        row = tell(place=HOUSE)

        self.sweep("signal_text", days=1)

        value = value_of(row)
        assert (value.text, value.place.words, row.longitude) == (None, "", None)
        assert value.place.spot == signals.coarsen(SQUARE)
        assert [own.value.text for own in selectors.read_signals(SAMIRA).signals] == [None]

    def test_of_an_area_leaves_the_area(self):
        row = tell(place=Place(precision=Precision.AREA, area_id=AreaId("zuid"), words="bij het bankje"))

        self.sweep("signal_text", days=1)

        assert value_of(row).place == Place(precision=Precision.AREA, area_id=AreaId("zuid"))

    @pytest.mark.parametrize(("days", "is_left"), [(10, True), (11, False)])
    def test_takes_the_whole_after_its_last_day(self, days, is_left):
        tell(kept_until=DAY + timedelta(days=10))

        self.sweep("signal", days=days)

        assert models.Signal.objects.exists() is is_left


class TestRights:
    def test_hold_a_copy_of_what_one_told_and_of_nothing_else(self):
        tell(place=HOUSE)
        tell(ALONE, owner_id=None, text="Voor mezelf")
        tell(BRAM, text="Van Bram")

        own, alone = (rights.copy_of(actor, on=DAY, at=NOON).signals for actor in (SAMIRA, ALONE))

        assert [(each.text, each.place, each.on_behalf_of) for each in own] == [
            (WORDS, "Marsstraat 12, Noord", "De Regenboog")
        ]
        assert [(each.text, each.on_behalf_of) for each in alone] == [("Voor mezelf", "")]

    def test_leave_with_the_organization_what_was_told_for_it(self):
        row = tell()
        tell(replace(SAMIRA, acts_for=frozenset()), owner_id=None, text="Voor mezelf")

        erase_self(actor=SAMIRA, on=DAY, at=NOON)

        assert [left.pk for left in models.Signal.objects.all()] == [row.pk]
        assert (value_of(row).author_id, value_of(row).text) == (None, WORDS)

    def test_count_what_is_left_of_somebody_as_of_residents(self):
        row = tell(ALONE, owner_id=None)

        Person.objects.get(text_id="anneke").delete()

        assert value_of(row).source is Source.RESIDENT

    def test_leave_nothing_of_a_network_that_goes(self):
        tell()

        Network.objects.get(pk=KRUISVELD).delete()

        assert not models.Signal.objects.exists()
