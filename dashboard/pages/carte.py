"""``/carte``: the whole page, its first map included, from one view state."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from dashboard import bivariate, filters, geometry, i18n, legend, locale, packs, program, provenance, sentences, slices
from dashboard.areas import metropole, named
from dashboard.disputes.figure import SIGN
from dashboard.disputes.marks import address, name
from dashboard.disputes.shown import cut_of_dispute, of_map
from dashboard.i18n import _, msg
from dashboard.navigation import portrait
from dashboard.origin.address import CARRIES, of_view
from dashboard.pages import browser_texts, carte_areas, timeline
from dashboard.pages.controls import controls, labels, options_by_indicator
from dashboard.services import View
from dashboard.slices import Scope, Slice
from dashboard.viewstate import LILLOIS, ViewState
from geodata.perimeter import members
from layers import measure
from layers.panel import METROPOLE

if TYPE_CHECKING:
    from layers.written.disputes import Dispute

UNDIVIDED = msg("Cet indicateur ne se décline ni par secteur ni par famille.")
UNKNOWN_SECTOR = msg("La source de cet indicateur ne donne pas le secteur.")
MOST_DISPUTES, MOST_HERE = 300, 5
"""Disputes that the page knows of, and that it names under its list."""
MOST_LINES = 200
"""Lines of the ranked list that are shown before all are asked for."""


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
    rows = carte_areas.ranked(made, state, carte_areas.codes_of(view))
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
        "frame": carte_areas.frame_of(state, drawn),
        "unit": geometry.unit(carte_areas.frame_of(state, drawn)),
        "level": state.level,
        "pinned": pinned(state),
        "outlined": dict.fromkeys(filter(None, (pinned(state), *state.pinned))),
        "pins": _pins(view, made),
        "ranked": rows,
        "columns": carte_areas.columns(rows),
        "most_lines": MOST_LINES,
        "controls": controls(view),
        "chips": filters.chips(view),
        "bounds": bounds_text(made),
        "why": why(view),
        "part": locale.tight(provenance.part(made.series.sources)),
        "ignored": view.ignored,
        "trail": trail(state),
        "portrait": portrait(state, _standing(state) or METROPOLE),
        "standing": _standing(state),
        "communes": view.release.geography.communes["name"],
        "headline": headline(view, made),
        "figure": _figure(view, made),
        "whence": of_view(view),
        "whence_carries": " ".join(CARRIES),
        "contested": here(view),
        "whole_flag": SIGN if METROPOLE in carte_areas.codes_of(view) else "",
        "pack_url": pack_url(view, state),
        "exports": exported(view),
        "timeline": timeline.timeline(view),
        "boot": boot(view, drawn),
    }


def exported(view: View) -> list[tuple[str, str, str, str]]:
    """The files of a view: form, address on its release, name, what it is for."""
    from dashboard.exports import EXPORTERS  # noqa: PLC0415  (files are made of this page)

    query = replace(view.state, release=view.release.id).to_query()
    return [(form, f"/export/{form}?{query}", _(one.label), _(one.purpose)) for form, one in EXPORTERS.items()]


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
    return sentences.area_sentence(
        made.indicator, made.series, made.cells[place], rank, among, mark=made.supported[place]
    )


def boot(view: View, drawn: geometry.Drawing) -> str:
    """What the browser starts from, as JSON that is safe inside a page."""
    content = {
        "state": view.state.named,
        "defaults": ViewState().named,
        "release": view.release.id,
        "program": program.mark(),
        "geometry": drawn.packed(),
        "members": members(view.state.perimeter),
        "indicators": list(view.release.indicators),
        "languages": list(i18n.LANGUAGES),
        "options": options_by_indicator(view.release),
        "circle": carte_areas.CIRCLE,
        "names": {code: named("territory", code, "").short for code in "12345678"},
        "communes": {str(code): str(name) for code, name in view.release.geography.communes["name"].items()},
        "labels": labels(),
        "timeline": timeline.texts(),
        "broken": _("{year} (série rompue)"),
        "based": _("Indice, base 100 en {year}"),
        "filters": filters.packed(view.release),
        "why": [_(UNDIVIDED), _(UNKNOWN_SECTOR)],
        "texts": browser_texts.texts(),
        "disputes": [packed(one) for one in view.disputed if one.indicator in view.release.indicators][:MOST_DISPUTES],
        "flag": SIGN,
        "disputed_most": MOST_HERE,
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def packed(one: Dispute) -> dict[str, Any]:
    """A dispute as the browser finds it again: indicator, place, year, filters, address; of another perimeter too."""
    perimeter, filters = cut_of_dispute(one)
    return {
        "i": one.indicator,
        "p": one.place,
        "y": one.year,
        "f": {key: sorted(slugs) for key, slugs in filters},
        "r": perimeter,
        "h": address(one.id),
    }


def here(view: View) -> list[tuple[str, str]]:
    """The places of a view of which a value is disputed: name, address of the dispute."""
    return [(name(view.release, one.place), address(one.id)) for one in of_map(view)][:MOST_HERE]


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


def _standing(state: ViewState) -> str | None:
    """Code of the area that the view stands on; None for the metropole."""
    return state.commune if state.commune and state.territory != LILLOIS else state.territory


def _shown(view: View, made: Slice, drawn: geometry.Drawing) -> dict[str, Any]:
    return {
        "areas": carte_areas.areas(view, made, drawn),
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


def _pins(view: View, made: Slice) -> list[dict[str, str]]:
    """The areas that are pinned, each with its value and the address that takes it away."""
    state = view.state
    found = {cell.code: i for i, cell in enumerate(made.cells)}
    return [
        {
            "code": code,
            "letter": carte_areas.letter(state, code),
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
    sign = f"\u00a0{SIGN}" if (code or METROPOLE) in carte_areas.codes_of(view) else ""
    if code is None:
        return {"value": made.whole[0] + sign, "rest": made.whole[1]}
    text = bivariate.both(made, [cell.code for cell in made.cells].index(code))
    return {"value": text + sign, "rest": sentence_of(made, code).removeprefix(text).strip()}


def why(view: View) -> str:
    """Why some choices cannot be made here."""
    release, key = view.release, view.state.indicator
    if not measure.years(release, key):
        return ""
    if packs.sectors(release, key):
        return ""
    return _(UNDIVIDED) if not packs.families(release, key) else _(UNKNOWN_SECTOR)
