# SPDX-License-Identifier: EUPL-1.2
"""Private rooms and how a partner stands: brought in by one, for whom it says."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.situations import access, models, services
from scharnier.core import situations, text
from scharnier.core.kernel import OrganizationId, PartId, SituationId
from scharnier.core.situations import Audience, PartnerState
from tests.factories import DAY, NOON
from tests.integration.apps import situations_scenes as scenes
from tests.integration.apps.situations_scenes import BAS, JOKE, KAREL, MO, NOOR, RIA, VERA

pytestmark = pytest.mark.django_db
PLEIN = SituationId("plein")
SECRET = "Ons rooster: dinsdag en donderdag om tien uur."  # noqa: S105  # no password
PERSONAL = "Bel Jan de Vries, geboren 12-03-2009, op 06-12345678."
OWN = services.For(audience=Audience.OWN)
FOR_SCHOOL = services.For(audience=Audience.NAMED, named_ids=frozenset({OrganizationId("school")}))
FOR_STRANGERS = services.For(audience=Audience.NAMED, named_ids=frozenset({OrganizationId("nergens")}))
FOR_NOBODY = services.For(audience=Audience.NAMED)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture(autouse=True)
def _plein():
    row = scenes.a_situation()
    scenes.an_invitation(row, "politie")
    scenes.an_invitation(row, "school")


def furnish(meant_for=OWN, **parts):
    return services.Furnishing(
        **{"title": "Rooster", "text": SECRET, "meant_for": meant_for, "opens_on": DAY, **parts}
    )


def open_room(meant_for=OWN, *, actor=KAREL, **parts):
    return services.open_room(PLEIN, furnish(meant_for, **parts), actor=actor, at=NOON)


def tell(meant_for=OWN, *, actor=KAREL, state=PartnerState.BUSY, words=""):
    standing = services.Standing(state=state, words=words, meant_for=meant_for)
    services.tell_status(PLEIN, standing, actor=actor, on=DAY, at=NOON)


def last():
    return AuditEvent.objects.filter(network_id="kruisveld").order_by("-number")[0]


class TestOpenRoom:
    def test_keeps_what_it_holds_and_for_whom(self):
        room_id = open_room(FOR_SCHOOL, closes_on=DAY + timedelta(days=9))

        row = models.Room.objects.get(pk=room_id)
        assert (row.title, row.text, row.source_text_id) == ("Rooster", SECRET, "politie")
        assert (row.audience, row.named_ids, row.closes_on) == (
            "named", ["school"], DAY + timedelta(days=9),
        )  # fmt: skip

    def test_tells_the_story_to_its_readers_only_and_no_word_to_the_log(self):
        room_id = open_room(FOR_SCHOOL)

        line = models.StoryLine.objects.get()
        assert (line.event, line.subject_id, line.audience, line.named_ids) == (
            "part_shared", room_id, "named", ["school"],
        )  # fmt: skip
        assert last().act == "situation.room_opened"
        assert not any("rooster" in each.facts.lower() for each in AuditEvent.objects.all())

    @pytest.mark.parametrize(
        ("wrong", "error"),
        [
            ({"text": PERSONAL}, text.PersonalDataFound),
            ({"title": PERSONAL}, text.PersonalDataFound),
            ({"title": " "}, text.EmptyText),
            ({"text": ""}, text.EmptyText),
            ({"closes_on": DAY - timedelta(days=1)}, situations.ReadersUnclear),
            ({"meant_for": FOR_NOBODY}, situations.ReadersUnclear),
            ({"meant_for": FOR_STRANGERS}, situations.NotInCoalition),
        ],
    )
    def test_refuses_what_will_not_do(self, wrong, error):
        with pytest.raises(error):
            open_room(**wrong)

        assert not models.Room.objects.exists()

    @pytest.mark.parametrize("actor", [MO, VERA])
    def test_is_not_there_for_who_takes_no_part(self, actor):
        with pytest.raises(access.SituationNotFound):
            open_room(actor=actor)

        assert not models.Room.objects.exists()

    def test_is_not_for_a_coordinator_who_takes_no_part(self):
        with pytest.raises(situations.NotInCoalition):
            open_room(actor=RIA)

        assert not models.Room.objects.exists()

    def test_is_closed_once_it_has_ended(self):
        models.Situation.objects.update(state="dismissed", reason="Voorbij.", ended_on=DAY)

        with pytest.raises(situations.StepClosed):
            open_room()

        assert not models.Room.objects.exists()


class TestChangeRoom:
    def test_changes_what_it_holds_and_for_whom(self):
        room_id = open_room()

        services.change_room(PLEIN, room_id, furnish(FOR_SCHOOL, title="Nieuw"), actor=KAREL, at=NOON)

        row = models.Room.objects.get()
        assert (row.title, row.audience, row.source_text_id) == ("Nieuw", "named", "politie")
        assert last().act == "situation.room_changed"

    @pytest.mark.parametrize("actor", [NOOR, JOKE, BAS])
    def test_is_not_for_another_partner_even_one_who_reads_it(self, actor):
        room_id = open_room(services.For())

        with pytest.raises(services.RoomNotFound):
            services.change_room(PLEIN, room_id, furnish(title="Nieuw"), actor=actor, at=NOON)

        assert models.Room.objects.get().title == "Rooster"

    def test_finds_only_what_is_of_this_situation(self):
        scenes.a_situation("elders", owner="politie")
        room_id = services.open_room(SituationId("elders"), furnish(), actor=KAREL, at=NOON)

        with pytest.raises(services.RoomNotFound):
            services.change_room(PLEIN, room_id, furnish(title="Nieuw"), actor=KAREL, at=NOON)

        assert models.Room.objects.get().title == "Rooster"


class TestRemoveRoom:
    def test_takes_it_away_with_what_stood_in_it(self):
        room_id = open_room()

        services.remove_room(PLEIN, room_id, actor=KAREL, at=NOON)

        assert not models.Room.objects.exists()
        assert last().act == "situation.room_removed"

    @pytest.mark.parametrize("actor", [NOOR, BAS, RIA])
    def test_is_not_for_others(self, actor):
        room_id = open_room(services.For())

        with pytest.raises(services.RoomNotFound):
            services.remove_room(PLEIN, room_id, actor=actor, at=NOON)

        assert models.Room.objects.exists()

    def test_is_not_found_twice(self):
        with pytest.raises(services.RoomNotFound):
            services.remove_room(PLEIN, PartId("weg"), actor=KAREL, at=NOON)

        assert not models.StoryLine.objects.exists()


class TestTellStatus:
    def test_stands_until_it_is_said_anew(self):
        tell(state=PartnerState.LOOKING)

        tell(FOR_SCHOOL, words="Wij zijn er dinsdag weer.")

        row = models.Status.objects.get()
        assert (row.state, row.words, row.audience) == ("busy", "Wij zijn er dinsdag weer.", "named")
        assert row.told_on == DAY
        assert last().act == "situation.status_told"

    def test_is_one_a_partner(self):
        tell()
        tell(actor=NOOR, state=PartnerState.READY)

        found = models.Status.objects.order_by("source_text_id").values_list("source_text_id", "state")
        assert list(found) == [("jongerenwerk", "ready"), ("politie", "busy")]

    def test_tells_the_story_to_its_readers_only(self):
        tell(OWN)

        line = models.StoryLine.objects.get()
        assert (line.event, line.what, line.audience) == ("status", "busy", "own")

    def test_refuses_words_that_point_at_a_person(self):
        with pytest.raises(text.PersonalDataFound):
            tell(words=PERSONAL)

        assert not models.Status.objects.exists()

    def test_is_for_partners_only_where_they_are_named(self):
        with pytest.raises(situations.NotInCoalition):
            tell(FOR_STRANGERS)

        assert not models.Status.objects.exists()

    def test_is_not_for_a_coordinator_who_takes_no_part(self):
        with pytest.raises(situations.NotInCoalition):
            tell(actor=RIA)

        assert not models.Status.objects.exists()
