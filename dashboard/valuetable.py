"""The table of a view below its map: every area with its state and its terms, as the page and ``/table`` print it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard import bivariate, changes, locale, slices
from dashboard.areas import title
from dashboard.content import STATES
from dashboard.disputes import figure
from dashboard.i18n import _
from dashboard.pages.carte import made_of, scope_of
from dashboard.wording import worded
from layers import change, measure

if TYPE_CHECKING:
    from dashboard.disputes.figure import Figure
    from dashboard.services import View
    from dashboard.slices import Slice
    from layers.change import Change
    from layers.indicators import Indicator
    from layers.series import Cell


@dataclass(frozen=True, slots=True)
class Line:
    """One area: its code (empty for the metropole), its name, and what is printed of it."""

    code: str
    name: str
    rank: str
    value: str
    state: str
    parts: tuple[str, ...]
    """Numerator and denominator of a ratio; of a change, the two values and their difference; of a crossing, the second
    value, its state and the class.
    """
    of: tuple[Figure, ...] = ()
    """The values of the registry that are printed of it."""
    numbers: tuple[float | None, ...] = ()
    """The value and the parts unrounded, None for one that is no number."""
    states: tuple[str, ...] = ()
    """The state of the value and of the parts, a key of `STATES`, empty for one that is no value."""


@dataclass(frozen=True, slots=True)
class Table:
    """The areas of a view, highest first, then what has no commune, then the metropole."""

    caption: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]


def table(view: View) -> Table:
    """The table of a view."""
    state = view.state
    if state.paired is not None:
        return _crossed(view)
    made = slices.make(view.release, state.series_query(), scope_of(state), state.classing, since=state.compare)
    if state.compare is not None and made.series.query.year is not None:
        return _changes(view, made, state.compare)
    indicator = worded(view.release, state.indicator)
    ranks, ordered = _ranked(made)
    ratio = indicator.denominator is not None
    terms = (_("Numérateur"), _("Dénominateur")) if ratio else ()
    apart = None if state.level == "commune" and state.territory else measure.nowhere(view.release, made.series.query)
    rows = (*ordered, *([apart] if apart else []), made.series.total)
    return Table(
        caption=_caption(view, made),
        heads=(_("Rang"), _("Zone"), indicator.label, _("État"), *terms),
        lines=tuple(
            replace(_line(indicator, cell, ranks.get(cell.code, 0), ratio=ratio), of=figure.of_slice(made, cell.code))
            for cell in rows
        ),
    )


def _ranked(made: Slice) -> tuple[dict[str, int], list[Cell]]:
    """Established rank by code, 0 for none, and the areas of a slice in the order of their values."""
    codes = [cell.code for cell in made.cells]
    order, told = (dict(zip(codes, ranks, strict=True)) for ranks in (made.ranks, made.told_ranks))
    return told, sorted(made.cells, key=lambda cell: (order[cell.code] == 0, order[cell.code], cell.code))


def _caption(view: View, made: Slice) -> str:
    return made.subtitle + (". " + _("Données de démonstration, fictives.") if view.release.demonstration else "")


def _changes(view: View, made: Slice, since: int) -> Table:
    """The changes of a view, with the values of the two years."""
    ranks, ordered = _ranked(made)
    found = change.between(view.release, made.series.query, since, made.series.query.year or since)
    sides = {one.now.code: one for one in (*found.areas, found.total)}
    declared = worded(view.release, view.state.indicator)
    return Table(
        caption=_caption(view, made),
        heads=(_("Rang"), _("Zone"), _("Évolution"), _("État"), str(found.first), str(found.last), _("Écart")),
        lines=tuple(
            replace(
                _line(made.indicator, cell, ranks.get(cell.code, 0), ratio=False),
                parts=_sides(declared, sides[cell.code]),
                numbers=_between(cell, sides[cell.code]),
                states=(cell.state, sides[cell.code].then.state, sides[cell.code].now.state, sides[cell.code].state),
                of=figure.of_slice(made, cell.code),
            )
            for cell in (*ordered, made.series.total)
        ),
    )


def _sides(indicator: Indicator, one: Change) -> tuple[str, str, str]:
    """The earlier value, the later and what lies between them."""
    return locale.cell(indicator, one.then), locale.cell(indicator, one.now), changes.difference(indicator, one)


def _between(cell: Cell, one: Change) -> tuple[float | None, ...]:
    return cell.value, one.then.value, one.now.value, one.absolute


def _crossed(view: View) -> Table:
    """The two values of each area side by side, each with its state, and the class that they make."""
    made = made_of(view)
    pair, indicator = made.pair, worded(view.release, view.state.indicator)
    if pair is None:
        raise TypeError(view.state)
    seconds = {cell.code: cell for cell in (*pair.cells, pair.series.total)}
    marks = dict(zip((cell.code for cell in made.cells), made.marks, strict=True))
    ranks, ordered = _ranked(made)
    lines = []
    for cell in (*ordered, made.series.total):
        other = seconds[cell.code]
        told = (locale.cell(pair.indicator, other), _(STATES[other.state]), bivariate.words(marks.get(cell.code, "")))
        line = _line(indicator, cell, ranks.get(cell.code, 0), ratio=False)
        numbers, states = (cell.value, other.value, None, None), (cell.state, other.state, "", "")
        of = figure.of_slice(made, cell.code)
        lines.append(replace(line, parts=told, numbers=numbers, states=states, of=of))
    return Table(
        caption=_caption(view, made),
        heads=(_("Rang"), _("Zone"), indicator.label, _("État"), pair.indicator.label, _("État"), _("Classe")),
        lines=tuple(lines),
    )


def _line(indicator: Indicator, cell: Cell, rank: int, *, ratio: bool) -> Line:
    return Line(
        code=cell.code,
        name=title(cell),
        rank=str(rank or ""),
        value=locale.cell(indicator, cell),
        state=_(STATES[cell.state]),
        parts=tuple(_part(part) for part in (cell.numerator, cell.denominator)) if ratio else (),
        numbers=(cell.value, cell.numerator, cell.denominator) if ratio else (cell.value,),
        states=(cell.state, "", "") if ratio else (cell.state,),
    )


def _part(amount: float | None) -> str:
    if amount is None:
        return ""
    return locale.number(amount, 0 if amount == int(amount) else 2)
