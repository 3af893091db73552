# SPDX-License-Identifier: EUPL-1.2
"""Whatever is filled in on a page of a situation: a clear sentence, nothing lost, nothing half stored."""

from __future__ import annotations

from html import unescape
from itertools import product

import pytest
from django.apps import apps
from django.urls import reverse

from scharnier.apps.mail.models import Message
from scharnier.apps.situations import models, services
from scharnier.core.kernel import Role, SituationId
from scharnier.core.situations import State
from tests.factories import NOON
from tests.integration.apps import doing_scenes as scenes
from tests.integration.apps.doing_scenes import HANGING, NOOR, PERSONAL

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
LOOKING_BACK = SituationId("terug")
LONG = "Wij lopen elke avond samen langs het plein. " * 230  # over 10,000 characters
WORDS = {
    "personal": PERSONAL,
    "long": LONG,
    "nul": "Samen\x00lopen",
}
STRANGE = {
    "emoji": "Samen lopen 🚶🏽‍♀️ en praten",
    "right-to-left": "نمشي معا حول الساحة",
    "override": "Samen \u202enepol\u202c en praten",
    "markup": "<b>Samen</b> & 'lopen' <script>alert(1)</script>",
}
NO_DAYS = (
    "31-02-2026",
    "29-02-2027",
    "2026-13-01",
    "gisteren",
    "0000-00-00",
    "99999-01-01",
    "2026-05-01\x00",
)
FAR_DAYS = ("0001-01-01", "1582-10-10", "2028-02-29", "9999-12-31")
GOOD = {
    "plan": {"goal": "Rust na tienen", "baseline": "Acht meldingen in de week", "deadline": "2026-09-01"},
    "agree": {"text": "Wij bellen elkaar", "parties": ["school", "politie"], "review_on": "2026-06-01"},
    "act": {"text": "Langs het plein lopen", "who": "politie/karel", "due": "2026-05-01"},
    "action": {"state": "not_done", "reason": "Het regende de hele week"},
    "give_action": {"person": "joke", "due": "2026-05-08"},
    "agreement": {"state": "later", "review_on": "2026-07-01"},
    "plan_meeting": {"on": "2026-05-01", "starts": "10:00", "ends": "11:00", "place": "Buurthuis"},
    "move_meeting": {"on": "2026-03-29", "starts": "10:00", "ends": "11:00", "place": "School"},
    "record_meeting": {"present": ["school", "politie"], "apologies": [], "decision_1": "Wij beginnen"},
    "add_indicator": {
        "name": "Meldingen", "unit": "per week", "source": "entered", "wanted": "fewer",
        "baseline": "8", "target": "2",
    },
    "indicator": {
        "name": "Klachten", "unit": "per maand", "source": "entered", "wanted": "fewer",
        "baseline": "9", "target": "3",
    },
    "enter_figure": {"on": "2026-05-01", "figure": "4"},
    "evaluation": {"lesson": "Eerder bellen helpt", "residents_noticed": "Het is stiller", "hours": "12"},
    "new_template": {
        "name": "Avonden", "question": "Wat speelt er?", "goal": "Rust", "baseline": "Vaak lawaai",
        "days": "90", "agreements": "Wij bellen", "actions": "Lopen", "indicators": "Meldingen",
        "is_offered": "yes",
    },
}  # fmt: skip
OF_WORDS = [
    ("plan", "goal"), ("plan", "baseline"), ("agree", "text"), ("act", "text"), ("action", "reason"),
    ("plan_meeting", "place"), ("move_meeting", "place"), ("record_meeting", "decision_1"),
    ("add_indicator", "name"), ("add_indicator", "unit"), ("indicator", "name"), ("indicator", "unit"),
    ("evaluation", "lesson"), ("evaluation", "residents_noticed"),
    *(("new_template", name) for name in ("name", "question", "goal", "baseline", "agreements", "actions",
                                          "indicators")),
]  # fmt: skip
REQUIRED = [
    ("agree", "text"), ("agree", "parties"), ("agree", "review_on"), ("act", "text"), ("act", "who"),
    ("act", "due"), ("action", "state"), ("action", "reason"), ("give_action", "person"),
    ("give_action", "due"), ("agreement", "state"), ("agreement", "review_on"), ("plan_meeting", "on"),
    ("plan_meeting", "starts"), ("plan_meeting", "ends"), ("move_meeting", "on"),
    ("add_indicator", "name"), ("add_indicator", "source"), ("add_indicator", "wanted"),
    ("enter_figure", "on"), ("enter_figure", "figure"), ("evaluation", "lesson"), ("new_template", "name"),
    ("new_template", "days"), ("new_template", "is_offered"),
]  # fmt: skip
OF_DAYS = [
    ("plan", "deadline"), ("agree", "review_on"), ("act", "due"), ("give_action", "due"),
    ("agreement", "review_on"), ("plan_meeting", "on"), ("move_meeting", "on"), ("enter_figure", "on"),
]  # fmt: skip
OF_CHOICES = [
    ("agree", "parties"), ("act", "who"), ("action", "state"), ("give_action", "person"),
    ("agreement", "state"), ("record_meeting", "present"), ("add_indicator", "source"),
    ("add_indicator", "wanted"), ("new_template", "is_offered"),
]  # fmt: skip
OF_NUMBERS = [
    ("enter_figure", "figure"), ("add_indicator", "baseline"), ("evaluation", "hours"),
    ("new_template", "days"), ("evaluation", "place_before"),
]  # fmt: skip
NO_NUMBERS = ("veel", "nan", "inf", "-inf", "1e999", "1;2", "12\x00", "--4", "1" * 5000)
NO_CHOICES = ("bestaat-niet", "elders", "zorg", "zorg/mo", "politie/noor", "a\x00b", LONG)
UNEXPECTED = ("-1", "0", "0,0000001", "1e300", "-1e300", "123456789012345678901")
EVERY_PAGE = ("overview", "work", "plan", "agree", "act", "meetings", "figures", "closing", "evaluation")
OF_A_PIECE = {
    "action": "action", "give_action": "action", "agreement": "agreement", "move_meeting": "meeting",
    "record_meeting": "meeting", "indicator": "indicator", "enter_figure": "indicator",
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def _settled(_ground):
    scenes.settle()
    scenes.begin()
    scenes.begin(State.EVALUATING, situation_id=LOOKING_BACK)


@pytest.fixture
def pieces():
    """An agreement, an action, a meeting and a figure."""
    aim = services.Aim(name="Meldingen")
    return {
        "agreement": scenes.agree(),
        "action": scenes.make_action(),
        "meeting": scenes.meet(NOON),
        "indicator": services.add_indicator(HANGING, aim, actor=NOOR, at=NOON),
    }


@pytest.fixture
def fill_in(sign_in, pieces):
    """Send the form of a part as Noor, filled in well but for what the test is about."""
    clients = {}

    def send(part, **changes):
        role = Role.COORDINATOR if part == "new_template" else Role.PROFESSIONAL
        if role not in clients:
            clients[role] = sign_in("noor", role=role)
        return clients[role].post(address(part, pieces), GOOD[part] | changes)

    return send


def address(part, pieces):
    if part == "new_template":
        return reverse("situations:new_template")
    situation_id = LOOKING_BACK if part == "evaluation" else HANGING
    more = [pieces[OF_A_PIECE[part]]] if part in OF_A_PIECE else []
    return reverse(f"situations:{part}", args=[situation_id, *more])


def stored():
    """Return all that is kept of situations, and what is to be sent."""
    found = apps.get_app_config("situations").get_models()
    kept = {model.__name__: list(model.objects.order_by("pk").values()) for model in found}
    return kept | {"mails": Message.objects.count()}


def errors_of(answer):
    return [said for name in answer.context["form"].errors for said in answer.context["form"].errors[name]]


def opens_everywhere(client, pieces):
    """Read every page, file and calendar of the situation, as others would afterwards."""
    of_it = [reverse(f"situations:{part}", args=[HANGING]) for part in EVERY_PAGE]
    of_it += [reverse("situations:evaluation", args=[LOOKING_BACK])]
    for meeting in models.Meeting.objects.values_list("pk", flat=True):
        of_it += [
            reverse(f"situations:{part}", args=[HANGING, meeting])
            for part in ("meeting", "minutes_pdf", "meeting_calendar", "move_meeting")
        ]
    of_it += [address(part, pieces) for part in ("action", "agreement", "indicator", "enter_figure")]
    return {each: code for each in of_it if (code := client.get(each).status_code) != 200}


class TestWords:
    @pytest.mark.parametrize(("part", "field"), OF_WORDS)
    @pytest.mark.parametrize("kind", WORDS)
    def test_that_cannot_stand_there_are_refused_with_a_sentence(self, fill_in, part, field, kind):
        before, typed = stored(), WORDS[kind]

        answer = fill_in(part, **{field: typed})

        assert answer.status_code == 422
        assert stored() == before
        (said,) = errors_of(answer)
        assert said[0].isupper()
        assert said[-1] in ".:!?"
        shown = unescape(answer.content.decode())
        assert typed.strip()[:40].split("\x00")[0] in shown

    @pytest.mark.parametrize("kind", STRANGE)
    def test_of_any_script_are_kept_as_they_are_and_shown_as_words(self, fill_in, sign_in, pieces, kind):
        codes = {
            (part, field): fill_in(part, **{field: STRANGE[kind]}).status_code for part, field in OF_WORDS
        }

        assert set(codes.values()) == {302}
        assert repr_of(stored()).count(STRANGE[kind]) >= len(OF_WORDS) - 4  # some take the place of others
        client = sign_in("karel")
        assert opens_everywhere(client, pieces) == {}
        assert "<script>alert(1)" not in client.get(reverse("situations:work", args=[HANGING])).text


def repr_of(kept):
    return "\n".join(
        str(value) for rows in kept.values() if isinstance(rows, list) for row in rows
        for value in leaves(list(row.values()))
    )  # fmt: skip


def leaves(value):
    if isinstance(value, dict):
        value = list(value.values())
    return [leaf for each in value for leaf in leaves(each)] if isinstance(value, list) else [value]


class TestNothing:
    @pytest.mark.parametrize(("part", "field"), REQUIRED)
    @pytest.mark.parametrize("empty", ["", "   "])
    def test_is_asked_for_and_the_rest_stays(self, fill_in, part, field, empty):
        before = stored()

        answer = fill_in(part, **{field: empty})

        assert answer.status_code == 422
        assert stored() == before
        assert field in answer.context["form"].errors
        shown = unescape(answer.content.decode())
        others = [said for name, said in GOOD[part].items() if name != field and isinstance(said, str)]
        assert [said for said in others if said not in shown] == []

    @pytest.mark.parametrize("part", set(GOOD) - {"plan", "record_meeting"})
    def test_at_all_is_no_fault_of_the_site(self, sign_in, pieces, part):
        client = sign_in("noor", role=Role.COORDINATOR)
        before = stored()

        answer = client.post(address(part, pieces), {})

        assert answer.status_code == 422
        assert stored() == before


class TestDays:
    @pytest.mark.parametrize(("part", "field"), OF_DAYS)
    def test_that_are_none_are_refused(self, fill_in, part, field):
        before = stored()

        answers = [fill_in(part, **{field: day}) for day in NO_DAYS]

        assert {answer.status_code for answer in answers} == {422}
        assert stored() == before
        assert all(field in answer.context["form"].errors for answer in answers)

    @pytest.mark.parametrize("day", FAR_DAYS)
    def test_far_away_are_taken_or_refused_and_break_no_page(self, fill_in, sign_in, pieces, day):
        codes = {(part, field): fill_in(part, **{field: day}).status_code for part, field in OF_DAYS}

        assert {each: code for each, code in codes.items() if code not in {302, 422}} == {}
        assert opens_everywhere(sign_in("karel"), pieces) == {}

    @pytest.mark.parametrize("day", ["2026-03-28", "2026-03-29"])
    def test_up_to_that_of_making_are_none_to_look_back_on(self, fill_in, day):
        before = stored()

        answer = fill_in("agree", review_on=day)

        assert answer.status_code == 422
        assert stored() == before
        assert "review_on" in answer.context["form"].errors

    @pytest.mark.parametrize(
        "times", [("10:00", "10:00"), ("23:00", "01:00"), ("25:00", "26:00"), ("tien", "elf"), ("", "")]
    )
    def test_have_hours_in_order(self, fill_in, times):
        before = stored()

        answer = fill_in("plan_meeting", starts=times[0], ends=times[1])

        assert answer.status_code == 422
        assert stored() == before

    def test_of_which_an_hour_is_skipped_are_taken(self, fill_in, sign_in, pieces):
        answer = fill_in("plan_meeting", on="2026-03-29", starts="02:30", ends="03:30")

        assert answer.status_code in {302, 422}
        assert opens_everywhere(sign_in("karel"), pieces) == {}


class TestNumbers:
    @pytest.mark.parametrize(("part", "field"), OF_NUMBERS)
    def test_that_are_none_are_refused(self, fill_in, part, field):
        before = stored()

        answers = [fill_in(part, **{field: number}) for number in NO_NUMBERS]

        assert {answer.status_code for answer in answers} == {422}
        assert stored() == before
        assert all(field in answer.context["form"].errors for answer in answers)

    @pytest.mark.parametrize("number", UNEXPECTED)
    def test_that_nobody_expects_break_no_page(self, fill_in, sign_in, pieces, number):
        fields = [*OF_NUMBERS[:3], ("add_indicator", "target"), ("indicator", "target")]

        codes = {(part, field): fill_in(part, **{field: number}).status_code for part, field in fields}

        assert {each: code for each, code in codes.items() if code not in {302, 422}} == {}
        assert opens_everywhere(sign_in("karel"), pieces) == {}

    @pytest.mark.parametrize("score", ["", "0", "6", "-1", "4.5", "vier", "4\x00"])
    def test_of_a_score_are_one_to_five(self, sign_in, score):
        before = stored()
        answer = sign_in("karel").post(reverse("situations:score", args=[LOOKING_BACK]), {"score": score})

        assert answer.status_code == 422
        assert stored() == before


class TestUnknown:
    @pytest.mark.parametrize(("part", "field"), OF_CHOICES)
    def test_choices_are_refused(self, fill_in, part, field):
        before = stored()

        answers = [fill_in(part, **{field: said}) for said in NO_CHOICES]

        assert {answer.status_code for answer in answers} == {422}
        assert stored() == before
        assert all(field in answer.context["form"].errors for answer in answers)

    @pytest.mark.parametrize("part", OF_A_PIECE)
    @pytest.mark.parametrize("piece", ["bestaat-niet", "x" * 300])
    def test_pieces_are_not_there(self, sign_in, part, piece):
        client, before = sign_in("noor"), stored()
        there = reverse(f"situations:{part}", args=[HANGING, piece])

        codes = [client.get(there).status_code, client.post(there, GOOD[part]).status_code]

        assert codes == [404, 404]
        assert stored() == before

    @pytest.mark.parametrize("part", OF_A_PIECE)
    def test_pieces_of_another_situation_are_not_there(self, sign_in, pieces, part):
        client, before = sign_in("noor"), stored()
        there = reverse(f"situations:{part}", args=[LOOKING_BACK, pieces[OF_A_PIECE[part]]])

        codes = [client.get(there).status_code, client.post(there, GOOD[part]).status_code]

        assert codes == [404, 404]
        assert stored() == before

    @pytest.mark.parametrize("part", set(GOOD) - {"new_template"})
    def test_situations_and_those_of_another_network_answer_alike(self, sign_in, pieces, part):
        stranger = sign_in("vera", network_id="elders", role=Role.COORDINATOR)
        there, before = address(part, pieces), stored()
        nowhere = there.replace(HANGING, "bestaat-niet").replace(LOOKING_BACK, "bestaat-niet")

        codes = [
            method(each).status_code
            for method, each in product((stranger.get, stranger.post), (there, nowhere))
        ]

        assert codes == [404] * 4
        assert stored() == before


class TestTwice:
    @pytest.mark.parametrize(
        ("part", "model"),
        [
            ("agree", models.Agreement),
            ("act", models.Action),
            ("plan_meeting", models.Meeting),
            ("add_indicator", models.Indicator),
            ("enter_figure", models.Reading),
            ("evaluation", models.Evaluation),
        ],
    )
    def test_sent_by_a_double_click_stands_once(self, fill_in, part, model):
        before = model.objects.count()

        first, second = fill_in(part), fill_in(part)

        assert (first.status_code, second.status_code) == (302, 302)
        assert model.objects.count() == before + 1

    def test_planned_sends_each_mail_once(self, fill_in):
        before = Message.objects.count()

        fill_in("plan_meeting")
        n_sent = Message.objects.count() - before
        fill_in("plan_meeting")

        assert n_sent > 0
        assert Message.objects.count() - before == n_sent
