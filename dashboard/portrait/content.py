"""The content of a portrait, section by section: the page, its files and its documents read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard import captions, geometry, legend, locale, provenance, sentences, smallmaps
from dashboard.areas import metropole, named
from dashboard.comparison import choice, profile, table
from dashboard.content import Content, Entry, Map, Section, Sheet, suppressed
from dashboard.disputes import figure, noted
from dashboard.disputes.shown import of_portrait
from dashboard.drawing.bars import Bar, bars
from dashboard.exports.carte import defined
from dashboard.i18n import _
from dashboard.navigation import portrait
from dashboard.pages.accueil import shown
from dashboard.portrait import briefing, employers, evolution, panorama
from dashboard.slices import scale_of
from dashboard.wording import worded
from geodata.perimeter import members
from layers import measure
from layers.classing import Classing
from layers.indicators import ACTORS, ADDED, CONTEXT, FUNDING
from layers.panel import METROPOLE
from layers.series import Query

if TYPE_CHECKING:
    from dashboard.portrait.place import Place
    from dashboard.services import View
    from layers.series import Series

PIXELS, HIGH = 560, 420


def address(view: View, code: str, *, pinned: bool = False) -> str:
    """Address of the portrait of a place; ``pinned`` names the release, as what is kept outside must."""
    state = replace(view.state, release=view.release.id) if pinned else view.state
    return portrait(state, code)


def content(view: View, place: Place) -> Content:
    """All of the portrait of a place, in the language in force."""
    release = view.release
    first = briefing.section(view, place)
    keys = [key for key in release.indicators if measure.available(release, key)]
    series = measure.series(release, Query(shown(release), place.level, perimeter=view.state.perimeter))
    sections = [
        first,
        briefing.notable(view, place),
        _structure(view, place),
        evolution.section(view, place),
        _communes(view, place),
        employers.section(view, place),
        *_groups(view, place),
        panorama.section(view, place),
    ]
    told = tuple(one for one in sections if one is not None)
    return Content(
        key=f"portrait-{place.code}",
        address=address(view, place.code, pinned=True),
        title=_("Portrait : {place}").format(place=place.named.short),
        headline=headline(view, place),
        subtitle=_subtitle(view, place),
        sections=told,
        definitions=tuple(defined(view, key) for key in keys),
        lines=_lines(view, place, series, suppressed(told)),
        release=release.id,
        demonstration=release.demonstration,
        disputed=noted.remarks(release, of_portrait(view, place)),
        flagged=figure.flagged(view),
    )


def _subtitle(view: View, place: Place) -> str:
    """Place, perimeter, and what the structures are a part of where they are not all the ESS."""
    told = _("{place}, {perimeter}, dernière année de chaque indicateur").format(
        place=locale.capital(place.named.subject), perimeter=_(captions.PERIMETER[view.state.perimeter])
    )
    part = provenance.part([str(kind) for kind in view.release.actors["source"].unique()])
    said = [told, _("{part} seulement").format(part=part)] if part else [told]
    return locale.tight(", ".join(said))


def headline(view: View, place: Place) -> str:
    """What is most notable of the place: its first statement, else its first value."""
    found = briefing.sides(view, place)
    if found:
        return found[0].text
    one = briefing.values(view, place)[0]
    told = _("{label} : {value} {within}.")
    return locale.tight(
        told.format(label=one.indicator.label, value=locale.cell(one.indicator, one.cell), within=place.named.within)
    )


def _structure(view: View, place: Place) -> Section | None:
    """Sectors, families and sizes of the place against those of the metropole."""
    compared = choice.Choice((choice.Place(place.code, place.level, place.named),), False, ())
    if place.is_whole:
        return None
    made, lacking = profile.profiles(view, compared)
    sheets = tuple(
        Sheet(
            f"structure-{one.key}",
            _("{dimension}, {year} : quotient, et part des {base}").format(
                dimension=one.label, year=one.year, base=one.base
            ),
            (one.label, _("Quotient"), _("Part (nombre)"), _("Métropole")),
            tuple(
                (
                    Entry(line.label, line.label),
                    Entry(None, line.parts[0].quotient, line.parts[0].state),
                    Entry(line.parts[0].share, line.parts[0].share, within=line.parts[0].numbers[1:]),
                    Entry(line.whole, line.whole),
                )
                for line in one.lines
            ),
        )
        for one in made
    )
    said = [
        _("Quotient : part d’une catégorie dans le lieu, rapportée à sa part dans la métropole (1 = la même)."),
        *([_("La publication ne dit pas : {what}.").format(what=", ".join(lacking))] if lacking else []),
    ]
    return Section("structure", _("De quoi l’ESS est faite"), tuple(map(locale.tight, said)), sheets=sheets)


def _communes(view: View, place: Place) -> Section:
    """The map and the ranking of what is inside the place: territories of the metropole, communes of a territory."""
    level = "territory" if place.is_whole else "commune"
    indicator, perimeter = worded(view.release, shown(view.release)), view.state.perimeter
    query = Query(indicator.key, level, perimeter=perimeter)
    series, belongs = measure.series(view.release, query), members(perimeter)
    inside = series.cells if place.is_whole else tuple(c for c in series.cells if belongs[c.code] == place.territory)
    scale = scale_of(view.release, series.query, Classing())
    drawn = geometry.drawing(view.release, perimeter)
    frame = drawn.view
    if not place.is_whole:
        frame = geometry.shaped(
            geometry.padded(drawn.shapes("territory")[place.territory].box, drawn.view), PIXELS / HIGH
        )
    painter = smallmaps.Painter(
        indicator, level, scale, lambda code: address(view, code), PIXELS, HIGH, names=place.is_whole
    )
    of = metropole() if place.is_whole else named("territory", place.territory, "")
    name = (
        indicator.label
        if place.is_whole
        else _("{indicator}, communes {of}").format(indicator=indicator.label, of=of.of)
    )
    title = locale.tight(f"{name}, {captions.when(series)}")
    made = painter.draw(f"portrait-{place.code}", title, inside, drawn, frame)
    ordered = sorted((c for c in inside if c.value is not None), key=lambda c: (-(c.value or 0), c.code))
    met = figure.flagged(view)
    shorts = {
        c.code: figure.signed(named(level, c.code, c.name).short, [figure.of(series, c.code)], met) for c in ordered
    }
    rows = [Bar(shorts[c.code], c.value or 0.0, locale.cell(indicator, c)) for c in ordered]
    labels = legend.labels(indicator, scale) if indicator.fill else ()
    return Section(
        "communes",
        _("Les huit territoires") if place.is_whole else _("Les communes {of}").format(of=of.of),
        maps=(
            Map(
                made,
                title,
                tuple(smallmaps.blocks(labels, scale, made.states)),
                palette="diverging" if scale.breaks.below is not None else "sequential",
                classes=len(labels),
            ),
        ),
        drawings=(bars("communes-rank", title, _told(rows), rows, (_("Zone"), indicator.label)),) if rows else (),
    )


def _told(rows: list[Bar]) -> str:
    first, last = rows[0], rows[-1]
    if len(rows) == 1:
        return f"{first.name} : {first.text}"
    return locale.tight(sentences.extent((last.text, last.name), (first.text, first.name)) + ".")


def _groups(view: View, place: Place) -> list[Section | None]:
    """All the indicators of the release, by group, and the names of those that it has not."""
    return [
        _group(view, place, "actors", ACTORS, title=_("Acteurs et emplois"), said=""),
        _group(
            view,
            place,
            "context",
            CONTEXT,
            title=_("Contexte social"),
            said=_(
                "Le plan de 2011 place l’ESS dans une stratégie de solidarité : "
                "ces chiffres se lisent à côté des siens."
            ),
        ),
        _group(
            view,
            place,
            "funding",
            FUNDING,
            title=_("Subventions"),
            said=_("Ce qui est multi-territoires ou sans commune n’est réparti nulle part.") + _beside(view, place),
        ),
        *([_added(view, place)] if any(one.group == ADDED for one in view.release.indicators.values()) else []),
    ]


def _added(view: View, place: Place) -> Section | None:
    """The indicators that files of the release declare, which no registry knows."""
    said = _("Tableaux ajoutés à cette publication ; leurs sources sont à la page Méthode.")
    return _group(view, place, "added", ADDED, title=_("Données ajoutées"), said=said)


def _beside(view: View, place: Place) -> str:
    """What the amount of the metropole leaves out; beside a territory, what may be its own."""
    if not measure.available(view.release, "grants_amount"):
        return ""
    query = Query("grants_amount", "territory", perimeter=view.state.perimeter)
    series = measure.series(view.release, query)
    told = captions.whole(view.release, series) if place.is_whole else captions.nowhere(view.release, series.query)
    return f" {told}" if told else ""


def _group(view: View, place: Place, key: str, group: str, *, title: str, said: str) -> Section | None:
    declared = [one for one in view.release.indicators.values() if one.group == group]
    held = [one.key for one in declared if measure.available(view.release, one.key)]
    lacking = [locale.inside(_(one.label)) for one in declared if one.key not in held]
    rows = tuple(_line(view, place, one) for one in held)
    heads = [
        _("Indicateur"),
        _("Année"),
        place.named.short,
        *([] if place.is_whole else [_("Écart ou part"), _("Métropole")]),
    ]
    told = [said] if said else []
    if lacking:
        told.append(_("Absent de cette publication : {lacking}.").format(lacking=locale.listed(lacking)))
    sheets = (Sheet(f"{key}-values", title, tuple(heads), rows),) if rows else ()
    return Section(key, title, tuple(map(locale.tight, told)), sheets=sheets, reference=True)


def _line(view: View, place: Place, key: str) -> tuple[Entry, ...]:
    indicator = worded(view.release, key)
    series = table.both(view, key)[place.level]
    cell, year = place.cell(series), str(series.query.year or "")
    name = captions.named(indicator, series, indicator.unit)
    text, own = locale.cell(indicator, cell), figure.of(series, place.code)
    row = (Entry(name, name), Entry(year, year), Entry(cell.value, text, cell.state, of=own))
    if place.is_whole:
        return row
    beside = table.entry(view, series, place.code).beside
    return (
        *row,
        Entry(beside, beside),
        Entry(
            series.total.value,
            locale.cell(indicator, series.total),
            series.total.state,
            of=figure.of(series, METROPOLE),
        ),
    )


def _lines(view: View, place: Place, series: Series, hidden: int) -> tuple[str, ...]:
    release = view.release
    said = [_("Données de démonstration, fictives.")] if release.demonstration else []
    said.append(captions.footer(release, series, hidden))
    said += [
        _("{title} : {publisher}, {licence}.").format(
            title=f"{_(one['title'])}, {one['vintage']}", publisher=_(one["publisher"]), licence=_(one["licence"])
        )
        for one in release.manifest["sources"]
        if one.get("publisher") and one.get("licence")
    ]
    part = provenance.part([one["kind"] for one in release.manifest["sources"]])
    return tuple(dict.fromkeys(locale.tight(one) for one in (*said, part) if one))
