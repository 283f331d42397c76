"""A slice: one choice of sector, family and year, with all that a page prints of it. Made here and nowhere else."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard import captions, filters, headlines, legend, locale, sentences
from dashboard.areas import Named, metropole, territory
from dashboard.i18n import _, msg
from dashboard.wording import told, worded
from geodata.perimeter import members
from layers import bounded, measure, scales
from layers.classing import MANUAL, Classing
from layers.indicators import INDICATORS, LEVEL, Indicator
from layers.series import MISSING, SUPPRESSED, Cell, Query, Series

if TYPE_CHECKING:
    from layers.release import Release

UNSAID = {
    SUPPRESSED: msg("valeur de la métropole sous secret statistique"),
    MISSING: msg("valeur de la métropole non disponible"),
}
KEPT = 64
"""Scales of filters that readers made, kept for a release."""
MOST_PAIRS = 3
"""Pairs of neighbours in the ranking that are named; beyond, they are told together."""


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
    """Display values by area, in the order of ``codes``; see `Slice.packed` for their compact form."""

    series: Series
    cells: tuple[Cell, ...]
    texts: tuple[str, ...]
    marks: str
    around: str
    shares: tuple[int, ...]
    ranks: tuple[int, ...]
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

    def packed(self) -> dict[str, object]:
        """What `assets/map.js` needs of it: texts, class marks, shares, ranks, legend, sentence."""
        return {
            "t": self.texts,
            "c": self.marks,
            "o": self.around,
            "q": self.shares,
            "r": self.ranks,
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
            "x": [self.hidden(SUPPRESSED), self.hidden(MISSING)],
        }

    def hidden(self, state: str) -> int:
        """How many of its areas are in a state."""
        return sum(cell.state == state for cell in self.cells)


def scale_of(release: Release, query: Query, classing: Classing) -> legend.Scale:
    """The scale that all the years of a choice share, on the whole level; that of the year where each has its own."""
    if classing.by_year and query.year is None:
        query = replace(query, year=measure.default_year(release, query.indicator))
    key = ("scale", query if classing.by_year else replace(query, year=None), classing)
    if not query.is_ready:
        return bounded.of(release.cache, "scales", KEPT).get(key, lambda: _scale(release, query, classing))  # type: ignore[no-any-return]
    found = release.cache.get(key)
    if not isinstance(found, legend.Scale):
        found = _scale(release, query, classing)
        if classing.method != MANUAL:
            release.cache[key] = found
    return found


def _scale(release: Release, query: Query, classing: Classing) -> legend.Scale:
    years = (query.year,) if classing.by_year else measure.years(release, query.indicator)
    values = scales.values(release, query, years)
    return legend.scale(values, query.level, classing, _pivot(release, query, classing))


def _pivot(release: Release, query: Query, classing: Classing) -> float | None:
    indicator = INDICATORS[query.indicator]
    if classing.around_mean and indicator.fill:
        return measure.series(release, query).total.value
    return indicator.pivot


def counted(indicator: Indicator) -> Indicator | None:
    """The indicator that counts what a ratio divides: its circles can stand over the fill."""
    if indicator.denominator is None:
        return None
    alike = (one for one in INDICATORS.values() if one.numerator == indicator.numerator and one.denominator is None)
    return next((one for one in alike if not one.fill), None)


def _circles(release: Release, query: Query, scope: Scope, over: Indicator) -> tuple[tuple[int, ...], legend.Scale]:
    """Shares of the circles of another indicator over the same areas, and their scale."""
    asked = replace(query, indicator=over.key)
    made = scale_of(release, asked, Classing())
    cells = measure.series(release, asked).within(frozenset(scope.codes()))
    return tuple(made.share(cell.value) if cell.value else 0 for cell in cells), made


def make(release: Release, query: Query, scope: Scope, classing: Classing, *, circles: bool = False) -> Slice:
    """The slice of a query over a scope, with the circles of what it counts where asked for.

    Raises what `layers.measure.series` raises.
    """
    indicator = worded(release, query.indicator)
    series = measure.series(release, query)
    cells = series.within(frozenset(scope.codes()))
    made = scale_of(release, query, classing)
    ranked = measure.ranks(cells)
    total = series.total
    over = counted(indicator) if circles else None
    shares, sized = _circles(release, series.query, scope, over) if over else ((), made)
    return Slice(
        series=series,
        cells=cells,
        texts=tuple(locale.cell(indicator, cell) for cell in cells),
        marks="".join(made.mark(cell) for cell in cells),
        around="" if len(cells) == len(series.cells) else "".join(made.mark(cell) for cell in series.cells),
        shares=tuple(made.share(cell.value) if cell.value else 0 for cell in cells),
        ranks=tuple(ranked.get(cell.code, 0) for cell in cells),
        labels=legend.labels(indicator, made),
        edges=legend.edges(made),
        sizes=legend.sizes(over or indicator, sized) if over or not indicator.fill else (),
        total_text=locale.cell(indicator, total),
        total_share=made.share(total.value) if total.value else 0,
        headline=headlines.headline(indicator, series, cells, scope.place),
        whole=_whole(release, query, scope, series),
        subtitle=captions.subtitle(indicator, series, scope.place),
        source=captions.footer(release, series, cells),
        notes=tuple(
            locale.tight(note)
            for note in (
                *map(captions.note, series.notes),
                *filters.explained(release, series.query, scope.territory),
                *_by_commune(indicator, scope),
                *_neighbours(indicator, cells, scope),
                *captions.classes(indicator, classing, made, total),
            )
        ),
        nowhere="" if scope.territory else captions.nowhere(release, query),
        bounds=made.breaks.bounds,
        class_marks=made.marks if made.highest else "",
        dark=made.dark,
        diverges=made.breaks.below is not None,
        circles=shares,
        circles_noun=locale.tight(_("Cercles : {what}").format(what=locale.inside(told(over.key).label)))
        if over
        else "",
    )


def _circled(over: Indicator) -> str:
    return locale.tight(_("Cercles : {what}").format(what=locale.inside(told(over.key).label)))


def _whole(release: Release, query: Query, scope: Scope, series: Series) -> tuple[str, str]:
    """The areas of the scope taken together: the value, and the rest of its sentence."""
    indicator = worded(release, query.indicator)
    if scope.territory is not None and len(scope.codes()) > 1:
        above = measure.series(release, replace(query, level="territory"))
        ranked = measure.ranks(above.cells)
        cell = above.cell(scope.territory)
        said = sentences.area_sentence(indicator, above, cell, ranked.get(cell.code), len(ranked))
        text = locale.cell(indicator, cell)
        return text, locale.capital(said) if cell.value is None else said.removeprefix(text).strip()
    total = series.total
    text = locale.cell(indicator, total)
    if total.value is None:
        return text, _(UNSAID[total.state])
    return text, f"{sentences.noun(indicator, total)} {metropole().within}"


def _by_commune(indicator: Indicator, scope: Scope) -> list[str]:
    """Where an indicator is asked for at a level at which it is not published."""
    if indicator.kind != LEVEL or scope.level != "territory":
        return []
    return [_("Publié par commune et non additif : choisir le niveau « Communes ».")]


def _neighbours(indicator: Indicator, cells: Sequence[Cell], scope: Scope) -> list[str]:
    """« Écart faible entre … »: areas that follow each other too closely to be told apart, the first such pair."""
    shown = sorted((cell for cell in cells if cell.value), key=lambda cell: -(cell.value or 0))
    if scope.level != "territory":
        return []
    pairs = [
        locale.listed([territory(high.code).short, territory(low.code).short])
        for high, low in itertools.pairwise(shown)
        if sentences.weak(indicator, low, high)
    ]
    if len(pairs) > MOST_PAIRS:
        return [_("Écarts faibles entre la plupart des voisins du classement : l’ordre dit peu.")]
    return [_("Écart faible : {pairs}.").format(pairs=locale.separator().join(pairs))] if pairs else []
