# SPDX-License-Identifier: EUPL-1.2
"""Laws of HSDS: what it can hold comes back, and nothing that is put in makes it stumble."""

from __future__ import annotations

import json
import string
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from scharnier.core import network
from scharnier.core.kernel import NetworkId, ScharnierError, TopicId
from scharnier.formats import hsds
from scharnier.formats.hsds._text import marked_text, plain_text

WITHOUT_EXPLAINING = tuple(phase for phase in Phase if phase is not Phase.explain)  # it takes minutes
FEW = settings(max_examples=40, deadline=None, phases=WITHOUT_EXPLAINING)
SMALL = Path(__file__).parents[1] / "data" / "hsds_small"

texts = st.text(max_size=12) | st.sampled_from(
    ["R&D", "&lt;b&gt;", "<b>vet</b>", " los ", "eind\\n", "a\r\nb"]
)
names = texts.filter(str.strip)
ids = st.text(string.ascii_letters + string.digits + "-/:&<é", min_size=1, max_size=6)
words = st.text(string.ascii_lowercase + "@./:", max_size=10)
addresses = texts | st.sampled_from(["Kruisplein 1, 0000 AA Kruisveld", "Kruisplein 1,  0000AA Kruisveld "])
longitudes, latitudes = st.floats(-180, 180), st.floats(-90, 90)
points = st.tuples(longitudes, latitudes)


def subsets(items: Sequence[str]) -> st.SearchStrategy[frozenset[str]]:
    return st.frozensets(st.sampled_from(items), max_size=3) if items else st.just(frozenset())


def optional_of(items: Sequence[str]) -> st.SearchStrategy[str | None]:
    return st.sampled_from([None, *items])


@st.composite
def schedules(draw: st.DrawFn) -> network.Schedule:
    opens_at, closes_at = draw(st.none() | st.times()), draw(st.none() | st.times())
    if opens_at is not None and closes_at is not None:
        opens_at, closes_at = sorted((opens_at, closes_at))
        closes_at = None if opens_at == closes_at else closes_at
    valid_from, valid_to = sorted(draw(st.tuples(st.dates(), st.dates())))
    return network.Schedule(
        weekdays=draw(st.frozensets(st.sampled_from(network.Weekday))),
        opens_at=opens_at,
        closes_at=closes_at,
        valid_from=draw(st.sampled_from([None, valid_from])),
        valid_to=draw(st.sampled_from([None, valid_to])),
        description=draw(texts),
    )


@st.composite
def capacities(draw: st.DrawFn) -> network.Capacity:
    available = draw(st.integers(0, 10**6))
    return network.Capacity(
        available=available,
        maximum=draw(st.none() | st.integers(available, 10**7)),
        unit=draw(texts),
        updated_date=draw(st.none() | st.dates()),
    )


@st.composite
def topics(draw: st.DrawFn) -> tuple[network.Topic, ...]:
    found: list[network.Topic] = []
    for topic_id in draw(st.lists(ids, unique=True, max_size=4)):
        broader = draw(optional_of([topic.id for topic in found]))
        label = network.Label(
            text=draw(names), language=draw(st.sampled_from(["nl", "en"])), is_preferred=True
        )
        found.append(
            network.Topic(
                id=TopicId(topic_id),
                labels=(label,),
                definition=draw(texts),
                broader_ids=frozenset() if broader is None else frozenset({TopicId(broader)}),
            )
        )
    return tuple(found)


@st.composite
def organizations(draw: st.DrawFn, topic_ids: Sequence[str]) -> tuple[network.Organization, ...]:
    found: list[network.Organization] = []
    for organization_id in draw(st.lists(ids, unique=True, min_size=1, max_size=4)):
        parent = optional_of([organization.id for organization in found])
        made = st.builds(
            network.Organization,
            id=st.just(organization_id),
            name=names,
            description=texts,
            alternate_name=texts,
            topics=subsets(topic_ids),
            parent_id=parent,
            email=words,
            phone=words,
            website=words,
        )
        found.append(draw(made))
    return tuple(found)


@st.composite
def areas(draw: st.DrawFn) -> tuple[network.Area, ...]:
    rings = st.lists(points, min_size=3, max_size=5).map(lambda ring: (*ring, ring[0]))
    polygons = st.lists(rings, min_size=1, max_size=2).map(tuple)
    outlines = st.lists(polygons, max_size=2).map(tuple)
    made = st.builds(network.Area, id=ids, name=names, outline=outlines)
    return tuple(draw(st.lists(made, unique_by=lambda area: area.id, max_size=3)))


@st.composite
def locations(draw: st.DrawFn) -> tuple[network.Location, ...]:
    kinds = st.sampled_from(network.LocationType)
    bare = st.builds(network.Location, id=ids, name=texts, location_type=kinds, address=addresses)
    placed = st.builds(network.Location, id=ids, name=texts, latitude=latitudes, longitude=longitudes)
    return tuple(draw(st.lists(bare | placed, unique_by=lambda location: location.id, max_size=4)))


@st.composite
def networks(draw: st.DrawFn) -> network.Network:
    """Networks of all that HSDS can hold."""
    of_topics, of_areas, of_locations = draw(topics()), draw(areas()), draw(locations())
    of_organizations = draw(organizations([topic.id for topic in of_topics]))
    made = st.builds(
        network.Service,
        id=ids,
        organization_id=st.sampled_from([organization.id for organization in of_organizations]),
        name=names,
        description=texts,
        alternate_name=texts,
        status=st.sampled_from(network.ServiceStatus),
        eligibility=texts,
        how_to_apply=texts,
        topics=subsets([topic.id for topic in of_topics]),
        area_ids=subsets([area.id for area in of_areas]),
        location_ids=subsets([location.id for location in of_locations]),
        languages=st.frozensets(st.sampled_from(["nl", "en", "ti", "zgh", "pt-BR"]), max_size=2),
        schedules=st.lists(schedules(), max_size=2).map(tuple),
        capacity=st.none() | capacities(),
        website=words,
        email=words,
    )
    of_services = tuple(draw(st.lists(made, unique_by=lambda service: service.id, max_size=3)))
    named = frozenset().union(*(service.area_ids for service in of_services))
    return network.Network(
        id=NetworkId("n"),
        name="N",
        areas=tuple(area for area in of_areas if area.id in named),
        locations=of_locations,
        topics=of_topics,
        organizations=of_organizations,
        services=of_services,
    )


def back(package: hsds.Package, *, like: network.Network) -> network.Network:
    """The network of a package, its areas in the order of another: HSDS names areas by service."""
    found = hsds.to_network(package, network_id="n", name="N", language=like.language).network
    order = [area.id for area in like.areas]
    return replace(found, areas=tuple(sorted(found.areas, key=lambda area: order.index(area.id))))


# any object that HSDS nests, with identifiers few enough to meet again
keys = st.sampled_from(["name", "alert", "x"])
cells = (
    st.none() | st.booleans() | st.integers(0, 2) | st.text(max_size=2) | st.lists(st.integers(), max_size=1)
)
flat = st.fixed_dictionaries({}, optional={"id": st.sampled_from("abc"), "name": cells, "x": cells})
nested = st.recursive(
    flat,
    lambda inner: st.builds(
        lambda own, lists, single: {**own, **lists, **single},
        flat,
        st.dictionaries(st.sampled_from(["phones", "locations", "attributes"]), st.lists(inner, max_size=2)),
        st.dictionaries(st.sampled_from(["organization", "taxonomy_term", "unit"]), inner, max_size=1),
    ),
    max_leaves=12,
)


class TestFromNetwork:
    @FEW
    @given(whole=networks())
    def test_loses_nothing_that_hsds_can_hold(self, whole: network.Network) -> None:
        assert back(hsds.from_network(whole), like=whole) == whole

    @FEW
    @given(whole=networks(), target=st.sampled_from(["folder", "package.zip", "package.json"]))
    def test_loses_nothing_on_the_way_through_files(self, whole: network.Network, target: str) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / target
            write = hsds.write_json if target.endswith(".json") else hsds.write_csv
            write(hsds.from_network(whole), path)

            assert back(hsds.read_package(path), like=whole) == whole

    @FEW
    @given(whole=networks())
    def test_breaks_no_rule(self, whole: network.Network) -> None:
        problems = hsds.find_problems(hsds.from_network(whole))

        assert [problem for problem in problems if problem.is_error] == []


class TestWriteJson:
    @FEW
    @given(document=st.lists(nested, min_size=1, max_size=3))
    def test_gives_back_any_arrangement(self, document: list[object]) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "package.json"
            path.write_text(json.dumps(document), encoding="utf-8")
            hsds.write_json(hsds.read_package(path), path)

            assert json.loads(path.read_bytes()) == document


class TestWriteCsv:
    @FEW
    @given(rows=st.lists(st.tuples(texts, texts), max_size=5))
    def test_gives_back_any_cell(self, rows: list[tuple[str, str]]) -> None:
        numbers = tuple(range(2, len(rows) + 2))
        table = hsds.Table(
            entity="eigen", file="eigen.csv", columns=("a", "b"), rows=tuple(rows), row_numbers=numbers
        )
        package = hsds.read_package(SMALL / "csv")
        with TemporaryDirectory() as folder:
            hsds.write_csv(replace(package, tables=(*package.tables, table)), Path(folder))

            assert table in hsds.read_package(Path(folder)).tables


class TestReadPackage:
    @FEW
    @given(content=st.binary(max_size=60), name=st.sampled_from(["p.zip", "p.json", "p"]))
    def test_answers_any_bytes_with_a_package_or_a_known_failure(self, content: bytes, name: str) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.write_bytes(content)

            assert is_answered(path)

    @FEW
    @given(data=st.data())
    def test_answers_any_damage_to_a_zip(self, data: st.DataObject) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "p.zip"
            hsds.write_csv(hsds.read_package(SMALL / "version_2"), path)
            content = bytearray(path.read_bytes())
            place = data.draw(st.integers(0, len(content) - 1))
            content[place] = data.draw(st.integers(0, 255))
            path.write_bytes(content)

            assert is_answered(path)

    @FEW
    @given(data=st.data())
    def test_answers_any_cell_anywhere(self, data: st.DataObject) -> None:
        package = hsds.read_package(SMALL / "csv")
        table = data.draw(st.sampled_from(package.tables))
        row = data.draw(st.integers(0, len(table.rows) - 1))
        column = data.draw(st.integers(0, len(table.columns) - 1))
        cell = data.draw(texts | st.sampled_from(["0", "-1", "1e400", "MO", "24:00", "2026-13-01"]))
        rows = [list(cells) for cells in table.rows]
        rows[row][column] = cell
        changed = replace(table, rows=tuple(map(tuple, rows)))
        tables = tuple(changed if item is table else item for item in package.tables)

        assert is_converted(replace(package, tables=tables))


def is_answered(path: Path) -> bool:
    """Tell whether reading and converting ends in a network or in a failure we foresaw."""
    try:
        return is_converted(hsds.read_package(path))
    except ScharnierError:
        return True


def is_converted(package: hsds.Package) -> bool:
    try:
        hsds.to_network(package, network_id="n", name="N", language="nl")
    except hsds.InvalidPackage as error:
        return bool(error.problems)
    except hsds.MissingFile:
        return True
    return True


class TestMarkedText:
    @given(text=st.text() | texts)
    def test_is_undone_by_reading_plain_text(self, text: str) -> None:
        assert plain_text(marked_text(text)) == text
