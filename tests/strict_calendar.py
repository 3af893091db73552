# SPDX-License-Identifier: EUPL-1.2
"""Read a calendar line by line, as strictly as RFC 5545 allows, for what we write."""

from __future__ import annotations

import re

LONGEST_LINE = 75  # octets, without the line break
LINE = re.compile(r'(?P<name>[A-Z0-9-]+)(?P<params>(;[A-Z0-9-]+=("[^"]*"|[^";:,]*))*):(?P<value>.*)')
DATE, MOMENT, DURATION = re.compile(r"\d{8}"), re.compile(r"\d{8}T\d{6}Z"), re.compile(r"PT\d+H")
TEXT = re.compile(r"([^\\;,\n\x00-\x08\x0b-\x1f\x7f]|\\[\\;,Nn])*")  # RFC 5545, 3.3.11
URI = re.compile(r"https?://[!-~]+")
ONCE = {  # of each component: what stands in it exactly once, and of which form
    "VCALENDAR": {
        "VERSION": re.compile(r"2\.0"),
        "PRODID": TEXT,
        "CALSCALE": re.compile("GREGORIAN"),
        "NAME": TEXT,
        "X-WR-CALNAME": TEXT,
        "REFRESH-INTERVAL": DURATION,
        "X-PUBLISHED-TTL": DURATION,
    },
    "VEVENT": {
        "UID": TEXT,
        "DTSTAMP": MOMENT,
        "LAST-MODIFIED": MOMENT,
        "DTSTART": DATE,
        "DTEND": DATE,
        "SUMMARY": TEXT,
        "DESCRIPTION": TEXT,
        "URL": URI,
        "CLASS": re.compile("PRIVATE"),
        "TRANSP": re.compile("TRANSPARENT"),
    },
    "VTIMEZONE": {"TZID": TEXT},
    "STANDARD": {
        "DTSTART": re.compile(r"\d{8}T\d{6}"),
        "TZOFFSETFROM": re.compile(r"[+-]\d{4}"),
        "TZOFFSETTO": re.compile(r"[+-]\d{4}"),
    },
}
INSIDE = {None: {"VCALENDAR"}, "VCALENDAR": {"VEVENT", "VTIMEZONE"}, "VTIMEZONE": {"STANDARD"}}


def check(data: bytes) -> None:
    """Read a calendar as strictly as RFC 5545 allows."""
    assert data.endswith(b"\r\n")
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", data) is None
    for line in data[:-2].split(b"\r\n"):
        assert 0 < len(line) <= LONGEST_LINE
        line.decode()  # no letter is cut in two
    opened: list[tuple[str, list[str]]] = []
    n_inside = 0
    for line in data.replace(b"\r\n ", b"").decode()[:-2].split("\r\n"):
        parts = LINE.fullmatch(line)
        assert parts is not None, line
        name, value = parts["name"], parts["value"]
        if name == "BEGIN":
            assert value in INSIDE[opened[-1][0] if opened else None]
            n_inside += value in INSIDE["VCALENDAR"]
            opened.append((value, []))
        elif name == "END":
            component, seen = opened.pop()
            assert (component, sorted(seen)) == (value, sorted(ONCE[component]))
        else:
            component, seen = opened[-1]
            assert ONCE[component][name].fullmatch(value), line
            assert (name in {"DTSTART", "DTEND"} and DATE.fullmatch(value) is not None) is (
                "VALUE=DATE" in parts["params"].split(";")
            )
            seen.append(name)
    assert opened == []
    assert n_inside, "a calendar has at least one component"


def unescaped(value: object) -> str:
    """Return a text as it was; the library reads names of calendars as it finds them."""
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], str(value))
