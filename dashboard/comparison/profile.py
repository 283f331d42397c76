"""What places are made of: sectors, families, size classes, each as its quotient to the metropole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard import locale
from dashboard.content import Entry
from dashboard.i18n import _
from dashboard.wording import worded
from layers import measure
from layers.choices import is_told, offered
from layers.dimensions import DIMENSIONS
from layers.indicators import INDICATORS
from layers.intervals import LEAST_RATE
from layers.series import Cell, Query
from layers.specialisation import NOTABLE, Specialisation, specialisation

if TYPE_CHECKING:
    from dashboard.comparison.choice import Choice, Place
    from dashboard.services import View

SHOWN = ("sector", "family", "size")
"""Dimensions of a profile."""
BASES = ("jobs", "actors")
"""What it is measured on: posts where the release has them cut so, else structures."""
STEPS = (0.5, 1 / NOTABLE, NOTABLE, 2.0)
"""Quotients between which the colours change, about the pivot 1; the same in every table."""


@dataclass(frozen=True, slots=True)
class Part:
    """One category in one place: quotient and share as texts, and its colour, 0 (far less) to 4 (far more).

    ``numbers`` are those of the texts, unrounded, each with what it is called.
    """

    quotient: str
    share: str
    state: str
    colour: int | None
    told: bool
    numbers: tuple[tuple[str, Entry], ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One category."""

    label: str
    parts: tuple[Part, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class Profile:
    """One dimension; ``base`` names what is counted, ``drawn`` says that chance is a model of it."""

    key: str
    label: str
    base: str
    year: int
    drawn: bool
    lines: tuple[Line, ...]


def profiles(view: View, choice: Choice) -> tuple[list[Profile], list[str]]:
    """The profiles that the release allows, and the labels of the dimensions that no source tells."""
    found, lacking = [], []
    for key in SHOWN:
        made = _profile(view, choice, key)
        if made:
            found.append(made)
        else:
            lacking.append(locale.inside(_(DIMENSIONS[key].label)))
    return found, lacking


def _profile(view: View, choice: Choice, key: str) -> Profile | None:
    for base in BASES:
        year = measure.default_year(view.release, base)
        if year is None or not is_told(view.release, base, key, year):
            continue
        query = Query(base, year=year, perimeter=view.state.perimeter)
        labels = offered(view.release, base)[key]
        lines = [_line(view, choice, query, query.filtered(key, slug), _(text)) for slug, text in labels.items()]
        told = tuple(line for line in lines if line is not None)
        noun, drawn = worded(view.release, base).noun, view.release.indicators[base].chance is not None
        return Profile(key, _(DIMENSIONS[key].label), noun, year, drawn, told) if told else None
    return None


def _line(view: View, choice: Choice, query: Query, asked: Query, label: str) -> Line | None:
    """One category, of what the query asks for as a whole; None where the metropole has none."""
    total, whole = (measure.series(view.release, one).total for one in (asked, query))
    drawn = view.release.indicators[query.indicator].chance is not None
    if not total.value or not whole.value:
        return None
    parts = tuple(
        _part(_of(view, place, asked), _of(view, place, query), total, whole, drawn=drawn) for place in choice.places
    )
    return Line(label, parts, locale.percent(100 * total.value / whole.value))


def _of(view: View, place: Place, query: Query) -> Cell:
    return measure.series(view.release, replace(query, level=place.level)).cell(place.code)


def _part(cell: Cell, everything: Cell, total: Cell, whole: Cell, *, drawn: bool) -> Part:
    if cell.value is None or everything.value is None:
        lacking = cell if cell.value is None else everything
        return Part(locale.cell(INDICATORS[BASES[-1]], lacking), "", lacking.state, None, told=False)
    made = specialisation(cell.value, everything.value, total.value or 0, whole.value or 0)
    if made is None:
        return Part(_("n.d."), _("moins de {least}").format(least=LEAST_RATE), "missing", None, told=False)
    some = cell.value >= LEAST_RATE or made.told
    text = locale.number(made.quotient, 2) if some else _("n.d.")
    part, number = locale.percent(100 * made.share), locale.number(cell.value)
    share = _("{share} ({number})").format(share=part, number=number)
    told = some and (made.told or not drawn)
    numbers = (
        (_("quotient"), Entry(made.quotient if some else None, text)),
        (_("part"), Entry(100 * made.share, part)),
        (_("nombre"), Entry(cell.value, number)),
    )
    return Part(text, share, cell.state, _colour(made) if told else None, told=told, numbers=numbers)


def _colour(made: Specialisation) -> int:
    return sum(made.quotient >= step for step in STEPS)
