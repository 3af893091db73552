# SPDX-License-Identifier: EUPL-1.2
"""The commands `scharnier network`: bring networks in, look at them, hand them on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.status import Status

from scharnier.cli import failures, outputs, printing, sources, summaries
from scharnier.core import network as networks
from scharnier.core.kernel import AreaId
from scharnier.formats import areas_geojson, graphml, hsds, intake, listing, network_csv, network_json, tables

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_ANY = click.Path(path_type=Path)

Export = Callable[[networks.Network, date, Path], object]
EXPORTS: Mapping[str, Export] = {
    "csv": lambda whole, on, path: _write_tables(path, whole=whole, on=on),
    "graphml": lambda whole, on, path: path.write_bytes(graphml.write_graphml(whole, on=on)),
    "hsds-csv": lambda whole, _on, path: hsds.write_csv(hsds.from_network(whole), path),
    "hsds-json": lambda whole, _on, path: hsds.write_json(hsds.from_network(whole), path),
    "json": lambda whole, _on, path: path.write_bytes(network_json.write_network(whole)),
}
TEMPLATE = "template"
ABOUT_PEOPLE = frozenset({"csv", "graphml"})  # the formats that hold persons, and only those who agreed


def _remember(context: click.Context, option: click.Parameter, value: bool) -> None:
    context.meta[f"scharnier.{option.name}"] = value


def _is_asked(option: str) -> bool:
    return bool(click.get_current_context().meta[f"scharnier.{option}"])


_json_option = click.option(
    "--json", is_flag=True, expose_value=False, callback=_remember, help="JSON lines instead of text."
)
_force_option = click.option(
    "--force", is_flag=True, expose_value=False, callback=_remember, help="Overwrite what is there."
)
_network_argument = click.argument("path", metavar="[NETWORK]", type=_FILE, required=False)


@click.group()
def network() -> None:
    """Import, check, show and export a network.

    Without NETWORK, export, check and show take the example neighbourhood.
    """


@network.command("import")
@click.argument("source", type=_ANY)
@click.option("--output", type=_ANY, help="Network file to write.")
@click.option("--dry-run", is_flag=True, help="Only say what would come of it.")
@click.option("--name", help="What to call the network.")
@click.option("--network", "base", type=_FILE, help="Network file to add everything to.")
@click.option("--schema", type=_FOLDER, help="Folder of HSDS schemas that an HSDS package has to keep to.")
@_force_option
@_json_option
def import_network(
    *,
    source: Path,
    output: Path | None,
    dry_run: bool,
    name: str | None,
    base: Path | None,
    schema: Path | None,
) -> None:
    """Make a network file out of SOURCE.

    SOURCE is an HSDS package (folder, zip or JSON), a workbook (xlsx) or CSV files of people, roles and ties
    (one, a folder or a zip), or a network file. What is wrong is told by its place; then nothing is written.
    """
    if output is None and not dry_run:
        message = "Say where to write with --output, or use --dry-run."
        raise click.UsageError(message)
    written = None if dry_run else output
    if written is not None:
        outputs.check_path(written, is_forced=_is_asked("force"))
    with _busy():
        found = intake.read_source(
            source,
            name=name,
            onto=None if base is None else network_json.read_network(base.read_bytes()),
            schemas=None if schema is None else hsds.read_schemas(schema),
        )
        if written is not None:
            data = network_json.write_network(found.network)
            outputs.write_whole(written, lambda path: path.write_bytes(data))
    printer = printing.Printer(is_json=_is_asked("json"), language=failures.spoken_language())
    printer.print_intake(found, written=written)


@network.command()
@_network_argument
@click.option(
    "--format", "form", type=click.Choice((*EXPORTS, TEMPLATE)), required=True, help="What to write."
)
@click.option("--output", type=_ANY, required=True, help="File to write; for CSV a folder, or a .zip.")
@_force_option
@_json_option
def export(*, path: Path | None, form: str, output: Path) -> None:
    """Write NETWORK for other programs, or an empty workbook to fill in (template).

    GraphML and CSV hold only persons who agreed to be listed; HSDS holds no persons; json is the full copy.
    """
    outputs.check_path(output, is_forced=_is_asked("force"))
    language = failures.spoken_language()
    printer = printing.Printer(is_json=_is_asked("json"), language=language)
    if form == TEMPLATE:
        outputs.write_whole(output, lambda made: made.write_bytes(tables.write_template(language)))
        printer.print_export(output, n_left_out=0)
        return
    with _busy():
        source = sources.open_network(path)
        outputs.write_whole(output, lambda made: EXPORTS[form](source.network, source.on, made))
    listed = listing.only_listed(source.network, on=source.on).persons if form in ABOUT_PEOPLE else None
    printer.print_export(
        output, n_left_out=0 if listed is None else len(source.network.persons) - len(listed)
    )


@network.command()
@click.argument("source", type=_FILE)
@click.option("--network", "base", type=_FILE, required=True, help="Network file to take the areas into.")
@click.option("--parent", help="Identifier of the area in which those lie that lie in no other.")
@click.option(
    "--choose", multiple=True, help="Code of an area to take, with all within it; repeatable. Else all."
)
@click.option("--output", type=_ANY, help="Network file to write.")
@click.option("--dry-run", is_flag=True, help="Only say which areas there are and what would come of them.")
@_force_option
@_json_option
def areas(
    *,
    source: Path,
    base: Path,
    parent: str | None,
    choose: tuple[str, ...],
    output: Path | None,
    dry_run: bool,
) -> None:
    """Take areas with their outlines from SOURCE into a network.

    SOURCE is the map of districts and neighbourhoods of Statistics Netherlands as GeoJSON, in WGS 84 or RD.
    An area that is there already keeps its identifier and its names; nothing is taken away.
    """
    if output is None and not dry_run:
        message = "Say where to write with --output, or use --dry-run."
        raise click.UsageError(message)
    written = None if dry_run else output
    if written is not None:
        outputs.check_path(written, is_forced=_is_asked("force"))
    with _busy():
        here = network_json.read_network(base.read_bytes())
        found = areas_geojson.read_areas(source.read_bytes())
        chosen = {AreaId(code.casefold()) for code in choose} or {area.id for area in found}
        parent_id = None if parent is None else AreaId(parent)
        told = networks.adopt_areas(here, found, chosen=chosen, parent_id=parent_id)
        merge = networks.merge_network(here, {"areas": told}, guard=networks.Guard())
        if written is not None:
            data = network_json.write_network(merge.network)
            outputs.write_whole(written, lambda path: path.write_bytes(data))
    printer = printing.Printer(is_json=_is_asked("json"), language=failures.spoken_language())
    printer.print_areas(merge, written=written)


@network.command()
@_network_argument
@_json_option
@click.pass_context
def check(context: click.Context, *, path: Path | None) -> None:
    """Tell whether NETWORK can be read and hangs together: each problem on a line, exit code 1."""
    printer = printing.Printer(is_json=_is_asked("json"), language=failures.spoken_language())
    try:
        with _busy():
            source = sources.open_network(path)
    except (network_json.MalformedNetwork, networks.InvalidNetwork) as error:
        printer.print_problems(error)
        context.exit(1)
    printer.print_sound(source.network)


@network.command()
@_network_argument
@_json_option
def show(*, path: Path | None) -> None:
    """Count what is in NETWORK; numbers of one to four people show as < 5."""
    with _busy():
        source = sources.open_network(path)
    printer = printing.Printer(is_json=_is_asked("json"), language=failures.spoken_language())
    printer.print_summary(summaries.summarize(source.network, on=source.on))


@network.command()
def schema() -> None:
    """Print the JSON Schema of a network file."""
    click.echo(msgspec.json.format(msgspec.json.encode(network_json.network_schema())).decode())


def _busy() -> Status:
    return Console(stderr=True).status("…")


def _write_tables(path: Path, *, whole: networks.Network, on: date) -> None:
    if path.suffix.casefold() == ".zip":
        path.write_bytes(network_csv.write_zip(whole, on=on))
        return
    path.mkdir(exist_ok=True)
    for name, data in network_csv.write_csv_files(whole, on=on).items():
        (path / name).write_bytes(data)
