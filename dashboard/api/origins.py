"""The origin of a figure: its parts, and the records or cells of each with the line of the file where it was read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from dashboard.api.problems import unknown_value
from dashboard.api.route import BASE, Asked
from dashboard.i18n import _
from layers import trace
from layers.dimensions import DIMENSIONS
from layers.panel import METROPOLE
from layers.trace.origin import DETAILS

if TYPE_CHECKING:
    from layers.series import Query
    from layers.trace import Entry, File, Line, Part, Traced

FEW: Final = 5
"""Records given of each part with the figures of a series; all of them are at the address beside."""
ORIGIN: Final = "origin"


def address(key: str) -> str:
    """Address of the origins of an indicator."""
    return f"{BASE}/indicators/{key}/{ORIGIN}"


def one(asked: Asked, query: Query) -> dict[str, Any]:
    """The origin of one figure, fifty records a page of the part asked for. Raises `Problem` for a page too far."""
    area, at, page = asked.values["area"], asked.values["part"], asked.values["page"]
    try:
        traced = trace.Tracer(asked.release, query).figure(area)
    except KeyError as error:
        told = _("une zone du périmètre de {perimeter} communes").format(perimeter=query.perimeter)
        raise unknown_value("area", area, told) from error
    if at > max(1, len(traced.parts)):
        told = _("un entier de 1 à {pages}").format(pages=max(1, len(traced.parts)))
        raise unknown_value("part", str(at), told)
    pages = traced.parts[at - 1].pages if traced.parts else 1
    if page > pages:
        raise unknown_value("page", str(page), _("un entier de 1 à {pages}").format(pages=pages))
    return {
        "indicator": traced.indicator.key,
        "code": traced.cell.code,
        "name": traced.cell.name,
        **{key: getattr(traced.query, key) for key in DIMENSIONS},
        "year": traced.query.year,
        "perimeter": traced.query.perimeter,
        **asked.heading(),
        "value": traced.cell.value,
        "state": traced.cell.state,
        "numerator": traced.cell.numerator,
        "denominator": traced.cell.denominator,
        "formula": _(traced.indicator.formula),
        "parts": [_paged(asked, part, place, page if place == at else 1) for place, part in enumerate(traced.parts, 1)],
    }


def beside(asked: Asked, tracer: trace.Tracer, area: str) -> dict[str, Any]:
    """What stands beside a figure of a series: its parts, their files and first records, and where all of them are."""
    traced = tracer.figure(area)
    return {
        "parts": [{**_summed(part), "records": _records(part.entries(0, FEW))} for part in traced.parts],
        "address": _address(asked, traced),
    }


def _address(asked: Asked, traced: Traced) -> str:
    kept = {key: asked.written[key] for key in (*DIMENSIONS, "year", "perimeter", "lang") if key in asked.written}
    written = replace(asked, written={**kept, "area": traced.cell.code})
    return f"{address(traced.indicator.key)}?{written.query()}"


def _paged(asked: Asked, part: Part, place: int, page: int) -> dict[str, Any]:
    following = (
        f"{address(asked.values['key'])}?{asked.query(part=place, page=page + 1)}" if page < part.pages else None
    )
    return {
        **_summed(part),
        "page": page,
        "pages": part.pages,
        "next": following,
        "records": _records(part.page(page)),
    }


def _summed(part: Part) -> dict[str, Any]:
    return {
        "of": part.role,
        "fact": part.fact,
        "kind": part.kind,
        "code": part.area,
        "year": part.year,
        "total": part.total,
        "count": part.count,
        "withheld": part.withheld,
        "unnamed": part.unnamed,
        "files": [_file(file) for file in part.files],
    }


def _records(entries: tuple[Entry, ...]) -> list[dict[str, Any]]:
    return [
        {
            "name": entry.name or None,
            "number": entry.number or None,
            "commune": entry.commune if entry.commune and entry.commune != METROPOLE else None,
            "named": entry.named,
            "value": entry.amount,
            **{key: entry.details.get(key) for key in DETAILS},
            "lines": [_line(line) for line in entry.lines],
        }
        for entry in entries
    ]


def _file(file: File) -> dict[str, Any]:
    told = {"source": file.kind, "file": file.name or None, "vintage": file.vintage}
    return {**told, "file_sha256": file.sha256 or None, "keyed": file.keyed}


def _line(line: Line) -> dict[str, Any]:
    return {**_file(line.file), "sheet": line.sheet_name or None, "row": line.number, "text": line.text or None}
