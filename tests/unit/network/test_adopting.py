# SPDX-License-Identifier: EUPL-1.2
from __future__ import annotations

from dataclasses import replace

import pytest

from scharnier.core import network
from scharnier.core.kernel import AreaId, NetworkId
from scharnier.core.network import AreaKind

RING = ((5.0, 52.0), (5.1, 52.0), (5.1, 52.1), (5.0, 52.0))
OUTLINE = ((RING,),)


def on_map(code: str, name: str, *, parent: str | None = None) -> network.Area:
    kinds = {"BU": AreaKind.NEIGHBOURHOOD, "WK": AreaKind.DISTRICT, "GM": AreaKind.MUNICIPALITY}
    return network.Area(
        id=AreaId(code.casefold()),
        name=name,
        kind=kinds[code[:2]],
        parent_id=None if parent is None else AreaId(parent.casefold()),
        cbs_code=code,
        outline=OUTLINE,
    )


CITY = on_map("GM9901", "Rijnveste")
DISTRICT = on_map("WK990104", "Kruisveld", parent="GM9901")
FLOWERS = on_map("BU99010401", "Bloemenbuurt", parent="WK990104")
BIRDS = on_map("BU99010402", "Vogelbuurt", parent="WK990104")
FOUND = (CITY, DISTRICT, FLOWERS, BIRDS)


def here(*areas: network.Area) -> network.Network:
    return network.Network(id=NetworkId("kruisveld"), name="Kruisveld", areas=areas)


def own(name: str, *, kind: AreaKind = AreaKind.NEIGHBOURHOOD, code: str | None = None) -> network.Area:
    return network.Area(
        id=AreaId(name.casefold()), name=name, kind=kind, cbs_code=code, alternate_names=("de buurt",)
    )


def adopt(
    *chosen: network.Area, into: network.Network | None = None, parent: str | None = None
) -> tuple[network.Area, ...]:
    return network.adopt_areas(
        into or here(),
        FOUND,
        chosen={area.id for area in chosen},
        parent_id=None if parent is None else AreaId(parent),
    )


class TestAdoptAreas:
    def test_takes_what_was_chosen_and_nothing_else(self) -> None:
        assert [area.name for area in adopt(BIRDS)] == ["Vogelbuurt"]

    def test_takes_all_that_lies_within_what_was_chosen(self) -> None:
        assert adopt(CITY) == FOUND
        assert adopt(DISTRICT) == (replace(DISTRICT, parent_id=None), FLOWERS, BIRDS)

    def test_puts_a_part_in_what_comes_around_it(self) -> None:
        areas = adopt(DISTRICT, CITY)

        assert [area.parent_id for area in areas] == [None, "gm9901", "wk990104", "wk990104"]

    def test_puts_a_part_in_the_nearest_around_it_that_is_here(self) -> None:
        city = own("Rijnveste", kind=AreaKind.MUNICIPALITY, code="GM9901")

        assert [area.parent_id for area in adopt(FLOWERS, into=here(city))] == ["rijnveste"]

    def test_puts_what_lies_in_nothing_in_the_area_that_was_named(self) -> None:
        whole = own("Stad", kind=AreaKind.MUNICIPALITY)

        areas = adopt(DISTRICT, into=here(whole), parent="stad")

        assert [area.parent_id for area in areas] == ["stad", "wk990104", "wk990104"]

    def test_keeps_what_people_here_call_an_area(self) -> None:
        flowers = own("De Bloemen", code="bu99010401")

        (area,) = adopt(FLOWERS, into=here(flowers))

        assert (area.id, area.name) == ("de bloemen", "De Bloemen")
        assert area.alternate_names == ("de buurt", "Bloemenbuurt")
        assert (area.cbs_code, area.outline) == ("BU99010401", OUTLINE)

    def test_gives_the_only_area_of_that_name_its_code(self) -> None:
        (area,) = adopt(FLOWERS, into=here(own("BLOEMENBUURT")))

        assert (area.id, area.cbs_code, area.alternate_names) == ("bloemenbuurt", "BU99010401", ("de buurt",))

    @pytest.mark.parametrize(
        "areas",
        [
            (own("Bloemenbuurt", kind=AreaKind.STREET),),
            (own("Bloemenbuurt", code="BU12340000"),),
            (own("Bloemenbuurt"), replace(own("Bloemenbuurt"), id=AreaId("other"))),
        ],
        ids=["another kind", "another code", "two of that name"],
    )
    def test_does_not_guess_which_area_is_meant(self, areas: tuple[network.Area, ...]) -> None:
        (area,) = adopt(FLOWERS, into=here(*areas))

        assert area.id == "bu99010401"

    def test_leaves_where_an_area_lies(self) -> None:
        whole = own("Stad", kind=AreaKind.MUNICIPALITY)
        flowers = replace(own("Bloemenbuurt"), parent_id=whole.id)

        areas = {area.name: area for area in adopt(DISTRICT, into=here(whole, flowers))}

        assert areas["Bloemenbuurt"].parent_id == "stad"
        assert areas["Vogelbuurt"].parent_id == "wk990104"

    def test_leaves_an_outline_that_the_map_does_not_have(self) -> None:
        drawn = replace(own("Kruisveld", kind=AreaKind.DISTRICT), outline=OUTLINE)
        bare = replace(DISTRICT, outline=(), parent_id=None)

        (area,) = network.adopt_areas(here(drawn), (bare,), chosen={bare.id})

        assert area.outline == OUTLINE

    def test_never_takes_the_identifier_of_another(self) -> None:
        other = replace(own("Iets anders"), id=FLOWERS.id)

        (area,) = adopt(FLOWERS, into=here(other))

        assert area.id == "bu99010401-cbs"

    def test_is_the_same_when_done_twice(self) -> None:
        once = adopt(CITY)

        assert adopt(CITY, into=here(*once)) == once

    def test_hangs_together_in_the_network(self) -> None:
        whole = here(own("Bloemenbuurt"), own("Rijnveste", kind=AreaKind.MUNICIPALITY))
        told = {"areas": adopt(CITY, into=whole)}

        merged = network.merge_network(whole, told, guard=network.Guard())

        assert {area.cbs_code for area in merged.network.areas} == {area.cbs_code for area in FOUND}

    def test_refuses_to_take_nothing(self) -> None:
        with pytest.raises(network.NothingChosen):
            adopt()

    def test_knows_every_area_it_is_told_of(self) -> None:
        with pytest.raises(network.AreaNotFound):
            network.adopt_areas(here(), (FLOWERS,), chosen={BIRDS.id})
        with pytest.raises(network.AreaNotFound):
            adopt(FLOWERS, parent="elders")
