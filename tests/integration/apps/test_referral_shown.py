# SPDX-License-Identifier: EUPL-1.2
"""What people write is shown as they wrote it and as nothing else; days are days where the network is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils.html import escape

from scharnier.apps.mail.composing import Letter, in_html
from scharnier.apps.people.models import Organization
from scharnier.apps.referral import models, services, telling
from scharnier.core import text
from scharnier.core.kernel import PersonId
from scharnier.core.referral import Party, Reason
from tests.factories import DAY, NOON
from tests.integration.apps import letters_scenes as mailed
from tests.integration.apps import referral_scenes as scenes
from tests.integration.apps.referral_scenes import KAREL, NOOR, ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
WORK = reverse("referral:work")
EVIL = "<script>alert(1)</script> & \"<img src=x onerror=alert(2)>' ruzie"
SIGNS = ("<script>alert", "<img src=x")
NAMES = ["Zoë Ünal-Ðorđević", "O'Brien & <b>Zn</b>", "王小明", "نور", "Jo̊ 👩🏽‍🔧", "A" * 150]
LONGEST = ("Er is ruzie op het plein. " * 80)[:2000].strip()
LATE = datetime(2026, 3, 30, 21, 30, tzinfo=UTC)  # half past eleven in the evening, in summer time
NIGHT = datetime(2026, 3, 30, 22, 30, tzinfo=UTC)  # half past midnight: the next day here, not in UTC


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground):
    mailed.settle()


@pytest.fixture
def as_(sign_in):
    return lambda name: sign_in(name, role=ROLES[name])


def page_of(made):
    return reverse("referral:referral", args=[made])


def step_of(made, step):
    return reverse("referral:step", args=[made, scenes.turns_of(made)[0], step])


class TestWhatIsWritten:
    def told_everything(self):
        """Return a referral in which everybody wrote the same, wherever one can write."""
        made = scenes.sent(text=EVIL)
        (turn_id,) = scenes.turns_of(made)
        when = {"on": DAY, "at": NOON}
        services.remark(turn_id, words=EVIL, actor=KAREL, **when)
        services.accept(turn_id, actor=KAREL, **when)
        services.pause(turn_id, until=DAY + timedelta(days=3), words=EVIL, actor=KAREL, **when)
        services.complete(turn_id, result=EVIL, actor=KAREL, **when)
        scenes.tell(made, words=EVIL)
        return made

    @pytest.mark.parametrize("name", ["noor", "karel"])
    def test_is_shown_as_words_on_the_page_of_the_referral(self, as_, name):
        shown = as_(name).get(page_of(self.told_everything())).text

        assert [sign for sign in SIGNS if sign in shown] == []
        assert shown.count(escape(EVIL)) >= 4  # the need, what was said, the result, how it helped

    def test_is_shown_as_words_when_it_is_declined_and_asked_again(self, as_):
        made = scenes.sent(text=EVIL)
        said = services.Decline(reason=Reason.OTHER, words=EVIL, rather=Party(person_id=PersonId("bas")))
        services.decline(scenes.turns_of(made)[0], said, actor=KAREL, on=DAY, at=NOON)
        noor = as_("noor")

        for address in (page_of(made), reverse("referral:next", args=[made]), WORK):
            shown = noor.get(address).text
            assert [sign for sign in SIGNS if sign in shown] == []
            assert escape("<script>alert(1)") in shown

    @pytest.mark.parametrize("step", ["decline", "pause", "complete", "fail", "remark"])
    def test_is_shown_as_words_on_each_form(self, as_, step):
        made = scenes.sent(text=EVIL)
        services.accept(scenes.turns_of(made)[0], actor=KAREL, on=DAY, at=NOON)

        shown = as_("karel").post(step_of(made, step), {"words": EVIL, "result": EVIL, "hours": EVIL}).text

        assert [sign for sign in SIGNS if sign in shown] == []

    def test_is_shown_as_words_to_who_holds_a_link(self):
        made = scenes.draft(mailed.PIET, text=EVIL)
        telling.send_all(made, actor=NOOR, on=DAY, at=NOON)

        shown = mailed.a_stranger().get(f"/r/{mailed.token_to('piet@example.org')}/").text

        assert [sign for sign in SIGNS if sign in shown] == []
        assert escape("<script>alert(1)") in shown

    def test_is_in_no_mail_and_a_name_in_a_mail_is_words(self):
        scenes.person("noor").__class__.objects.filter(text_id="noor").update(name=EVIL)
        mailed.sent(scenes.BY_KAREL)

        (message,) = mailed.drain()
        written = in_html(Letter(subject=message.subject, text=message.text), language="nl")
        assert [sign for sign in SIGNS if sign in written] == []
        assert "alert(1)" in written

    def test_leads_the_headers_of_a_mail_nowhere(self):
        name = "Noor\r\nBcc: iemand@example.org"
        scenes.person("noor").__class__.objects.filter(text_id="noor").update(name=name)
        mailed.sent(scenes.BY_KAREL)

        (message,) = mailed.drain()
        assert "\n" not in message.subject
        assert "\nBcc:" not in message.text

    def test_may_be_long_and_is_not_lost_when_it_is_too_long(self, as_):
        made, karel = scenes.sent(text=LONGEST), as_("karel")
        fits, too_long = LONGEST[: text.LONGEST_WORDS].strip(), f"{LONGEST} En zo verder."

        kept = karel.post(step_of(made, "remark"), {"words": fits})
        refused = karel.post(step_of(made, "remark"), {"words": too_long})

        assert (kept.status_code, refused.status_code) == (302, 422)
        assert models.Remark.objects.get().words == fits
        assert LONGEST in karel.get(page_of(made)).text
        assert "En zo verder." in refused.text

    def test_is_cut_between_words_in_a_list(self, as_):
        scenes.sent(text=LONGEST)

        shown = as_("karel").get(WORK).text

        assert LONGEST[:100] not in shown
        assert " …" in shown


class TestNames:
    @pytest.mark.parametrize("name", NAMES)
    def test_are_shown_as_they_are_spelt(self, as_, name):
        scenes.person("karel").__class__.objects.filter(text_id="karel").update(name=name)
        made = scenes.sent()
        noor = as_("noor")

        for address in (page_of(made), WORK):
            assert name not in noor.get(address).text or name == escape(name)
        assert escape(name) in noor.get(page_of(made)).text

    @pytest.mark.parametrize("name", NAMES)
    def test_of_organizations_reach_the_mail_and_the_page(self, as_, name):
        Organization.objects.filter(text_id="schuldhulp").update(name=name)
        made = mailed.sent(scenes.an_organization_of())

        assert escape(name) in as_("noor").get(page_of(made)).text
        assert {message.to for message in mailed.drain()} == {
            mailed.address_of("karel"),
            mailed.address_of("joke"),
        }


class TestDays:
    def test_are_those_of_the_network_late_in_the_evening(self, as_):
        made = scenes.sent(at=LATE)

        shown = as_("noor").get(page_of(made)).text

        assert 'title="30 maart 2026 23:30">30 maart</time>' in shown
        assert "31 maart" not in shown

    def test_are_those_of_the_network_after_midnight(self, as_):
        made = scenes.sent(at=NIGHT)

        shown = as_("noor").get(page_of(made)).text

        assert 'title="31 maart 2026 00:30">31 maart</time>' in shown
        assert "30 maart" not in shown

    @pytest.mark.parametrize(("at", "ago"), [(LATE, "gisteren"), (NIGHT, "vandaag")])
    def test_since_which_it_waits_count_from_midnight_here(self, as_, settings, at, ago):
        scenes.sent(at=at)
        settings.DAY = datetime(2026, 3, 31, tzinfo=UTC).date()

        assert f">{ago}</time>" in as_("karel").get(WORK).text


class TestLanguage:
    def test_is_the_readers_and_leaves_what_people_wrote(self, as_):
        made = scenes.sent()
        karel = as_("karel")

        karel.post(reverse("set_language"), {"language": "en", "next": page_of(made)})
        shown = karel.get(page_of(made)).text

        assert "You are asked. Do you take this on?" in shown
        assert "Yes, I take this on" in shown
        assert escape(scenes.WORDS) in shown
        assert "Jij bent gevraagd" not in shown

    def test_goes_along_with_each_step(self, as_):
        made = scenes.sent()
        karel = as_("karel")
        karel.post(reverse("set_language"), {"language": "en"})

        wrong = karel.post(step_of(made, "decline"), {}).text
        after = karel.post(step_of(made, "accept"), follow=True).text

        assert "Choose why not." in wrong
        assert "You took this on." in after
        assert "I have begun" in after

    def test_of_one_reader_is_not_that_of_another(self, as_):
        made = scenes.sent(scenes.BY_KAREL, scenes.a_person_of("bas"))
        karel = as_("karel")
        karel.post(reverse("set_language"), {"language": "en"})

        assert "You are asked." in karel.get(page_of(made)).text
        assert "Jij bent gevraagd." in as_("bas").get(page_of(made)).text
