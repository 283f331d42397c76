"""A slice: one choice of sector, family and year, with all that a page prints of it. Made here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from dashboard import captions, evolution, filters, headlines, legend, locale, remarks, sentences
from dashboard.areas import Named, metropole, territory
from dashboard.i18n import _, msg
from dashboard.wording import told, worded
from geodata.perimeter import members
from layers import change, measure, scales, support
from layers.cache import MB, Cache
from layers.classing import MANUAL, Classing
from layers.indicators import Indicator
from layers.series import MISSING, SUPPRESSED, Cell, Query, Series

if TYPE_CHECKING:
    from dashboard.bivariate import Pair
    from layers.release import Release

UNSAID = {
    SUPPRESSED: msg("valeur de la métropole sous secret statistique"),
    MISSING: msg("valeur de la métropole non disponible"),
}
SCALES: Final[Cache[legend.Scale]] = Cache("scales", 8 * MB)


@dataclass(frozen=True, slots=True)
class Scope:
    """The areas a view lists: all those of its level, or the communes of one territory."""

    level: str
    territory: str | None
    perimeter: int

    @property
    def key(self) -> str:
        """Name of the scope in an address."""
        return f"{self.level}-{self.territory or 'all'}-{self.perimeter}"

    def codes(self) -> tuple[str, ...]:
        """Codes of the areas, sorted."""
        belongs = members(self.perimeter)
        if self.level == "territory":
            return tuple(sorted(set(belongs.values())))
        return tuple(sorted(c for c, t in belongs.items() if self.territory in (None, t)))

    @property
    def place(self) -> Named:
        """The place it makes up, as sentences name it."""
        return territory(self.territory) if self.territory else metropole()


@dataclass(frozen=True, slots=True)
class Slice:
    """Display values by area, in the order of ``codes``; see `Slice.packed` for their compact form.

    ``indicator`` is the declaration as it is printed: that of a change where the numbers are changes ``since`` a year.
    """

    series: Series
    indicator: Indicator
    since: int | None
    cells: tuple[Cell, ...]
    texts: tuple[str, ...]
    marks: str
    around: str
    shares: tuple[int, ...]
    ranks: tuple[int, ...]
    supported: str
    labels: tuple[str, ...]
    edges: tuple[int, ...]
    sizes: tuple[tuple[str, int], ...]
    total_text: str
    total_share: int
    headline: str
    whole: tuple[str, str]
    subtitle: str
    source: str
    notes: tuple[str, ...]
    nowhere: str
    bounds: tuple[float, ...]
    class_marks: str
    dark: str
    diverges: bool
    circles: tuple[int, ...]
    circles_noun: str
    pair: Pair | None = None

    def packed(self) -> dict[str, object]:
        """What `assets/map.js` needs of it: texts, class marks, shares, ranks, legend, sentence."""
        return {
            "t": self.texts,
            "c": self.marks,
            "o": self.around,
            "q": self.shares,
            "r": self.ranks,
            "i": self.supported,
            "l": self.labels,
            "e": self.edges,
            "z": self.sizes,
            "m": [self.total_text, self.total_share],
            "h": self.headline,
            "w": self.whole,
            "d": self.subtitle,
            "f": self.source,
            "n": self.notes,
            "a": self.nowhere,
            "b": self.bounds,
            "y": self.class_marks,
            "u": self.dark,
            **({"v": self.circles, "g": self.circles_noun} if self.circles else {}),
            **({"j": [self.indicator.noun_one, self.indicator.noun]} if self.since is not None else {}),
            **({"k": self.pair.packed()} if self.pair else {}),
            "x": [self.hidden(SUPPRESSED), self.hidden(MISSING)],
        }

    @property
    def told_ranks(self) -> tuple[int, ...]:
        """The ranks that are established, 0 for the others."""
        marked = zip(self.ranks, self.supported, strict=True)
        return tuple(rank if mark == sentences.RANKED else 0 for rank, mark in marked)

    def hidden(self, state: str) -> int:
        """How many of its areas are in a state."""
        return sum(cell.state == state for cell in self.cells)


@dataclass(frozen=True, slots=True)
class _Shown:
    """The numbers of a slice, and of what they are."""

    series: Series
    indicator: Indicator
    cells: tuple[Cell, ...]
    scope: Scope
    since: int | None
    unranked: bool


def scale_of(release: Release, query: Query, classing: Classing, since: int | None = None) -> legend.Scale:
    """The scale that all the years of a choice share, on the whole level; that of the year where each has its own.

    ``since`` a year, that of the changes from it, which every year has for itself: they grow with the time between.
    """
    if since is not None:
        classing = replace(classing, free=classing.method != MANUAL)
    if classing.by_year and query.year is None:
        query = replace(query, year=measure.default_year(release, query.indicator))
    key = (release.token, query if classing.by_year else replace(query, year=None), classing, since)
    return SCALES.get(key, lambda: _scale(release, query, classing, since))


def _scale(release: Release, query: Query, classing: Classing, since: int | None) -> legend.Scale:
    years = (query.year,) if classing.by_year else measure.years(release, query.indicator)
    values = scales.values(release, query, years, since)
    pivot = _pivot(release, query, classing, since)
    return legend.scale(values, query.level, classing, pivot, signed=since is not None)


def _pivot(release: Release, query: Query, classing: Classing, since: int | None) -> float | None:
    indicator = release.indicators[query.indicator]
    if since is not None:
        around = change.series(release, query, since).total.value if classing.around_mean else None
        return around if around is not None else 0.0
    if classing.around_mean and indicator.fill:
        return measure.series(release, query).total.value
    return indicator.pivot


def counted(release: Release, indicator: Indicator) -> Indicator | None:
    """The indicator that counts what a ratio divides: its circles can stand over the fill."""
    if indicator.denominator is None:
        return None
    alike = (
        one for one in release.indicators.values() if one.numerator == indicator.numerator and one.denominator is None
    )
    return next((one for one in alike if not one.fill), None)


def _circles(release: Release, query: Query, scope: Scope, over: Indicator) -> tuple[tuple[int, ...], legend.Scale]:
    """Shares of the circles of another indicator over the same areas, and their scale."""
    asked = replace(query, indicator=over.key)
    made = scale_of(release, asked, Classing())
    cells = measure.series(release, asked).within(frozenset(scope.codes()))
    return tuple(made.share(cell.value) if cell.value else 0 for cell in cells), made


def make(
    release: Release,
    query: Query,
    scope: Scope,
    classing: Classing,
    *,
    circles: bool = False,
    since: int | None = None,
) -> Slice:
    """The slice of a query over a scope, with the circles of what it counts where asked for.

    ``since`` a year, its numbers are the changes from that year. Raises what `layers.measure.series` raises.
    """
    series = measure.series(release, query) if since is None else change.series(release, query, since)
    indicator = evolution.shown(release, series, since)
    cells = series.within(frozenset(scope.codes()))
    made = scale_of(release, query, classing, since)
    if since is not None:
        classing = replace(classing, free=classing.method != MANUAL)
    ranked = measure.ranks(cells)
    total, backing = series.total, support.of(release, query)
    marks = sentences.marks(backing, cells) if since is None else evolution.marks(release, series, cells, since)
    told = [mark == sentences.RANKED for cell, mark in zip(cells, marks, strict=True) if cell.value is not None]
    unranked = since is None and len(told) > 1 and not all(told)
    over = counted(release, indicator) if circles else None
    shares, sized = _circles(release, series.query, scope, over) if over else ((), made)
    return Slice(
        series=series,
        indicator=indicator,
        since=since,
        cells=cells,
        texts=tuple(locale.cell(indicator, cell) for cell in cells),
        marks="".join(made.mark(cell) for cell in cells),
        around="" if len(cells) == len(series.cells) else "".join(made.mark(cell) for cell in series.cells),
        shares=tuple(made.share(cell.value) if cell.value else 0 for cell in cells),
        ranks=tuple(ranked.get(cell.code, 0) for cell in cells),
        supported=marks,
        labels=legend.labels(indicator, made),
        edges=legend.edges(made),
        sizes=legend.sizes(over or indicator, sized) if over or not indicator.fill else (),
        total_text=locale.cell(indicator, total),
        total_share=made.share(total.value) if total.value else 0,
        headline=headlines.headline(indicator, series, cells, scope.place, backing)
        if since is None
        else evolution.headline(release, indicator, series, cells, since),
        whole=_whole(release, query, scope, series, since),
        subtitle=captions.subtitle(indicator, series, scope.place, captions.money(release, series))
        if since is None
        else evolution.subtitle(release, indicator, series, cells, scope.place, since=since),
        source=captions.footer(release, series, captions.suppressed((*cells, total))),
        notes=_notes(release, made, classing, _Shown(series, indicator, cells, scope, since, unranked)),
        nowhere="" if scope.territory or since is not None else captions.nowhere(release, query),
        bounds=made.breaks.bounds,
        class_marks=made.marks if made.furthest else "",
        dark=made.dark,
        diverges=made.breaks.below is not None,
        circles=shares,
        circles_noun=_circled(over) if over else "",
    )


def _notes(release: Release, made: legend.Scale, classing: Classing, shown: _Shown) -> tuple[str, ...]:
    """What is to be known of the numbers, in the order in which it is read."""
    series, scope, since = shown.series, shown.scope, shown.since
    declared = worded(release, series.query.indicator)
    said = [
        *map(captions.note, series.notes),
        *([_("Sans numéro dans la liste : rang non établi.")] if shown.unranked else []),
        *filters.explained(release, series.query, scope.territory),
        *remarks.by_commune(declared, scope),
        *(
            remarks.neighbours(declared, shown.cells, scope)
            if since is None
            else evolution.notes(release, series, shown.cells, since)
        ),
        *captions.classes(shown.indicator, classing, made, series.total),
    ]
    return tuple(locale.tight(note) for note in said)


def _circled(over: Indicator) -> str:
    return locale.tight(_("Cercles : {what}").format(what=locale.inside(told(over).label)))


def _whole(release: Release, query: Query, scope: Scope, series: Series, since: int | None) -> tuple[str, str]:
    """The areas of the scope taken together: the value, and the rest of its sentence."""
    indicator = evolution.shown(release, series, since)
    if scope.territory is not None and len(scope.codes()) > 1:
        asked = replace(query, level="territory")
        above = measure.series(release, asked) if since is None else change.series(release, asked, since)
        ranked = measure.ranks(above.cells)
        cell = above.cell(scope.territory)
        marked = (
            sentences.marks(support.of(release, asked), above.cells)
            if since is None
            else evolution.marks(release, above, above.cells, since)
        )
        mark = marked[above.cells.index(cell)]
        said = sentences.area_sentence(indicator, above, cell, ranked.get(cell.code), len(ranked), mark=mark)
        text = locale.cell(indicator, cell)
        return text, locale.capital(said) if cell.value is None else said.removeprefix(text).strip()
    total = series.total
    text = locale.cell(indicator, total)
    if total.value is None:
        return text, _(UNSAID[total.state])
    return text, f"{sentences.noun(indicator, total)} {metropole().within}"
