"""The registry of indicators, and the series of one of them, to the last digit."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard import locale, packs, provenance
from dashboard.api import origins
from dashboard.api.parameters import Given
from dashboard.api.problems import unknown_value
from dashboard.api.route import Asked
from dashboard.disputes import noted, shown
from dashboard.disputes.marks import address
from dashboard.i18n import _
from dashboard.slices import Scope
from layers import change, facts, measure, series_breaks, trace
from layers.choices import offered
from layers.dimensions import DIMENSIONS, split
from layers.indicators import Indicator
from layers.series import Cell, Query, Series

if TYPE_CHECKING:
    from layers.change import Change, Changes
    from layers.cube import Cube
    from layers.release import Release
    from layers.written.disputes import Dispute


def registry(asked: Asked) -> dict[str, Any]:
    """All the indicators, and what the release gives of each."""
    return {**asked.heading(), "indicators": [_declared(asked.release, i) for i in asked.release.indicators.values()]}


def years_held(release: Release, given: Given) -> Sequence[int]:
    """Years of the indicator that the path names."""
    return measure.years(release, given["key"])


def values(asked: Asked) -> dict[str, Any]:
    """The series of one indicator: the areas asked for, and the metropole as a whole."""
    given = asked.values
    indicator = asked.release.indicators[given["key"]]
    year = given["year"] if given["year"] in measure.years(asked.release, indicator.key) else None
    query = _query(asked, year, given["level"])
    series = measure.series(asked.release, query)
    of_cell = _origin_of(asked, series.query)
    changed = _compared(asked, series.query)
    found = _disputed(asked, series)
    unknown = asked.services.disputes_unknown()
    told = None if unknown else {one.place for one in found}
    sides = {one.now.code: one for one in (*changed.areas, changed.total)} if changed else {}
    return {
        "indicator": indicator.key,
        "label": _said(indicator.label),
        "kind": indicator.kind,
        "unit": _said(series.unit),
        "level": query.level,
        **{key: getattr(query, key) for key in DIMENSIONS},
        "territory": given["territory"],
        "year": series.query.year,
        "denominator_year": series.denominator_year,
        "perimeter": query.perimeter,
        **asked.heading(),
        "source": series.source,
        "vintage": series.vintage,
        "sources": _sources(asked.release, indicator, series),
        "notes": [
            *(locale.tight(note.told(_)) for note in series.notes),
            *noted.written(noted.remarks(asked.release, found), ""),
            *([noted.unread()] if unknown else []),
        ],
        "breaks": _breaks(asked.release, query),
        "unlocated": measure.unlocated(asked.release, series.query),
        **_between(changed),
        "disputes": None if unknown else [_dispute(one) for one in found],
        "total": {**plain(series.total, told), **_change(sides.get(series.total.code)), **of_cell(series.total)},
        "values": [
            {**plain(cell, told), **_change(sides.get(cell.code)), **of_cell(cell)} for cell in _kept(series, given)
        ],
    }


def origin(asked: Asked) -> dict[str, Any]:
    """What one figure of an indicator is made of, to the line."""
    given = asked.values
    year = given["year"] if given["year"] in measure.years(asked.release, given["key"]) else None
    return origins.one(asked, _query(asked, year, trace.level_of(given["area"])))


def _origin_of(asked: Asked, query: Query) -> Callable[[Cell], dict[str, Any]]:
    """What tells the origin of a cell where it is asked for."""
    if asked.values[origins.ORIGIN] is None:
        return lambda _cell: {}
    tracer = trace.Tracer(asked.release, query)
    return lambda cell: {origins.ORIGIN: origins.beside(asked, tracer, cell.code)}


def stamp(asked: Asked) -> str:
    """The disputes that are open of an indicator, whatever the year: their answer changes that of the API."""
    found = asked.services.disputes()
    if asked.services.disputes_unknown():
        return "?"
    return " ".join(f"{one.id}.{one.version}" for one in found if one.indicator == asked.values["key"])


def _disputed(asked: Asked, series: Series) -> shown.Found:
    """The open disputes of the values that are answered, and of those of the year compared with."""
    given, query = asked.values, series.query
    codes = {series.total.code, *(cell.code for cell in _kept(series, given))}
    years = dict.fromkeys(year for year in (query.year, given["compare"]) if year is not None)
    return tuple(
        one for year in years for one in shown.of_series(asked.services.disputes(), replace(query, year=year), codes)
    )


def _dispute(one: Dispute) -> dict[str, Any]:
    """A dispute without what was written in it."""
    return {
        "code": one.place,
        "year": one.year,
        "release": one.release,
        "date": one.created[:10],
        "address": address(one.id),
    }


def _compared(asked: Asked, query: Query) -> Changes | None:
    """What changed since the year compared with; None where none is, or where the release has no year."""
    since = asked.values["compare"]
    if since not in measure.years(asked.release, query.indicator) or query.year is None:
        return None
    return change.between(asked.release, query, since, query.year)


def _between(changed: Changes | None) -> dict[str, Any]:
    """The two years, and the breaks across which nothing is computed; nothing where none is compared with."""
    if changed is None:
        return {}
    breaks = [_broken(one) for one in changed.breaks]
    return {"change": {"from": changed.first, "to": changed.last, "breaks": breaks}}


def _change(one: Change | None) -> dict[str, Any]:
    """What changed in an area, unrounded."""
    if one is None:
        return {}
    return {
        "change": {"from": one.then.value, "absolute": one.absolute, "percent": one.percent, "state": one.state},
    }


def _query(asked: Asked, year: int | None, level: str) -> Query:
    """The question to the release. Raises `Problem` for a value that only the release can know."""
    given = asked.values
    chosen = {key: given[key] for key in DIMENSIONS}
    for key, labels in offered(asked.release, given["key"]).items():
        for slug in split(chosen[key]):
            if DIMENSIONS[key].open_ and slug not in labels:
                raise unknown_value(key, slug, _("des valeurs que donne la publication"), [*labels])
    return Query(given["key"], level, year=year, perimeter=given["perimeter"], **chosen)


def plain(cell: Cell, disputed: Container[str] | None) -> dict[str, Any]:
    """One area, its numbers unrounded, and whether something of it is disputed; None where nobody knows."""
    return {
        "code": cell.code,
        "name": cell.name,
        "value": cell.value,
        "state": cell.state,
        "numerator": cell.numerator,
        "denominator": cell.denominator,
        "disputed": None if disputed is None else cell.code in disputed,
    }


def _kept(series: Series, given: Given) -> Sequence[Cell]:
    if given["territory"] is None:
        return series.cells
    if given["level"] == "territory":
        return series.within(frozenset({given["territory"]}))
    return series.within(frozenset(Scope("commune", given["territory"], given["perimeter"]).codes()))


def _declared(release: Release, indicator: Indicator) -> dict[str, Any]:
    above = facts.cube(release, indicator.numerator)
    told = dict.fromkeys(source for year in above.years for source in _told(release, indicator.numerator, year))
    return {
        "key": indicator.key,
        "label": _said(indicator.label),
        "group": _said(indicator.group),
        "unit": _said(indicator.unit),
        "kind": indicator.kind,
        "definition": _said(indicator.definition),
        "formula": _said(indicator.formula),
        "numerator": indicator.numerator,
        "denominator": indicator.denominator,
        "scale": indicator.scale,
        "digits": indicator.digits,
        "source": locale.tight(locale.separator().join(str(source) for source in told)),
        "vintages": _all(above.vintages),
        "years": list(above.years),
        "levels": list(indicator.levels),
        "sectors": list(packs.sectors(release, indicator.key)),
        "families": list(packs.families(release, indicator.key)),
        "filters": {
            key: [{"value": slug, "label": _said(label)} for slug, label in labels.items()]
            for key, labels in offered(release, indicator.key).items()
        },
        "secrecy": indicator.secrecy,
        "caveat": _said(indicator.caveat),
        "breaks": _breaks(release, Query(indicator.key)),
        "available": measure.available(release, indicator.key),
    }


def _breaks(release: Release, query: Query) -> list[dict[str, Any]]:
    """Between which years the series is broken: nothing of one side is compared with the other."""
    return [
        {
            "key": one.key,
            "before": one.before,
            "after": one.after,
            "sentence": _broken(one),
            "reference": _said(one.reference),
        }
        for one in series_breaks.found(release, query)
    ]


def _broken(one: series_breaks.Found) -> str:
    """The sentence of a break, in the language in force."""
    return locale.tight(_(one.sentence).format(before=one.before, after=one.after))


def _said(text: str) -> str:
    """A text of the registry in the language in force; what only a file says stays as it says it."""
    return locale.tight(_(text))


def _sources(release: Release, indicator: Indicator, series: Series) -> list[dict[str, str]]:
    """Where the numerator and the denominator of the year come from."""
    told = [("numerator", source) for source in _told(release, indicator.numerator, series.query.year)]
    if indicator.denominator is not None:
        told += [("denominator", s) for s in _told(release, indicator.denominator, series.denominator_year)]
    return [
        {
            "of": part,
            "kind": source.kind,
            "title": locale.tight(source.title),
            "vintage": source.vintage,
            "publisher": locale.tight(source.publisher),
            "licence": locale.tight(source.licence),
        }
        for part, source in told
    ]


def _told(release: Release, fact: str, year: int | None) -> Sequence[provenance.Told]:
    if year is None:
        return ()
    built: Cube = facts.cube(release, fact)
    return provenance.told(release, built.sources.get(year, ()), built.vintages.get(year, ()))


def _all(by_year: Mapping[int, tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(text for year in sorted(by_year) for text in by_year[year]))
