"""Which places are compared: territories by code, communes by INSEE code, in the order of the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard.areas import Named, named
from dashboard.navigation import carried
from dashboard.pages import CHOSEN, PINNED
from dashboard.viewstate import Ignored
from geodata.perimeter import members
from layers import measure, support
from layers.series import Query

if TYPE_CHECKING:
    from dashboard.services import View
    from layers.release import Release
    from layers.series import Cell, Series
    from layers.support import Support

AREAS, FREE, ADD = "areas", "free", "add"
"""Keys of the address that are this page's own: the places, scales of their own, one place more."""
MOST, USUAL = 8, 2
SHARED = (
    *(key for key in CHOSEN if key not in ("territory", "commune")),
    "method",
    "classes",
    "breaks",
    "scale",
    "mode",
    *PINNED,
)
"""Keys of the view that the page keeps."""
LEFT = ("compare", "with")
"""Keys of the view that tell another number: the page shows values, and says that it leaves them aside."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place that is compared."""

    code: str
    level: str
    named: Named


@dataclass(frozen=True, slots=True)
class Choice:
    """What the page compares; ``free`` gives each map and chart a scale of its own."""

    places: tuple[Place, ...]
    free: bool
    ignored: tuple[Ignored, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes in order."""
        return tuple(place.code for place in self.places)


def read(view: View) -> Choice:
    """The places of an address, as the shared reading left them aside; without any, those that differ most."""
    own: dict[str, str] = {}
    ignored: list[Ignored] = []
    for part in view.ignored:
        if part.key in (AREAS, FREE, ADD) and part.key not in own:
            own[part.key] = part.value
        else:
            ignored.append(part)
    known = members(view.state.perimeter)
    codes: list[str] = []
    for code in [*own.get(AREAS, "").split(","), own.get(ADD, "")]:
        if code in codes or not code:
            continue
        if (code in known or code in known.values()) and len(codes) < MOST:
            codes.append(code)
        else:
            ignored.append(Ignored(AREAS, code))
    ignored += [Ignored(key, str(value)) for key in LEFT if (value := view.state.named[key]) is not None]
    if own.get(FREE, "1") != "1":
        ignored.append(Ignored(FREE, own[FREE]))
    places = tuple(place(view.release, code) for code in codes or usual(view))
    return Choice(places, own.get(FREE) == "1", tuple(ignored))


def place(release: Release, code: str) -> Place:
    """The place of a code; ``KeyError`` for an unknown one."""
    level = "territory" if len(code) == 1 else "commune"
    name = "" if level == "territory" else str(release.geography.communes.loc[code, "name"])
    return Place(code, level, named(level, code, name))


def usual(view: View) -> tuple[str, ...]:
    """Two territories: the highest and the lowest, or that of the view and the one that differs most from it."""
    shown = [cell for cell in series(view, "territory").cells if cell.value is not None]
    shown.sort(key=lambda cell: (-(cell.value or 0), cell.code))
    chosen = view.state.territory
    if len(shown) < USUAL:
        first = chosen or "8"
        return first, "3" if first != "3" else "8"
    ends = shown[0].code, shown[-1].code
    if chosen is None:
        return ends
    here = next((cell.value for cell in shown if cell.code == chosen), None)
    others = [cell for cell in shown if cell.code != chosen]
    other = max(others, key=lambda cell: abs((cell.value or 0) - (here or 0)))
    return chosen, other.code


def series(view: View, level: str) -> Series:
    """The series that the view asks for, at a level."""
    return measure.series(view.release, replace(view.state.series_query(), level=level))


def cells(view: View, choice: Choice) -> list[Cell]:
    """The value of each place for the indicator of the view, in order."""
    return [series(view, one.level).cell(one.code) for one in choice.places]


def backing(view: View, choice: Choice, key: str = "") -> Support:
    """What stands behind the places of a choice, of the view or, all together, of another indicator."""
    asked = Query(key, perimeter=view.state.perimeter) if key else view.state.series_query()
    made = {one.level: support.of(view.release, replace(asked, level=one.level)) for one in choice.places}
    areas = {one.code: made[one.level].areas[one.code] for one in choice.places}
    return replace(next(iter(made.values())), areas=areas)


def address(view: View, codes: Sequence[str], *, free: bool) -> str:
    """Address of the comparison of some places, all else kept."""
    query = carried(view.state, SHARED)
    own = urlencode({AREAS: ",".join(codes), **({FREE: "1"} if free else {})}, safe=",")
    return f"/comparer?{own}{'&' if query else ''}{query}"


def canonical(view: View) -> str:
    """The address without what a form adds to it: empty keys, the latest year, the place to add put with the others."""
    choice = read(view)
    latest = measure.default_year(view.release, view.state.indicator)
    if view.state.year == latest:
        view = replace(view, state=replace(view.state, year=None))
    return address(view, choice.codes, free=choice.free)
