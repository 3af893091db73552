# SPDX-License-Identifier: EUPL-1.2
"""Signals by the API: once by their reference, for who acts for the organization, and of others no word."""

from __future__ import annotations

import json

import pytest

from scharnier.apps.signals import services
from scharnier.apps.signals.models import Count, Signal
from scharnier.core.signals import SignalState
from tests.factories import DAY
from tests.integration.apps.reading import problem_of
from tests.integration.apps.signals_scenes import (
    BY_LIBRARY,
    LIES,
    NOISE,
    WORDS,
    acts,
    tell,
    tell_by_library,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_kruisveld_of_signals", "_today")]
SIGNALS, BATCH = "/api/v1/signals", "/api/v1/signals/batch"
NORTH = {"area_id": "noord"}


def said(**changes):
    return {"text": WORDS, "place": NORTH, "happened_on": DAY.isoformat(), "topics": ["litter"]} | changes


def post(client, body, *, path=SIGNALS, language="nl"):
    return client.post(
        path, json.dumps(body), content_type="application/json", headers={"accept-language": language}
    )


def patch(client, signal_id, state):
    return client.patch(
        f"{SIGNALS}/{signal_id}", json.dumps({"state": state}), content_type="application/json"
    )


class TestTellSignal:
    def test_keeps_what_an_organization_meets(self, samira):
        answer = post(
            samira,
            said(
                place={"words": "Marsstraat 12"},
                grain="week",
                groups=["jongeren"],
                seriousness="harmful",
                reference="A-1",
            ),
        )

        assert answer.status_code == 201
        body = answer.json()
        assert body["place"] == {
            "precision": "address",
            "words": "Marsstraat 12",
            "area_id": "marsstraat",
            "longitude": pytest.approx(5.111),
            "latitude": pytest.approx(52.0855),
        }
        assert {name: body[name] for name in ("organization_id", "text", "grain", "topics", "groups")} == {
            "organization_id": "school",
            "text": WORDS,
            "grain": "week",
            "topics": ["litter"],
            "groups": ["jongeren"],
        }
        assert (body["seriousness"], body["state"], body["source"]) == ("harmful", "open", "api")
        assert acts() == ["signal.told"]

    def test_puts_a_point_in_the_area_around_it(self, samira):
        place = {"words": "naast de glasbak", "longitude": 5.1213, "latitude": 52.0907}

        body = post(samira, said(place=place)).json()

        assert (body["place"]["precision"], body["place"]["area_id"]) == ("point", "noord")

    def test_answers_what_is_here_when_the_reference_is_known(self, samira, sign_in):
        first = post(samira, said(reference="A-1"))

        again = post(samira, said(reference="A-1", text="Iets anders"))
        by_colleague = post(sign_in("bram"), said(reference="A-1"))

        assert (again.status_code, by_colleague.status_code) == (200, 200)
        assert again.json() == by_colleague.json() == first.json()
        assert Signal.objects.count() == 1

    def test_keeps_the_same_reference_of_two_organizations_apart(self, samira, sign_in):
        post(samira, said(reference="A-1"))

        assert post(sign_in("lies"), said(reference="A-1")).status_code == 201

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"text": "Bel mevrouw op 06-12345678"}, "text.personal_data"),
            ({"text": "..."}, "text.empty"),
            ({"text": "x" * 2001}, "text.too_long"),
            ({"place": {}}, "signals.place_unclear"),
            ({"place": {"area_id": "atlantis"}}, "signals.place_unclear"),
            ({"place": {"words": "Saturnuslaan"}}, "signals.place_unknown"),
            ({"place": {"longitude": 5.1}}, "signals.place_unclear"),
            ({"place": NORTH | {"words": "bij jan@example.org"}}, "text.personal_data"),
            ({"happened_on": "2030-01-01"}, "signals.happening_unclear"),
            ({"topics": ["geen onderwerp"]}, "signals.unknown_subject"),
            ({"groups": ["reuzen"]}, "signals.unknown_subject"),
            ({"happened_on": "gisteren"}, "site.malformed"),
            ({"text": "a\0b"}, "site.malformed"),
            ({"reference": "x" * 101}, "site.malformed"),
            ({"place": {"longitude": 500, "latitude": 5}}, "site.malformed"),
        ],
    )
    def test_refuses_what_cannot_be_and_keeps_nothing(self, samira, changes, code):
        answer = post(samira, said(**changes))

        assert problem_of(answer) == (422, code)
        assert "12345678" not in answer.text
        assert not Signal.objects.exists()

    @pytest.mark.parametrize("organization_id", ["bibliotheek", "atlantis"])
    def test_is_for_who_acts_for_that_organization(self, samira, organization_id):
        answer = post(samira, said(organization_id=organization_id))

        assert problem_of(answer) == (403, "signals.may_not_tell")

    def test_asks_whose_it_is_of_who_acts_for_none(self, sign_in):
        assert problem_of(post(sign_in("anneke"), said())) == (422, "signals.owner_unclear")

    def test_is_for_members(self, client):
        assert post(client, said()).status_code == 401


class TestTellSignals:
    def test_says_of_each_what_became_of_it_and_keeps_the_good_ones(self, samira):
        body = {
            "signals": [
                said(reference="A-1"),
                said(reference="A-1"),
                said(reference="A-2", text="Bel mevrouw op 06-12345678"),
                said(),
            ]
        }

        answer = post(samira, body, path=BATCH)

        results = answer.json()["results"]
        assert [one["outcome"] for one in results] == ["new", "known", "refused", "new"]
        assert results[0]["signal_id"] == results[1]["signal_id"]
        assert results[2] == {
            "outcome": "refused",
            "reference": "A-2",
            "signal_id": None,
            "type": "urn:problem-type:scharnier:text.personal_data",
            "detail": results[2]["detail"],
            "candidates": [],
        }
        assert results[2]["detail"].startswith("Je tekst noemt een telefoonnummer (06…)")
        assert Signal.objects.count() == 2

    def test_adds_nothing_when_it_comes_twice(self, samira):
        body = {"signals": [said(reference=f"A-{number}") for number in range(3)]}
        post(samira, body, path=BATCH)

        again = post(samira, body, path=BATCH)

        assert {one["outcome"] for one in again.json()["results"]} == {"known"}
        assert Signal.objects.count() == 3

    @pytest.mark.parametrize("n", [0, 101])
    def test_takes_a_hundred_at_once(self, samira, n):
        answer = post(samira, {"signals": [said()] * n}, path=BATCH)

        assert problem_of(answer) == (422, "site.malformed")
        assert not Signal.objects.exists()


class TestOwnSignals:
    def test_are_told_with_their_words_latest_first(self, samira):
        older, newer = tell(reference="1"), tell(reference="2")
        tell_by_library()

        answer = samira.get(SIGNALS, {"pageSize": 1})

        body = answer.json()
        assert (body["total"], body["page"], body["pageSize"]) == (2, 1, 1)
        assert [item["id"] for item in body["items"]] == [max(older.pk, newer.pk)]
        assert body["items"][0]["text"] == WORDS
        assert 'rel="next"' in answer["Link"]
        assert BY_LIBRARY not in samira.get(SIGNALS).text

    def test_can_be_read_one_by_one(self, samira):
        row = tell()

        assert samira.get(f"{SIGNALS}/{row.pk}").json()["text"] == WORDS

    def test_of_another_look_as_if_they_are_not_there(self, samira):
        row = tell_by_library()

        theirs, nobodys = samira.get(f"{SIGNALS}/{row.pk}"), samira.get(f"{SIGNALS}/geen")

        assert problem_of(theirs) == problem_of(nobodys) == (404, "signals.signal_not_found")

    def test_stay_in_the_list_when_their_words_went(self, samira):
        row = tell()
        patch(samira, row.pk, "withdrawn")

        (item,) = samira.get(SIGNALS).json()["items"]

        assert (item["text"], item["state"], item["place"]["words"]) == (None, "withdrawn", "")


class TestOthers:
    def test_are_counted_and_not_named(self, samira):
        row = tell()
        tell_by_library()

        answer = samira.get(f"{SIGNALS}/{row.pk}/others")

        assert answer.json() == {"n_partners": 1, "has_residents": False}
        assert BY_LIBRARY not in answer.text
        assert "bibliotheek" not in answer.text.lower()

    def test_are_told_for_ones_own_signals_only(self, samira):
        row = tell_by_library()

        assert problem_of(samira.get(f"{SIGNALS}/{row.pk}/others")) == (404, "signals.signal_not_found")

    def test_are_told_for_so_many_signals_a_day(self, samira):
        first, second = tell(), tell(topics=frozenset({NOISE}))
        before = samira.get(f"{SIGNALS}/{first.pk}/others")
        Count.objects.update(n=services.MOST_LOOKS)

        answers = [before, *(samira.get(f"{SIGNALS}/{row.pk}/others") for row in (second, first))]

        assert [answer.status_code for answer in answers] == [200, 403, 200]


class TestStepSignal:
    def test_brings_a_signal_to_a_state_once(self, samira):
        row = tell()

        states = [patch(samira, row.pk, state).json()["state"] for state in ("handled", "handled", "open")]

        assert states == ["handled", "handled", "open"]
        assert acts() == ["signal.told", "signal.handled", "signal.reopened"]

    def test_brings_back_nothing_that_was_withdrawn(self, samira):
        row = tell()
        patch(samira, row.pk, "withdrawn")

        answers = [patch(samira, row.pk, state) for state in ("open", "handled")]

        assert [problem_of(answer) for answer in answers] == [(409, "signals.done")] * 2
        assert Signal.objects.get(pk=row.pk).state == SignalState.WITHDRAWN.value

    def test_is_for_its_owner(self, samira):
        row = tell(LIES, owner_id="bibliotheek")

        assert problem_of(patch(samira, row.pk, "handled")) == (404, "signals.signal_not_found")
        assert Signal.objects.get(pk=row.pk).state == "open"

    def test_knows_no_other_state(self, samira):
        assert problem_of(patch(samira, tell().pk, "weg")) == (422, "site.malformed")
