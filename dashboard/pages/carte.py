"""``/carte``: the whole page, its first map included, from one view state."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboard import bivariate, filters, geometry, i18n, legend, locale, packs, program, provenance, sentences, slices
from dashboard.areas import metropole, named
from dashboard.i18n import _, msg
from dashboard.pages import browser_texts, timeline
from dashboard.pages.controls import controls, labels, options_by_indicator
from dashboard.services import View
from dashboard.slices import Scope, Slice
from dashboard.viewstate import LILLOIS, ViewState
from geodata.perimeter import members
from layers import measure
from layers.indicators import INDICATORS
from layers.series import Cell

if TYPE_CHECKING:
    pass

CIRCLE = 0.075
"""Radius of the largest circle, as a part of the width of the map."""
UNDIVIDED = msg("Cet indicateur ne se décline ni par secteur ni par famille.")
UNKNOWN_SECTOR = msg("La source de cet indicateur ne donne pas le secteur.")
MOST_LINES = 200
"""Lines of the ranked list that are shown before all are asked for."""
MORE = 2
"""Characters that a second value takes beside its own."""
INSIDE, BELOW = 34, 15
"""Pixels: radius from which a circle holds its label, and how far below a smaller one the label stands."""


@dataclass(frozen=True, slots=True)
class Area:
    """One area as the map draws it first."""

    code: str
    state: str
    mark: str
    path: str
    x: int
    y: int
    radius: int
    text: str
    short: str
    label_y: int
    dark: bool
    low: bool
    inside: bool
    pin: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the ranked list."""

    code: str
    state: str
    mark: str
    rank: int
    short: str
    text: str
    share: int
    width: float
    left: float
    pin: str
    second: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the trail above the map."""

    label: str
    state: ViewState

    @property
    def href(self) -> str:
        """Address of the step."""
        query = self.state.to_query()
        return f"/carte?{query}" if query else "/carte"


def scope_of(state: ViewState) -> Scope:
    """The areas a view lists."""
    return Scope(state.level, state.territory if state.level == "commune" else None, state.perimeter)


def pack_key(state: ViewState) -> packs.PackKey:
    """The pack that holds a view."""
    circles, chosen = state.circles is not None, packs.filters_of(state.series_query())
    return packs.PackKey(
        state.indicator, scope_of(state), state.classing, circles, chosen, state.compare, second=state.paired
    )


def pack_url(view: View, state: ViewState) -> str:
    """Address of a pack, for ever the same content: it names the release and the program that made it."""
    lang = "" if i18n.language() == i18n.FRENCH else f"&lang={i18n.language()}"
    return f"/pack/{view.release.id}/{pack_key(state).path}.json?v={program.mark()}{lang}"


def pinned(state: ViewState) -> str | None:
    """Code of the area that is picked out at the level shown."""
    return state.commune if state.level == "commune" else state.territory


def context(view: View) -> dict[str, Any]:
    """All that the template ``carte.html`` prints."""
    state, release = view.state, view.release
    made = made_of(view)
    indicator = made.indicator
    drawn = geometry.drawing(release, state.perimeter)
    rows = _ranked(made, state)
    return {
        "title": _("Carte"),
        "body_class": " ".join(filter(None, [f"level-{state.level}", state.mode])),
        "state": state,
        "indicator": indicator,
        "palette": packs.palette(indicator, state.classing, state.paired),
        "square": bivariate.square(made),
        "slice": _shown(view, made, drawn),
        "marks": made.marks,
        "geometry": drawn,
        "frame": frame_of(state, drawn),
        "unit": geometry.unit(frame_of(state, drawn)),
        "level": state.level,
        "pinned": pinned(state),
        "outlined": dict.fromkeys(filter(None, (pinned(state), *state.pinned))),
        "pins": _pins(view, made),
        "ranked": rows,
        "columns": _columns(rows),
        "most_lines": MOST_LINES,
        "controls": controls(view),
        "chips": filters.chips(view),
        "bounds": bounds_text(made),
        "why": why(view),
        "part": locale.tight(provenance.part(made.series.sources)),
        "ignored": view.ignored,
        "trail": trail(state),
        "communes": view.release.geography.communes["name"],
        "headline": headline(view, made),
        "figure": _figure(view, made),
        "pack_url": pack_url(view, state),
        "export_url": f"/export/csv?{replace(state, release=release.id).to_query()}",
        "timeline": timeline.timeline(view),
        "boot": boot(view, drawn),
    }


def made_of(view: View) -> Slice:
    """The slice of a view: its indicator, crossed with a second where one is asked for."""
    state, scope = view.state, scope_of(view.state)
    if state.paired is not None:
        return bivariate.make(view.release, state.series_query(), scope, state.paired)
    circles = state.circles is not None
    return slices.make(view.release, state.series_query(), scope, state.classing, circles=circles, since=state.compare)


def bounds_text(made: Slice) -> str:
    """The bounds shown, as a reader may change them: « 0,3 ; 0,5 ; 0,75 »."""
    return locale.separator().join(f"{bound:.12g}".replace(".", locale.decimal()) for bound in made.bounds)


def headline(view: View, made: Slice) -> str:
    """The sentence of the view: that of the commune picked out, or what the areas say together."""
    code = pinned(view.state)
    if view.state.level != "commune" or code is None:
        return made.headline
    return locale.capital(sentence_of(made, code))


def sentence_of(made: Slice, code: str) -> str:
    """The sentence of one area of a slice."""
    place = [cell.code for cell in made.cells].index(code)
    rank = made.ranks[place] or None
    among = sum(rank > 0 for rank in made.ranks)
    if made.pair is not None:
        return bivariate.sentence(made, made.pair, code)
    return sentences.area_sentence(made.indicator, made.series, made.cells[place], rank, among)


def boot(view: View, drawn: geometry.Drawing) -> str:
    """What the browser starts from, as JSON that is safe inside a page."""
    content = {
        "state": view.state.named,
        "defaults": ViewState().named,
        "release": view.release.id,
        "program": program.mark(),
        "geometry": drawn.packed(),
        "members": members(view.state.perimeter),
        "indicators": list(INDICATORS),
        "languages": list(i18n.LANGUAGES),
        "options": options_by_indicator(view.release),
        "circle": CIRCLE,
        "names": {code: named("territory", code, "").short for code in "12345678"},
        "communes": {str(code): str(name) for code, name in view.release.geography.communes["name"].items()},
        "labels": labels(),
        "timeline": timeline.texts(),
        "broken": _("{year} (série rompue)"),
        "based": _("Indice, base 100 en {year}"),
        "filters": filters.packed(view.release),
        "why": [_(UNDIVIDED), _(UNKNOWN_SECTOR)],
        "texts": browser_texts.texts(),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def trail(state: ViewState) -> list[Step]:
    """From the metropole down to what is shown; the last step is where one stands."""
    top = replace(state, territory=None, commune=None, level="territory")
    steps = [Step(metropole().short, top)]
    if state.level == "commune" and state.territory is None:
        steps.append(Step(_("Toutes les communes"), state))
    if state.territory is not None:
        label = named("territory", state.territory, "").short
        steps.append(Step(label, replace(state, commune=None, level="commune")))
    if state.commune is not None and state.territory != LILLOIS:
        steps.append(Step(state.commune, state))
    return steps


def _shown(view: View, made: Slice, drawn: geometry.Drawing) -> dict[str, Any]:
    return {
        "areas": _areas(view, made, drawn),
        "labels": made.labels,
        "sizes": made.sizes,
        "classes": tuple(zip(made.class_marks, made.labels, strict=True)),
        "circles_noun": made.circles_noun,
        "notes": made.notes,
        "nowhere": made.nowhere,
        "total_text": made.whole[0] if made.pair else made.total_text,
        "subtitle": made.subtitle,
        "footer": made.source,
        "map_name": locale.tight(_("Carte : {subtitle}").format(subtitle=made.subtitle)),
        "states": [(mark, _(text)) for mark, text in legend.STATES],
    }


def _areas(view: View, made: Slice, drawn: geometry.Drawing) -> list[Area]:
    """All the areas of the level; those outside the scope are drawn apart."""
    state = view.state
    inside = {cell.code: i for i, cell in enumerate(made.cells)}
    frame = frame_of(state, drawn)
    fill = made.indicator.fill
    widest = 0.0 if fill and not made.circles else CIRCLE * drawn.view[2] * min(1.0, frame[2] / drawn.view[2] * 1.6)
    shapes = drawn.shapes(state.level)
    return [
        replace(
            _area(cell, mark, made, inside.get(cell.code), shapes[cell.code], widest=widest, unit=geometry.unit(frame)),
            pin=letter(state, cell.code),
        )
        for cell, mark in zip(made.series.cells, made.around or made.marks, strict=True)
    ]


def frame_of(state: ViewState, drawn: geometry.Drawing) -> tuple[int, int, int, int]:
    """The part of the map that is shown: all of it, a territory, or a commune."""
    if state.level != "commune" or state.territory is None:
        return drawn.view
    shape = drawn.paths.communes[state.commune] if state.commune else drawn.paths.territories[state.territory]
    return geometry.padded(shape.box, drawn.view)


def _area(cell: Cell, mark: str, made: Slice, place: int | None, shape: Any, *, widest: float, unit: float) -> Area:
    shares = made.circles or made.shares
    radius = round(widest * (shares[place] / 10_000) ** 0.5) if widest and place is not None else 0
    large = radius >= INSIDE * unit
    darkest = mark in made.dark
    return Area(
        code=cell.code,
        state=legend.state_of(mark),
        mark=mark,
        path=shape.path,
        x=shape.x,
        y=shape.y,
        radius=radius,
        text=bivariate.both(made, place) if place is not None else "",
        short=named(made.series.query.level, cell.code, cell.name).short,
        label_y=shape.y if large or not radius else round(shape.y + radius + BELOW * unit),
        dark=not made.circles and (large if widest else darkest),
        low=made.diverges and mark < "4",
        inside=place is not None,
    )


def _ranked(made: Slice, state: ViewState) -> list[Row]:
    """Highest first; what has no value comes last, by code."""
    level = made.series.query.level
    lowest = min((0, *made.shares))
    span = max((0, *made.shares)) - lowest or 1
    seconds = made.pair.texts if made.pair else ("",) * len(made.cells)
    rows = [
        Row(
            cell.code,
            legend.state_of(mark),
            mark,
            rank,
            named(level, cell.code, cell.name).short,
            text,
            share,
            round(100 * abs(share) / span, 1),
            round(100 * (min(share, 0) - lowest) / span, 1),
            letter(state, cell.code),
            second,
        )
        for cell, mark, rank, text, share, second in zip(
            made.cells, made.marks, made.ranks, made.texts, made.shares, seconds, strict=True
        )
    ]
    return sorted(rows, key=lambda row: (row.rank == 0, row.rank, row.code))


def _columns(rows: list[Row]) -> str:
    """Widths of the columns of names and values, in characters of the longest; as in `assets/ranking.js`."""
    longest = {
        "who": max(len(row.short) for row in rows),
        "num": max(len(row.text) + (len(row.second) + MORE if row.second else 0) for row in rows),
    }
    return ";".join(f"--{name}:{max(1, length)}" for name, length in longest.items())


def letter(state: ViewState, code: str) -> str:
    """The letter of an area that is pinned, A to C; empty for the others."""
    return chr(ord("A") + state.pinned.index(code)) if code in state.pinned else ""


def _pins(view: View, made: Slice) -> list[dict[str, str]]:
    """The areas that are pinned, each with its value and the address that takes it away."""
    state = view.state
    found = {cell.code: i for i, cell in enumerate(made.cells)}
    return [
        {
            "code": code,
            "letter": letter(state, code),
            "name": named(state.level, code, made.cells[found[code]].name).short,
            "text": bivariate.both(made, found[code]),
            "href": Step("", replace(state, pins="_".join(c for c in state.pinned if c != code) or None)).href,
        }
        for code in state.pinned
        if code in found
    ]


def _figure(view: View, made: Slice) -> dict[str, str]:
    """The large figure under the map: the area picked out, else the metropole."""
    code = pinned(view.state)
    if code is None:
        return {"value": made.whole[0], "rest": made.whole[1]}
    text = bivariate.both(made, [cell.code for cell in made.cells].index(code))
    return {"value": text, "rest": sentence_of(made, code).removeprefix(text).strip()}


def why(view: View) -> str:
    """Why some choices cannot be made here."""
    release, key = view.release, view.state.indicator
    if not measure.years(release, key):
        return ""
    if packs.sectors(release, key):
        return ""
    return _(UNDIVIDED) if not packs.families(release, key) else _(UNKNOWN_SECTOR)
