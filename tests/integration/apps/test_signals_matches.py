# SPDX-License-Identifier: EUPL-1.2
"""Who else meets it: a number for all, a notice without content for two, and a name by one's own yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.mail.models import Message
from scharnier.apps.people import services as people
from scharnier.apps.people.models import Membership, Network, Organization, User
from scharnier.apps.signals import access, letters, models, selectors, services, tasks
from scharnier.core import signals
from scharnier.core.kernel import AreaId, MatchId, NetworkId, PersonId, Role, SignalId
from scharnier.core.signals import (
    ANSWER_DAYS,
    RUNS_DAYS,
    Happening,
    Naming,
    NamingStep,
    Others,
    SignalStep,
)
from tests.factories import DAY, NOON, an_actor
from tests.integration.apps import signals_scenes as here
from tests.integration.apps.signals_scenes import (
    ANNEKE,
    BY_LIBRARY,
    KRUISVELD,
    LIBRARY,
    LIES,
    LITTER,
    NOISE,
    PIET,
    POLICE,
    SAMIRA,
    SCHOOL,
    WORDS,
    tell,
    tell_by_library,
    tell_by_resident,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
SOUTH = replace(here.NORTH, area_id=AreaId("zuid"))
NOBODY = Others(n_partners=0, has_residents=False)
LATER = NOON + timedelta(days=ANSWER_DAYS + 1)


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground, load):
    load(here.a_neighbourhood())
    logins = [
        people.Login(
            name=f"{name}@example.org", password="", person_id=PersonId(name), role=Role.PROFESSIONAL
        )
        for name in ("samira", "bram", "lies", "piet")
    ]
    people.load_logins(KRUISVELD, logins=logins)
    for user in User.objects.all():
        user.email = user.username
        user.save()


@pytest.fixture
def told():
    """What Samira tells for the school, which the library meets too."""
    tell_by_library()
    return SignalId(tell().pk)


@pytest.fixture
def matched(told):
    """The match that came of it."""
    services.open_matches(told, actor=SAMIRA, at=NOON)
    return MatchId(models.Match.objects.get().pk)


def look(signal_id, *, actor=SAMIRA, at=NOON):
    return services.look(signal_id, actor=actor, at=at)


def decide(match_id, step, *, actor=LIES, organization_id=LIBRARY, at=NOON):
    services.name_side(match_id, organization_id, step, actor=actor, at=at)


def running(value, *, running=(), actor=SAMIRA):
    return selectors.matches_of(value, running=running, actor=actor)


def acts():
    found = AuditEvent.objects.filter(act__startswith="match.").order_by("number")
    return [(event.act, event.actor_id, event.on_behalf_of) for event in found]


def letters_to(template):
    found = Message.objects.filter(template=template).values_list("to", flat=True)
    return sorted(to.partition("@")[0] for to in found)


class TestLook:
    def test_counts_each_other_partner_once(self, told):
        tell_by_library()
        tell(PIET, owner_id=POLICE)

        assert look(told) == Others(n_partners=2, has_residents=False)

    @pytest.mark.parametrize(
        "changes",
        [
            {"topics": frozenset({NOISE})},
            {"topics": frozenset()},
            {"place": SOUTH},
            {"happened": Happening(on=DAY - timedelta(days=40))},
        ],
        ids=str,
    )
    def test_leaves_out_what_is_another_matter(self, changes):
        tell_by_library(**changes)

        assert look(SignalId(tell().pk)) == NOBODY

    def test_counts_what_falls_under_a_broader_matter(self):
        tell_by_library(topics=frozenset({"waste"}))

        assert look(SignalId(tell().pk)).n_partners == 1

    def test_leaves_out_what_one_tells_for_another_organization(self, told):
        both = replace(SAMIRA, acts_for=frozenset({SCHOOL, LIBRARY}))

        assert look(told, actor=both) == NOBODY

    def test_tells_of_residents_from_five_on(self, told):
        here.receive_by("politie")
        counted = []
        for number in range(5):
            tell_by_resident(at=NOON + timedelta(minutes=number))
            counted.append(look(told).has_residents)

        assert counted == [False] * 4 + [True]

    def test_goes_on_when_the_words_of_the_other_have_gone(self, told):
        models.Signal.objects.filter(organization__text_id=LIBRARY).update(**services.WITHOUT_WORDS)

        assert look(told).n_partners == 1

    def test_forgets_what_was_withdrawn(self, told):
        for row, actor in zip(models.Signal.objects.order_by("organization_id"), (SAMIRA, LIES), strict=True):
            services.step_signal(SignalId(row.pk), SignalStep.WITHDRAW, actor=actor, at=NOON)

        assert look(told) == NOBODY

    def test_is_for_one_s_own_signal_only(self, told):
        with pytest.raises(access.SignalNotFound):
            look(told, actor=PIET)

    def test_is_answered_so_often_a_day_and_the_same_as_often_as_one_likes(self, told):
        other, more = (
            SignalId(tell(happened=Happening(on=DAY - timedelta(days=days))).pk) for days in (1, 2)
        )
        for _ in range(3):
            look(told), look(other)
        models.Count.objects.filter(n=2).update(n=services.MOST_LOOKS)

        with pytest.raises(services.TooManyLooks):
            look(more)

        assert look(told).n_partners == 1
        assert look(more, at=NOON + timedelta(days=1)).n_partners == 1

    def test_keeps_nothing_that_names_who_asked(self, told):
        look(told)

        kept = str(list(models.Count.objects.values()))
        assert models.Count.objects.count() == 2
        assert not any(name in kept for name in ("samira", "school", "noord", "litter"))


class TestLookAround:
    def ask(self, *, area_id="noord", topics=(LITTER,), actor=ANNEKE):
        around = services.Around(area_id=AreaId(area_id), topics=frozenset(topics))
        return services.look_around(around, actor=actor, at=NOON)

    @pytest.mark.usefixtures("told")
    def test_counts_partners_and_residents_without_a_signal(self):
        here.receive_by("politie")
        for number in range(5):
            tell_by_resident(at=NOON + timedelta(minutes=number))

        assert self.ask() == Others(n_partners=2, has_residents=True)
        assert self.ask(actor=SAMIRA) == Others(n_partners=1, has_residents=True)

    @pytest.mark.parametrize("asked", [{"area_id": "zuid"}, {"topics": (NOISE,)}, {"topics": ()}], ids=str)
    @pytest.mark.usefixtures("told")
    def test_counts_nothing_elsewhere(self, asked):
        assert self.ask(**asked) == NOBODY

    def test_is_counted_with_the_other_questions(self):
        self.ask()
        models.Count.objects.update(n=services.MOST_LOOKS)

        with pytest.raises(services.TooManyLooks):
            self.ask(topics=(NOISE,))


class TestOpenMatches:
    def test_tells_both_that_there_is_one_and_nothing_else(self, told):
        n_partners = services.open_matches(told, actor=SAMIRA, at=NOON)

        assert n_partners == 1
        assert letters_to(letters.OPENED) == ["bram", "lies", "samira"]
        for letter in Message.objects.all():
            own, other = (
                ("Bibliotheek", "De Regenboog") if "lies" in letter.to else ("De Regenboog", "Bibliotheek")
            )
            said = letter.subject + letter.text
            assert own in said
            assert not any(words in said for words in (other, WORDS, BY_LIBRARY, "zwerfafval", "Noord"))

    def test_names_nobody_and_puts_identifiers_on_record(self, matched):
        (line,) = selectors.read_match(matched, actor=LIES)

        assert (line.organization_name, line.other_name, line.signal_id) == ("Bibliotheek", "", "")
        assert (line.view.own, line.is_asked) == (Naming.ASKED, True)
        assert line.steps == (NamingStep.NAME, NamingStep.KEEP_UNNAMED)
        assert acts() == [("match.opened", "samira", SCHOOL)]
        event = AuditEvent.objects.get(act="match.opened")
        assert "bibliotheek" not in str(event.__dict__)

    def test_opens_one_with_each_partner(self, told):
        tell(PIET, owner_id=POLICE)

        assert services.open_matches(told, actor=SAMIRA, at=NOON) == 2
        assert models.Match.objects.count() == 2
        assert [len(selectors.read_matches(actor)) for actor in (SAMIRA, LIES, PIET)] == [2, 1, 1]

    def test_is_refused_when_nobody_else_meets_it(self):
        alone = SignalId(tell().pk)

        with pytest.raises(signals.NoPair):
            services.open_matches(alone, actor=SAMIRA, at=NOON)

        assert not Message.objects.exists()

    @pytest.mark.usefixtures("matched")
    def test_is_refused_when_they_know_already(self, told):
        for signal_id, actor in ((told, SAMIRA), (SignalId(tell_by_library().pk), LIES)):
            with pytest.raises(signals.MatchRuns):
                services.open_matches(signal_id, actor=actor, at=NOON + timedelta(days=RUNS_DAYS - 1))

        assert models.Match.objects.count() == 1

    @pytest.mark.usefixtures("matched")
    def test_opens_with_who_does_not_know_yet(self, told):
        tell(PIET, owner_id=POLICE)

        assert services.open_matches(told, actor=SAMIRA, at=NOON) == 1

    @pytest.mark.usefixtures("told")
    def test_is_not_for_what_one_told_for_oneself(self):
        own = SignalId(tell(ANNEKE, owner_id=None).pk)

        with pytest.raises(access.MayNotMatch):
            services.open_matches(own, actor=ANNEKE, at=NOON)

    @pytest.mark.usefixtures("told")
    def test_is_not_for_what_residents_told(self):
        here.receive_by("school")
        row = tell_by_resident()

        with pytest.raises(access.MayNotMatch):
            services.open_matches(SignalId(row.pk), actor=SAMIRA, at=NOON)

    def test_is_not_for_who_left_the_organization(self, told):
        with pytest.raises(access.MayNotMatch):
            services.open_matches(told, actor=an_actor("samira"), at=NOON)

    def test_is_not_for_others(self, told):
        with pytest.raises(access.SignalNotFound):
            services.open_matches(told, actor=PIET, at=NOON)

    def test_writes_to_nobody_who_left(self, told):
        Membership.objects.filter(person__text_id="bram").update(end_date=DAY - timedelta(days=1))

        services.open_matches(told, actor=SAMIRA, at=NOON)

        assert "bram" not in letters_to(letters.OPENED)


class TestLookAndMatch:
    """Who else meets a signal, and how many of them know."""

    def stand(self, signal_id, *, actor=SAMIRA, at=NOON):
        value = selectors.read_signal(signal_id, actor=actor).value
        found = services.look_and_match(value, actor=actor, at=at)
        return found.others.n_partners, found.running, found.n_left

    def test_says_how_many_do_not_know_yet(self, told):
        tell(PIET, owner_id=POLICE)

        assert self.stand(told) == (2, set(), 2)

    def test_knows_of_the_match_from_both_sides(self, told, matched):
        theirs = SignalId(models.Signal.objects.get(organization__text_id=LIBRARY).pk)

        assert self.stand(told) == (1, {matched}, 0)
        assert self.stand(theirs, actor=LIES) == (1, {matched}, 0)

    def test_knows_of_it_for_a_new_signal_on_the_same_matter(self, matched):
        again = SignalId(tell_by_library().pk)
        noise = SignalId(tell_by_library(topics=frozenset({NOISE})).pk)

        assert self.stand(again, actor=LIES) == (1, {matched}, 0)
        assert self.stand(noise, actor=LIES) == (0, set(), 0)

    def test_leaves_who_came_later(self, told, matched):
        theirs = SignalId(tell(PIET, owner_id=POLICE).pk)

        assert self.stand(told) == (2, {matched}, 1)
        assert self.stand(theirs, actor=PIET) == (2, set(), 2)

    def test_leaves_as_many_as_letting_know_reaches(self, told):
        tell(PIET, owner_id=POLICE)
        _, _, n_left = self.stand(told)

        assert services.open_matches(told, actor=SAMIRA, at=NOON) == n_left
        assert self.stand(told)[2] == 0

    @pytest.mark.parametrize(("days", "runs"), [(RUNS_DAYS - 1, True), (RUNS_DAYS, False)])
    def test_forgets_a_match_after_eight_weeks(self, told, matched, days, runs):
        _, running, n_left = self.stand(told, at=NOON + timedelta(days=days))

        assert (running, n_left) == (({matched}, 0) if runs else (set(), 1))

    def test_still_knows_of_it_when_the_other_took_theirs_back(self, told, matched):
        theirs = SignalId(models.Signal.objects.get(organization__text_id=LIBRARY).pk)
        services.step_signal(theirs, SignalStep.WITHDRAW, actor=LIES, at=NOON)

        assert self.stand(told) == (0, {matched}, 0)
        assert self.stand(theirs, actor=LIES) == (0, set(), 0)

    @pytest.mark.usefixtures("matched")
    def test_tells_of_no_match_to_who_acts_for_nobody_in_it(self, told):
        alone = SignalId(tell(ANNEKE, owner_id=None).pk)

        assert self.stand(alone, actor=ANNEKE) == (2, set(), 0)
        assert self.stand(told, actor=an_actor("samira"))[1:] == (set(), 0)

    def test_is_counted_as_a_question(self, told):
        self.stand(told)
        models.Count.objects.update(n=services.MOST_LOOKS)
        other = SignalId(tell(topics=frozenset({NOISE})).pk)

        assert self.stand(told)[0] == 1
        with pytest.raises(services.TooManyLooks):
            self.stand(other)


class TestNameSide:
    def test_tells_the_other_who_it_is(self, matched):
        decide(matched, NamingStep.NAME)

        own, other = (selectors.read_match(matched, actor=actor)[0] for actor in (LIES, SAMIRA))
        assert (own.view.own, own.other_name, own.steps) == (Naming.NAMED, "", ())
        assert (other.view.own, other.other_name) == (Naming.ASKED, "Bibliotheek")
        assert letters_to(letters.NAMED) == ["bram", "samira"]
        assert acts()[1:] == [("match.named", "lies", LIBRARY)]

    def test_never_tells_the_words(self, matched):
        decide(matched, NamingStep.NAME)
        decide(matched, NamingStep.NAME, actor=SAMIRA, organization_id=SCHOOL)

        said = " ".join(Message.objects.values_list("text", flat=True))
        shown = str([selectors.read_match(matched, actor=actor) for actor in (LIES, SAMIRA)])
        assert not any(words in said + shown for words in (WORDS, BY_LIBRARY))

    def test_can_be_left_and_said_later(self, matched):
        decide(matched, NamingStep.KEEP_UNNAMED)
        unnamed = selectors.read_match(matched, actor=SAMIRA)[0].other_name

        decide(matched, NamingStep.NAME)

        assert unnamed == ""
        assert selectors.read_match(matched, actor=SAMIRA)[0].other_name == "Bibliotheek"

    def test_cannot_be_taken_back(self, matched):
        decide(matched, NamingStep.NAME)

        with pytest.raises(signals.NamingClosed):
            decide(matched, NamingStep.KEEP_UNNAMED)

    @pytest.mark.parametrize(
        ("actor", "organization_id"),
        [(PIET, POLICE), (PIET, LIBRARY), (LIES, SCHOOL), (an_actor("lies"), LIBRARY)],
        ids=str,
    )
    def test_is_for_the_organization_itself(self, matched, actor, organization_id):
        with pytest.raises(signals.MatchNotFound) as not_yours:
            decide(matched, NamingStep.NAME, actor=actor, organization_id=organization_id)
        with pytest.raises(signals.MatchNotFound) as not_there:
            decide(MatchId("0"), NamingStep.NAME)

        assert not_yours.value.code == not_there.value.code
        assert {side.naming for side in models.Side.objects.all()} == {"asked"}

    def test_leaves_lapsing_to_the_clock(self, matched):
        with pytest.raises(signals.MatchNotFound):
            decide(matched, NamingStep.LAPSE)

    def test_is_over_when_the_other_left(self, matched):
        Organization.objects.get(text_id="school").delete()

        with pytest.raises(signals.MatchNotFound):
            decide(matched, NamingStep.NAME)
        with pytest.raises(signals.MatchNotFound):
            selectors.read_match(matched, actor=LIES)


class TestReadMatches:
    @pytest.mark.parametrize("actor", [PIET, ANNEKE, an_actor("anneke", role=Role.COORDINATOR)], ids=str)
    def test_gives_none_of_others(self, matched, actor):
        assert selectors.read_matches(actor) == ()
        with pytest.raises(signals.MatchNotFound):
            selectors.read_match(matched, actor=actor)

    def test_gives_both_sides_to_who_acts_for_both(self, matched):
        both = an_actor("samira", acts_for="school bibliotheek")

        assert [line.organization_id for line in selectors.read_match(matched, actor=both)] == [
            LIBRARY,
            SCHOOL,
        ]

    def test_tells_whether_it_waits_for_an_answer(self, matched):
        (before,) = selectors.read_matches(LIES)

        decide(matched, NamingStep.KEEP_UNNAMED)

        (after,) = selectors.read_matches(LIES)
        assert (before.is_asked, after.is_asked) == (True, False)

    def test_finds_those_of_a_signal(self, told, matched):
        value = selectors.read_signal(told, actor=SAMIRA).value
        other = replace(value, id=SignalId("0"))

        assert [line.view.match_id for line in running(value)] == [matched]
        assert running(other) == ()
        assert [line.view.match_id for line in running(other, running={matched})] == [matched]

    def test_finds_them_for_the_owner_alone(self, told, matched):
        value = selectors.read_signal(told, actor=SAMIRA).value
        both = replace(SAMIRA, acts_for=frozenset({SCHOOL, LIBRARY}))

        (line,) = running(value, running={matched}, actor=both)

        assert line.organization_id == SCHOOL
        assert running(value, running={matched}, actor=PIET) == ()
        assert running(replace(value, owner_id=None), running={matched}) == ()


class TestLapse:
    def test_lets_pass_what_nobody_answered(self, matched):
        decide(matched, NamingStep.NAME)

        early = services.lapse_matches(KRUISVELD, on=DAY + timedelta(days=ANSWER_DAYS), at=NOON)
        late = services.lapse_matches(KRUISVELD, on=LATER.date(), at=LATER)

        assert (early, late) == (0, 1)
        assert selectors.read_match(matched, actor=SAMIRA)[0].view.own is Naming.LAPSED
        assert selectors.read_match(matched, actor=LIES)[0].view.own is Naming.NAMED
        assert acts()[-1] == ("match.lapsed", "", SCHOOL)

    def test_looks_like_a_no_to_the_other(self, matched):
        services.lapse_matches(KRUISVELD, on=LATER.date(), at=LATER)

        assert selectors.read_match(matched, actor=SAMIRA)[0].other_name == ""

    def test_can_still_be_said(self, matched):
        services.lapse_matches(KRUISVELD, on=LATER.date(), at=LATER)

        decide(matched, NamingStep.NAME, at=LATER)

        assert selectors.read_match(matched, actor=SAMIRA)[0].other_name == "Bibliotheek"

    @pytest.mark.usefixtures("matched")
    def test_is_done_once(self):
        n_lapsed = [services.lapse_matches(KRUISVELD, on=LATER.date(), at=LATER) for _ in range(2)]

        assert n_lapsed == [2, 0]

    @pytest.mark.usefixtures("matched")
    def test_passes_by_where_one_left(self):
        Organization.objects.get(text_id="school").delete()

        assert services.lapse_matches(KRUISVELD, on=LATER.date(), at=LATER) == 0

    @pytest.mark.usefixtures("matched")
    def test_is_the_work_of_a_night_in_each_network(self, settings):
        settings.DAY = LATER.date()
        Network.objects.create(id="anders", name="Anders")

        tasks.lapse_network.call(KRUISVELD)
        tasks.lapse_network.call("anders")

        assert {side.naming for side in models.Side.objects.all()} == {"lapsed"}

    @pytest.mark.usefixtures("matched")
    def test_knows_nothing_of_another_network(self):
        assert services.lapse_matches(NetworkId("anders"), on=LATER.date(), at=LATER) == 0
