# SPDX-License-Identifier: EUPL-1.2
"""Who looked at my card: everybody sees that of their own card, and of no other."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse

from scharnier.apps.audit import services as log
from scharnier.apps.http import now
from scharnier.apps.overview import card_reads
from scharnier.core.kernel import PersonId, Role
from scharnier.core.network import Purpose
from tests.factories import DAY, NOON, a_membership, a_network, a_person, an_actor, an_organization
from tests.integration.tampering import tamper

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_today")]
API = "/api/v1/me/card-reads"


@pytest.fixture(scope="module", autouse=True)
def _neighbourhood(_ground, load):
    load(
        a_network(
            organizations=(an_organization(name="Schuldhulp Noord"),),
            persons=(
                a_person("samira", name="Samira"),
                a_person("karel", name="Karel"),
                a_person("noor", name="Noor"),
                a_person("stil", name="Stille Kracht", purposes=()),
                *(a_person(f"p{number}", name=f"Lezer {number}") for number in range(60)),
            ),
            memberships=(a_membership(organization="schuldhulp"),),
        )
    )


def _read(person_id="karel", *, by="samira", at=NOON, n_times=1, **parts):
    for _ in range(n_times):
        log.record(
            **{
                "actor": an_actor(by),
                "act": "card.read",
                "kind": "person",
                "object_id": person_id,
                "at": at,
                "purpose": Purpose.LISTING.value,
                "basis": "consent",
                **parts,
            }
        )


def _page(client, **query):
    return client.get(reverse("overview:card_reads"), query)


def _items(client, **query):
    return client.get(API, query).json()["items"]


class TestPage:
    def test_says_that_nobody_looked_yet(self, sign_in):
        text = _page(sign_in("karel")).text

        assert "Nog niemand heeft je kaart geopend." in text
        assert "<li><time" not in text

    def test_is_one_click_from_the_own_card_and_from_no_other(self, sign_in):
        client, address = sign_in("karel"), reverse("overview:card_reads")

        own, other = (
            client.get(reverse("people:person", args=[name])).text.partition("<main")[2]
            for name in ("karel", "samira")
        )

        assert f'href="{address}"' in own
        assert f'href="{address}"' not in other

    def test_says_who_on_whose_behalf_and_what_for(self, sign_in):
        _read(on_behalf_of="schuldhulp", purpose="contact")

        text = _words(_page(sign_in("karel")))

        assert "Samira , namens Schuldhulp Noord: om je te bereiken, met je contactgegevens." in text

    def test_shows_what_really_happened(self, sign_in):
        sign_in("samira").get(reverse("people:person", args=["karel"]))

        text = _words(_page(sign_in("karel")))

        assert "Vandaag" in text
        assert "Samira , namens Schuldhulp Noord" in text

    def test_gives_the_exact_time_where_the_network_is(self, sign_in):
        _read(at=datetime(2026, 3, 29, 12, 34, 56, tzinfo=UTC))

        text = _page(sign_in("karel")).text

        found = re.search(r'<time datetime="([^"]+)" title="([^"]+)">([^<]+)</time>', text)
        assert found.groups() == ("2026-03-29T14:34:56+02:00", "29 maart 2026 14:34:56", "14:34")

    def test_goes_by_day_latest_first(self, sign_in):
        at = now()
        for days in (40, 1, 0):
            _read(at=at - timedelta(days=days))

        headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", _page(sign_in("karel")).text.partition("<main")[2])

        assert headings[:2] == ["Vandaag", "Gisteren"]
        assert re.fullmatch(r"[A-Z][a-z]+dag \d+ [a-z]+ \d{4}", headings[2])

    def test_puts_a_reading_just_after_midnight_on_the_day_it_was_there(self, sign_in):
        _read(at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))

        assert "2 juli 2026" in _page(sign_in("karel")).text

    def test_speaks_english_to_who_asks_so(self, sign_in):
        _read(on_behalf_of="schuldhulp")

        response = sign_in("karel").get(reverse("overview:card_reads"), headers={"accept-language": "en"})

        assert "Samira , on behalf of Schuldhulp Noord: to see what you can help with." in _words(response)

    def test_tells_who_wanted_to_and_could_not(self, sign_in):
        sign_in("samira").get(reverse("people:person", args=["stil"]))

        assert "wilde je kaart openen en kon dat niet" in _words(_page(sign_in("stil")))

    def test_names_nobody_who_does_not_want_to_be_found(self, sign_in):
        _read(by="stil")
        _read(by="weg")

        text = _words(_page(sign_in("karel")))

        assert "Stille" not in text
        assert text.count("Iemand die niet vindbaar wil zijn, of weg is") == 2

    def test_shows_nothing_of_the_cards_of_others(self, sign_in):
        _read("noor", by="samira")
        _read("karel", by="noor")

        text = _words(_page(sign_in("karel")))

        assert "Noor" in text
        assert "Samira ," not in text
        assert "Samira :" not in text

    def test_shows_nothing_of_another_network(self, sign_in, load):
        load(a_network(network_id="elders", persons=[a_person("karel"), a_person("ria", name="Ria")]))
        _read(actor=an_actor("ria", network_id="elders"))

        assert "Nog niemand heeft je kaart geopend." in _page(sign_in("karel")).text

    @pytest.mark.parametrize(
        "parts", [{"kind": "organization"}, {"act": "card.changed"}, {"object_id": "karel2"}]
    )
    def test_shows_readings_of_the_own_card_only(self, sign_in, parts):
        _read(**parts)

        assert _items(sign_in("karel")) == []

    @pytest.mark.parametrize("role", Role)
    def test_is_there_for_every_role(self, sign_in, role):
        _read("karel", by="noor")

        assert len(_items(sign_in("karel", role=role))) == 1

    def test_asks_to_sign_in(self, client):
        assert _page(client).status_code == 302

    def test_is_not_itself_a_reading(self, sign_in):
        client = sign_in("karel")

        _page(client)

        assert _items(client) == []

    def test_never_stays_in_a_cache(self, sign_in):
        assert "no-store" in _page(sign_in("karel"))["Cache-Control"]

    @pytest.mark.parametrize("method", ["post", "put", "delete"])
    def test_can_only_be_read(self, sign_in, method):
        assert getattr(sign_in("karel"), method)(reverse("overview:card_reads")).status_code == 405


class TestPages:
    def test_hold_fifty_each_and_name_each_other(self, sign_in):
        _read(n_times=101)
        client = sign_in("karel")

        pages = [_page(client, page=number).text for number in (1, 2, 3)]

        assert [_tight(page).count("<li><time") for page in pages] == [50, 50, 1]
        assert 'rel="next" href="?page=2"' in pages[0]
        assert 'rel="prev"' not in pages[0]
        assert 'rel="prev" href="?page=1"' in pages[1]
        assert 'rel="next"' not in pages[2]

    def test_do_not_show_when_one_is_enough(self, sign_in):
        _read(n_times=50)

        text = _page(sign_in("karel")).text

        assert 'rel="next"' not in text
        assert 'rel="prev"' not in text

    @pytest.mark.parametrize("number", ["0", "-1", "een", "", "1.5", "9" * 30, "²"])
    def test_begin_at_the_first_when_the_number_is_none(self, sign_in, number):
        _read()

        response = _page(sign_in("karel"), page=number)

        assert response.status_code == 200
        assert "Samira" in response.text

    def test_that_are_not_there_lead_back(self, sign_in):
        _read()

        text = _page(sign_in("karel"), page=9).text

        assert "Op deze bladzijde staat niets." in text
        assert 'rel="prev" href="?page=1"' in text

    @pytest.mark.parametrize("n_rows", [1, 50])
    def test_take_the_same_queries_for_few_and_many(self, sign_in, django_assert_num_queries, n_rows):
        for number in range(n_rows):
            _read(by=f"p{number}", on_behalf_of="schuldhulp")
        client = sign_in("karel")

        with django_assert_num_queries(8):  # session, user, account, roles; count, events, names, parties
            _page(client)
        with django_assert_num_queries(8):
            client.get(API)


def _tight(text):
    return re.sub(r">\s+<", "><", text)


def _words(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.text).split())


class TestApi:
    def test_gives_each_reading(self, sign_in):
        _read(on_behalf_of="schuldhulp", purpose="contact", at=NOON)

        assert sign_in("karel").get(API).json() == {
            "items": [
                {
                    "at": "2026-03-29T12:00:00Z",
                    "person_id": "samira",
                    "name": "Samira",
                    "on_behalf_of": "Schuldhulp Noord",
                    "purpose": "contact",
                    "outcome": "done",
                }
            ],
            "total": 1,
            "page": 1,
            "pageSize": 50,
        }

    def test_gives_neither_name_nor_identifier_of_who_does_not_want_to_be_found(self, sign_in):
        _read(by="stil", outcome="refused")

        (item,) = _items(sign_in("karel"))

        assert (item["person_id"], item["name"], item["outcome"]) == (None, "", "refused")

    def test_comes_in_pages_latest_first(self, sign_in):
        for hours in range(3):
            _read(at=NOON + timedelta(hours=hours))
        client = sign_in("karel")

        response = client.get(API, {"page": 2, "pageSize": 2})

        assert [item["at"] for item in response.json()["items"]] == ["2026-03-29T12:00:00Z"]
        assert response["Link"] == f'<http://testserver{API}?page=1&pageSize=2>; rel="prev"'

    def test_is_for_who_signed_in(self, client):
        assert client.get(API).status_code == 401


class TestReadsPage:
    def test_counts_days_back_from_today_where_the_network_is(self):
        _read(at=NOON)

        page = card_reads.reads_page(
            an_actor("karel"), number=1, on=DAY, at=datetime(2026, 3, 29, 22, 30, tzinfo=UTC)
        )

        assert [(day.day.isoformat(), day.days_ago) for day in page.days] == [("2026-03-29", 1)]

    def test_leaves_out_what_was_undone(self):
        with pytest.raises(RuntimeError):
            _read_and_fail()

        page = card_reads.reads_page(an_actor("karel"), number=1, on=DAY, at=NOON)

        assert (page.total, page.n_pages, page.days) == (0, 1, ())

    def test_leaves_out_a_row_that_somebody_tampered_with(self):
        _read(by="noor")
        _read(by="samira")
        tamper(connection, "UPDATE audit_auditevent SET at = 'ooit' WHERE actor_id = 'samira'")

        page = card_reads.reads_page(an_actor("karel"), number=1, on=DAY, at=NOON)

        assert [line.who.id for day in page.days for line in day.lines] == ["noor"]

    def test_gives_an_unknown_party_no_name(self):
        _read(by=PersonId("samira"), on_behalf_of="opgeheven")

        page = card_reads.reads_page(an_actor("karel"), number=1, on=DAY, at=NOON)

        assert page.days[0].lines[0].on_behalf_of == ""


@transaction.atomic
def _read_and_fail():
    _read()
    raise RuntimeError
