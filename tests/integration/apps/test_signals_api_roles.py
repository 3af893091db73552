# SPDX-License-Identifier: EUPL-1.2
"""The API of signals, and of who else meets it, for every role: forms, refusals, once and again."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.people.models import Membership
from scharnier.apps.signals import services
from scharnier.apps.signals.models import Count, Match, Signal
from scharnier.core.kernel import Role
from scharnier.core.signals import Grain, Happening, Seriousness
from scharnier.formats import wording
from tests.factories import DAY, NOON, a_membership, a_network, a_person, an_area, an_organization
from tests.integration.apps.reading import problem_of
from tests.integration.apps.signals_scenes import (
    BRAM,
    BY_LIBRARY,
    HOUSE,
    LIES,
    MARS,
    NOISE,
    WORDS,
    a_neighbourhood,
    acts,
    receive_by,
    tell,
    tell_by_library,
    tell_by_resident,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
SIGNALS, BATCH, ASK = "/api/v1/signals", "/api/v1/signals/batch", "/api/v1/ask"
ITEM = {
    "id", "organization_id", "text", "place", "happened_on", "grain", "topics", "groups", "seriousness",
    "state", "source", "reference", "told_at",
}  # fmt: skip
PLACE = {"precision", "words", "area_id", "longitude", "latitude"}
QUESTION = "Er ligt overal zwerfafval op straat"
PERSONAL = "Bel mevrouw op 06-12345678"


@pytest.fixture(scope="module", autouse=True)
def _kruisveld(_ground, load):
    load(a_neighbourhood())
    load(
        a_network(
            network_id="elders",
            areas=(an_area("noord"),),
            organizations=(an_organization("school", name="Een andere school"),),
            persons=(a_person("vera"),),
            memberships=(a_membership("vera", organization="school"),),
        )
    )


@pytest.fixture
def vera(sign_in):
    return sign_in("vera", network_id="elders")


def said(**changes):
    return {
        "text": WORDS, "place": {"area_id": "noord"}, "happened_on": DAY.isoformat(), "topics": ["litter"],
    } | changes  # fmt: skip


def send(client, body, *, path=SIGNALS, language="nl", method="post"):
    return getattr(client, method)(
        path, json.dumps(body), content_type="application/json", headers={"accept-language": language}
    )


def stored():
    return list(Signal.objects.order_by("pk").values()), acts(), Match.objects.count()


class TestShape:
    def test_is_the_same_when_told_read_and_listed(self, samira):
        told = send(samira, said(reference="A-1", place={"words": "Marsstraat 12"})).json()

        read = samira.get(f"{SIGNALS}/{told['id']}").json()
        (listed,) = samira.get(SIGNALS).json()["items"]

        assert set(told) == ITEM
        assert set(told["place"]) == PLACE
        assert told == read == listed

    @pytest.mark.parametrize(
        ("place", "precision", "words"), [(MARS, "street", "Marsstraat"), (HOUSE, "address", "Marsstraat 12")]
    )
    def test_tells_how_exactly_a_place_is_known(self, samira, place, precision, words):
        row = tell(place=place)

        found = samira.get(f"{SIGNALS}/{row.pk}").json()["place"]

        assert (found["precision"], found["words"]) == (precision, words)
        assert (found["longitude"] is None) == (found["latitude"] is None)

    @pytest.mark.parametrize("grain", Grain)
    @pytest.mark.parametrize("seriousness", Seriousness)
    def test_takes_every_grain_and_seriousness(self, samira, grain, seriousness):
        told = send(samira, said(grain=grain.value, seriousness=seriousness.value)).json()

        assert (told["grain"], told["seriousness"]) == (grain.value, seriousness.value)

    def test_sorts_topics_and_says_each_once(self, samira):
        told = send(samira, said(topics=["noise", "litter", "noise"])).json()

        assert told["topics"] == ["litter", "noise"]

    def test_says_nothing_of_what_was_left_out(self, samira):
        told = send(samira, {"text": WORDS, "place": {"area_id": "noord"}, "happened_on": DAY.isoformat()})

        found = told.json()
        assert (found["topics"], found["groups"], found["reference"]) == ([], [], "")
        assert (found["grain"], found["seriousness"]) == ("day", "annoying")

    def test_keeps_every_sign_of_the_words(self, samira):
        text = "Glas & <scherven> bij het bankje — “elke” vrijdag, ook na 22.00 u. 🚲"

        told = send(samira, said(text=text)).json()

        assert samira.get(f"{SIGNALS}/{told['id']}").json()["text"] == text

    def test_takes_no_notice_of_what_it_does_not_know(self, samira):
        told = send(samira, said(state="withdrawn", source="open311", id="mijn", author="lies")).json()

        assert (told["state"], told["source"]) == ("open", "api")
        assert told["id"] != "mijn"
        assert Signal.objects.get().author.text_id == "samira"


class TestLanguages:
    @pytest.mark.parametrize("language", ["nl", "en"])
    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"place": {}}, "signals.place_unclear"),
            ({"happened_on": "2030-01-01"}, "signals.happening_unclear"),
            ({"topics": ["geen onderwerp"]}, "signals.unknown_subject"),
        ],
        ids=str,
    )
    def test_say_what_is_wrong(self, samira, changes, code, language):
        answer = send(samira, said(**changes), language=language)

        first_words = wording.error_sentences()[code][language].split("{")[0][:20]
        assert problem_of(answer)[1] == code
        assert answer.json()["detail"].startswith(first_words)

    def test_say_it_of_each_in_a_batch(self, samira):
        body = {"signals": [said(), said(place={})]}

        details = {
            language: send(samira, body, path=BATCH, language=language).json()["results"][1]["detail"]
            for language in ("nl", "en")
        }

        sentences = wording.error_sentences()["signals.place_unclear"]
        assert details["nl"] != details["en"]
        assert all(details[each].startswith(sentences[each].split("{")[0][:20]) for each in details)

    def test_never_repeat_what_was_personal(self, samira):
        answers = [
            send(samira, said(text=PERSONAL), language=language, path=path)
            if path == SIGNALS
            else send(samira, {"signals": [said(text=PERSONAL)]}, language=language, path=path)
            for language in ("nl", "en")
            for path in (SIGNALS, BATCH)
        ]

        assert [answer.status_code for answer in answers] == [422, 200, 422, 200]
        assert all("12345678" not in answer.text for answer in answers)
        assert not Signal.objects.exists()


class TestRoles:
    @pytest.mark.parametrize("role", [Role.PROFESSIONAL, Role.COORDINATOR])
    def test_tell_for_an_organization_they_act_for(self, sign_in, role):
        client = sign_in("samira", role=role)

        answer = send(client, said())

        assert (answer.status_code, answer.json()["organization_id"]) == (201, "school")

    @pytest.mark.parametrize("role", list(Role))
    def test_never_open_the_words_of_another_organization(self, sign_in, role):
        row = tell_by_library()
        client = sign_in("samira", role=role)

        answers = [
            client.get(SIGNALS),
            client.get(f"{SIGNALS}/{row.pk}"),
            client.get(f"{SIGNALS}/{row.pk}/others"),
        ]

        assert all(BY_LIBRARY not in answer.text for answer in answers)
        assert [answer.status_code for answer in answers[1:]] == [404, 404]

    @pytest.mark.parametrize("role", list(Role))
    def test_never_open_the_words_of_a_resident(self, sign_in, role):
        receive_by("politie")
        row = tell_by_resident(text="Onze stoep ligt vol blikjes")
        client = sign_in("samira", role=role)

        assert client.get(f"{SIGNALS}/{row.pk}").status_code == 404
        assert "blikjes" not in client.get(SIGNALS).text

    @pytest.mark.parametrize("role", [Role.RESIDENT, Role.BOARD, Role.RESEARCHER, Role.ADMINISTRATOR])
    def test_change_nothing_of_another(self, sign_in, role):
        row = tell_by_library()
        before = stored()

        answer = send(
            sign_in("anneke", role=role), {"state": "withdrawn"}, path=f"{SIGNALS}/{row.pk}", method="patch"
        )

        assert answer.status_code == 404
        assert stored() == before

    def test_share_what_their_organization_tells(self, samira, sign_in):
        row = tell()

        assert sign_in("bram").get(f"{SIGNALS}/{row.pk}").json() == samira.get(f"{SIGNALS}/{row.pk}").json()

    def test_leave_who_left_what_they_wrote_themselves_and_nothing_of_colleagues(self, samira):
        own, of_colleague = tell(), tell(BRAM)
        Membership.objects.filter(person__text_id="samira").update(end_date=DAY - timedelta(days=1))

        answers = [samira.get(f"{SIGNALS}/{row.pk}").status_code for row in (own, of_colleague)]

        assert answers == [200, 404]
        assert [item["id"] for item in samira.get(SIGNALS).json()["items"]] == [own.pk]
        assert problem_of(send(samira, said())) == (422, "signals.owner_unclear")
        assert Signal.objects.count() == 2

    @pytest.mark.parametrize("path", [SIGNALS, f"{SIGNALS}/iets", f"{SIGNALS}/iets/others"])
    def test_are_asked_for_first(self, client, path):
        answer = client.get(path)

        assert answer.status_code == 401

    def test_of_nobody_change_nothing(self, client):
        row = tell()
        before = stored()

        answers = [
            send(client, said()),
            send(client, {"signals": [said()]}, path=BATCH),
            send(client, {"state": "withdrawn"}, path=f"{SIGNALS}/{row.pk}", method="patch"),
        ]

        assert {answer.status_code for answer in answers} == {401}
        assert stored() == before


class TestOtherNetwork:
    def test_sees_and_changes_nothing(self, vera):
        row = tell()
        before = stored()

        answers = [
            vera.get(f"{SIGNALS}/{row.pk}"),
            vera.get(f"{SIGNALS}/{row.pk}/others"),
            send(vera, {"state": "withdrawn"}, path=f"{SIGNALS}/{row.pk}", method="patch"),
        ]

        assert {problem_of(answer) for answer in answers} == {(404, "signals.signal_not_found")}
        assert vera.get(SIGNALS).json()["items"] == []
        assert stored() == before

    def test_keeps_its_own_references(self, samira, vera):
        first = send(samira, said(reference="A-1"))

        second = send(vera, said(reference="A-1", topics=[]))

        assert (first.status_code, second.status_code) == (201, 201)
        assert second.json()["id"] != first.json()["id"]

    def test_knows_no_topic_or_area_of_here(self, vera):
        answers = [
            send(vera, said(topics=[], place={"area_id": "zuid"})),
            send(vera, said(topics=[], organization_id="politie")),
        ]

        assert [answer.status_code for answer in answers] == [422, 403]
        assert not Signal.objects.exists()

    def test_does_not_count_here(self, samira, vera):
        row = tell()
        send(vera, said(topics=[]))

        assert samira.get(f"{SIGNALS}/{row.pk}/others").json() == {"n_partners": 0, "has_residents": False}


class TestOnceAndAgain:
    def test_changes_nothing_and_writes_no_second_act(self, samira):
        body = said(reference="A-1")
        first = send(samira, body)
        before = stored()

        again = [send(samira, body) for _ in range(3)]

        assert [answer.status_code for answer in again] == [200] * 3
        assert {answer.json()["id"] for answer in again} == {first.json()["id"]}
        assert stored() == before

    def test_makes_two_of_what_has_no_reference(self, samira):
        ids = {send(samira, said()).json()["id"] for _ in range(2)}

        assert len(ids) == 2

    def test_stays_withdrawn_when_it_is_sent_again(self, samira):
        told = send(samira, said(reference="A-1")).json()
        send(samira, {"state": "withdrawn"}, path=f"{SIGNALS}/{told['id']}", method="patch")

        again = send(samira, said(reference="A-1"))

        assert (again.status_code, again.json()["state"], again.json()["text"]) == (200, "withdrawn", None)
        assert Signal.objects.count() == 1

    @pytest.mark.parametrize("state", ["open", "handled", "withdrawn"])
    def test_stands_where_it_stood(self, samira, state):
        row = tell()
        path = f"{SIGNALS}/{row.pk}"
        first = send(samira, {"state": state}, path=path, method="patch")
        before = stored()

        again = send(samira, {"state": state}, path=path, method="patch")

        assert first.json() == again.json()
        assert again.json()["state"] == state
        assert stored() == before

    def test_takes_the_rest_of_a_batch_that_broke_off(self, samira):
        send(samira, {"signals": [said(reference="A-0"), said(reference="A-1")]}, path=BATCH)

        answer = send(samira, {"signals": [said(reference=f"A-{n}") for n in range(4)]}, path=BATCH)

        assert [one["outcome"] for one in answer.json()["results"]] == ["known", "known", "new", "new"]
        assert Signal.objects.count() == 4

    def test_answers_a_batch_in_the_order_in_which_it_came(self, samira):
        references = ["C", "A", "", "B"]

        answer = send(samira, {"signals": [said(reference=each) for each in references]}, path=BATCH)

        assert [one["reference"] for one in answer.json()["results"]] == references


class TestBadInput:
    @pytest.mark.parametrize("raw", ["", "{", "[]", "null", "5", '{"signals": 5}', '{"signals": [null]}'])
    @pytest.mark.parametrize("path", [SIGNALS, BATCH])
    def test_is_no_signal(self, samira, path, raw):
        answer = samira.post(path, raw, content_type="application/json")

        assert answer.status_code in {400, 422}
        assert answer["Content-Type"].startswith("application/problem+json")
        assert not Signal.objects.exists()

    @pytest.mark.parametrize(
        "changes",
        [
            {"text": None},
            {"text": 5},
            {"topics": "litter"},
            {"topics": ["litter"] * 51},
            {"groups": [1]},
            {"grain": "uur"},
            {"seriousness": "erg"},
            {"happened_on": "26-03-2026"},
            {"happened_on": None},
            {"reference": 5},
            {"organization_id": ["school"]},
            {"place": {"longitude": "oost", "latitude": 52}},
            {"place": {"longitude": 5.1, "latitude": 95}},
        ],
        ids=lambda changes: str(changes)[:40],
    )
    def test_of_one_field_is_refused(self, samira, changes):
        assert problem_of(send(samira, said(**changes))) == (422, "site.malformed")
        assert not Signal.objects.exists()

    @pytest.mark.parametrize("place", [None, {}, {"straat": "Marsstraat"}], ids=str)
    def test_that_is_no_place_is_met_with_the_question_where(self, samira, place):
        assert problem_of(send(samira, said(place=place))) == (422, "signals.place_unclear")
        assert not Signal.objects.exists()

    @pytest.mark.parametrize("field", ["text", "place", "happened_on"])
    def test_lacks_what_must_be_there(self, samira, field):
        body = {name: value for name, value in said().items() if name != field}

        assert problem_of(send(samira, body)) == (422, "site.malformed")

    @pytest.mark.parametrize("place", [{"words": "jan@example.org"}, {"words": "bel 06-12345678"}])
    def test_hides_nobody_in_a_place(self, samira, place):
        answer = send(samira, said(place={"area_id": "noord"} | place))

        assert problem_of(answer) == (422, "text.personal_data")
        assert place["words"] not in answer.text

    def test_spoils_a_whole_batch_when_it_is_no_signal_at_all(self, samira):
        answer = send(samira, {"signals": [said(), {"text": WORDS}]}, path=BATCH)

        assert problem_of(answer) == (422, "site.malformed")
        assert not Signal.objects.exists()

    @pytest.mark.parametrize("state", ["", None, 1, "OPEN", ["open"]])
    def test_brings_a_signal_nowhere(self, samira, state):
        row = tell()

        answer = send(samira, {"state": state}, path=f"{SIGNALS}/{row.pk}", method="patch")

        assert problem_of(answer) == (422, "site.malformed")
        assert Signal.objects.get().state == "open"


class TestOthers:
    def test_are_counted_by_organization_and_not_by_signal(self, samira):
        row = tell()
        for number in range(4):
            tell_by_library(reference=f"B-{number}")

        assert samira.get(f"{SIGNALS}/{row.pk}/others").json()["n_partners"] == 1

    def test_have_residents_from_five_on(self, samira):
        receive_by("politie")
        row, seen = tell(), []
        for number in range(5):
            tell_by_resident(at=NOON - timedelta(minutes=number))
            seen.append(samira.get(f"{SIGNALS}/{row.pk}/others").json()["has_residents"])

        assert seen == [False, False, False, False, True]

    def test_meet_the_same_matter(self, samira):
        row = tell()
        tell_by_library(topics=frozenset({NOISE}))

        assert samira.get(f"{SIGNALS}/{row.pk}/others").json()["n_partners"] == 0

    def test_met_it_lately(self, samira):
        row = tell()
        tell_by_library(happened=Happening(on=DAY - timedelta(days=60)))

        assert samira.get(f"{SIGNALS}/{row.pk}/others").json()["n_partners"] == 0

    def test_do_not_count_what_was_taken_back(self, samira, sign_in):
        before, theirs = tell(), tell_by_library()
        found = [samira.get(f"{SIGNALS}/{before.pk}/others").json()["n_partners"]]

        send(sign_in("lies"), {"state": "withdrawn"}, path=f"{SIGNALS}/{theirs.pk}", method="patch")
        found.append(samira.get(f"{SIGNALS}/{before.pk}/others").json()["n_partners"])

        assert found == [1, 0]

    def test_are_the_same_for_both_sides(self, samira, sign_in):
        ours, theirs = tell(), tell(LIES, owner_id="bibliotheek")

        found = [
            client.get(f"{SIGNALS}/{row.pk}/others").json()
            for client, row in ((samira, ours), (sign_in("lies"), theirs))
        ]

        assert found == [{"n_partners": 1, "has_residents": False}] * 2


class TestAsk:
    def ask(self, client, *, language="nl", **changes):
        return send(client, {"text": QUESTION, "place": "noord"} | changes, path=ASK, language=language)

    @pytest.mark.parametrize(
        ("language", "sentence"),
        [
            ("nl", "Eén andere partner komt hier ook zoiets tegen."),
            ("en", "One other partner meets something like this here."),
        ],
    )
    def test_tells_who_else_in_the_language_of_who_asks(self, samira, language, sentence):
        tell_by_library()

        assert self.ask(samira, language=language).json()["others"] == {
            "partners": 1,
            "residents": False,
            "sentence": sentence,
        }

    @pytest.mark.parametrize(
        "role", [role for role in Role if role not in {Role.RESEARCHER, Role.ADMINISTRATOR}]
    )
    def test_tells_who_may_ask_a_number_and_no_word(self, sign_in, role):
        tell_by_library()

        answer = self.ask(sign_in("anneke", role=role))

        assert answer.json()["others"]["partners"] == 1
        assert BY_LIBRARY not in answer.text
        assert "leeszaal" not in answer.text

    @pytest.mark.parametrize("role", [Role.RESEARCHER, Role.ADMINISTRATOR])
    def test_tells_nothing_to_who_may_not_ask(self, sign_in, role):
        tell_by_library()

        answer = self.ask(sign_in("anneke", role=role))

        assert answer.status_code == 403
        assert answer["Content-Type"].startswith("application/problem+json")
        assert "others" not in answer.json()

    def test_tells_nobody_of_another_network(self, vera):
        tell_by_library()

        assert not self.ask(vera).json()["others"]["partners"]

    def test_asks_where_it_is(self, samira):
        others = self.ask(samira, place="").json()["others"]

        assert (others["partners"], others["residents"]) == (None, None)
        assert others["sentence"]

    def test_says_when_it_was_asked_too_often(self, samira):
        tell_by_library()
        self.ask(samira)
        Count.objects.update(n=services.MOST_LOOKS)

        answer = self.ask(samira, text="Elke nacht geluidsoverlast")

        assert answer.status_code == 200
        assert answer.json()["others"]["partners"] is None
        assert "Morgen kan het weer." in answer.json()["others"]["sentence"]

    def test_keeps_no_signal_of_a_question(self, samira):
        self.ask(samira)

        assert not Signal.objects.exists()
        assert not AuditEvent.objects.filter(act__startswith="signal.").exists()

    @pytest.mark.parametrize(
        "changes", [{"text": ""}, {"text": PERSONAL}, {"limit": 0}, {"limit": 51}], ids=str
    )
    def test_refuses_what_is_no_question(self, samira, changes):
        answer = self.ask(samira, **changes)

        assert answer.status_code == 422
        assert answer["Content-Type"].startswith("application/problem+json")
        assert "12345678" not in answer.text


class TestParts:
    def test_hold_each_once(self, samira):
        for number in range(5):
            tell(reference=f"A-{number}", at=NOON + timedelta(minutes=number))

        pages = [samira.get(SIGNALS, {"page": page, "pageSize": 2}).json() for page in (1, 2, 3)]

        found = [item["reference"] for page in pages for item in page["items"]]
        assert found == ["A-4", "A-3", "A-2", "A-1", "A-0"]
        assert {page["total"] for page in pages} == {5}

    @pytest.mark.parametrize(
        "query", [{"page": 0}, {"page": "x"}, {"pageSize": 0}, {"pageSize": 9999}], ids=str
    )
    def test_refuse_what_is_no_part(self, samira, query):
        assert problem_of(samira.get(SIGNALS, query)) == (422, "site.malformed")

    def test_take_as_many_queries_for_one_as_for_many(self, samira, django_assert_max_num_queries):
        tell()
        with django_assert_max_num_queries(40) as counted:
            samira.get(SIGNALS)
        for number in range(30):
            tell(reference=f"A-{number}")

        with django_assert_max_num_queries(len(counted.captured_queries)):
            answer = samira.get(SIGNALS)

        assert answer.json()["total"] == 31
