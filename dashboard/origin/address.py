"""The address of the origin of a figure: an indicator, a place, a year, its filters; a part of it and a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from dashboard.i18n import FRENCH, language
from dashboard.navigation import carried
from dashboard.pages import CHOSEN, PINNED
from dashboard.viewstate import Ignored
from geodata.perimeter import members
from geodata.territories import TERRITORIES
from layers.panel import METROPOLE

if TYPE_CHECKING:
    from dashboard.disputes.figure import Figure
    from dashboard.services import View

PATH: Final = "/origine"
CARRIES: Final = (*CHOSEN, "compare", *PINNED)
"""Keys of a view by which its figure is found again."""
AREA, PART, PAGE = "area", "part", "page"
MOST_DIGITS: Final = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: a place, and of one part of its figure a page, both from 1."""

    area: str
    part: int = 1
    page: int = 1


def read(view: View) -> tuple[View, Asked, tuple[Ignored, ...]]:
    """The view with its place, what is asked, and what was not understood. ``area`` wins over the place of a view."""
    own: dict[str, str] = {}
    ignored: list[Ignored] = []
    for one in view.ignored:
        if one.key in own or not _is_read(one.key, one.value, view.state.perimeter):
            ignored.append(one)
        else:
            own[one.key] = one.value
    state = view.state
    area = own.get(AREA) or (state.commune or state.territory or METROPOLE)
    state = replace(
        state,
        commune=area if area in members() else None,
        territory=area if area in TERRITORIES else members(state.perimeter).get(area),
        level="commune" if area in members() else "territory",
    )
    numbers = {key: int(own[key]) for key in (PART, PAGE) if key in own}
    return replace(view, state=state), Asked(area, **numbers), tuple(ignored)


def _is_read(key: str, text: str, perimeter: int) -> bool:
    if key == AREA:
        return text == METROPOLE or text in TERRITORIES or text in members(perimeter)
    plain = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS and int(text) > 0
    return key in (PART, PAGE) and plain


def of_view(view: View, asked: Asked | None = None) -> str:
    """Address of the figure of a view, on its release where the address names one."""
    own = {} if asked is None else {PART: asked.part, PAGE: asked.page}
    told = [carried(view.state, CARRIES), urlencode({key: value for key, value in own.items() if value != 1})]
    query = "&".join(filter(None, told))
    return f"{PATH}?{query}" if query else PATH


def of_figure(figure: Figure, release: str) -> str:
    """Address of a value of the registry on its release."""
    perimeter, filters = figure.cut
    query: Mapping[str, object] = {
        "indicator": figure.indicator,
        AREA: figure.place,
        "year": figure.year,
        **{key: ",".join(sorted(slugs)) for key, slugs in sorted(filters)},
        "perimeter": perimeter,
        "release": release,
        "lang": None if language() == FRENCH else language(),
    }
    return f"{PATH}?{urlencode({key: value for key, value in query.items() if value is not None})}"
