"""The content of ``/carte``: what its files and documents hold of a view."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard import captions, locale, provenance
from dashboard.areas import named
from dashboard.content import Content, Definition, Entry, Section, Sheet
from dashboard.disputes import figure, noted
from dashboard.disputes import shown as disputed
from dashboard.drawing.bars import Bar, bars
from dashboard.exports.mapped import mapped
from dashboard.i18n import _
from dashboard.pages.carte import headline, made_of
from dashboard.pages.methode_words import fact
from dashboard.valuetable import table
from dashboard.wording import worded
from layers import measure
from layers.series import Query

if TYPE_CHECKING:
    from dashboard.drawing import Drawing
    from dashboard.services import View
    from dashboard.slices import Slice
    from dashboard.valuetable import Line


def content(view: View, *, charts: bool = True) -> Content:
    """All that the map page shows of a view, in the language in force; ``charts`` with those below the map too."""
    made, state, release = made_of(view), view.state, view.release
    said = [*made.notes, made.nowhere]
    pinned = replace(state, release=release.id, mode=None).to_query()
    return Content(
        key="carte",
        address=f"/carte?{pinned}",
        title=made.indicator.label,
        headline=headline(view, made),
        subtitle=made.subtitle,
        sections=(
            Section("map", _("Carte"), tuple(one for one in said if one), maps=(mapped(view, made),)),
            Section("ranking", _("Classement"), drawings=(_ranking(made, figure.flagged(view)),)),
            *(_charts(view) if charts else ()),
            Section("values", _("Valeurs"), sheets=(_sheet(view),)),
        ),
        definitions=tuple(definition(view, key) for key in (state.indicator, state.paired) if key),
        lines=lines(view, made),
        release=release.id,
        demonstration=release.demonstration,
        disputed=noted.remarks(release, disputed.of_map(view, through=charts)),
        flagged=figure.flagged(view),
    )


def _charts(view: View) -> tuple[Section, ...]:
    """The charts below the map, of the area of the view."""
    from dashboard import charts, charts_drawn  # noqa: PLC0415  (Plotly comes with them)

    found = tuple(one for chart in charts.charts(view) if (one := charts_drawn.drawn(chart)) is not None)
    title = locale.tight(_("Détail : {place}").format(place=charts.place(view)))
    return (Section("charts", title, drawings=found, reference=True),) if found else ()


def _of(found: tuple[figure.Figure, ...], met: frozenset[figure.Figure]) -> figure.Figure | None:
    """Of the values of a row the one that is disputed, else the first."""
    return next((one for one in found if one in met), found[0] if found else None)


def lines(view: View, made: Slice) -> tuple[str, ...]:
    """Where a view comes from, a line each: the demonstration mark first, then filters, source, licences."""
    release, series = view.release, made.series
    said = [_("Données de démonstration, fictives.")] if release.demonstration else []
    if series.query.chosen:
        said.append(_("Filtres : {filters}.").format(filters=captions.choice(series)))
    said.append(made.source)
    said += [
        _("{title} : {publisher}, {licence}.").format(title=one, publisher=one.publisher, licence=one.licence)
        for one in provenance.told(release, series.sources, series.vintages)
        if one.publisher and one.licence
    ]
    return tuple(locale.tight(one) for one in dict.fromkeys(said))


def definition(view: View, key: str) -> Definition:
    """What an indicator of the view is."""
    own = key == view.state.indicator
    return _definition(view, key, captions.sources(view.release, made_of(view).series) if own else "")


def defined(view: View, key: str) -> Definition:
    """What an indicator is, in the year shown first, whatever the view is of."""
    return _definition(view, key, captions.sources(view.release, measure.series(view.release, Query(key))))


def _definition(view: View, key: str, source: str) -> Definition:
    indicator = worded(view.release, key)
    return Definition(
        key,
        indicator.label,
        indicator.unit,
        _(indicator.definition),
        _(indicator.formula),
        source,
        _(indicator.caveat) if indicator.caveat else "",
    )


def _ranking(made: Slice, met: frozenset[figure.Figure]) -> Drawing:
    order = sorted((i for i, rank in enumerate(made.ranks) if rank), key=lambda i: (made.ranks[i], made.cells[i].code))
    level = made.series.query.level
    names = {
        i: figure.signed(named(level, cell.code, cell.name).short, figure.of_slice(made, cell.code), met)
        for i, cell in ((i, made.cells[i]) for i in order)
    }
    drawn = [Bar(names[i], made.cells[i].value or 0.0, made.texts[i]) for i in order]
    return bars("ranking", made.indicator.label, made.headline, drawn, (_("Zone"), made.indicator.label))


def _sheet(view: View) -> Sheet:
    """The table of the page, its numbers unrounded, the unit of each column in its head."""
    shown, met = table(view), figure.flagged(view)

    def entries(line: Line) -> tuple[Entry, ...]:
        value, *parts = (
            Entry(text if number is None and not state else number, text, state)
            for number, text, state in zip(line.numbers, (line.value, *line.parts), line.states, strict=True)
        )
        return Entry(line.name, line.name), replace(value, of=_of(line.of, met)), Entry(line.state, line.state), *parts

    return Sheet("values", shown.caption, _heads(view, shown.heads[1:]), tuple(map(entries, shown.lines)))


def _heads(view: View, heads: tuple[str, ...]) -> tuple[str, ...]:
    """The heads of the table, with the units of values, numerators and denominators."""
    state, indicator = view.state, worded(view.release, view.state.indicator)
    units = {1: indicator.unit}
    if state.paired is not None:
        units[3] = worded(view.release, state.paired).unit
    elif state.compare is not None:
        units = {3: indicator.unit, 4: indicator.unit}
    elif indicator.denominator is not None:
        units |= {3: fact(indicator, indicator.numerator), 4: fact(indicator, indicator.denominator)}
    told = (f"{head} ({units[at]})" if at in units and units[at] not in head else head for at, head in enumerate(heads))
    return tuple(map(locale.tight, told))
