"""``/comparer``: places side by side, on one scale, whole from the server."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit

from dashboard import captions, geometry, legend, locale, provenance, sentences, smallmaps
from dashboard.areas import metropole, named
from dashboard.comparison import choice as chosen
from dashboard.comparison import drawings, profile, scene, table
from dashboard.comparison.choice import ADD, AREAS, FREE, Choice, Place
from dashboard.i18n import _
from dashboard.pages.controls import Option, controls
from dashboard.slices import scale_of
from dashboard.viewstate import PROJECTION, ViewState
from dashboard.wording import worded
from geodata.perimeter import members
from layers.indicators import RATIO, Indicator
from layers.series import SUPPRESSED, Cell

if TYPE_CHECKING:
    from dashboard.legend import Scale
    from dashboard.services import View

PIXELS, HIGH = 320, 280
"""Width and height in which a map is shown."""
NEAR, FAR = 15, 26
"""Height of what is written on a map, at a desk and from the back of a room."""
ASKED = ("indicator", "sector", "family", "year", "perimeter", "method", "classes")
"""Controls of the map that the comparison has too."""


def context(view: View) -> dict[str, Any]:
    """All that the template ``comparer.html`` prints; before a room, that is for the first places only."""
    asked = chosen.read(view)
    projected = view.state.mode == PROJECTION
    choice = scene.shown(asked) if projected else asked
    indicator = worded(view.release, view.state.indicator)
    series = chosen.series(view, "territory")
    rows = table.rows(view, choice)
    profiles, lacking = profile.profiles(view, choice)
    here = chosen.address(view, choice.codes, free=choice.free)
    maps, dots = maps_of(view, choice, indicator), drawings.dots(view, choice)
    return {
        "title": _("Comparer"),
        "body_class": view.state.mode or "",
        "besides": scene.besides(view, choice) if projected else (),
        "left_out": scene.left_out(asked) if projected else "",
        "frame": (PIXELS, HIGH),
        "ways": scene.ways(view, asked),
        "ignored": choice.ignored,
        "headline": headline(view, choice),
        "subtitle": captions.subtitle(indicator, series, metropole(), captions.money(view.release, series)),
        "part": locale.tight(provenance.part(series.sources)),
        "indicator": indicator,
        "choice": choice,
        "removals": _removals(view, choice),
        "additions": _additions(view, choice),
        "controls": [control for control in controls(view) if control.id in ASKED],
        "narrowed": _narrowed(view, choice),
        "hidden": _hidden(here),
        "keys": {"areas": AREAS, "add": ADD, "free": FREE},
        "maps": maps,
        "shared": None if choice.free else legend_of(maps, indicator, scale_of_maps(view)),
        "palette": "diverging" if scale_of_maps(view).breaks.below is not None else "sequential",
        "dots": dots,
        "dots_told": drawings.dots_told(dots),
        "trends": drawings.trends(view, choice),
        "gaps": drawings.gaps(rows, choice),
        "rows": rows,
        "profiles": profiles,
        "lacking": lacking,
        "steps": [locale.number(step, 1 if step in (0.5, 2.0) else 2) for step in profile.STEPS],
        "csv": here.replace("/comparer?", "/comparer.csv?", 1),
        "files": _files(view, choice),
        "chart": lambda key, form: f"{_file(view, choice, form)}&drawing={key}",
        "freed": chosen.address(view, choice.codes, free=not choice.free),
        "most": chosen.MOST,
        "nowhere": captions.nowhere(view.release, series.query),
        "footer": captions.footer(view.release, series, _suppressed(view, choice, rows)),
    }


def _file(view: View, choice: Choice, form: str) -> str:
    """Address of a file of the page, on its release."""
    pinned = replace(view, state=replace(view.state, release=view.release.id, mode=None))
    here = chosen.address(pinned, choice.codes, free=choice.free)
    return here.replace("/comparer?", f"/comparer.{form}?", 1)


def _files(view: View, choice: Choice) -> list[tuple[str, str, str, str]]:
    """The files of the page on its release: form, address, name, use."""
    from dashboard.exports.contents import FORMS  # noqa: PLC0415  (files are made of this page)

    return [
        (one.key, _file(view, choice, one.key), _(one.label), _(one.purpose))
        for one in FORMS.values()
        if one.key != "card"
    ]


def headline(view: View, choice: Choice) -> str:
    """How the places differ, in one sentence; that the gap is weak or within chance is part of it."""
    indicator, cells = worded(view.release, view.state.indicator), chosen.cells(view, choice)
    total = chosen.series(view, "territory").total
    shown = sorted(
        (pair for pair in zip(cells, choice.places, strict=True) if pair[0].value is not None),
        key=lambda pair: pair[0].value or 0,
    )
    if not shown:
        return locale.tight(_("{label} : aucune valeur pour ces choix.").format(label=indicator.label))
    (low, under), (high, over) = shown[0], shown[-1]
    said = {"label": indicator.label, "high": locale.cell(indicator, high), "above": over.named.within}
    if len(shown) == 1:
        told = _("{label} : {high} {above}").format(**said)
    else:
        told = _("{label} : {high} {above} contre {low} {below}").format(
            **said, low=locale.cell(indicator, low), below=under.named.within
        )
    if indicator.kind == RATIO and total.value is not None:
        told += _(" ; métropole : {total}").format(total=locale.cell(indicator, total))
    if len(shown) > 1:
        weak = sentences.weak(indicator, low, high)
        reason = chosen.backing(view, choice).pair(low.code, high.code)
        told += _(", écart faible") if weak else sentences.reserve(reason)
    return locale.tight(told)


def _removals(view: View, choice: Choice) -> list[tuple[Place, str, str]]:
    """Each place with its address on the map, and the address of the page without it; the last one stays."""
    found = []
    for place in choice.places:
        rest = [code for code in choice.codes if code != place.code]
        code = {"territory": place.code} if place.level == "territory" else {"commune": place.code}
        state = replace(view.state, **{"territory": None, "commune": None, "level": "commune", **code})  # type: ignore[arg-type]
        href = chosen.address(view, rest, free=choice.free) if rest else ""
        found.append((place, f"/carte?{state.to_query()}", href))
    return found


def _additions(view: View, choice: Choice) -> list[tuple[str, tuple[Option, ...]]]:
    """The places that can be added: territories, then communes by territory."""
    if len(choice.places) >= chosen.MOST:
        return []
    belongs, names = members(view.state.perimeter), view.release.geography.communes["name"]
    territories = [Option(code, named("territory", code, "").short) for code in sorted(set(belongs.values()))]
    groups = [(_("Territoires"), territories)]
    for territory in territories:
        inside = sorted((str(names[code]), code) for code, owner in belongs.items() if owner == territory.value)
        groups.append((territory.label, [Option(code, name) for name, code in inside]))
    left = [(title, tuple(one for one in some if one.value not in choice.codes)) for title, some in groups]
    return [(title, some) for title, some in left if some]


def _narrowed(view: View, choice: Choice) -> bool:
    """Whether something else than the places and the indicator was chosen: it is shown then, not folded away."""
    usual = ViewState()
    return choice.free or any(getattr(view.state, key) != getattr(usual, key) for key in ASKED if key != "indicator")


def _hidden(here: str) -> list[tuple[str, str]]:
    """What a form sends beside its controls."""
    return [(key, value) for key, value in parse_qsl(urlsplit(here).query) if key not in (*ASKED, ADD, FREE)]


def scale_of_maps(view: View) -> Scale:
    """The scale that all the maps share."""
    query = replace(view.state.series_query(), level="commune")
    return scale_of(view.release, query, view.state.classing)


def maps_of(view: View, choice: Choice, indicator: Indicator) -> list[dict[str, Any]]:
    """A map for each place: its communes, or a commune among those of its territory, on one scale unless freed."""
    drawn = geometry.drawing(view.release, view.state.perimeter)
    belongs, series = members(view.state.perimeter), chosen.series(view, "commune")
    found = []
    for place in choice.places:
        owner = place.code if place.level == "territory" else belongs[place.code]
        cells = series.within(frozenset(code for code, of in belongs.items() if of == owner))
        scale = _own(view, cells, indicator) if choice.free else scale_of_maps(view)
        shape = drawn.shapes(place.level)[place.code]
        painter = smallmaps.Painter(
            indicator, "commune", scale, lambda code: _commune(view, code), PIXELS, HIGH,
            letters=FAR if view.state.mode == PROJECTION else NEAR,
        )  # fmt: skip
        name = locale.tight(_("{indicator}, communes {of}").format(indicator=indicator.label, of=_of(owner)))
        frame = geometry.shaped(geometry.padded(shape.box, drawn.view), PIXELS / HIGH)
        made = painter.draw(f"{place.level}-{place.code}", name, cells, drawn, frame)
        found.append(
            {
                "place": place,
                "drawn": made,
                "pin": shape.path if place.level == "commune" else "",
                "value": locale.cell(indicator, chosen.series(view, place.level).cell(place.code)),
                "legend": legend_of([{"drawn": made}], indicator, scale) if choice.free else None,
            }
        )
    return found


def _seen(view: View, choice: Choice) -> list[Cell]:
    """The values that the page shows of its indicator: those of the places, then of the communes on their maps."""
    belongs, places = members(view.state.perimeter), chosen.cells(view, choice)
    owners = {place.code if place.level == "territory" else belongs[place.code] for place in choice.places}
    inside = frozenset(code for code, owner in belongs.items() if owner in owners) - set(choice.codes)
    return [*places, *chosen.series(view, "commune").within(inside)]


def _suppressed(view: View, choice: Choice, rows: list[table.Row]) -> int:
    """How many values of the page are under secrecy: those of its indicator, then those of the table of all."""
    return captions.suppressed(_seen(view, choice)) + sum(
        one.state == SUPPRESSED for row in rows for one in row.entries
    )


def _of(owner: str) -> str:
    return named("territory", owner, "").of


def _own(view: View, cells: tuple[Cell, ...], indicator: Indicator) -> Scale:
    values = [cell.value for cell in cells if cell.value is not None]
    return legend.scale(values, "commune", view.state.classing, indicator.pivot)


def _commune(view: View, code: str) -> str:
    state = replace(view.state, commune=code, territory=members(view.state.perimeter)[code], level="commune")
    return f"/carte?{state.to_query()}"


def legend_of(maps: list[dict[str, Any]], indicator: Indicator, scale: Scale) -> dict[str, Any]:
    """Blocks of what is painted in some maps, and the circles of counts."""
    states = frozenset(mark for one in maps for mark in one["drawn"].states)
    labels = legend.labels(indicator, scale) if indicator.fill else ()
    sizes = () if indicator.fill else legend.sizes(indicator, scale)
    widest = 2 * smallmaps.CIRCLE * PIXELS
    return {
        "blocks": smallmaps.blocks(labels, scale, states),
        "count": len(scale.breaks) if indicator.fill else 0,
        "sizes": [(label, round(widest * (abs(share) / legend.SHARE) ** 0.5, 1), share < 0) for label, share in sizes],
    }
