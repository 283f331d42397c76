"""A rehearsal as JSON, for the report of a dry run and for the pages that show it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from layers.account import euros
from layers.breaks import Breaks
from layers.differences import Difference
from layers.hidden_shares import shares
from layers.indicators import INDICATORS
from layers.indicators.held import of_manifest, to_manifest
from layers.series import Cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from layers.class_changes import ClassChange
    from layers.deliveries import Departure
    from layers.indicators import Indicator
    from layers.rehearsal import Change, Rehearsal

Json = dict[str, Any]


def of_rehearsal(rehearsal: Rehearsal) -> Json:
    """Give all that a rehearsal tells, indicators by their keys.

    ``compared`` (a release or null); ``still`` (no figure changes); ``totals``, ``communes``, ``sectors``
    (``indicator``, ``where``, ``before``, ``after``, ``unusual``); ``tables`` (rows ``added``, ``removed``,
    ``relabelled``, and their euros, by ``table``, ``part`` and ``year``); ``departures``; ``classes``;
    ``implausible``; ``hidden``, what secrecy hides by level (`layers.hidden_shares`); ``unmatched``; ``duplicates`` by
    file; ``declared``, indicators of the files (`indicators_of`).
    """
    after = rehearsal.after.indicators if rehearsal.after is not None else INDICATORS
    return {
        "declared": [to_manifest(one) for key, one in after.items() if key not in INDICATORS],
        "compared": rehearsal.compared,
        "still": rehearsal.is_still,
        "totals": [_change(change) for change in rehearsal.totals],
        "communes": [_change(change) for change in rehearsal.communes],
        "sectors": [_change(change) for change in rehearsal.sectors],
        "tables": [_in_euros(asdict(change)) for change in rehearsal.tables],
        "departures": of_departures(rehearsal.departures),
        "classes": [_class(change) for change in rehearsal.classes],
        "hidden": [] if rehearsal.after is None else [asdict(one) for one in shares(rehearsal.after)],
        "implausible": [asdict(one) for one in rehearsal.implausible],
        "unmatched": [
            {
                "file": one.file,
                "column": one.column,
                "value": one.value,
                "rows": list(one.rows),
                "suggestions": [{"code": code, "name": name} for code, name in one.suggestions],
            }
            for one in rehearsal.unmatched
        ],
        "duplicates": {file: [asdict(one) for one in rows] for file, rows in rehearsal.duplicates.items()},
    }


def indicators_of(said: Mapping[str, Any]) -> dict[str, Indicator]:
    """All the indicators that a rehearsal, or a map of it, may name, by key."""
    return {**INDICATORS, **{one.key: one for one in map(of_manifest, said["declared"])}}


def of_departures(found: Sequence[Departure]) -> list[Json]:
    """Give what of earlier files leaves: file, table, year, stage, lines by fate and their euros."""
    return [_in_euros(asdict(one)) for one in found]


def _in_euros(said: Json) -> Json:
    """The same, its cents as euros."""
    return {
        key.replace("cents", "euros"): euros(value) if key.startswith("cents") else value for key, value in said.items()
    }


def of_difference(found: Difference) -> Json:
    """Give the two maps of an indicator."""
    return {
        "declared": [] if found.indicator.key in INDICATORS else [to_manifest(found.indicator)],
        "indicator": found.indicator.key,
        "level": found.level,
        "before_year": found.before_year,
        "after_year": found.after_year,
        "scale": asdict(found.scale),
        "before": _cells(found.before),
        "after": _cells(found.after),
    }


def to_difference(said: Json) -> Difference:
    """Read what `of_difference` gave."""
    scale = said["scale"]
    return Difference(
        indicators_of(said)[said["indicator"]],
        said["level"],
        said["before_year"],
        said["after_year"],
        Breaks(scale["method"], tuple(scale["bounds"]), scale["below"]),
        tuple(Cell(*cell) for cell in said["before"]),
        tuple(Cell(*cell) for cell in said["after"]),
    )


def _cells(cells: Sequence[Cell]) -> list[list[object]]:
    return [[cell.code, cell.name, cell.value, cell.state, cell.numerator, cell.denominator] for cell in cells]


def _change(change: Change) -> Json:
    return {
        "indicator": change.indicator.key,
        "where": change.where,
        "before": change.before,
        "after": change.after,
        "unusual": change.unusual,
    }


def _class(change: ClassChange) -> Json:
    said = {key: getattr(change, key) for key in ("level", "code", "name", "before", "same_scale", "after")}
    years = {"before_year": change.before_year, "after_year": change.after_year}
    return {"indicator": change.indicator.key, **said, **years}
