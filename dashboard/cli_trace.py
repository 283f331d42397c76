"""``ess trace``: what a figure is made of, one line of the output for each line of a file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from dashboard import cli_errors
from dashboard.cli_errors import DataDir, WrongUsage, write
from dashboard.cli_options import Employer, Family, Instrument, Perimeter, Qpv, ReleaseId, Sector, Size, Year

if TYPE_CHECKING:
    from layers.series import Query
    from layers.trace import Entry, Line, Part, Traced

Digests = Mapping[tuple[str, str, str], str]
COLUMNS: Final = (
    *("part", "fact", "area", "year", "name", "number", "commune", "value"),
    *("grantor", "instrument", "kind", "sector", "family", "size_class"),
    *("source", "vintage", "file", "file_sha256", "sheet", "row", "text"),
)
FIGURE: Final = "figure"
WITHHELD: Final = "Des cellules sont sous secret statistique\u202f: ni données, ni dénombrées."
UNNAMED: Final = "{count} comptées sans être nommées (diffusion partielle, personnes physiques)\u202f: sans ligne."
NOTHING: Final = {
    "suppressed": "Ce chiffre est sous secret statistique\u202f: il ne mène à rien.",
    "missing": "Ce chiffre n’est pas disponible\u202f: il n’est fait de rien.",
}


class Form(StrEnum):
    """How a trace is printed."""

    csv = "csv"
    json = "json"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(trace)


def trace(
    *,
    indicator: Annotated[str, typer.Argument(help="Clé de l’indicateur.", metavar="INDICATEUR")],
    area_: Annotated[
        str | None, typer.Argument(help="Code d’un territoire ou d’une commune, ou mel.", metavar="ZONE")
    ] = None,
    area: Annotated[str, typer.Option(help="La zone, si elle n’est pas donnée après l’indicateur.")] = "mel",
    year: Year = None,
    sector: Sector = None,
    family: Family = None,
    size: Size = None,
    employer: Employer = None,
    qpv: Qpv = None,
    instrument: Instrument = None,
    perimeter: Perimeter = 95,
    form: Annotated[Form, typer.Option("--format", help="Forme\u202f: csv ou json.")] = Form.csv,
    data_dir: DataDir = None,
    release: ReleaseId = None,
) -> None:
    """Dit de quoi un chiffre est fait, jusqu’à la ligne des fichiers."""
    from layers.series import Query  # noqa: PLC0415
    from layers.trace import level_of  # noqa: PLC0415

    asked = area_ or area
    chosen = {"size": size, "employer": employer, "qpv": qpv, "instrument": instrument}
    query = Query(indicator, level_of(asked), sector, family, year, perimeter, **chosen)
    settings = cli_errors.settings(data_dir=data_dir, release=release)
    show(settings.data_dir, settings.release, query, asked, form.value)


def show(data_dir: Path, release_id: str | None, query: Query, area: str, form: str) -> None:
    """Print the trace of a figure, as who holds the files reads it: plain sha256, and all the lines of what is shown.

    What secrecy hides, and who may not be named, is in no output (`layers.trace`).

    Raises `WrongUsage` for a key, slug, area or year that is not there.
    """
    from dashboard.cli_values import series_of  # noqa: PLC0415
    from layers.panel import METROPOLE  # noqa: PLC0415
    from layers.store import CurrentRelease, Store  # noqa: PLC0415
    from layers.trace import Tracer  # noqa: PLC0415

    store = Store(data_dir)
    release = CurrentRelease(store, release_id).get()
    series = series_of(release, query)
    known = [METROPOLE, *(cell.code for cell in series.cells)]
    if area not in known:
        raise WrongUsage(
            f"Zone inconnue\u202f: {area}. Au choix\u202f: {METROPOLE}, un territoire (1 à 8) ou une commune."
        )
    traced = Tracer(release, series.query, lines=True).figure(area)
    for told in _remarks(traced):
        typer.echo(told, err=True)
    plain = {} if release.demonstration else _digests(store.manifest(release.id))
    if form == "json":
        answer = _plain(traced, release.id, plain, demonstration=release.demonstration)
        write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
        return
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(traced, plain))
    write(text.getvalue())


def _remarks(traced: Traced) -> Iterator[str]:
    if not traced.parts:
        yield NOTHING.get(traced.cell.state, NOTHING["missing"])
    if any(part.withheld for part in traced.parts):
        yield WITHHELD
    if count := max((part.unnamed for part in traced.parts), default=0):
        yield UNNAMED.format(count=count)


def _rows(traced: Traced, plain: Digests) -> Iterator[dict[str, Any]]:
    """The figure, then each part, then each of its lines."""
    cell = traced.cell
    yield {
        "part": FIGURE,
        "fact": traced.indicator.key,
        "area": cell.code,
        "year": traced.query.year,
        "name": cell.name,
        "value": cell.state if cell.value is None else _number(cell.value),
        "text": traced.indicator.formula,
    }
    for part in traced.parts:
        about = {"part": part.role, "fact": part.fact, "area": part.area, "year": part.year}
        yield {**about, "value": _number(part.total)}
        for entry in _entries(part):
            yield from _lines(about, entry, plain)


def _lines(about: dict[str, Any], entry: Entry, plain: Digests) -> Iterator[dict[str, Any]]:
    """A record of several lines has its value on the first: the column adds up."""
    who = {"name": entry.name, "number": entry.number, "commune": entry.commune, **entry.details}
    for at, line in enumerate(entry.lines):
        yield {
            **about,
            **who,
            "value": _number(entry.amount) if not at else "",
            "source": line.file.kind,
            "vintage": line.file.vintage,
            "file": line.file.name,
            "file_sha256": _digest(line, plain),
            "sheet": line.sheet_name,
            "row": line.number,
            "text": line.text,
        }


def _digests(manifest: Mapping[str, Any]) -> Digests:
    """Sha256 of the files of a release as who has its folder reads them, by kind, vintage and name."""
    return {(one["kind"], one["vintage"], one.get("file", "")): one.get("sha256", "") for one in manifest["sources"]}


def _digest(line: Line, plain: Digests) -> str:
    file = line.file
    return plain.get((file.kind, file.vintage, file.name), file.sha256)


def _told(entry: Entry, plain: Digests) -> dict[str, Any]:
    told = asdict(entry)
    for said, line in zip(told["lines"], entry.lines, strict=True):
        said["file"]["sha256"] = _digest(line, plain)
    return told


def _plain(traced: Traced, release: str, plain: Digests, *, demonstration: bool) -> dict[str, Any]:
    parts = [
        {
            **{name: getattr(part, name) for name in ("role", "fact", "kind", "area", "year", "total", "count")},
            "withheld": part.withheld,
            "unnamed": part.unnamed,
            "entries": [_told(entry, plain) for entry in _entries(part)],
        }
        for part in traced.parts
    ]
    figure = {**asdict(traced.cell), "formula": traced.indicator.formula}
    return {
        "release": release,
        "demonstration": demonstration,
        **asdict(traced.query),
        "figure": figure,
        "parts": parts,
    }


def _entries(part: Part) -> tuple[Entry, ...]:
    return part.entries(0, part.count)


def _number(value: float) -> float | int:
    return int(value) if value.is_integer() else value
