# SPDX-License-Identifier: EUPL-1.2
"""Each field of each form of signals with what cannot be: a sentence in either language, and nothing lost."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.http import now
from scharnier.apps.members.forms import LEAST_FILL_TIME, LONGEST_FILL_TIME, stamp
from scharnier.apps.signals import models, services
from scharnier.core.kernel import Role
from tests.factories import DAY
from tests.integration.apps import signals_scenes as here
from tests.integration.apps.signals_scenes import WORDS, acts, tell, tell_by_resident

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_kruisveld_of_signals", "_today")]
NEW, RECEPTION = reverse("signals:tell"), reverse("signals:reception")
OPEN = reverse("signals:open_form", args=["kruisveld"])
LANGUAGES = ("nl", "en")
MINE = "Glas bij de zandbak"
CORNER = "achter de bibliotheek"
PERSONAL = {
    "06 12345678": ("een telefoonnummer", "a telephone number"),
    "ria@example.org": ("een e-mailadres", "an e-mail address"),
    "NL91 ABNA 0417 1643 00": ("een rekeningnummer", "a bank account"),
    "3581 AB 12": ("een postcode met huisnummer", "a postcode with a house number"),
}
CHOOSE_ONE = ("Kies er een uit de lijst.", "Choose one of the list.")
NO_DAY = ("Dit is geen dag. Schrijf het als 31-12-2026.", "This is no day. Write it as 31-12-2026.")
TOO_LATE = ("niet later dan vandaag", "did not happen later than today")
NOWHERE = ("Zeg waar het was", "Say where it was")
BAD = [
    ("text", "", ("Schrijf in een paar woorden wat je tegenkomt.", "Write in a few words what you meet.")),
    (
        "text",
        "  \n ",
        ("Schrijf in een paar woorden wat je tegenkomt.", "Write in a few words what you meet."),
    ),
    ("text", "?!", ("Er staat nog niets.", "There is nothing here yet.")),
    ("text", "a" * 2001, ("2001", "2001")),
    *(("text", f"Vraag naar {found} hier", said) for found, said in PERSONAL.items()),
    ("place", "Nergenshuizen", ("We kennen hier geen plek die", "We know no place here called")),
    ("place", "x" * 201, ("200", "200")),
    ("place", "bij 06 12345678", ("een telefoonnummer", "a telephone number")),
    ("place", "", NOWHERE),
    ("area_id", "atlantis", CHOOSE_ONE),
    ("area_id", "marsstraat", CHOOSE_ONE),
    ("when", "", ("Zeg wanneer het was, zo goed als je weet.", "Say when it was, as well as you know.")),
    ("when", "ooit", CHOOSE_ONE),
    ("seriousness", "rampzalig", CHOOSE_ONE),
]
BAD_DAYS = [
    ("31-02-2026", NO_DAY),
    ("gisteren", NO_DAY),
    ("2026/03/01x", NO_DAY),
    ("0000-00-00", NO_DAY),
    ("2030-01-01", TOO_LATE),
]


@pytest.fixture
def anybody():
    here.receive_by("school")
    return Client(raise_request_exception=False)


def filled(**changes):
    values = {
        "text": MINE,
        "group_ids": ["jongeren"],
        "seriousness": "harmful",
        "website": "",
        "started": stamp(now() - 2 * LEAST_FILL_TIME),
    }
    return here.filled(**values | changes)


def send(client, address=NEW, *, language="nl", **changes):
    return client.post(address, filled(**changes), headers={"accept-language": language})


def n_told():
    return models.Signal.objects.count()


def field_of(page, name):
    """What stands in a box or a text field of a page."""
    text = re.search(rf'<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    if text:
        return unescape(text[1]).strip()
    tag = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)[-1]  # the switch of language has it too
    found = re.search(r'value="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def ticked(page, name):
    """What is chosen of the boxes or circles of one name."""
    tags = re.findall(rf'<input[^>]*name="{name}"[^>]*>', page)
    found = [re.search(r'value="([^"]*)"', tag) for tag in tags if re.search(r"\schecked", tag)]
    return [value[1] for value in found if value]  # the mould for more topics has none


def is_marked(page, name):
    """Tell whether an error stands at the field itself."""
    return f'id="id_{name}_error"' in page


class TestTellForm:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(("name", "value", "said"), BAD, ids=lambda each: str(each)[:24])
    def test_says_what_cannot_be_in_either_language(self, samira, name, value, said, language):
        answer = send(samira, language=language, **{name: value})

        assert answer.status_code == 422
        assert said[LANGUAGES.index(language)] in unescape(answer.text)
        assert n_told() == 0
        assert acts() == []

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("when", ["day", "week", "month"])
    @pytest.mark.parametrize(("value", "said"), BAD_DAYS, ids=lambda each: str(each)[:12])
    def test_says_what_is_no_day_of_the_past(self, samira, when, value, said, language):
        answer = send(samira, language=language, when=when, on=value)

        assert answer.status_code == 422
        assert said[LANGUAGES.index(language)] in unescape(answer.text)
        assert ticked(answer.text, "when") == [when]
        assert n_told() == 0

    @pytest.mark.parametrize(
        ("name", "value", "at"),
        [
            ("text", "?!", "text"),
            ("place", "Nergenshuizen", "area_id"),
            ("place", "", "place"),
            ("area_id", "atlantis", "area_id"),
            ("when", "", "when"),
            ("seriousness", "rampzalig", "seriousness"),
            ("owner_id", "politie", "owner_id"),
            ("topics", ["ufo"], "topics"),
            ("group_ids", ["reuzen"], "group_ids"),
        ],
        ids=str,
    )
    def test_says_it_at_the_field_itself(self, samira, name, value, at):
        page = send(samira, **{name: value}).text

        assert is_marked(page, at)
        others = {"text", "place", "area_id", "when", "seriousness", "owner_id", "topics", "group_ids"} - {at}
        assert [other for other in sorted(others) if is_marked(page, other)] == []

    def test_says_all_that_is_wrong_at_once(self, samira):
        page = send(samira, text="", place="", when="day", on="ooit", seriousness="x").text

        assert [each for each in ("text", "place", "on", "seriousness") if not is_marked(page, each)] == []

    @pytest.mark.parametrize("wrong", ["text", "place", "on", "owner_id"])
    def test_keeps_everything_that_was_filled_in(self, samira, wrong):
        told = {"place": CORNER, "area_id": "zuid", "when": "week", "on": "2026-03-04"}
        bad = {"text": "Bel 06 12345678", "place": "x" * 201, "on": "2030-01-01", "owner_id": "politie"}
        told[wrong] = bad[wrong]

        page = send(samira, **told).text

        assert field_of(page, "text") == told.get("text", MINE)
        assert field_of(page, "place") == told["place"]
        assert field_of(page, "on") == told["on"]
        assert '<option value="zuid" selected' in page
        assert ticked(page, "when") == ["week"]
        assert ticked(page, "topics") == ["litter"]
        assert ticked(page, "group_ids") == ["jongeren"]
        assert ticked(page, "seriousness") == ["harmful"]

    def test_keeps_a_point_of_the_map_with_the_rest(self, samira):
        page = send(samira, text="", place=CORNER, longitude="5.1213", latitude="52.0907").text

        assert (field_of(page, "longitude"), field_of(page, "latitude")) == ("5.1213", "52.0907")
        assert field_of(page, "place") == CORNER

    def test_keeps_its_key_so_that_mending_it_twice_keeps_it_once(self, samira):
        key = field_of(send(samira, text="", key=str(uuid4())).text, "key")

        send(samira, key=key), send(samira, key=key, text="Nog een keer gestuurd")

        assert [row.text for row in models.Signal.objects.all()] == [MINE]

    def test_gives_each_page_another_key(self, samira):
        keys = {field_of(samira.get(NEW).text, "key") for _ in range(3)}

        assert len(keys) == 3

    @pytest.mark.parametrize(
        "point",
        [("181", "52"), ("5", "86"), ("nan", "52"), ("inf", "52"), ("5", "noord"), ("1e999", "0")],
    )
    def test_takes_no_point_off_the_map(self, samira, point):
        longitude, latitude = point

        answer = send(samira, longitude=longitude, latitude=latitude)

        assert answer.status_code == 422
        assert field_of(answer.text, "text") == MINE
        assert n_told() == 0

    @pytest.mark.parametrize("half", [{"longitude": "5.1213"}, {"latitude": "52.0907"}])
    def test_goes_by_the_words_where_half_a_point_came_along(self, samira, half):
        send(samira, **half)

        assert models.Signal.objects.get().precision == "area"

    def test_writes_no_sign_of_a_page_into_the_page(self, samira):
        answer = send(samira, text="<script>alert(1)</script> bij de bank", place='"><b>hier</b>')

        assert answer.status_code == 422
        assert "<script>alert" not in answer.text
        assert "<b>hier" not in answer.text
        assert field_of(answer.text, "text").startswith("<script>")

    @pytest.mark.parametrize("text", ["a\0b kapot", "\0"])
    def test_takes_no_sign_that_no_text_has(self, samira, text):
        answer = send(samira, text=text)

        assert answer.status_code == 422
        assert n_told() == 0

    @pytest.mark.parametrize(
        "text", ["Ramen 🪟 stuk", "Schade: 100 % 'weg' & \"kwijt\"", "Hé, ča va; 日本", "ab\ncd"]
    )
    def test_takes_what_people_write_as_they_write_it(self, samira, text):
        page = samira.post(NEW, filled(text=text), follow=True).text

        assert models.Signal.objects.get().text.replace("\r\n", "\n") == text
        assert "Alleen je organisatie leest de woorden." in page

    @pytest.mark.parametrize("verb", ["put", "patch", "delete"])
    def test_is_shown_and_sent_and_nothing_else(self, samira, verb):
        assert getattr(samira, verb)(NEW).status_code == 405

    def test_is_for_who_signs_in(self):
        answer = Client().get(NEW)

        assert answer.status_code == 302
        assert "next=/signals/new/" in answer["Location"]

    def test_takes_nothing_from_another_site(self, sign_in):
        careful = Client(enforce_csrf_checks=True)
        careful.cookies = sign_in("samira").cookies

        assert careful.post(NEW, filled()).status_code == 403
        assert n_told() == 0


class TestChangeForm:
    def change(self, client, row, *, language="nl", **changes):
        return send(client, reverse("signals:change_signal", args=[row.pk]), language=language, **changes)

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(("name", "value", "said"), BAD, ids=lambda each: str(each)[:24])
    def test_says_what_cannot_be_and_changes_nothing(self, samira, name, value, said, language):
        row = tell()

        answer = self.change(samira, row, language=language, **{name: value})

        assert answer.status_code == 422
        assert said[LANGUAGES.index(language)] in unescape(answer.text)
        row.refresh_from_db()
        assert (row.text, row.area_text_id, row.seriousness) == (WORDS, "noord", "annoying")
        assert acts() == ["signal.told"]

    @pytest.mark.parametrize(("value", "said"), BAD_DAYS, ids=lambda each: str(each)[:12])
    def test_says_what_is_no_day_of_the_past(self, samira, value, said):
        row = tell()

        answer = self.change(samira, row, when="day", on=value)

        assert said[0] in unescape(answer.text)
        row.refresh_from_db()
        assert row.happened_on == DAY

    @pytest.mark.parametrize(
        ("changes", "kept"),
        [
            ({"text": "Nu ook glas"}, {"text": "Nu ook glas"}),
            ({"place": "zuid"}, {"area_text_id": "zuid", "precision": "area"}),
            ({"place": "Marsstraat 12"}, {"place_words": "Marsstraat 12", "precision": "address"}),
            ({"when": "month", "on": "2026-01-20"}, {"grain": "month"}),
            ({"topics": ["noise"]}, {"topic_ids": ["noise"]}),
            ({"topics": []}, {"topic_ids": []}),
            ({"seriousness": "dangerous"}, {"seriousness": "dangerous"}),
        ],
        ids=str,
    )
    def test_changes_one_thing_and_says_so_once_in_the_log(self, samira, changes, kept):
        row = tell()

        answer = self.change(samira, row, **changes)

        row.refresh_from_db()
        assert answer.status_code == 302
        assert {name: getattr(row, name) for name in kept} == kept
        assert acts() == ["signal.told", "signal.changed"]

    def test_never_moves_it_to_another_organization(self, samira):
        row = tell()

        self.change(samira, row, owner_id="politie")

        row.refresh_from_db()
        assert row.organization.text_id == "school"

    def test_keeps_the_words_of_who_was_too_late(self, samira):
        row = tell()
        samira.post(reverse("signals:step_signal", args=[row.pk, "handle"]))

        answer = self.change(samira, row, text="Toch niet klaar")

        assert answer.status_code == 422
        assert field_of(answer.text, "text") == "Toch niet klaar"

    def test_is_for_a_colleague_too(self, sign_in):
        row = tell()

        answer = self.change(sign_in("bram"), row, text="Door Bram verbeterd")

        row.refresh_from_db()
        assert answer.status_code == 302
        assert (row.text, row.author.text_id) == ("Door Bram verbeterd", "samira")

    @pytest.mark.parametrize("who", ["lies", "piet", "anneke"])
    @pytest.mark.parametrize("verb", ["get", "post"])
    def test_is_not_there_for_others(self, sign_in, who, verb):
        row = tell()
        address = reverse("signals:change_signal", args=[row.pk])

        answer = getattr(sign_in(who), verb)(address, filled())

        assert answer.status_code == 404
        assert WORDS not in answer.text


class TestOpenForm:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(("name", "value", "said"), BAD, ids=lambda each: str(each)[:24])
    def test_says_what_cannot_be_in_either_language(self, anybody, name, value, said, language):
        answer = send(anybody, OPEN, language=language, **{name: value})

        assert answer.status_code == 422
        assert said[LANGUAGES.index(language)] in unescape(answer.text)
        assert field_of(answer.text, "text") == (value.strip() if name == "text" else MINE)
        assert n_told() == 0

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(("value", "said"), BAD_DAYS, ids=lambda each: str(each)[:12])
    def test_says_what_is_no_day_of_the_past(self, anybody, value, said, language):
        answer = send(anybody, OPEN, language=language, when="day", on=value)

        assert said[LANGUAGES.index(language)] in unescape(answer.text)
        assert n_told() == 0

    def test_listens_to_no_field_of_members(self, anybody):
        send(anybody, OPEN, owner_id="politie", group_ids=["jongeren"], topics=["noise"], longitude="5.1")

        row = models.Signal.objects.get()
        assert row.organization.text_id == "school"
        assert (row.source, row.author, row.longitude) == ("resident", None, pytest.approx(5.12))  # of Noord
        assert "noise" not in row.topic_ids

    @pytest.mark.parametrize(
        ("ago", "is_kept", "status"),
        [
            (LEAST_FILL_TIME / 2, False, 200),
            (-LONGEST_FILL_TIME, False, 200),
            (2 * LEAST_FILL_TIME, True, 200),
            (LONGEST_FILL_TIME * 0.99, True, 200),
            (LONGEST_FILL_TIME * 1.01, False, 422),
        ],
        ids=["too fast", "from tomorrow", "as people do", "nearly a day", "over a day"],
    )
    def test_goes_by_how_long_the_page_was_open(self, anybody, ago, is_kept, status):
        answer = send(anybody, OPEN, started=stamp(now() - ago))

        assert answer.status_code == status
        assert bool(n_told()) is is_kept

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("started", ["", "1", "1:2:3", "x" * 5000, "MTc3NDg2:1w:abc", "é"])
    def test_takes_no_stamp_of_another(self, anybody, started, language):
        answer = send(anybody, OPEN, language=language, started=started)

        said = {"nl": "Deze pagina stond te lang open.", "en": "This page was open too long."}
        assert answer.status_code == 422
        assert said[language] in answer.text
        assert field_of(answer.text, "text") == MINE
        assert n_told() == 0

    def test_gives_a_new_stamp_with_which_it_can_be_sent_again(self, anybody):
        page = send(anybody, OPEN, started="geraden").text

        fresh = field_of(page, "started")

        assert fresh not in {"", "geraden"}
        assert send(anybody, OPEN, started=fresh).status_code == 200  # within a blink: thanked, and not kept
        assert n_told() == 0

    def test_says_the_same_to_a_machine_as_to_a_resident(self, anybody):
        kept = send(anybody, OPEN).text
        dropped = send(anybody, OPEN, website="https://example.org/kopen").text

        token = re.compile(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"')
        assert token.sub("", kept) == token.sub("", dropped)
        assert n_told() == 1

    def test_mends_words_of_a_machine_no_less(self, anybody):
        answer = send(anybody, OPEN, website="x", text="")

        assert answer.status_code == 422
        assert n_told() == 0

    def test_gives_nobody_a_cookie_that_tells_who_it_is(self, anybody):
        anybody.get(OPEN)
        send(anybody, OPEN)

        assert set(anybody.cookies) <= {"csrftoken", "__Host-csrftoken"}

    @pytest.mark.parametrize(
        "header", [{"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}], ids=str
    )
    def test_keeps_no_address_of_the_internet_anywhere(self, anybody, header):
        anybody.post(OPEN, filled(), **header)

        assert n_told() == 1
        kept = [*models.Signal.objects.values(), *AuditEvent.objects.values(), *models.Count.objects.values()]
        assert "203.0.113.9" not in str(kept)

    def test_counts_an_hour_over_all_who_tell_and_opens_again_after_it(self, anybody):
        at = now()
        for number in range(services.MOST_AN_HOUR):
            tell_by_resident(at=at, text=f"Nummer {number} van velen")

        refused = {language: send(anybody, OPEN, language=language) for language in LANGUAGES}
        models.Signal.objects.update(told_at=at - timedelta(hours=1))
        taken = send(anybody, OPEN)

        assert [answer.status_code for answer in (*refused.values(), taken)] == [422, 422, 200]
        assert "probeer het over een uur nog eens" in refused["nl"].text
        assert "try again in an hour" in refused["en"].text
        assert n_told() == services.MOST_AN_HOUR + 1

    def test_of_members_does_not_fill_the_hour_of_residents(self, anybody):
        for number in range(services.MOST_AN_HOUR):
            tell(at=now(), reference=str(number))

        send(anybody, OPEN)

        assert models.Signal.objects.filter(source="resident").count() == 1

    @pytest.mark.parametrize("verb", ["put", "patch", "delete"])
    def test_is_shown_and_sent_and_nothing_else(self, anybody, verb):
        assert getattr(anybody, verb)(OPEN).status_code == 405

    @pytest.mark.parametrize("network_id", ["KRUISVELD", "kruisveld ", "../kruisveld", "%00", "é"])
    def test_is_not_there_under_another_name(self, anybody, network_id):
        address = reverse("signals:open_form", args=[network_id])

        assert anybody.get(address).status_code in {400, 404}

    def test_closes_while_somebody_fills_it_in(self, anybody):
        anybody.get(OPEN)
        models.Reception.objects.all().delete()

        answer = send(anybody, OPEN)

        assert answer.status_code == 404
        assert n_told() == 0


class TestReceptionForm:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("chosen", ["atlantis", "noord", "samira", "a\0b", "x" * 500])
    def test_says_what_is_no_organization_and_leaves_the_form_as_it_was(self, sign_in, chosen, language):
        here.receive_by("school")

        answer = sign_in("anneke", role=Role.COORDINATOR).post(
            RECEPTION, {"organization_id": chosen}, headers={"accept-language": language}
        )

        assert answer.status_code == 422
        assert CHOOSE_ONE[LANGUAGES.index(language)] in answer.text
        assert models.Reception.objects.get().organization.text_id == "school"

    def test_offers_every_organization_by_name_and_nobody(self, sign_in):
        page = sign_in("anneke", role=Role.COORDINATOR).get(RECEPTION).text

        offered = re.findall(r'<option value="([^"]*)"', page)
        assert offered == ["", "bibliotheek", "school", "politie"]

    def test_stays_with_one_who_reads(self, sign_in):
        anneke = sign_in("anneke", role=Role.COORDINATOR)
        for organization_id in ("school", "politie", "politie"):
            anneke.post(RECEPTION, {"organization_id": organization_id})

        assert [row.organization.text_id for row in models.Reception.objects.all()] == ["politie"]


class TestNeighbourhoods:
    """Chosen from a list of which each line says what it does."""

    FIRST_LINES = (("nl", "Kies een buurt …"), ("en", "Choose a neighbourhood …"))

    @pytest.mark.parametrize(("language", "first"), FIRST_LINES)
    @pytest.mark.parametrize("address", [NEW, OPEN])
    def test_begin_with_words_that_choose_none(self, samira, address, language, first):
        here.receive_by("school")

        page = samira.get(address, headers={"accept-language": language}).text

        (box,) = re.findall(r'<select[^>]* name="area_id".*?</select>', page, re.DOTALL)
        lines = re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)</option>', box)
        assert lines == [("", first), ("noord", "Noord"), ("zuid", "Zuid")]
