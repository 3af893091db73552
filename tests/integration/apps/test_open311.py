# SPDX-License-Identifier: EUPL-1.2
"""Acts on reports of other systems: who may, what is kept, what becomes of it, and that nothing is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.members.access import NotForThisRole
from scharnier.apps.open311 import access, models, selectors, services
from scharnier.apps.people.access import OrganizationNotFound
from scharnier.apps.people.models import Account
from scharnier.apps.referral import services as referrals
from scharnier.apps.referral.models import Referral, Turn
from scharnier.core.kernel import NetworkId, OrganizationId, Role, TopicId
from scharnier.core.referral import About, State
from scharnier.core.text import PersonalDataFound
from scharnier.formats.open311 import Point, Query, Status
from tests.factories import DAY, NOON
from tests.integration.apps import open311_scenes as scenes
from tests.integration.apps import referral_scenes
from tests.integration.apps.open311_scenes import KRUISVELD, LITTER, RIA, WORDS, the_report
from tests.integration.apps.referral_scenes import AD, BAS, ELS, NOOR, WIM

pytestmark = pytest.mark.django_db
OTHERS = [NOOR, BAS, ELS, WIM, AD]
LATER = NOON + timedelta(days=1)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def key():
    scenes.offer()
    return scenes.a_key()


def acts():
    return list(AuditEvent.objects.order_by("number").values_list("act", flat=True))


def asked(**parts):
    return Query(**{"since": NOON - timedelta(days=30), "until": NOON + timedelta(days=30), **parts})


def published(**parts):
    return selectors.requests(KRUISVELD, asked(**parts), language="nl")


class TestOffer:
    def test_takes_reports_on_a_topic_and_records_it(self):
        scenes.offer(to="schuldhulp")

        row = models.Offer.objects.get()
        assert (row.topic_id, row.organization.text_id, row.keeper.person.text_id) == (
            "litter",
            "schuldhulp",
            "ria",
        )
        assert acts()[-1] == "reporting.offered"

    def test_replaces_what_was_chosen_before(self):
        scenes.offer(to="schuldhulp")
        scenes.offer()

        assert models.Offer.objects.get().organization is None

    @pytest.mark.parametrize("topic", ["debt", "ufo"])
    def test_takes_public_space_only(self, topic):
        with pytest.raises(services.NotReportable):
            scenes.offer(topic)
        assert not models.Offer.objects.exists()

    def test_names_an_organization_of_the_network(self):
        with pytest.raises(OrganizationNotFound):
            scenes.offer(to="weg")

    @pytest.mark.parametrize("actor", OTHERS)
    def test_is_for_coordinators(self, actor):
        with pytest.raises(NotForThisRole):
            scenes.offer(actor=actor)
        assert not models.Offer.objects.exists()

    @pytest.mark.usefixtures("key")
    def test_ends_when_it_is_withdrawn(self):
        services.withdraw(LITTER, actor=RIA, at=NOON)

        assert acts()[-1] == "reporting.withdrawn"
        with pytest.raises(access.UnknownJurisdiction):
            selectors.services(KRUISVELD, language="nl")

    @pytest.mark.usefixtures("key")
    @pytest.mark.parametrize(("actor", "topic"), [(NOOR, "litter"), (RIA, "trees")])
    def test_is_not_found_by_others_nor_when_it_is_none(self, actor, topic):
        with pytest.raises(access.OfferNotFound):
            services.withdraw(TopicId(topic), actor=actor, at=NOON)
        assert models.Offer.objects.exists()


class TestKey:
    def test_is_kept_as_a_digest_only(self):
        key = scenes.a_key()

        row = models.Key.objects.get()
        assert key not in str(row.__dict__)
        assert len(key) >= 40
        assert acts()[-1] == "reporting.key_made"

    def test_has_a_name_of_its_own_while_it_works(self):
        scenes.a_key()
        with pytest.raises(services.NameTaken):
            scenes.a_key()

        services.revoke_key(models.Key.objects.get().pk, actor=RIA, at=NOON)
        scenes.a_key()
        assert models.Key.objects.count() == 2

    def test_is_one_of_twenty_at_most(self):
        for number in range(services.MOST_KEYS):
            scenes.a_key(f"systeem {number}")

        with pytest.raises(services.TooManyKeys):
            scenes.a_key("nog een")

    def test_lets_nobody_report_once_it_is_taken_back(self, key):
        services.revoke_key(models.Key.objects.get().pk, actor=RIA, at=NOON)

        with pytest.raises(access.WrongKey):
            scenes.receive(key)
        assert acts()[-1] == "reporting.key_revoked"

    @pytest.mark.parametrize("actor", OTHERS)
    def test_is_for_coordinators(self, actor):
        with pytest.raises(NotForThisRole):
            scenes.a_key(actor=actor)

    @pytest.mark.usefixtures("key")
    def test_is_not_found_by_others(self):
        with pytest.raises(access.KeyNotFound):
            services.revoke_key(models.Key.objects.get().pk, actor=NOOR, at=NOON)
        assert models.Key.objects.get().revoked_at is None


class TestReceive:
    def test_waits_for_a_coordinator_when_no_organization_is_chosen(self, key):
        report_id = scenes.receive(key)

        row = the_report()
        assert (row.id, row.text, row.address, row.referral) == (report_id, WORDS, "Plein", None)
        assert not Referral.objects.exists()
        assert acts()[-1] == "report.received"
        assert models.Key.objects.get().used_at == NOON

    def test_asks_the_organization_that_a_coordinator_chose(self, key):
        scenes.offer(to="schuldhulp")
        scenes.receive(key)

        turn = Turn.objects.get()
        assert turn.state == State.REQUESTED.value
        assert turn.organization.text_id == "schuldhulp"
        made = the_report().referral
        assert made.sender_text_id == "ria"
        assert made.text == f"zwerfafval (Plein): {WORDS}"
        assert made.topic_ids == ["litter"]
        assert the_report().text == ""
        assert acts()[-3:] == ["referral.made", "referral.sent", "report.received"]

    def test_waits_when_who_chose_the_organization_is_no_coordinator_any_more(self, key):
        scenes.offer(to="schuldhulp")
        Account.objects.filter(person__text_id="ria").update(role=Role.PROFESSIONAL.value)

        scenes.receive(key)
        assert the_report().referral is None
        assert the_report().text == WORDS

    def test_waits_when_who_chose_the_organization_has_no_account_any_more(self, key):
        scenes.offer(to="schuldhulp")
        Account.objects.filter(person__text_id="ria").delete()

        scenes.receive(key)
        assert the_report().referral is None

    def test_waits_when_its_words_make_no_referral(self, key):
        scenes.offer(to="schuldhulp")

        scenes.receive(key, description="zxcv qwrt " * 300)

        assert the_report().referral is None
        assert the_report().text.startswith("zxcv")
        assert not Referral.objects.exists()
        assert acts()[-1] == "report.received"

    def test_is_in_the_area_around_its_place(self, key):
        scenes.receive(key, point=Point(latitude=52.123456789, longitude=5.25))

        row = the_report()
        assert row.area.text_id == "noord"
        assert (row.latitude, row.longitude) == (52.12346, 5.25)

    def test_is_in_no_area_outside_all(self, key):
        scenes.receive(key, point=Point(latitude=10, longitude=10))

        assert the_report().area is None

    @pytest.mark.usefixtures("key")
    @pytest.mark.parametrize("wrong", ["", "geraden", "x" * 10_000])
    def test_needs_a_key(self, wrong):
        with pytest.raises(access.WrongKey):
            scenes.receive(wrong)
        assert not models.Report.objects.exists()

    def test_needs_a_topic_that_may_be_reported(self, key):
        with pytest.raises(access.OfferNotFound):
            scenes.receive(key, service_code="trees")

    def test_needs_a_network_that_takes_reports(self, key):
        with pytest.raises(access.UnknownJurisdiction):
            scenes.receive(key, network_id=NetworkId("elders"))

    def test_is_refused_after_sixty_in_an_hour_and_not_later(self, key):
        for _ in range(services.MOST_AN_HOUR):
            scenes.receive(key)

        with pytest.raises(services.TooManyReports):
            scenes.receive(key, at=NOON + timedelta(minutes=59))
        scenes.receive(key, at=NOON + timedelta(minutes=60))
        assert models.Report.objects.count() == services.MOST_AN_HOUR + 1

    def test_counts_for_each_key_alone(self, key):
        other = scenes.a_key("Waterschap")
        for _ in range(services.MOST_AN_HOUR):
            scenes.receive(key)

        assert scenes.receive(other)


class TestBring:
    def test_makes_a_referral_of_a_report_and_asks(self, key):
        report_id = scenes.receive(key)

        services.bring(
            report_id,
            text="Er ligt zwerfafval op het plein.",
            organization_id=OrganizationId("jongerenwerk"),
            actor=RIA,
            on=DAY,
            at=NOON,
        )

        assert Turn.objects.get().organization.text_id == "jongerenwerk"
        assert the_report().referral.text == "Er ligt zwerfafval op het plein."
        assert the_report().text == ""
        assert acts()[-1] == "report.brought"

    def test_happens_once(self, key):
        report_id = scenes.receive(key)
        said = {
            "text": "Er ligt zwerfafval op het plein.",
            "organization_id": OrganizationId("jongerenwerk"),
            "actor": RIA,
            "on": DAY,
            "at": NOON,
        }
        services.bring(report_id, **said)

        with pytest.raises(access.ReportNotFound):
            services.bring(report_id, **said)
        assert Referral.objects.count() == 1

    def test_leaves_nothing_half_done(self, key):
        report_id = scenes.receive(key)

        with pytest.raises(PersonalDataFound):
            services.bring(
                report_id,
                text="Bel de buurman op 06-12345678.",
                organization_id=OrganizationId("jongerenwerk"),
                actor=RIA,
                on=DAY,
                at=NOON,
            )
        assert the_report().text == WORDS
        assert not Referral.objects.exists()

    @pytest.mark.parametrize("actor", OTHERS)
    def test_is_for_coordinators(self, key, actor):
        report_id = scenes.receive(key)

        with pytest.raises(access.ReportNotFound):
            services.lay_aside(report_id, actor=actor, at=NOON)
        with pytest.raises(access.ReportNotFound):
            services.bring(
                report_id, text="x", organization_id=OrganizationId("x"), actor=actor, on=DAY, at=NOON
            )
        assert the_report().dropped_at is None

    def test_is_not_needed_for_what_is_nothing_for_the_network(self, key):
        report_id = scenes.receive(key)

        services.lay_aside(report_id, actor=RIA, at=NOON)
        assert the_report().text == ""
        assert acts()[-1] == "report.laid_aside"
        (shown,) = published()
        assert shown.status is Status.CLOSED


class TestRows:
    def test_hold_no_report_that_is_both_a_referral_and_laid_aside(self, key):
        scenes.offer(to="schuldhulp")
        scenes.receive(key)

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Report.objects.update(dropped_at=NOON)

    @pytest.mark.parametrize("wrong", [{"latitude": 52.0}, {"latitude": 91.0, "longitude": 5.0}])
    def test_hold_no_half_place_and_none_off_the_earth(self, key, wrong):
        scenes.receive(key)

        with pytest.raises(IntegrityError), transaction.atomic():
            models.Report.objects.update(**wrong)


class TestWhatIsPublished:
    def test_is_a_report_that_nobody_was_asked_about(self, key):
        report_id = scenes.receive(key, point=Point(latitude=52.1, longitude=5.25))

        (shown,) = published()
        assert (shown.id, shown.service_code, shown.service_name) == (report_id, "litter", "zwerfafval")
        assert shown.status is Status.OPEN
        assert "nog niemand gevraagd" in shown.status_notes
        assert shown.address == "Plein"
        assert shown.point == Point(latitude=52.1, longitude=5.25)

    @pytest.mark.parametrize(("is_public", "words"), [(True, WORDS), (False, "")])
    def test_holds_words_only_if_whoever_reported_agreed(self, key, is_public, words):
        scenes.receive(key, is_public=is_public)

        assert published()[0].description == words

    def test_follows_the_referral_under_the_number_of_the_report(self, key):
        scenes.offer(to="schuldhulp")
        report_id = scenes.receive(key, is_public=True)
        turn_id = referral_scenes.turns_of(the_report().referral_id)[0]
        referrals.accept(turn_id, actor=referral_scenes.KAREL, on=DAY, at=LATER)
        referrals.complete(turn_id, result="Opgeruimd.", actor=referral_scenes.KAREL, on=DAY, at=LATER)

        (shown,) = published()
        assert shown.id == report_id
        assert shown.agency == "Schuldhulp"
        assert WORDS in shown.description
        assert "karel" not in repr(shown).lower()
        assert "Opgeruimd" not in repr(shown)

    @pytest.mark.usefixtures("key")
    def test_is_a_referral_made_here_on_such_a_topic_without_its_words(self):
        referral_id = referral_scenes.sent(referral_scenes.an_organization_of(), topics=frozenset({LITTER}))

        (shown,) = published()
        assert shown.id == referral_id
        assert shown.description == ""
        assert "noor" not in repr(shown).lower()

    @pytest.mark.usefixtures("key")
    def test_is_no_draft_no_other_topic_and_nothing_about_a_resident(self):
        referral_scenes.draft(topics=frozenset({LITTER}))
        referral_scenes.sent(topics=frozenset({TopicId("debt")}))
        referral_scenes.sent(topics=frozenset({TopicId("trees")}))
        referral_scenes.sent(
            about=About.RESIDENT,
            purpose="hulp bij het opruimen",
            consented_on=DAY,
            topics=frozenset({LITTER}),
        )

        assert published() == ()

    def test_ends_with_the_offer(self, key):
        scenes.offer("trees")
        scenes.receive(key)
        services.withdraw(LITTER, actor=RIA, at=NOON)

        assert published() == ()

    def test_is_what_was_asked_for(self, key):
        scenes.offer("trees")
        first = scenes.receive(key)
        second = scenes.receive(key, service_code="trees", at=LATER)

        assert [one.id for one in published()] == [second, first]
        assert [one.id for one in published(service_codes=frozenset({"trees"}))] == [second]
        assert [one.id for one in published(until=NOON)] == [first]
        assert published(statuses=frozenset({Status.CLOSED})) == ()

    def test_is_found_by_number_whatever_else_was_asked(self, key):
        first = scenes.receive(key)
        scenes.receive(key)
        query = {
            "request_ids": frozenset({first, "geraden"}),
            "statuses": frozenset({Status.CLOSED}),
            "service_codes": frozenset({"trees"}),
            "since": NOON - timedelta(days=1),
            "until": NOON + timedelta(days=1),
        }

        assert [one.id for one in published(**query)] == [first]

    def test_takes_the_same_queries_for_many_as_for_few(self, key, django_assert_max_num_queries):
        scenes.offer(to="schuldhulp")
        for _ in range(12):
            scenes.receive(key)
            referral_scenes.sent(referral_scenes.an_organization_of(), topics=frozenset({LITTER}))

        with django_assert_max_num_queries(26):
            assert len(published()) == 24
