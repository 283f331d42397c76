"""The drill-down charts: what the structures and the grants of an area are made of. Pure functions of a view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from dashboard import changes, figures, locale, provenance, trends
from dashboard.areas import Named, commune, metropole, territory
from dashboard.captions import family_label, sector_label
from dashboard.french import MINUS
from dashboard.i18n import _, plural
from geodata.perimeter import members
from layers import facts, measure, series_breaks, stages, support
from layers.cube import FAMILY_AXIS, SECTOR_AXIS, UNKNOWN
from layers.intervals import LEAST_RANKING, LEAST_RATE
from layers.panel import METROPOLE
from layers.series import Query

if TYPE_CHECKING:
    import pandas as pd

    from dashboard.services import View
    from layers.cube import Cube

SECTOR_AXIS_OF, FAMILY_AXIS_OF = 1, 2


@dataclass(frozen=True)
class Chart:
    """A figure, the sentence that sums it up and the table that says the same."""

    key: str
    title: str
    summary: str
    draw: Callable[[], Any] | None
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: str
    notes: tuple[str, ...] = ()

    @cached_property
    def figure(self) -> Any:
        """The Plotly figure, drawn where it is first asked for; None where there is a table only."""
        return None if self.draw is None else self.draw()


def charts(view: View) -> list[Chart]:
    """The charts the release allows, in order: sectors, families, trend, instruments."""
    found = [
        indicator_trend(view),
        indicator_change(view),
        sector_mix(view),
        family_mix(view),
        trend(view),
        instruments(view),
    ]
    return [chart for chart in found if chart is not None]


def indicator_trend(view: View) -> Chart | None:
    """The indicator of the view by year, its filters kept, the metropole beside the area."""
    told = trends.of(view, place(view))
    if told is None:
        return None
    return Chart("series", told.title, told.summary, told.draw, told.heads, told.rows, told.source, told.notes)


def indicator_change(view: View) -> Chart | None:
    """What changed since the year that the view compares with, area by area."""
    told = changes.of(view)
    if told is None:
        return None
    return Chart("change", told.title, told.summary, told.draw, told.heads, told.rows, told.source, told.notes)


def place(view: View) -> str:
    """The area the charts are about: « le Roubaisien », « Roubaix », « la métropole »."""
    return _place(view).subject


def _within(view: View) -> str:
    return _place(view).within


def _place(view: View) -> Named:
    state = view.state
    if state.commune is not None:
        return commune(str(view.release.geography.communes.loc[state.commune, "name"]))
    return territory(state.territory) if state.territory else metropole()


def codes(view: View) -> frozenset[str]:
    """Communes of the area."""
    state = view.state
    belongs = members(state.perimeter)
    if state.commune is not None:
        return frozenset([state.commune])
    return frozenset(c for c, t in belongs.items() if state.territory in (None, t))


def sector_mix(view: View) -> Chart | None:
    """Structures of the area by sector, the largest first, the unknown last."""
    return _mix(view, "sectors", _("Structures par secteur, {year}"), SECTOR_AXIS_OF)


def family_mix(view: View) -> Chart | None:
    """Structures of the area by family."""
    return _mix(view, "families", _("Structures par famille, {year}"), FAMILY_AXIS_OF)


def _mix(view: View, key: str, title: str, axis: int) -> Chart | None:
    slugs, label = (SECTOR_AXIS, sector_label) if axis == SECTOR_AXIS_OF else (FAMILY_AXIS, family_label)
    built = facts.cube(view.release, "actors")
    year = _year(built, view)
    if year is None:
        return None
    counts = _area(built, view)[built.years.index(year)].sum(axis=2 - axis)
    total = counts.sum()
    if not total:
        return None
    pairs = [(label(slug), float(n), slug == UNKNOWN) for slug, n in zip(slugs, counts, strict=True) if n]
    pairs.sort(key=lambda pair: (pair[2], -pair[1]))
    names, values = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    shares = [locale.percent(100 * n / total) for n in values]
    told = _("{name} : la seule structure {within}, {year}.")
    if total > 1:
        told = _("{n} structures {within}, {year} : trop peu pour comparer.")
    if values[0] >= LEAST_RATE and total >= LEAST_RANKING:
        told = _("{name} : {share} des {n} structures {within}, {year}.")
    summary = told.format(name=names[0], share=shares[0], n=locale.number(total), within=_within(view), year=year)
    return Chart(
        key,
        title.format(year=year),
        locale.tight(summary),
        partial(
            figures.bars,
            names,
            values,
            [f"{locale.number(n)} ({share})" for n, share in zip(values, shares, strict=True)],
        ),
        (_("Catégorie"), _("Structures"), _("Part")),
        tuple(zip(names, [locale.number(n) for n in values], shares, strict=True)),
        _source(view, built, [year]),
    )


def trend(view: View) -> Chart | None:
    """Structures by year; the line is broken where the sources of two years differ, and the change is told after it."""
    built = facts.cube(view.release, "actors")
    if len(built.years) < 2:  # noqa: PLR2004
        return None
    counts = _area(built, view).sum(axis=(1, 2))
    texts = [locale.number(n) for n in counts]
    joined = runs(view, built)
    first = joined[-1].start
    change = counts[-1] - counts[first]
    told = plural("{n} structure {within} en {year}", "{n} structures {within} en {year}", counts[-1])
    summary = told.format(n=texts[-1], within=_within(view), year=built.years[-1])
    if built.years[first] < built.years[-1] and _changed(view, built.years[first], built.years[-1]):
        said = f"{'+' if change > 0 else MINUS}{locale.number(abs(change))}" if change else _("stable")
        summary = _("{said}, {change} depuis {year}").format(said=summary, change=said, year=built.years[first])
    if first:
        later = _("{said} ; les années d’avant ont d’autres sources et ne s’y comparent pas")
        summary = later.format(said=summary)
    return Chart(
        "trend",
        _("Structures par année"),
        locale.tight(f"{summary}."),
        partial(figures.line, built, joined, counts, texts),
        (_("Année"), _("Structures")),
        tuple((str(year), text) for year, text in zip(built.years, texts, strict=True)),
        _source(view, built, built.years),
    )


def _changed(view: View, first: int, last: int) -> bool:
    """Whether the number of structures of the area changed by more than chance may do (`layers.support`)."""
    level = "commune" if view.state.commune else "territory"
    query = Query("actors", level, year=last, perimeter=view.state.perimeter)
    reasons = support.change(view.release, query, first)
    return not reasons[view.state.commune or view.state.territory or METROPOLE]


def instruments(view: View) -> Chart | None:
    """Grants of the area by instrument, in euros of the year."""
    grants: pd.DataFrame = stages.measured(view.release)
    built = facts.cube(view.release, "amount")
    year = _year(built, view)
    if year is None:
        return None
    here = grants[(grants["year"] == year) & grants["commune"].isin(codes(view))]
    if here.empty:
        return None
    sums = (here.groupby("instrument", observed=True)["amount_cents"].sum() / facts.CENTS).sort_values(ascending=False)
    counts = here.groupby("instrument", observed=True).size()
    kept = sums.head(10)
    names = [str(name) for name in kept.index]
    values = [float(value) for value in kept]
    numbers = [int(counts[name]) for name in kept.index]
    rest = sums.iloc[len(kept) :]
    if len(rest):
        names.append(plural("{n} autre dispositif", "{n} autres dispositifs", len(rest)).format(n=len(rest)))
        values.append(float(rest.sum()))
        numbers.append(int(counts[rest.index].sum()))
    texts = [locale.euros(value, 0) for value in values]
    told = _("{total} {within} en {year} ; premier dispositif : {name}, {amount}.")
    if len(here) < LEAST_RANKING or numbers[0] < LEAST_RATE or len(values) < 2 or values[0] == values[1]:  # noqa: PLR2004
        told = _("{total} {within} en {year} : trop peu de subventions pour comparer les dispositifs.")
    summary = told.format(
        total=locale.euros(float(sums.sum()), 0), within=_within(view), year=year, name=names[0], amount=texts[0]
    )
    return Chart(
        "instruments",
        _("Subventions par dispositif, {year}").format(year=year),
        locale.tight(summary),
        partial(figures.bars, names, values, texts),
        (_("Dispositif"), _("Montant"), _("Subventions")),
        tuple(zip(names, texts, [locale.number(number) for number in numbers], strict=True)),
        _source(view, built, [year]),
    )


def runs(view: View, built: Cube) -> list[slice]:
    """The years of the structures that can be compared with each other, as places in ``built.years``."""
    at = [[built.years.index(year) for year in run] for run in series_breaks.runs(view.release, Query("actors"))]
    return [slice(run[0], run[-1] + 1) for run in at]


def _year(built: Cube, view: View) -> int | None:
    """The year that the view shows, or the nearest that the fact has."""
    if not built.years:
        return None
    asked = view.state.year or measure.default_year(view.release, view.state.indicator) or max(built.years)
    nearest = built.nearest(asked)
    return None if nearest is None else built.years[nearest]


def _area(built: Cube, view: View) -> Any:
    """``[year, sector, family]`` summed over the communes of the area."""
    inside = codes(view)
    chosen = [i for i, code in enumerate(facts.communes_of(view.release)) if code in inside]
    return built.values[..., chosen].sum(axis=-1)


def _source(view: View, built: Cube, years: Sequence[int]) -> str:
    kinds = tuple(dict.fromkeys(kind for year in years for kind in built.sources.get(year, ())))
    vintages = tuple(dict.fromkeys(v for year in years for v in built.vintages.get(year, ())))
    return " ".join(provenance.line(view.release, kinds, vintages))
