"""``ess values``: a series as CSV or JSON on the standard output."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

from dashboard.cli_errors import WrongUsage, write
from dashboard.exports import CHANGE_COLUMNS, told
from geodata.perimeter import PERIMETERS
from layers import change, measure
from layers.choices import offered
from layers.dimensions import DIMENSIONS
from layers.release import Release
from layers.series import Cell, Query, Series
from layers.store import CurrentRelease, Store

COLUMNS = (
    *("code", "name", "value", "state", "numerator", "denominator"),
    *("unit", "year", "perimeter", "release", "demonstration", "source"),
)


WRONG = {
    "sector": "Secteur inconnu",
    "family": "Famille inconnue",
    "size": "Tranche d’effectifs inconnue",
    "employer": "Choix inconnu pour --employer",
    "qpv": "Choix inconnu pour --qpv",
    "instrument": "Dispositif inconnu",
}


def show(data_dir: Path, release_id: str | None, query: Query, form: str, since: int | None = None) -> None:
    """Print the series of a query from one release, with what changed ``since`` a year where one is given.

    Raises `WrongUsage` for a key, slug or year that is not there.
    """
    release = CurrentRelease(Store(data_dir), release_id).get()
    series = series_of(release, query)
    changes = _changes(release, series, since)
    if form == "json":
        answer = as_json(release, series)
        for cell in answer["values"]:
            cell.update(changes.get(cell["code"], {}))
        write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
        return
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*COLUMNS, *(CHANGE_COLUMNS if changes else ())))
    for cell in series.cells:
        more = [_number(one) if isinstance(one, float) else one for one in changes.get(cell.code, {}).values()]
        writer.writerow((*_row(cell, release, series), *more))
    write(text.getvalue())


def _changes(release: Release, series: Series, since: int | None) -> dict[str, dict[str, Any]]:
    """What changed by area, in the columns of an export; nothing where no year is compared with."""
    if since is None or series.query.year is None:
        return {}
    _held(release, series.query.indicator, since)
    found = change.between(release, series.query, since, series.query.year)
    return {one.now.code: told(since, one) for one in found.areas}


def as_json(release: Release, series: Series) -> dict[str, Any]:
    """The answer of the API to the same query."""
    return {
        "indicator": series.query.indicator,
        "unit": series.unit,
        "source": series.source,
        "vintage": series.vintage,
        "perimeter": series.query.perimeter,
        "year": series.query.year,
        **{key: getattr(series.query, key) for key in DIMENSIONS},
        "release": release.id,
        "demonstration": release.demonstration,
        "values": [_plain(cell) for cell in series.cells],
    }


def _check(release: Release, query: Query) -> None:
    for what, given, known in (
        ("Indicateur inconnu", (query.indicator,), release.indicators),
        *(
            (WRONG[key], slugs, (*DIMENSIONS[key].names, *DIMENSIONS[key].apart))
            for key, slugs in query.chosen.items()
            if not DIMENSIONS[key].open_
        ),
    ):
        for slug in given:
            if slug not in known:
                raise WrongUsage(f"{what}\u202f: {slug}. Au choix\u202f: {', '.join(known)}.")
    if query.perimeter not in PERIMETERS:
        raise WrongUsage(f"Périmètre inconnu\u202f: {query.perimeter}. Au choix\u202f: 85, 90, 95.")


def series_of(release: Release, query: Query) -> Series:
    """The series of a query; raises `WrongUsage` for a key, slug, perimeter or year that is not there."""
    _check(release, query)
    if query.year is not None:
        _held(release, query.indicator, query.year)
    for key, labels in offered(release, query.indicator).items():
        for slug in query.chosen.get(key, ()):
            if DIMENSIONS[key].open_ and slug not in labels:
                raise WrongUsage(f"{WRONG[key]}\u202f: {slug}. Au choix\u202f: {', '.join(labels)}.")
    return measure.series(release, query)


def _held(release: Release, indicator: str, year: int) -> None:
    """Raise `WrongUsage` for a year that the indicator has not."""
    held = measure.years(release, indicator)
    if year not in held:
        years = ", ".join(str(one) for one in held) or "aucune"
        raise WrongUsage(f"Pas de valeur en {year} pour {indicator}\u202f; années\u202f: {years}.")


def _plain(cell: Cell) -> dict[str, Any]:
    return {
        "code": cell.code,
        "name": cell.name,
        "value": cell.value,
        "state": cell.state,
        "numerator": cell.numerator,
        "denominator": cell.denominator,
    }


def _row(cell: Cell, release: Release, series: Series) -> tuple[Any, ...]:
    """Empty cells for null; a whole number without decimals."""
    numbers = (_number(cell.numerator), _number(cell.denominator))
    about = (series.unit, series.query.year, series.query.perimeter, release.id)
    demonstration = "true" if release.demonstration else "false"
    return (cell.code, cell.name, _number(cell.value), cell.state, *numbers, *about, demonstration, series.source)


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() else value
