# SPDX-License-Identifier: EUPL-1.2
"""The API of signals refused in every way: what is said, in which language, and that nothing changed."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.test import Client

from scharnier.apps.signals import services
from scharnier.apps.signals.models import Count, Signal
from scharnier.core.kernel import NetworkId, Role
from scharnier.core.network import AreaKind
from tests.factories import DAY, an_area
from tests.integration.apps import signals_scenes as here
from tests.integration.apps.reading import problem_of
from tests.integration.apps.signals_scenes import (
    BY_LIBRARY,
    WORDS,
    acts,
    tell,
    tell_by_library,
    tell_by_resident,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
SIGNALS, BATCH = "/api/v1/signals", "/api/v1/signals/batch"
JSON = "application/json"
PHONE_NUMBER = "06-12345678"
GONE = (404, "signals.signal_not_found")
MALFORMED = (422, "site.malformed")


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground, load):
    load(here.a_neighbourhood())
    load(replace(here.a_neighbourhood(), id=NetworkId("elders"), name="Elders"))


@pytest.fixture
def far(sign_in):
    """Somebody of the same name, of an organization of the same name, in another network."""
    return sign_in("samira", network_id="elders")


def said(**changes):
    values = {
        "text": WORDS,
        "place": {"area_id": "noord"},
        "happened_on": DAY.isoformat(),
        "topics": ["litter"],
    }
    return values | changes


def send(client, body, *, path=SIGNALS, verb="post", language="nl", kind=JSON):
    data = {} if verb == "get" else body if isinstance(body, str) else json.dumps(body)
    return getattr(client, verb)(path, data, content_type=kind, headers={"accept-language": language})


def at(row, *more):
    return "/".join((SIGNALS, row if isinstance(row, str) else row.pk, *more))


def every_way(row):
    """Each way to reach one signal, as a verb, an address and what is sent."""
    return [
        ("get", at(row), ""),
        ("get", at(row, "others"), ""),
        *(("patch", at(row), {"state": state}) for state in ("handled", "open", "withdrawn")),
    ]


class TestBody:
    @pytest.mark.parametrize(
        "body",
        ["", "{", "[]", "null", "3", '"tekst"', "{}", '{"text": "Lamp"}', '{"text": null}', "\x00"],
    )
    @pytest.mark.parametrize("path", [SIGNALS, BATCH])
    def test_is_an_object_with_what_is_needed(self, samira, body, path):
        answer = send(samira, body, path=path)

        assert answer.status_code in {400, 422}
        assert answer["Content-Type"].startswith("application/problem+json")
        assert not Signal.objects.exists()

    @pytest.mark.parametrize(
        "changes",
        [
            {"text": None},
            {"text": 3},
            {"text": ["Lamp"]},
            {"place": {"area_id": 3}},
            {"place": {"words": "a\0b"}},
            {"place": {"longitude": "oost", "latitude": 52}},
            {"place": {"longitude": 181, "latitude": 52}},
            {"place": {"longitude": 5, "latitude": -86}},
            {"happened_on": None},
            {"happened_on": "2026-02-30"},
            {"happened_on": "01-03-2026"},
            {"happened_on": ""},
            {"grain": "year"},
            {"grain": None},
            {"topics": "litter"},
            {"topics": [3]},
            {"topics": ["litter"] * 51},
            {"topics": ["a\0b"]},
            {"groups": "jongeren"},
            {"groups": ["jongeren"] * 51},
            {"seriousness": "rampzalig"},
            {"seriousness": 3},
            {"reference": None},
            {"reference": "x" * 101},
            {"reference": "a\0b"},
            {"organization_id": 3},
            {"organization_id": "a\0b"},
        ],
        ids=str,
    )
    def test_has_in_each_field_what_the_schema_says(self, samira, changes):
        assert problem_of(send(samira, said(**changes))) == MALFORMED
        assert problem_of(send(samira, {"signals": [said(), said(**changes)]}, path=BATCH)) == MALFORMED
        assert not Signal.objects.exists()
        assert acts() == []

    @pytest.mark.parametrize("lacking", ["text", "place", "happened_on"])
    def test_lacks_nothing_that_is_needed(self, samira, lacking):
        body = {name: value for name, value in said().items() if name != lacking}

        assert problem_of(send(samira, body)) == MALFORMED
        assert not Signal.objects.exists()

    @pytest.mark.parametrize("lacking", ["topics", "grain", "groups", "seriousness", "reference"])
    def test_may_lack_the_rest(self, samira, lacking):
        body = {name: value for name, value in said().items() if name != lacking}

        assert send(samira, body).status_code == 201

    @pytest.mark.parametrize(
        "more", [{"source": "resident"}, {"author": "lies"}, {"told_at": "2020-01-01"}, {"state": "handled"}]
    )
    def test_cannot_say_what_we_say_ourselves(self, samira, more):
        answer = send(samira, said(**more))

        row = Signal.objects.get()
        assert answer.status_code == 201
        assert (row.source, row.author.text_id, row.state) == ("api", "samira", "open")
        assert row.told_at.year > 2020


class TestRules:
    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize(
        ("changes", "code", "words"),
        [
            ({"text": "  "}, "text.empty", ("Er staat nog niets.", "There is nothing here yet.")),
            ({"text": f"Bel {PHONE_NUMBER}"}, "text.personal_data", ("telefoonnummer", "telephone number")),
            ({"text": "x" * 2001}, "text.too_long", ("2001", "2001")),
            ({"place": "Nergens"}, "signals.place_unknown", ("geen plek", "no place")),
            ({"place": ""}, "signals.place_unclear", ("Zeg waar het was", "Say where it was")),
            ({"place": None}, "signals.place_unclear", ("Zeg waar het was", "Say where it was")),
            ({"place": {}}, "signals.place_unclear", ("Zeg waar het was", "Say where it was")),
            ({"place": {"words": "Nergens"}}, "signals.place_unknown", ("geen plek", "no place")),
            (
                {"place": {"words": f"bij {PHONE_NUMBER}"}},
                "text.personal_data",
                ("telefoonnummer", "telephone number"),
            ),
            ({"happened_on": "2031-01-01"}, "signals.happening_unclear", ("vandaag", "today")),
            ({"topics": ["ufo"]}, "signals.unknown_subject", ("kent ufo niet", "does not know ufo")),
            ({"groups": ["reuzen"]}, "signals.unknown_subject", ("kent reuzen niet", "not know reuzen")),
        ],
        ids=lambda each: str(each)[:30],
    )
    def test_are_told_in_the_language_of_the_request(self, samira, changes, code, words, language):
        alone = send(samira, said(**changes), language=language)
        results = send(samira, {"signals": [said(**changes)]}, path=BATCH, language=language).json()[
            "results"
        ]

        wanted = words[("nl", "en").index(language)]
        assert problem_of(alone) == (422, code)
        assert wanted in alone.json()["detail"]
        assert [(each["outcome"], each["type"].rpartition(":")[2]) for each in results] == [("refused", code)]
        assert wanted in results[0]["detail"]
        assert PHONE_NUMBER not in alone.text + str(results)
        assert not Signal.objects.exists()

    @pytest.mark.parametrize("organization_id", ["bibliotheek", "politie", "atlantis", "School"])
    def test_let_nobody_speak_for_another_organization(self, samira, organization_id):
        alone = send(samira, said(organization_id=organization_id))
        batch = send(samira, {"signals": [said(organization_id=organization_id)]}, path=BATCH).json()

        assert problem_of(alone) == (403, "signals.may_not_tell")
        assert [each["outcome"] for each in batch["results"]] == ["refused"]
        assert not Signal.objects.exists()

    @pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
    def test_keep_out_who_keeps_the_house_or_counts(self, sign_in, role):
        answer = send(sign_in("samira", role=role), said())

        assert problem_of(answer) == (403, "signals.tells_none")
        assert not Signal.objects.exists()


class TestCandidates:
    """A place that is not clear is refused with what may be meant, for a program to choose from."""

    @pytest.fixture(autouse=True)
    def _two_park_roads(self, load):
        value = here.a_neighbourhood()
        roads = [
            replace(an_area(f"parkweg-{side}", kind=AreaKind.STREET, parent=side), name="Parkweg")
            for side in ("noord", "zuid")
        ]
        load(replace(value, areas=(*value.areas, *roads)))

    BOTH = [{"id": "parkweg-noord", "name": "Parkweg"}, {"id": "parkweg-zuid", "name": "Parkweg"}]

    def refused(self, client, place):
        alone = send(client, said(place=place))
        (result,) = send(client, {"signals": [said(place=place)]}, path=BATCH).json()["results"]
        assert result["type"] == alone.json()["type"]
        assert result["candidates"] == alone.json().get("candidates", [])
        assert not Signal.objects.exists()
        return problem_of(alone), alone.json().get("candidates")

    @pytest.mark.parametrize("place", ["parkweg", {"words": "Parkweg"}, {"words": "Parkweg 12"}])
    def test_are_all_of_that_name(self, samira, place):
        assert self.refused(samira, place) == ((422, "signals.place_ambiguous"), self.BOTH)

    @pytest.mark.parametrize("candidate", BOTH, ids=lambda each: each["id"])
    def test_settle_it_when_one_is_sent_along(self, samira, candidate):
        answer = send(samira, said(place={"words": "Parkweg", "area_id": candidate["id"]}))

        assert answer.status_code == 201
        assert answer.json()["place"]["area_id"] == candidate["id"]
        assert answer.json()["place"]["precision"] == "street"

    def test_are_settled_by_the_neighbourhood_too(self, samira):
        answer = send(samira, said(place={"words": "Parkweg", "area_id": "zuid"}))

        assert answer.json()["place"]["area_id"] == "parkweg-zuid"

    def test_are_what_is_called_much_like_it_when_nothing_has_that_name(self, samira):
        (problem, candidates) = self.refused(samira, "Marsstrat")

        assert problem == (422, "signals.place_unknown")
        assert [each["id"] for each in candidates] == ["marsstraat"]

    def test_are_none_where_nothing_is_like_it(self, samira):
        assert self.refused(samira, "Xyzzy") == ((422, "signals.place_unknown"), None)

    def test_are_none_of_another_network(self, far):
        _problem, candidates = self.refused(far, "Parkweg")

        assert not candidates or "parkweg-noord" not in {each["id"] for each in candidates}

    def test_are_words_that_a_form_asks_about_too(self, samira):
        page = samira.post("/signals/new/", {
            "text": WORDS, "place": "Parkweg", "when": "today", "topics": "litter", "owner_id": "school",
        })  # fmt: skip

        assert page.status_code == 422
        assert "Meer plekken heten hier" in page.text
        assert not Signal.objects.exists()


class TestPlaceInWords:
    @pytest.mark.parametrize(("words", "area_id"), [("noord", "noord"), ("Marsstraat", "marsstraat")])
    def test_is_the_place_of_that_name(self, samira, words, area_id):
        answer = send(samira, said(place=words))

        assert answer.status_code == 201
        assert answer.json()["place"]["area_id"] == area_id

    def test_holds_no_zero_byte(self, samira):
        assert problem_of(send(samira, said(place="a\0b")))[0] == 422
        assert not Signal.objects.exists()


class TestBatch:
    def test_keeps_the_order_in_which_they_came(self, samira):
        bodies = [said(reference=str(n), text=WORDS if n % 3 else "") for n in range(12)]

        results = send(samira, {"signals": bodies}, path=BATCH).json()["results"]

        assert [each["reference"] for each in results] == [str(n) for n in range(12)]
        assert [each["outcome"] for each in results] == ["new" if n % 3 else "refused" for n in range(12)]
        assert Signal.objects.count() == 8

    def test_takes_a_full_hundred(self, samira):
        bodies = [said(reference=str(n)) for n in range(100)]

        results = send(samira, {"signals": bodies}, path=BATCH).json()["results"]

        assert {each["outcome"] for each in results} == {"new"}
        assert len({each["signal_id"] for each in results}) == 100

    def test_takes_what_was_refused_when_it_is_mended(self, samira):
        send(samira, {"signals": [said(reference="1"), said(reference="2", text="")]}, path=BATCH)

        again = send(samira, {"signals": [said(reference="1"), said(reference="2")]}, path=BATCH).json()

        assert [each["outcome"] for each in again["results"]] == ["known", "new"]

    def test_takes_the_same_without_a_reference_as_often_as_it_comes(self, samira):
        for _ in range(2):
            send(samira, {"signals": [said(), said()]}, path=BATCH)

        assert Signal.objects.count() == 4


class TestReference:
    def test_of_what_was_withdrawn_is_not_taken_again(self, samira):
        first = send(samira, said(reference="A-1")).json()
        send(samira, {"state": "withdrawn"}, path=at(first["id"]), verb="patch")

        again = send(samira, said(reference="A-1"))

        assert again.status_code == 200
        assert (again.json()["id"], again.json()["text"]) == (first["id"], None)
        assert Signal.objects.count() == 1

    def test_is_another_in_another_network(self, samira, far):
        answers = [send(client, said(reference="A-1")) for client in (samira, far)]

        assert [answer.status_code for answer in answers] == [201, 201]
        assert len({answer.json()["id"] for answer in answers}) == 2

    @pytest.mark.parametrize("other", ["a-1", "A-1 ", "A1", "A-01"])
    def test_is_the_same_only_as_it_is_written(self, samira, other):
        send(samira, said(reference="A-1"))

        assert send(samira, said(reference=other)).status_code == 201


class TestWhoMayReach:
    @pytest.mark.parametrize("path", [SIGNALS, BATCH, f"{SIGNALS}/1", f"{SIGNALS}/1/others"])
    @pytest.mark.parametrize("verb", ["get", "post", "patch"])
    def test_is_nobody_without_signing_in(self, path, verb):
        answer = send(Client(raise_request_exception=False), said(), path=path, verb=verb)

        assert answer.status_code in {401, 405}
        assert WORDS not in answer.text

    @pytest.mark.parametrize("way", range(5))
    @pytest.mark.parametrize("who", ["lies", "piet", "anneke", "elders", "coordinator"])
    def test_is_nobody_else_and_nothing_tells_that_it_is_there(self, sign_in, who, way):
        clients = {
            "elders": lambda: sign_in("samira", network_id="elders"),
            "coordinator": lambda: sign_in("anneke", role=Role.COORDINATOR),
        }
        client = clients.get(who, lambda: sign_in(who))()
        row = tell()

        answers = [
            send(client, body, path=path, verb=verb)
            for verb, path, body in (every_way(row)[way], every_way("0" * 32)[way])
        ]

        assert [problem_of(answer) for answer in answers] == [GONE, GONE]
        assert answers[0].json()["detail"] == answers[1].json()["detail"]
        row.refresh_from_db()
        assert (row.state, row.text) == ("open", WORDS)

    @pytest.mark.parametrize("way", range(5))
    def test_is_a_colleague(self, sign_in, way):
        verb, path, body = every_way(tell())[way]

        assert send(sign_in("bram"), body, path=path, verb=verb).status_code == 200

    def test_is_for_oneself_alone_what_one_told_so(self, sign_in):
        row = tell(owner_id=None)

        answers = [send(sign_in(who), "", path=at(row), verb="get") for who in ("samira", "bram")]

        assert [answer.status_code for answer in answers] == [200, 404]
        assert answers[0].json()["organization_id"] is None

    def test_is_the_organization_of_choice_for_what_residents_told(self, sign_in):
        here.receive_by("bibliotheek")
        row = tell_by_resident(text="Van een bewoner")

        answers = {who: send(sign_in(who), "", path=at(row), verb="get") for who in ("samira", "lies")}

        assert answers["samira"].status_code == 404
        assert answers["lies"].json()["source"] == "resident"
        assert answers["lies"].json()["organization_id"] is None

    @pytest.mark.parametrize(
        ("path", "verb"),
        [
            (SIGNALS, "put"),
            (SIGNALS, "delete"),
            (BATCH, "put"),
            (f"{SIGNALS}/1", "delete"),
            (f"{SIGNALS}/1", "put"),
            (f"{SIGNALS}/1/others", "post"),
        ],
    )
    def test_is_reached_in_no_other_way(self, samira, path, verb):
        assert send(samira, said(), path=path, verb=verb).status_code == 405


class TestList:
    @pytest.mark.parametrize("asked", [{"page": 0}, {"page": "x"}, {"pageSize": 0}, {"pageSize": 10**6}])
    def test_refuses_a_page_that_is_none(self, samira, asked):
        tell()

        answer = samira.get(SIGNALS, asked)

        assert answer.status_code in {400, 422}
        assert WORDS not in answer.text

    def test_has_each_once_over_all_its_pages(self, samira):
        rows = [tell(reference=str(n)) for n in range(7)]
        tell_by_library()

        pages = [samira.get(SIGNALS, {"page": n, "pageSize": 3}).json() for n in (1, 2, 3, 4)]

        found = [item["id"] for page in pages for item in page["items"]]
        assert [len(page["items"]) for page in pages] == [3, 3, 1, 0]
        assert {page["total"] for page in pages} == {7}
        assert sorted(found) == sorted(row.pk for row in rows)

    @pytest.mark.parametrize("who", ["lies", "piet", "anneke"])
    def test_holds_no_word_of_others(self, sign_in, who):
        tell(), tell_by_library(text="Alleen van de bibliotheek")

        words = sign_in(who).get(SIGNALS).text

        assert WORDS not in words
        assert ("Alleen van de bibliotheek" in words) is (who == "lies")

    def test_holds_nothing_of_another_network(self, samira, far):
        tell()

        assert samira.get(SIGNALS).json()["total"] == 1
        assert far.get(SIGNALS).json()["total"] == 0


class TestOthers:
    @pytest.mark.parametrize("state", ["handled", "open", "withdrawn"])
    def test_are_told_whatever_became_of_it_and_never_named(self, samira, state):
        row = tell()
        tell_by_library()
        send(samira, {"state": state}, path=at(row), verb="patch")

        answer = samira.get(at(row, "others"))

        assert answer.status_code == 200
        assert set(answer.json()) == {"n_partners", "has_residents"}
        assert BY_LIBRARY not in answer.text

    @pytest.mark.parametrize("language", ["nl", "en"])
    def test_are_refused_after_too_many_questions_in_a_sentence(self, samira, language):
        first, second = tell(), tell(place=here.MARS)
        samira.get(at(first, "others"))
        Count.objects.update(n=services.MOST_LOOKS)

        answer = samira.get(at(second, "others"), headers={"accept-language": language})

        said_so = {"nl": "Morgen kan het weer.", "en": "Tomorrow you can again."}
        assert problem_of(answer) == (403, "signals.too_many_looks")
        assert said_so[language] in answer.json()["detail"]


class TestState:
    @pytest.mark.parametrize(
        "body", ["", "{}", '{"state": null}', '{"state": "gone"}', '{"state": ["open"]}']
    )
    def test_is_one_of_three(self, samira, body):
        row = tell()

        answer = send(samira, body, path=at(row), verb="patch")

        assert answer.status_code in {400, 422}
        row.refresh_from_db()
        assert row.state == "open"

    @pytest.mark.parametrize(
        ("steps", "acts_then"),
        [
            (["open"], []),
            (["handled", "handled"], ["signal.handled"]),
            (["withdrawn", "withdrawn"], ["signal.withdrawn"]),
            (["handled", "withdrawn"], ["signal.handled", "signal.withdrawn"]),
        ],
        ids=str,
    )
    def test_reached_twice_is_one_act(self, samira, steps, acts_then):
        row = tell()

        answers = [send(samira, {"state": state}, path=at(row), verb="patch") for state in steps]

        assert [answer.json()["state"] for answer in answers] == steps
        assert acts() == ["signal.told", *acts_then]
