# SPDX-License-Identifier: EUPL-1.2
"""What the commands about networks say, to people or as JSON lines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from scharnier.cli import summaries
from scharnier.core import network
from scharnier.formats import intake, network_json, wording

FEW = f"< {summaries.FEWEST_SHOWN}"
_WORDS: Mapping[wording.Language, Mapping[str, str]] = {
    "nl": {
        "areas": "gebieden",
        "locations": "locaties",
        "topics": "onderwerpen",
        "organizations": "organisaties",
        "services": "diensten",
        "communities": "gemeenschappen",
        "resident_groups": "bewonersgroepen",
        "persons": "mensen",
        "memberships": "lidmaatschappen",
        "ties": "banden",
        "listing": "vindbaar zijn",
        "contact": "contactgegevens tonen",
        "introduction": "mensen voorstellen",
        "research": "onderzoek",
        "yes": "ja",
        "limited": "beperkt",
        "no": "nee",
        "unknown": "onbekend",
        "consents": "Mensen die ja zeiden tegen",
        "accepting": "Mensen die vragen aannemen",
        "members": "Mensen per gemeenschap",
        "tie_days": "De oudste band is van {oldest}, de nieuwste van {newest}.",
        "written": "Geschreven naar {path}.",
        "dry": "Er is niets geschreven.",
        "notes": "Niet of anders overgenomen",
        "left_out": "{count} mensen staan er niet in: zij zeiden geen ja tegen vindbaar zijn.",
        "one_left_out": "Eén persoon staat er niet in, zonder ja tegen vindbaar zijn.",
        "sound": "{name} klopt.",
        "added": "nieuw",
        "changed": "veranderd",
        "same": "is er al zo",
    },
    "en": {
        "resident_groups": "resident groups",
        "persons": "people",
        "listing": "being found",
        "contact": "showing how to reach them",
        "introduction": "introducing people",
        "research": "research",
        "consents": "People who said yes to",
        "accepting": "People who take requests",
        "members": "People by community",
        "tie_days": "The oldest tie is of {oldest}, the newest of {newest}.",
        "written": "Written to {path}.",
        "dry": "Nothing was written.",
        "notes": "Not taken over, or otherwise",
        "left_out": "{count} people are not in it: they did not say yes to being found.",
        "one_left_out": "One person is not in it, without a yes to being found.",
        "sound": "{name} is sound.",
        "added": "new",
        "changed": "changes",
        "same": "is there like that",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Printer:
    """Says outcomes in a language, or as JSON lines."""

    is_json: bool
    language: wording.Language

    def print_intake(self, found: intake.Intake, *, written: Path | None) -> None:
        """Say what was read and where it went."""
        counts = {part: len(getattr(found.network, part)) for part in intake.PARTS}
        notes = [(note, wording.say_note(note, language=self.language)) for note in found.notes]
        if self.is_json:
            _print_line("network", {"name": found.network.name, "source": found.kind, "parts": counts})
            for note, said in notes:
                _print_line("note", {"code": note.code, **note.facts, "said": said})
            _print_line("written", {"path": written})
            return
        _print_counts(found.network.name, self._worded(counts))
        if notes:
            _print(f"[bold]{self._word('notes')}[/]")
        for _, said in notes:
            _print(f"  {escape(said)}")
        _print(escape(self._word("dry") if written is None else self._word("written").format(path=written)))

    def print_areas(self, merge: network.Merge, *, written: Path | None) -> None:
        """Say what became of each area of a map, and where the network went."""
        for step in merge.of("areas", *network.Fate):
            if self.is_json:
                facts = {"id": step.item.id, "cbs_code": step.item.cbs_code, "name": step.item.name}
                _print_line("area", {**facts, "fate": step.fate.value})
            else:
                _print(escape(f"{step.item.cbs_code}  {step.item.name}: {self._word(step.fate.value)}"))
        if self.is_json:
            _print_line("written", {"path": written})
            return
        _print(escape(self._word("dry") if written is None else self._word("written").format(path=written)))

    def print_export(self, path: Path, *, n_left_out: int) -> None:
        """Say where an export went and how many people did not agree to be in it."""
        if self.is_json:
            _print_line("written", {"path": path, "persons_left_out": n_left_out})
            return
        _print(escape(self._word("written").format(path=path)))
        if n_left_out:
            word = "one_left_out" if n_left_out == 1 else "left_out"
            _print(self._word(word).format(count=n_left_out))

    def print_problems(self, error: network_json.MalformedNetwork | network.InvalidNetwork) -> None:
        """Say each problem of a network on a line."""
        for code, facts, said in self._problems(error):
            if self.is_json:
                _print_line("problem", {"code": code, **facts, "said": said})
            else:
                click.echo(said)

    def print_sound(self, whole: network.Network) -> None:
        """Say that nothing is wrong."""
        if self.is_json:
            _print_line("sound", {"name": whole.name})
        else:
            _print(escape(self._word("sound").format(name=whole.name)))

    def print_summary(self, summary: summaries.Summary) -> None:
        """Say the counts of a network."""
        if self.is_json:
            _print_line("summary", asdict(summary))
            return
        _print_counts(summary.name, self._worded(summary.parts))
        if summary.parts["persons"]:
            _print_counts(self._word("consents"), self._worded(summary.consents))
            _print_counts(self._word("accepting"), self._worded(summary.accepting))
        if summary.communities:
            _print_counts(self._word("members"), summary.communities)
        if summary.oldest_tie is not None and summary.newest_tie is not None:
            oldest, newest = (
                wording.say_day(day, language=self.language)
                for day in (summary.oldest_tie, summary.newest_tie)
            )
            _print(self._word("tie_days").format(oldest=oldest, newest=newest))

    def _word(self, name: str) -> str:
        return _WORDS[self.language].get(name, name)

    def _worded(self, counts: Mapping[str, int | None]) -> Mapping[str, int | None]:
        return {self._word(name): count for name, count in counts.items()}

    def _problems(
        self, error: network_json.MalformedNetwork | network.InvalidNetwork
    ) -> Iterator[tuple[str, Mapping[str, object], str]]:
        if isinstance(error, network.InvalidNetwork):
            for problem in error.problems:
                yield problem.code, problem.facts, wording.say_note(problem, language=self.language)
        else:
            for fault in error.faults:
                yield fault.code, fault.facts, wording.say_error(fault, language=self.language)


def _print_counts(heading: str, counts: Mapping[str, int | None]) -> None:
    table = Table(
        box=None, show_header=False, title=escape(heading), title_justify="left", title_style="bold"
    )
    table.add_column(justify="right", style="cyan")
    table.add_column()
    for name, count in counts.items():
        table.add_row(FEW if count is None else str(count), escape(name))
    _print(table)
    _print("")


def _print(said: str | Table) -> None:
    Console(highlight=False).print(said, soft_wrap=True)


def _print_line(kind: str, facts: Mapping[str, object]) -> None:
    click.echo(json.dumps({"kind": kind, **facts}, ensure_ascii=False, default=str))
