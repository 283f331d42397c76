"""Two ratios read together: each area painted by its third of the one and its third of the other, nine classes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from dashboard import bivariate_words, legend, locale, sentences, slices
from dashboard.areas import named
from dashboard.bivariate_words import SHOWN_AS, THIRDS
from dashboard.i18n import _, msg
from dashboard.wording import worded
from layers import measure, scales, support
from layers.cache import MB, Cache
from layers.choices import offered
from layers.classing import MANUAL, Classing
from layers.series import MISSING, SUPPRESSED, ZERO, Cell, Query, Series

if TYPE_CHECKING:
    from dashboard.slices import Scope, Slice
    from layers.indicators import Indicator
    from layers.release import Release

WORDS = (msg("faible"), msg("moyen"), msg("fort"))
"""What a third is called, the lowest first."""
DARK = "578"
"""Marks on which labels are white; `assets/bivariate.css` has the colours."""
BOUNDS: Final[Cache[tuple[float, ...]]] = Cache("thirds", MB)
STATES = (MISSING, SUPPRESSED, ZERO)
"""States that leave an area without a class, the one that is told where the two numbers have different ones first."""
UNCLASSED = msg("{place} : {label} : {value} ; {second_label} : {second} ; {why}")
PATTERNS = {
    "value": msg("{place} : {value} {noun} et {second} {second_noun} ; {word}\u00a0– {second_word}"),
    legend.MARKS[ZERO]: msg("sans classe, l’une des deux valeurs est zéro"),
    legend.MARKS[SUPPRESSED]: msg("sans classe, l’une des deux valeurs est sous secret statistique"),
    legend.MARKS[MISSING]: msg("sans classe, l’une des deux valeurs n’est pas disponible"),
}


@dataclass(frozen=True, slots=True)
class Pair:
    """What a slice has more where a second indicator stands beside its own.

    ``bounds`` are those of the thirds of the first and of the second: two each, fewer where values are tied.
    """

    indicator: Indicator
    series: Series
    cells: tuple[Cell, ...]
    texts: tuple[str, ...]
    total_text: str
    bounds: tuple[tuple[float, ...], tuple[float, ...]]
    ticks: tuple[tuple[str, ...], tuple[str, ...]]

    def packed(self) -> dict[str, Any]:
        """What `assets/bivariate.js` needs of it: second values, value of the metropole, bounds along and up."""
        return {"t": self.texts, "m": self.total_text, "b": self.ticks}


def make(release: Release, query: Query, scope: Scope, second: str) -> Slice:
    """The slice of a query over a scope, its marks those of the nine classes that it makes with a second indicator.

    The second is taken in the same year, else in its nearest earlier one, with the filters that its sources tell.
    """
    query = replace(query, year=query.year or measure.default_year(release, query.indicator))
    asked, dropped = beside(release, query, second)
    bounds = thirds(release, query, asked.indicator), thirds(release, asked, query.indicator)
    base = slices.make(release, query, scope, Classing(MANUAL, bounds=bounds[0]) if bounds[0] else Classing())
    series = measure.series(release, asked)
    first, other = worded(release, query.indicator), worded(release, second)
    cells = series.within(frozenset(scope.codes()))
    pair = Pair(
        indicator=other,
        series=series,
        cells=cells,
        texts=tuple(locale.cell(other, cell) for cell in cells),
        total_text=locale.cell(other, series.total),
        bounds=bounds,
        ticks=(_ticks(first, bounds[0]), _ticks(other, bounds[1])),
    )
    around = len(base.cells) != len(base.series.cells)
    marks = _marks(base.cells, cells, bounds)
    return replace(
        base,
        pair=pair,
        marks=marks,
        around=_marks(base.series.cells, series.cells, bounds) if around else "",
        labels=_labels(pair.ticks),
        edges=(0,) * (THIRDS * THIRDS + 1),
        class_marks="".join(str(i) for i in range(THIRDS * THIRDS)),
        dark=DARK,
        diverges=False,
        headline=bivariate_words.headline(base, marks, [support.of(release, one) for one in (query, asked)]),
        whole=bivariate_words.whole(first, base, pair),
        subtitle=bivariate_words.subtitle(base, pair),
        source=bivariate_words.footer(release, base, pair),
        notes=(*base.notes, *bivariate_words.notes(release, pair, scope, dropped)),
    )


def beside(release: Release, query: Query, second: str) -> tuple[Query, tuple[str, ...]]:
    """What is asked of the second indicator, and the filters of the first that its sources do not tell."""
    held, year = measure.years(release, second), query.year
    if year not in held:
        year = max((y for y in held if year is None or y <= year), default=min(held, default=None))
    asked, values, dropped = replace(query, indicator=second, year=year), offered(release, second), []
    for key, slugs in query.chosen.items():
        if set(slugs) - set(values.get(key, ())):
            asked = asked.filtered(key, None)
            dropped.append(key)
    return asked, tuple(dropped)


def thirds(release: Release, query: Query, other: str) -> tuple[float, ...]:
    """Bounds of three classes of as equal a number as ties allow, on the whole level.

    The years are those that the two indicators share, so that a colour means the same in each of them; all those of
    the indicator where they share none. Zeros are left out, as of every scale.
    """
    held = measure.years(release, query.indicator)
    shared = tuple(year for year in held if year in measure.years(release, other)) or held or (None,)
    key = (release.token, replace(query, year=None), shared)

    def cut() -> tuple[float, ...]:
        values = scales.values(release, query, shared)
        return scales.cut(values, query.level, Classing("quantile", THIRDS)).bounds

    return BOUNDS.get(key, cut)


def third(bounds: tuple[float, ...], value: float) -> int:
    """0, 1 or 2; of two classes the lowest and the highest, of one the middle."""
    if not bounds:
        return 1
    return bisect_right(bounds, value) * (THIRDS - 1) // len(bounds)


def mark(first: Cell, second: Cell, bounds: tuple[tuple[float, ...], tuple[float, ...]]) -> str:
    """The digit of a class, three times the third of the second plus that of the first, or the letter of a state."""
    for state in STATES:
        if state in (first.state, second.state):
            return legend.MARKS[state]
    return str(THIRDS * third(bounds[1], second.value or 0.0) + third(bounds[0], first.value or 0.0))


def _marks(
    first: tuple[Cell, ...], second: tuple[Cell, ...], bounds: tuple[tuple[float, ...], tuple[float, ...]]
) -> str:
    return "".join(mark(a, b, bounds) for a, b in zip(first, second, strict=True))


def _ticks(indicator: Indicator, bounds: tuple[float, ...]) -> tuple[str, ...]:
    return tuple(legend.tick(indicator, bound) for bound in bounds)


def words(mark: str) -> str:
    """« fort – faible » of a class: the first indicator, then the second; empty for a state."""
    if not mark.isdecimal():
        return ""
    return "\u00a0– ".join(_(WORDS[i]) for i in (int(mark) % THIRDS, int(mark) // THIRDS))


def _labels(ticks: tuple[tuple[str, ...], tuple[str, ...]]) -> tuple[str, ...]:
    """Names of the nine blocks of the legend, with the values they hold."""
    return tuple(
        locale.tight(
            _("{words} ({first} ; {second})").format(
                words=words(str(i)), first=_range(ticks[0], i % THIRDS), second=_range(ticks[1], i // THIRDS)
            )
        )
        for i in range(THIRDS * THIRDS)
    )


def _range(ticks: tuple[str, ...], place: int) -> str:
    """« moins de 4,2 », « 4,2 à 5 », « 5 et plus »; what no value is in has no bounds."""
    under, between, over = (_(text) for text in legend.PLAIN)
    if place == 0 and ticks:
        return under.format(bound=ticks[0])
    if place == THIRDS - 1 and ticks:
        return over.format(bound=ticks[-1])
    if place == 1 and len(ticks) > 1:
        return between.format(low=ticks[0], high=ticks[1])
    return _("toutes les valeurs") if place == 1 and not ticks else _("sans valeur")


def patterns() -> dict[str, str]:
    """Templates of the sentence of an area by mark, ``value`` for the nine classes; the browser fills the same."""
    found = {"value": locale.tight(_(PATTERNS["value"]))}
    for state in STATES:
        why = _(PATTERNS[legend.MARKS[state]])
        found[legend.MARKS[state]] = locale.tight(_(UNCLASSED)).replace("{why}", why)
    return found


def packed(release: Release, indicator: str, second: str) -> dict[str, Any]:
    """What is the same in all the slices of a pack: key, labels, nouns and words."""
    first, other = worded(release, indicator), worded(release, second)
    return {
        "key": second,
        "labels": [first.label, other.label],
        "nouns": [[first.noun_one, first.noun], [other.noun_one, other.noun]],
        "patterns": patterns(),
        "words": [_(word) for word in WORDS],
        "name": square_name(first, other),
    }


def square_name(first: Indicator, second: Indicator) -> str:
    """Name of the square of the legend."""
    return locale.tight(
        _("{first} de gauche à droite, {second} de bas en haut").format(
            first=first.label, second=locale.inside(second.label)
        )
    )


def square(made: Slice) -> dict[str, Any] | None:
    """What the template of the legend prints of a crossing: blocks row by row from the top; None for another slice."""
    if made.pair is None:
        return None
    first = made.indicator
    rows = reversed(range(THIRDS))
    return {
        "name": square_name(first, made.pair.indicator),
        "labels": (first.label, made.pair.indicator.label),
        "ticks": made.pair.ticks,
        "blocks": [(str(at), made.labels[at]) for row in rows for at in range(THIRDS * row, THIRDS * (row + 1))],
    }


def sentence(made: Slice, pair: Pair, code: str) -> str:
    """One area: « Roubaisien : 4,56 structures… et 21,3 % de… ; fort – fort »."""
    place = [cell.code for cell in made.cells].index(code)
    cell, other, at = made.cells[place], pair.cells[place], made.marks[place]
    first = made.indicator
    found = patterns()
    return locale.tight(
        found.get(at, found["value"]).format(
            place=named(made.series.query.level, cell.code, cell.name).short,
            value=made.texts[place],
            noun=sentences.noun(first, cell),
            label=first.label,
            second=pair.texts[place],
            second_noun=sentences.noun(pair.indicator, other),
            second_label=pair.indicator.label,
            word=_(WORDS[int(at) % THIRDS]) if at.isdecimal() else "",
            second_word=_(WORDS[int(at) // THIRDS]) if at.isdecimal() else "",
        )
    )


def both(made: Slice, place: int) -> str:
    """The two values of an area as its label prints them; the one value of a slice that has no pair."""
    return SHOWN_AS.join([made.texts[place], *([made.pair.texts[place]] if made.pair else [])])
