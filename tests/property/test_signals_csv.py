# SPDX-License-Identifier: EUPL-1.2
"""Laws of reading signals: the same however a file is written, and a sentence about what is broken."""

from __future__ import annotations

import csv
import gzip
import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scharnier.core.detection import Sighting
from scharnier.core.kernel import Invalid
from scharnier.formats import signals_csv, wording
from scharnier.formats.signals_csv import Columns

PARTNERS = ("politie", "school; noord", 'bieb "het Plein"', "jongerenwerk, zuid", "é", "twee\nregels")
WRITTEN = ("%Y-%m-%d", "%Y-%m-%d 12:30", "%Y-%m-%dT08:00:00Z", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y 9:15")
NAMES = ("date", "partner", "x", "y")
sightings = st.lists(
    st.builds(
        Sighting,
        partner=st.sampled_from(PARTNERS),
        x_m=st.floats(-1e6, 1e6),
        y_m=st.floats(-1e6, 1e6),
        on=st.integers(0, 5000).map(lambda n: date(2015, 1, 1) + timedelta(days=n)),
    ),
    min_size=1,
    max_size=8,
)
ways = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from(",;\t"),
        "written": st.sampled_from(WRITTEN),
        "end": st.sampled_from(("\n", "\r\n")),
        "encoding": st.sampled_from(("utf-8", "utf-8-sig")),
        "order": st.permutations((*NAMES, "remark")),
        "is_packed": st.booleans(),
        "has_commas": st.booleans(),
    }
)


def write(seen, way, names=NAMES):
    """Write signals as some spreadsheet would."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=way["delimiter"], lineterminator=way["end"])
    called = dict(zip(NAMES, names, strict=True)) | {"remark": "remark"}
    rows.writerow([called[name] for name in way["order"]])
    for each in seen:
        x, y = (repr(number) for number in (each.x_m, each.y_m))
        if way["has_commas"]:
            x, y = x.replace(".", ","), y.replace(".", ",")
        fields = {"date": each.on.strftime(way["written"]), "partner": each.partner, "x": x, "y": y}
        rows.writerow([(fields | {"remark": "iets, of niets"})[name] for name in way["order"]])
    data = text.getvalue().encode(way["encoding"])
    return gzip.compress(data) if way["is_packed"] else data


def read_or_say(data):
    """Return what was read, or what is said of it in each language."""
    try:
        return signals_csv.read_signals(data).sightings
    except Invalid as refusal:
        return tuple(wording.say_error(refusal, language=language) for language in ("nl", "en"))


class TestReadSignals:
    @given(seen=sightings, way=ways)
    def test_reads_what_was_written_in_any_way(self, seen, way):
        found = signals_csv.read_signals(write(seen, way))

        assert found.sightings == tuple(seen)

    @given(seen=sightings, way=ways)
    def test_reads_it_by_any_other_names_too(self, seen, way):
        names = ("wanneer", "wie", "oost", "noord")
        columns = Columns(date="wanneer", partner="wie", x="oost", y="noord")

        assert signals_csv.read_signals(write(seen, way, names), columns).sightings == tuple(seen)

    @given(seen=sightings, way=ways)
    def test_needs_nobody_when_it_does_not_matter_who(self, seen, way):
        found = signals_csv.read_signals(write(seen, way), Columns(partner=None))

        assert [(each.partner, each.on, each.x_m) for each in found.sightings] == [
            (signals_csv.ALL, each.on, each.x_m) for each in seen
        ]

    @given(
        places=st.lists(st.tuples(st.floats(5.0, 5.2), st.floats(52.0, 52.2)), min_size=1, max_size=8),
    )
    def test_writes_degrees_as_it_read_them(self, places):
        lines = [f"2026-03-01,politie,{longitude!r},{latitude!r}" for longitude, latitude in places]
        found = signals_csv.read_signals("\n".join(("date,partner,lon,lat", *lines)).encode())

        for place, each in zip(places, found.sightings, strict=True):
            assert found.written((each.x_m, each.y_m)) == pytest.approx(place, abs=1e-6)
            assert found.placed(place) == pytest.approx((each.x_m, each.y_m), abs=1e-6)

    @given(seen=sightings, way=ways, data=st.data())
    def test_ends_in_a_sentence_or_in_signals_whatever_is_cut_or_put_in(self, seen, way, data):
        whole = write(seen, way)
        at = data.draw(st.integers(0, len(whole)))
        broken = whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + data.draw(st.integers(0, 4)) :]

        found = read_or_say(broken)

        assert found
        assert all(each.partner if isinstance(each, Sighting) else each.endswith(".") for each in found)

    @given(data=st.binary(max_size=60))
    def test_never_fails_otherwise_on_any_bytes(self, data):
        with pytest.raises(Invalid) as refusal:
            signals_csv.read_signals(data)

        assert refusal.value.code.startswith("signals_csv.")
