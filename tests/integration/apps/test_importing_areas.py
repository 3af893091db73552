# SPDX-License-Identifier: EUPL-1.2
"""Areas from a map of Statistics Netherlands: send the file, choose, and what is then in the network."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from scharnier.apps.audit.models import AuditEvent
from scharnier.apps.people import drafts, models, services
from scharnier.core import network
from scharnier.core.kernel import AreaId, Role
from scharnier.core.network import AreaKind
from tests.factories import DAY, NOON, a_network, a_person, an_actor, an_area
from tests.integration.apps.test_importing import a_workbook, facts_of
from tests.maps import a_collection, a_feature, a_grid_of_areas, a_square, a_wfs_answer

pytestmark = pytest.mark.django_db
SEND, CHECK, DROP = (reverse(f"people:{name}") for name in ("import_areas", "check_areas", "drop_areas"))
MAP = reverse("mapping:map")
RIA = an_actor("ria", role=Role.COORDINATOR)
FLOWERS = {"buurtcode": "BU99010401", "buurtnaam": "Bloemenbuurt", "wijknaam": "Kruisveld"}
BIRDS = {"buurtcode": "BU99010402", "buurtnaam": "Vogelbuurt", "wijknaam": "Kruisveld"}
BOW_TIE = [[5, 52], [5.1, 52.1], [5.1, 52], [5, 52.1], [5, 52]]
FILE = a_collection(a_feature(FLOWERS), a_feature(BIRDS, a_square(5.252)))


@pytest.fixture(autouse=True)
def _kruisveld(load, settings):
    settings.DAY = DAY
    load(
        a_network(
            areas=(
                an_area("stad", kind=AreaKind.MUNICIPALITY),
                an_area("bloemen", name="Bloemenbuurt", parent="stad", alternate_names=("de Bloemen",)),
            ),
            persons=(a_person("ria"), a_person("samira")),
        )
    )


def send(client, data=FILE, *, name="buurten.geojson"):
    return client.post(SEND, {"file": SimpleUploadedFile(name, data)})


def choose(client, *chosen, **more):
    digest = models.ImportDraft.objects.values_list("digest", flat=True).first() or ""
    return client.post(CHECK, {"digest": digest, "chosen": chosen, **more})


def keep(data=FILE, *, at=NOON, actor=RIA):
    services.keep_areas(data, file_name="buurten.geojson", actor=actor, on=DAY, at=at)


def take(*chosen, parent=None, digest=None, actor=RIA, at=NOON):
    return services.import_areas(
        digest or models.ImportDraft.objects.get().digest,
        chosen=[AreaId(area_id) for area_id in chosen],
        parent_id=parent,
        actor=actor,
        on=DAY,
        at=at,
    )


class TestPages:
    def test_show_what_is_in_the_map_and_take_what_was_chosen(self, ria):
        sent = send(ria, name="<b>kaart.geojson")
        looked = ria.get(sent["Location"])
        before = models.Area.objects.count()
        done = choose(ria, "wk990104")

        assert sent["Location"] == CHECK
        assert "&lt;b&gt;kaart.geojson" in looked.text
        assert (
            looked.text.index("Kruisveld")
            < looked.text.index("Bloemenbuurt")
            < looked.text.index("Vogelbuurt")
        )
        assert done["Location"] == MAP
        assert models.Area.objects.count() == before + 2  # the district and the birds; the flowers were here
        assert "Nieuw: 2. Veranderd: 1." in ria.get(MAP).text

    def test_take_the_answer_of_a_wfs_in_metres_and_draw_it(self, ria):
        send(ria, a_wfs_answer(crs="urn:ogc:def:crs:EPSG::28992"))
        choose(ria, "wk990104")

        drawn = ria.get(reverse("mapping:data")).json()["areas"]["features"]

        shown = {feature["properties"]["name"]: feature["geometry"]["coordinates"] for feature in drawn}
        assert {"Bloemenbuurt", "Vogelbuurt"} <= shown.keys()
        assert "Het Veld" not in shown  # lies in a district that was not chosen
        longitude, latitude = shown["Bloemenbuurt"][0][0][0]
        assert (round(longitude, 1), round(latitude, 1)) == (5.4, 52.2)

    def test_tick_what_is_here_already(self, ria):
        send(ria)
        choose(ria, "bu99010401")
        send(ria)

        text = ria.get(CHECK).text

        assert 'value="bu99010401" checked' in text
        assert 'value="bu99010402" checked' not in text
        assert text.count("is er al") == 1

    def test_do_not_tick_what_would_bring_in_more_than_is_here(self, ria):
        send(ria)
        choose(ria, "wk990104")
        more = {"buurtcode": "BU99010403", "buurtnaam": "Planetenbuurt"}
        send(ria, a_collection(a_feature(FLOWERS), a_feature(more, a_square(5.26))))

        text = ria.get(CHECK).text

        assert 'value="bu99010401" checked' in text
        assert 'value="wk990104" checked' not in text

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "leeg"),
            (b"PK\x03\x04", "geen GeoJSON"),
            (b'{"type": "FeatureCollection", "features": []}', "geen wijk of buurt"),
            (a_collection(a_feature(), crs="EPSG:3857"), "EPSG:3857"),
            (a_collection(a_feature(polygons=[[BOW_TIE]])), "kruist"),
            (a_collection(a_feature(geometry=None)), "niet te lezen"),
            (a_grid_of_areas(40), "te groot"),
        ],
        ids=["empty", "no JSON", "no areas", "coordinates", "crossing", "no shape", "too many"],
    )  # fmt: skip
    def test_say_in_one_sentence_what_is_wrong_and_keep_nothing(self, ria, data, said):
        answer = send(ria, data)

        assert answer.status_code == 422
        assert said in answer.text
        assert not models.ImportDraft.objects.exists()

    @pytest.mark.parametrize(
        ("chosen", "more", "said"),
        [
            ((), {}, "ten minste"),
            (("elders",), {}, "Kies uit de lijst"),
            (("bu99010402",), {"parent": "elders"}, "Kies er een uit de lijst"),
        ],
        ids=["nothing", "no area of the map", "no area of the network"],
    )
    def test_keep_the_map_when_a_choice_is_not_right(self, ria, chosen, more, said):
        send(ria)

        answer = choose(ria, *chosen, **more)

        assert answer.status_code == 422
        assert models.ImportDraft.objects.exists()
        assert "Vogelbuurt" in answer.text
        assert said in answer.text or "lijst" in answer.text

    def test_put_new_areas_in_the_one_that_was_named(self, ria):
        send(ria)

        choose(ria, "bu99010402", parent="stad")

        assert models.Area.objects.get(cbs_code="BU99010402").parent.text_id == "stad"

    def test_throw_the_map_away(self, ria):
        send(ria)

        assert ria.post(DROP)["Location"] == SEND
        assert ria.get(CHECK).status_code == 404

    def test_look_at_another_map_that_took_its_place(self, ria):
        send(ria)

        answer = ria.post(CHECK, {"digest": "of another", "chosen": ["bu99010402"]})

        assert answer["Location"] == CHECK
        assert models.ImportDraft.objects.exists()

    def test_do_not_take_a_list_for_a_map_or_a_map_for_a_list(self, ria):
        send(ria)
        assert ria.get(reverse("people:check_import")).status_code == 404

        workbook = SimpleUploadedFile("mensen.xlsx", a_workbook(Mensen=[{"Naam": "Noor"}]))
        ria.post(reverse("people:import_network"), {"file": workbook})
        assert ria.get(CHECK).status_code == 404

    @pytest.mark.parametrize("role", set(Role) - {Role.COORDINATOR}, ids=str)
    def test_are_for_coordinators(self, sign_in, role):
        client = sign_in("samira", role=role)

        assert client.get(SEND).status_code == 403
        assert send(client).status_code == 403
        assert client.get(CHECK).status_code in {403, 404}


class TestImportAreas:
    def test_keeps_identifier_names_and_place_of_an_area_that_is_here(self):
        keep()

        take("wk990104")

        row = models.Area.objects.get(text_id="bloemen")
        assert (row.name, row.alternate_names, row.parent.text_id) == ("Bloemenbuurt", ["de Bloemen"], "stad")
        assert row.cbs_code == "BU99010401"
        assert len(row.outline[0][0]) == 5

    def test_puts_parts_in_the_district_that_comes_with_them(self):
        keep()

        take("wk990104", parent=AreaId("stad"))

        birds = models.Area.objects.get(cbs_code="BU99010402")
        assert birds.parent.cbs_code == "WK990104"
        assert birds.parent.parent.text_id == "stad"

    def test_changes_nothing_the_second_time(self):
        keep()
        take("wk990104")
        before = list(models.Area.objects.order_by("pk").values())
        keep()

        merge = take("wk990104")

        assert list(models.Area.objects.order_by("pk").values()) == before
        assert {step.fate for step in merge.steps} == {network.Fate.SAME}

    def test_is_on_record_by_counts_and_without_names(self):
        keep()

        take("wk990104")

        facts = facts_of("network.areas_imported")
        assert (facts["areas_added"], facts["areas_changed"]) == ("2", "1")
        assert "Vogelbuurt" not in str(facts)

    def test_makes_a_new_revision(self):
        before = models.Network.objects.get(pk="kruisveld").revision
        keep()

        take("bu99010402")

        assert models.Network.objects.get(pk="kruisveld").revision != before

    def test_leaves_everything_as_it_was_when_it_fails(self):
        keep()

        with pytest.raises(network.AreaNotFound):
            take("bu99010402", parent=AreaId("elders"))

        assert models.Area.objects.count() == 2
        assert models.ImportDraft.objects.exists()
        assert not AuditEvent.objects.filter(act="network.areas_imported").exists()

    def test_refuses_a_map_that_waited_too_long(self):
        keep(at=NOON - timedelta(hours=1))

        with pytest.raises(drafts.DraftNotFound):
            take("bu99010402")

    def test_refuses_who_keeps_no_network(self):
        samira = an_actor("samira")

        with pytest.raises(drafts.MayNotImport):
            keep(actor=samira)
        keep()
        with pytest.raises(drafts.MayNotImport):
            take("bu99010402", actor=samira)
