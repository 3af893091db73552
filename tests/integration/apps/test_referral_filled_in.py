# SPDX-License-Identifier: EUPL-1.2
"""Whatever is filled in or asked for: it is stored whole or not at all, and the answer is a sentence."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scharnier.apps.audit.models import AuditEvent as Logged
from scharnier.apps.mail.models import Message
from scharnier.apps.people.models import Area, Community, ResidentGroup, Service
from scharnier.apps.referral import answering, models, services
from scharnier.core.kernel import OrganizationId, ResidentGroupId, Role
from scharnier.core.referral import About, Reason
from tests.factories import DAY, NOON
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import KAREL, NOOR, ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
NEW, WORK = reverse("referral:new"), reverse("referral:work")
KEY = "6f1c9d8e-1f0a-4a7b-9a66-0d6a3f0f9d11"
ODD = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PARTS = {
    "text": st.sampled_from([scenes.WORDS, "", "  ", "Bel 06-12345678", "x" * 6000, "王" * 40, "a\x00b c"])
    | ODD,
    "place": st.sampled_from(["", "Noord", "noord", "Atlantis", "\x00", "x" * 300]) | ODD,
    "to": st.sampled_from(
        ["person:karel", "person:noor", "person:stil", "organization:schuldhulp", "organization:", "", ":"]
    )
    | ODD,
    "about": st.sampled_from([*(about.value for about in About), "", "iets"]),
    "resident_group": st.sampled_from(["", "jongeren", "weg"]),
    "purpose": st.sampled_from(["", "hulp bij formulieren", "x" * 250]),
    "consented_on": st.sampled_from(["", "2026-03-01", "31-02-2026", "0000-00-00", "9999-12-31", "gisteren"]),
    "on_behalf": st.sampled_from(["", "schuldhulp", "jongerenwerk"]),
    "key": st.sampled_from([KEY, "", "x", "\x00"]),
    "way": st.sampled_from(["", "introduced", "directly", "omweg"]),
    "proposed": st.sampled_from(["", "x:y:z"]),
}
QUICK = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
PAGES = ["", "0", "-1", "2", "99999", "999999", "1e3", "²", "٣", "x", " 2", "2;drop", "\x00", "9" * 400]
DESK = reverse("referral_link:answering", args=["schuldhulp"])


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    scenes.settle()


@pytest.fixture
def as_(sign_in):
    return lambda name: sign_in(name, role=ROLES[name])


def stored():
    kinds = (models.Referral, models.Turn, models.Event, models.Introduction, Message, Logged)
    return [kind.objects.count() for kind in kinds]


def page_of(made):
    return reverse("referral:referral", args=[made])


class TestRefer:
    @QUICK
    @given(said=st.fixed_dictionaries({}, optional=PARTS), button=st.sampled_from(["send", "keep", ""]))
    def test_stores_all_of_what_is_filled_in_or_nothing(self, as_, said, button):
        with transaction.atomic():
            client, before = as_("karel"), stored()
            answer = client.post(NEW, {**said, **({button: "1"} if button else {})})
            after, whole = stored(), list(models.Referral.objects.all())
            n_turns = models.Turn.objects.count()
            transaction.set_rollback(True)

        assert answer.status_code in ({302, 422} if button else {200})
        if answer.status_code == 302:
            assert [row.text for row in whole] == [said["text"].strip().replace("\x00", "")]
            assert n_turns == 1
        else:
            assert after == before

    @pytest.mark.parametrize(
        "to", ["person:\x00", "person:", "x", "organization:weg", "person:" + "a" * 3000, "😀"]
    )
    def test_opens_from_whatever_address(self, as_, to):
        answer = as_("noor").get(NEW, {"to": to})

        assert answer.status_code == 200
        assert "selected" not in answer.text.split('name="to"')[1].split("</select>")[0].replace(
            '<option value="" selected', ""
        )


class TestPages:
    def test_of_what_waits_are_there_whatever_is_asked_for(self, as_):
        scenes.sent()
        karel = as_("karel")

        for page in PAGES:
            answer = karel.get(WORK, {"mine_page": page, "organizations_page": page, "network_page": page})
            assert (page, answer.status_code) == (page, 200)
            assert answer.text.count(scenes.WORDS) <= 1

    def test_lose_nothing_between_the_first_and_the_last(self, as_):
        n = 52
        for number in range(n):
            scenes.draft(text=f"Vraag nummer {number:03} over geld op het plein")
        noor = as_("noor")

        seen = [noor.get(WORK, {"mine_page": page}).text for page in ("1", "2")]

        for number in range(n):
            assert sum(f"Vraag nummer {number:03} " in html for html in seen) == 1


class TestGone:
    """Something that a referral points at is deleted: an area, a group, a service, a community."""

    def of_everything(self):
        return scenes.sent(
            scenes.a_service_of(),
            text=scenes.WORDS,
            about=About.GROUP,
            resident_group_id=ResidentGroupId("jongeren"),
            area_id="noord",
        )

    @pytest.mark.parametrize("kind", [Area, ResidentGroup, Service, Community])
    def test_leaves_the_pages_standing(self, as_, kind):
        made = self.of_everything()

        kind.objects.filter(network_id="kruisveld").delete()

        for name in ("noor", "ria"):
            client = as_(name)
            assert client.get(page_of(made)).status_code == 200
            assert client.get(WORK).status_code == 200
            assert scenes.WORDS in client.get(page_of(made)).text

    def test_area_leaves_the_next_page_its_proposals(self, as_):
        made = scenes.sent(area_id="noord")
        said = services.Decline(reason=Reason.NO_CAPACITY)
        services.decline(scenes.turns_of(made)[0], said, actor=KAREL, on=DAY, at=NOON)
        Area.objects.filter(network_id="kruisveld").delete()

        assert as_("noor").get(reverse("referral:next", args=[made])).status_code == 200


class TestAnsweringPage:
    def asked(self, n, *, n_answered):
        for number in range(n):
            made = scenes.sent(scenes.an_organization_of())
            if number < n_answered:
                services.accept(scenes.turns_of(made)[0], actor=KAREL, on=DAY, at=NOON)
            else:
                services.lapse(scenes.turns_of(made)[0], actor=scenes.CLOCK, on=DAY, at=NOON)

    @pytest.mark.parametrize("n", [0, 4])
    def test_counts_nothing_of_fewer_than_five(self, as_, n):
        self.asked(n, n_answered=n // 2)

        shown = as_("karel").get(DESK).text.split("<main")[1]

        assert "nog geen vijf keer" in shown
        assert " %</dd>" not in shown

    @pytest.mark.parametrize(("n", "n_answered", "said"), [(5, 5, "0 %"), (5, 0, "100 %"), (6, 4, "33 %")])
    def test_counts_from_five_on(self, as_, n, n_answered, said):
        self.asked(n, n_answered=n_answered)

        shown = as_("joke").get(DESK).text.split("<main")[1]

        assert f"<dd>{said}</dd>" in shown
        assert f"<dd>{n} keer</dd>" in shown

    @pytest.mark.parametrize("n_days", ["", "4", "41", "-5", "5.5", "x", "²", "9" * 50, "\x00"])
    def test_refuses_what_is_no_time_to_answer_and_keeps_the_old_one(self, as_, n_days):
        answering.set_days(OrganizationId("schuldhulp"), 7, actor=KAREL, at=NOON)

        answer = as_("karel").post(DESK, {"n_days": n_days})

        assert answer.status_code == 422
        assert models.AnswerTime.objects.get().n_days == 7
        assert 'class="utrecht-alert utrecht-alert--error' in answer.text

    @pytest.mark.parametrize("n_days", [5, 40])
    def test_sets_the_shortest_and_the_longest(self, as_, n_days):
        answer = as_("karel").post(DESK, {"n_days": str(n_days)}, follow=True)

        assert f'value="{n_days}"' in answer.text
        assert "Opgeslagen" in answer.text or "Bewaard" in answer.text
        assert models.AnswerTime.objects.get().n_days == n_days

    @pytest.mark.parametrize("name", ["noor", "bas", "els", "wim"])
    def test_is_not_there_for_others(self, as_, name):
        client = as_(name)

        assert client.get(DESK).status_code == 404
        assert client.post(DESK, {"n_days": "9"}).status_code == 404
        assert not models.AnswerTime.objects.exists()


class TestFigures:
    @pytest.mark.parametrize(("n", "is_told"), [(4, False), (5, True), (6, True)])
    def test_are_told_from_five_on_with_their_number(self, as_, n, is_told):
        for _ in range(n):
            scenes.tell(scenes.done())

        shown = as_("ria").get(reverse("referral:adequacy")).text

        assert (f"{n} doorverwijzingen zijn klaar." in shown) is is_told
        assert ("nog geen vijf doorverwijzingen" in shown) is not is_told

    def test_count_nothing_that_was_a_mistake_or_still_runs(self, as_):
        for number in range(6):
            made = scenes.sent() if number == 0 else scenes.done()
            if number == 1:
                services.void(scenes.turns_of(made)[0], cause="Dubbel.", actor=NOOR, on=DAY, at=NOON)
            elif number > 1:
                scenes.tell(made)

        assert "nog geen vijf doorverwijzingen" in as_("ria").get(reverse("referral:adequacy")).text


class TestRevoke:
    def test_says_so_when_there_was_no_link(self, as_):
        made = scenes.sent()
        turn_id = scenes.turns_of(made)[0]

        answer = as_("noor").post(reverse("referral_link:revoke_links", args=[made, turn_id]), follow=True)

        assert "Er was geen link die werkte." in answer.text
        assert not models.Link.objects.exists()


class TestElsewhere:
    def test_finds_nothing_by_any_address_of_another_network(self, sign_in):
        made = scenes.sent()
        turn_id = scenes.turns_of(made)[0]
        vera = sign_in("vera", network_id="elders", role=Role.COORDINATOR)
        before = stored()
        addresses = [
            *(reverse(f"referral:{name}", args=[made]) for name in ("send", "next", "give_up", "outcome")),
            *(reverse("referral:step", args=[made, turn_id, step]) for step in ("accept", "void", "remark")),
            reverse("referral_link:outcome_link", args=[made]),
            reverse("referral_link:revoke_links", args=[made, turn_id]),
            DESK,
        ]

        for address in addresses:
            assert (address, vera.post(address, {"cause": "x", "n_days": "9"}).status_code) == (address, 404)
        assert stored() == before
        assert vera.get(page_of(made)).status_code == 404
        assert scenes.WORDS not in vera.get(WORK).text
