# SPDX-License-Identifier: EUPL-1.2
"""The command `scharnier ask`: the front door, on files."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import cast

import click
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from scharnier.cli import clock, others, sources
from scharnier.core import network, referral
from scharnier.core.kernel import OrganizationId, PersonId
from scharnier.core.signals import Others
from scharnier.formats import reasons, wording

ONE_SCREEN = 88  # columns: longer lines read badly


@click.command()
@click.argument("text")
@click.option(
    "--network",
    "path",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Network file to ask; without it the example neighbourhood.",
)
@click.option("--place", help="Where it happens: an area of the network by its everyday name.")
@click.option("--from", "asker", metavar="PERSON_ID", help="Who asks; the way in starts there.")
@click.option("--limit", default=5, show_default=True, type=click.IntRange(1, 50), help="Most suggestions.")
@click.option("--today", type=clock.DAY, help="Day to answer for; today by default, for the example its own.")
@click.option(
    "--signals",
    "told",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV file of signals (date, partner, lon, lat, topics): also say who else meets it at the place.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line: the answer, then each party.")
def ask(  # noqa: PLR0913  the options, each by its name
    *,
    text: str,
    path: Path | None,
    place: str | None,
    asker: str | None,
    limit: int,
    today: datetime | None,
    told: Path | None,
    as_json: bool,
) -> None:
    """Bring a problem in plain words (TEXT) to the people who can take it.

    Answers in the language of the text, Dutch or English, each party with its reasons and a way in.
    """
    if told is not None and not place:
        raise click.UsageError("--signals needs --place: who else meets it is asked of one area.")
    with Console(stderr=True).status("Reading the network …"):
        source = sources.open_network(path, on=clock.said_day(today))
        matcher = sources.fit_matcher(source)
    where = referral.take_place(
        matcher.index, place or "", organization_ids=_acts_for(matcher.index, asker, on=source.on)
    )
    area = matcher.index.areas[where.taken.id] if where else None
    need = referral.Need(
        text=text, area_id=area.id if area else None, asker_id=PersonId(asker) if asker else None
    )
    answer = referral.suggest_parties(matcher, need, limit=limit, seed=_seed(text, source))
    topics = {topic.id: topic for topic in sources.all_topics(source)}
    language = cast("wording.Language", answer.language)
    speaker = reasons.Speaker(index=matcher.index, topics=topics, language=language)
    asked = others.Asked(topics=frozenset(answer.topics), area=area, on=source.on)
    met = others.find(asked, told, areas=matcher.index.network.areas, topics=tuple(topics.values()))
    if as_json:
        for line in _json_lines(answer, speaker, where=where, met=met):
            click.echo(json.dumps(line, ensure_ascii=False, default=str))
    else:
        _print_place(where, words=place or "", language=language)
        _print(answer, speaker, met=met)


def _seed(text: str, source: sources.Source) -> int:
    """Draw anew each day, and the same for the same words on one day."""
    return zlib.crc32(f"{source.on} {text}".encode())


def _acts_for(index: network.NetworkIndex, asker: str | None, *, on: date) -> frozenset[OrganizationId]:
    """Return the organizations that who asks has a role in on a day."""
    roles = index.memberships_of.get(PersonId(asker), ()) if asker else ()
    return frozenset(role.organization_id for role in roles if role.organization_id and role.holds_on(on))


def _json_lines(
    answer: referral.Answer,
    speaker: reasons.Speaker,
    *,
    where: referral.PlaceTaken | None,
    met: Others | None,
) -> Iterator[dict[str, object]]:
    whole = asdict(answer)
    del whole["suggestions"]
    said = {"said": others.say(met, language=speaker.language)} if met else {}
    yield {
        "kind": "answer",
        **whole,
        "place": asdict(where.taken) if where else None,
        "place_reason": where.reason if where else None,
        "candidates": [asdict(each) for each in where.candidates] if where else [],
        "others": {**asdict(met), **said} if met else None,
    }
    for suggestion in answer.suggestions:
        said = asdict(speaker.say_suggestion(suggestion))
        yield {"kind": "suggestion", **asdict(suggestion), "said": said}


_HEADS = {
    "nl": {
        "several": "Meer plekken heten hier “{words}”. Dit gaat over {name}{why}",
        "near": ", want daar werkt je organisatie.",
        "first": ". We weten niet welke je bedoelt.",
        "again": "Bedoel je een andere? Vraag opnieuw met --place {names}",
        "topics": "We lezen hierin: {topics}.",
        "none": "We vinden hier niemand bij deze woorden. Zeg wat er gebeurt, waar en wanneer.",
        "thin": "Je woorden raken weinig van wat we hier kennen. Eén zin meer helpt.",
        "together": "Vraag ze samen: {names}.",
    },
    "en": {
        "several": "Several places here are called “{words}”. This is about {name}{why}",
        "near": ", because your organization works there.",
        "first": ". We do not know which one you mean.",
        "again": "Do you mean another? Ask again with --place {names}",
        "topics": "We read in it: {topics}.",
        "none": "We find nobody here for these words. Say what happens, where and when.",
        "thin": "Your words meet little of what we know here. One more sentence helps.",
        "together": "Ask them together: {names}.",
    },
}


def _print_place(where: referral.PlaceTaken | None, *, words: str, language: wording.Language) -> None:
    if where is None or where.reason is None:
        return
    heads = _HEADS[language]
    named = ", ".join(f'"{other.name}"' for other in where.others)
    said = heads["several"].format(words=words.strip(), name=where.taken.name, why=heads[where.reason])
    screen = _screen()
    screen.print(escape(said))
    screen.print(escape(heads["again"].format(names=named)))
    screen.print()


def _screen() -> Console:
    return Console(width=min(ONE_SCREEN, Console().width), highlight=False)


def _print(answer: referral.Answer, speaker: reasons.Speaker, *, met: Others | None) -> None:
    screen = _screen()
    heads = _HEADS[answer.language]
    if answer.topics:
        names = ", ".join(speaker.say_topics(answer.topics))
        screen.print(escape(heads["topics"].format(topics=names)), style="dim")
    if answer.confidence in {referral.Confidence.NONE, referral.Confidence.THIN}:
        screen.print(heads[answer.confidence.value])
    if answer.together:
        names = ", ".join(speaker.say_party(party) for party in answer.together)
        screen.print(escape(heads["together"].format(names=names)))
    for number, suggestion in enumerate(answer.suggestions, start=1):
        said = speaker.say_suggestion(suggestion)
        screen.print()
        screen.print(f"[bold]{number}[/] {escape(said.because)} {escape(said.way_in)}")
        for reason in said.reasons:
            screen.print(Padding(escape(f"· {reason}"), (0, 0, 0, 2), expand=False), style="dim")
    if met is not None:
        screen.print(f"\n{others.say(met, language=speaker.language)}")
