"""``/``: where the ESS stands and what to look at, in one screen made by the server."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboard import captions, findings, geometry, legend, locale, provenance, slices, smallmaps
from dashboard.areas import named
from dashboard.i18n import _
from dashboard.navigation import portrait
from dashboard.pages import PAGES, methode_release
from dashboard.sentences import noun
from dashboard.slices import Scope, scale_of
from dashboard.viewstate import PROJECTION, ViewState
from dashboard.wording import worded
from layers import measure, support
from layers.classing import Classing
from layers.indicators import DEFAULT
from layers.panel import METROPOLE
from layers.series import MISSING, SUPPRESSED, Query

if TYPE_CHECKING:
    from dashboard.services import View
    from layers.release import Release

WANTED = ("actors", "jobs", "ess_job_share", "grants_amount", "population")
"""The figures of the metropole; what a release cannot give is named, and one of `INSTEAD` stands there."""
INSTEAD = ("actors_per_1000", "grants_per_inhabitant", "grants_beneficiaries", "grants_count", "population_density")
FIGURES = 5
PIXELS = 400
"""Width at which the map is shown."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the metropole, with all that it needs to be read alone."""

    key: str
    value: str
    what: str
    when: str
    source: str
    state: str
    href: str
    beside: str = ""
    """What the number leaves out."""


@dataclass(frozen=True, slots=True)
class Line:
    """One territory of the list beside the map, which is also where one picks a territory."""

    code: str
    rank: int
    name: str
    text: str
    mark: str
    state: str
    width: float
    left: float
    href: str
    portrait: str


def context(view: View) -> dict[str, Any]:
    """All that the template ``accueil.html`` prints."""
    release, state = view.release, _first(view)
    scope = Scope("territory", None, state.perimeter)
    made = slices.make(release, state.series_query(), scope, state.classing)
    indicator = worded(release, state.indicator)
    figures, lacking = figures_of(release, state)
    return {
        "title": _("Accueil"),
        "project": projection(view),
        "ignored": view.ignored,
        "answer": answer(release, state),
        "figures": figures,
        "lacking": lacking,
        "findings": findings.pick(release, state),
        "most": findings.SHOWN,
        "part": locale.tight(provenance.part(made.series.sources)),
        "map": _map(view, state, made),
        "classes": smallmaps.blocks(
            made.labels if indicator.fill else (),
            scale_of(release, made.series.query, Classing()),
            made.marks,
        ),
        "count": len(made.labels),
        "palette": "diverging" if made.diverges else "sequential",
        "subtitle": made.subtitle,
        "indicator": indicator,
        "lines": lines(state, made),
        "whole": made.total_text,
        "footer": made.source,
        "when": methode_release.when(release.manifest),
        "sources": sources(release),
    }


def projection(view: View) -> str:
    """Address of the map of the page before a room."""
    return f"{PAGES['carte'].path}?{replace(_first(view), mode=PROJECTION).to_query()}"


def _first(view: View) -> ViewState:
    return replace(
        ViewState(indicator=shown(view.release)),
        perimeter=view.state.perimeter,
        release=view.state.release,
        lang=view.state.lang,
    )


def shown(release: Release) -> str:
    """The indicator of the map: the default, or the first that fills areas and that the release can give."""
    able = [key for key, one in release.indicators.items() if one.fill and measure.available(release, key)]
    return DEFAULT if DEFAULT in able or not able else able[0]


def drill(state: ViewState, code: str) -> str:
    """Address of the communes of a territory on the map."""
    return f"/carte?{replace(state, territory=code, level='commune').to_query()}"


def answer(release: Release, state: ViewState) -> str:
    """Where the ESS stands, in one sentence; what the release does not count is said."""
    totals = {
        key: measure.series(release, Query(key, perimeter=state.perimeter)).total
        for key in ("actors", "actors_per_1000")
    }
    counted, ratio = totals["actors"], totals["actors_per_1000"]
    if counted.value is None:
        return locale.tight(_("Cette publication ne compte pas les structures de l’ESS."))
    many = worded(release, "actors")
    said = {"count": locale.cell(many, counted), "noun": noun(many, counted)}
    few = support.of(release, Query("actors_per_1000", perimeter=state.perimeter)).rate(METROPOLE)
    if few or ratio.value is None:
        return locale.tight(_("La métropole compte {count} {noun}.").format(**said))
    rate = locale.cell(release.indicators["actors_per_1000"], ratio)
    told = _("La métropole compte {count} {noun}, soit {rate} pour 1\u202f000 habitants.")
    return locale.tight(told.format(**said, rate=rate))


def figures_of(release: Release, state: ViewState) -> tuple[list[Figure], list[str]]:
    """Five figures where the release has as many, and the labels of those wanted that it cannot give."""
    held = [key for key in WANTED if measure.available(release, key)]
    others = [key for key in INSTEAD if measure.available(release, key)][: FIGURES - len(held)]
    lacking = [release.indicators[key].label for key in WANTED if key not in held]
    return [_figure(release, state, key) for key in (*held, *others)], lacking


def _figure(release: Release, state: ViewState, key: str) -> Figure:
    indicator = worded(release, key)
    series = measure.series(release, Query(key, perimeter=state.perimeter))
    total = series.total
    what = noun(indicator, total) if total.value is not None else indicator.label
    return Figure(
        key=key,
        value=locale.cell(indicator, total),
        what=what,
        when=", ".join(filter(None, (captions.when(series), provenance.money(captions.money(release, series))))),
        source=captions.sources(release, series),
        state=_state(total.state),
        href=f"/carte?{replace(state, indicator=key).to_query()}",
        beside=captions.whole(release, series),
    )


def _state(state: str) -> str:
    """A state without a number in words; empty for the two others."""
    return {SUPPRESSED: _("sous secret statistique"), MISSING: _("non disponible")}.get(state, "")


def lines(state: ViewState, made: slices.Slice) -> list[Line]:
    """The territories, highest first; what has no value comes last, by code."""
    found = [
        Line(
            code=cell.code,
            rank=told,
            name=named("territory", cell.code, cell.name).short,
            text=text,
            mark=mark,
            state=cell.state,
            width=extent[0],
            left=extent[1],
            href=drill(state, cell.code),
            portrait=portrait(state, cell.code),
        )
        for cell, mark, told, text, extent in zip(
            made.cells, made.marks, made.told_ranks, made.texts, legend.extents(made.shares), strict=True
        )
    ]
    order = dict(zip((cell.code for cell in made.cells), made.ranks, strict=True))
    return sorted(found, key=lambda line: (order[line.code] == 0, order[line.code], line.code))


def _map(view: View, state: ViewState, made: slices.Slice) -> smallmaps.SmallMap:
    painter = smallmaps.Painter(
        worded(view.release, state.indicator),
        "territory",
        scale_of(view.release, made.series.query, state.classing),
        lambda code: drill(state, code),
        PIXELS,
        names=True,
    )
    name = locale.tight(_("Carte : {subtitle}").format(subtitle=made.subtitle))
    return painter.draw("metropole", name, made.cells, geometry.drawing(view.release, state.perimeter))


def sources(release: Release) -> list[tuple[str, str]]:
    """Each source with its vintage, and what it covers where that is a part of the ESS only."""
    manifest: Sequence[Any] = release.manifest["sources"]
    kinds = dict.fromkeys((source["kind"], source["vintage"]) for source in manifest)
    return [
        (str(told), provenance.part([kind]))
        for kind, vintage in kinds
        for told in provenance.told(release, [kind], [vintage])
    ]
