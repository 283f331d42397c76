"""The content of ``/comparer``: what its files and documents hold, made of what the page shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard import captions, legend, locale, provenance
from dashboard.areas import metropole
from dashboard.comparison import choice as chosen
from dashboard.comparison import drawings, profile, table
from dashboard.content import Content, Entry, Map, Section, Sheet, suppressed
from dashboard.disputes import figure, noted
from dashboard.disputes.shown import of_comparison
from dashboard.drawing.bars import Bar, bars
from dashboard.drawing.lines import Line, lines
from dashboard.exports.carte import defined
from dashboard.exports.mapped import radius
from dashboard.i18n import _
from dashboard.wording import worded
from layers import measure, trend

if TYPE_CHECKING:
    from dashboard.comparison.choice import Choice
    from dashboard.drawing import Drawing
    from dashboard.services import View

TWO = 2


def content(view: View, choice: Choice) -> Content:
    """All that the page shows of a choice, in the language in force."""
    from dashboard.pages import comparer  # noqa: PLC0415  (the page reads this content too)

    release = view.release
    indicator, series = worded(release, view.state.indicator), chosen.series(view, "territory")
    shared = comparer.scale_of_maps(view)
    sizes = () if indicator.fill else legend.sizes(indicator, shared)
    maps = tuple(
        Map(
            one["drawn"],
            f"{one['place'].named.short} : {one['value']}",
            tuple(comparer.legend_of([one], indicator, shared)["blocks"]),
            tuple((label, radius(share, one["drawn"].unit)) for label, share in sizes),
            palette="diverging" if shared.breaks.below is not None else "sequential",
            classes=len(shared.breaks) if indicator.fill else 0,
        )
        for one in comparer.maps_of(view, choice, indicator)
    )
    pinned = replace(view, state=replace(view.state, release=release.id, mode=None))
    profiles, lacking = profile.profiles(view, choice)
    drawn = [_dots(view, choice), _trend(view, choice)]
    sections = (
        Section("maps", _("Où, commune par commune"), maps=maps),
        Section("values", indicator.label, drawings=tuple(one for one in drawn if one is not None)),
        Section("table", _("Tous les indicateurs"), sheets=(_table(view, choice),)),
        _profiles(choice, profiles, lacking),
    )
    return Content(
        key="comparer",
        address=chosen.address(pinned, choice.codes, free=choice.free),
        title=_("Comparer"),
        headline=comparer.headline(view, choice),
        subtitle=captions.subtitle(indicator, series, metropole(), captions.money(view.release, series)),
        sections=sections,
        definitions=tuple(defined(view, key) for key in release.indicators if measure.available(release, key)),
        lines=_lines(view, choice, suppressed(sections)),
        release=release.id,
        demonstration=release.demonstration,
        disputed=noted.remarks(release, of_comparison(view, choice)),
        flagged=figure.flagged(view),
    )


def _dots(view: View, choice: Choice) -> Drawing | None:
    """The places in the order of the page, beside the metropole."""
    indicator = worded(view.release, view.state.indicator)
    cells = chosen.cells(view, choice)
    met = figure.flagged(view)
    rows = [
        Bar(_signed(view, place, met), cell.value, locale.cell(indicator, cell))
        for place, cell in zip(choice.places, cells, strict=True)
    ]
    if all(cell.value is None for cell in cells):
        return None
    total = chosen.series(view, "territory").total
    related = indicator.fill and total.value is not None
    mark = Bar(_("Métropole :"), total.value or 0.0, locale.cell(indicator, total)) if related else None
    told = drawings.dots_told(drawings.dots(view, choice))
    return bars("places", indicator.label, told, rows, (_("Lieu"), indicator.label), mark=mark)


def _signed(view: View, place: chosen.Place, met: frozenset[figure.Figure]) -> str:
    """The name of a place, with the sign of disputed values where that of the view is."""
    own = figure.of(chosen.series(view, place.level), place.code)
    return figure.signed(place.named.short, [own], met)


def _trend(view: View, choice: Choice) -> Drawing | None:
    """The first two places through the years: as many as lines that are told apart in grey."""
    indicator = worded(view.release, view.state.indicator)
    shown = choice.places[:TWO]
    found = [
        trend.of(view.release, replace(view.state.series_query(), level=place.level, year=None), place.code)
        for place in shown
    ]
    if not found or len(found[0].years) < TWO:
        return None
    from dashboard import trends  # noqa: PLC0415  (Plotly comes with it)

    made = [
        Line(
            place.named.short,
            tuple(cell.value for cell in one.area or ()),
            tuple(locale.cell(indicator, cell) for cell in one.area or ()),
            tuple(tuple(run) for run in trends.segments(one, one.area or (), one.first_runs)),
        )
        for place, one in zip(shown, found, strict=True)
    ]
    title = _("{indicator} par année").format(indicator=indicator.label)
    told = locale.separator().join(f"{one.name} : {one.texts[0]}, {one.texts[-1]}" for one in made)
    return lines("trend", locale.tight(title), locale.tight(told + "."), found[0].years, made, head=_("Année"))


def _table(view: View, choice: Choice) -> Sheet:
    heads = [_("Indicateur"), _("Année")]
    for place in choice.places:
        heads += [place.named.short, _("{place}, écart ou part").format(place=place.named.short)]
    rows = []
    for row in table.rows(view, choice):
        both = table.both(view, row.indicator.key)
        name = captions.named(row.indicator, both["territory"], row.indicator.unit)
        cells = [Entry(name, name), Entry(str(row.year or ""), str(row.year or ""))]
        for place, entry in zip(choice.places, row.entries, strict=True):
            value = both[place.level].cell(place.code).value
            cells += [Entry(value, entry.text, entry.state, of=entry.of), Entry(entry.beside, entry.beside)]
        total = both["territory"].total
        rows.append((*cells, Entry(total.value, row.total, total.state, of=row.total_of)))
    return Sheet("all-values", _("Tous les indicateurs"), (*heads, _("Métropole")), tuple(rows), asked=True)


def _profiles(choice: Choice, found: list[profile.Profile], lacking: list[str]) -> Section:
    sheets = tuple(
        Sheet(
            f"profile-{one.key}",
            _("{dimension}, {year} : quotient, et part des {base}").format(
                dimension=one.label, year=one.year, base=one.base
            ),
            (one.label, *(place.named.short for place in choice.places), _("Métropole")),
            tuple(
                (
                    Entry(line.label, line.label),
                    *(
                        Entry(None, f"{part.quotient} · {part.share}".strip(" ·"), part.state, within=part.numbers)
                        for part in line.parts
                    ),
                    Entry(line.whole, line.whole),
                )
                for line in one.lines
            ),
            asked=True,
        )
        for one in found
    )
    said = [_("La publication ne dit pas : {what}.").format(what=", ".join(lacking))] if lacking else []
    return Section("profile", _("De quoi chacun est fait"), tuple(map(locale.tight, said)), sheets=sheets)


def _lines(view: View, choice: Choice, hidden: int) -> tuple[str, ...]:
    release, series = view.release, chosen.series(view, "territory")
    said = [_("Données de démonstration, fictives.")] if release.demonstration else []
    if series.query.chosen:
        said.append(_("Filtres : {filters}.").format(filters=captions.choice(series)))
    said.append(captions.footer(release, series, hidden))
    said.append(captions.nowhere(release, series.query))
    part = provenance.part(series.sources)
    said += [_("Données partielles : {part}.").format(part=part)] if part else []
    return tuple(dict.fromkeys(locale.tight(one) for one in said if one))
