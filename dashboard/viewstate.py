"""The view state: what the address says, and the address of what is shown.

Parsing never raises: an unknown value falls back to the default and is listed, to be shown to the reader.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from urllib.parse import parse_qsl, urlencode

from dashboard.i18n import FRENCH, LANGUAGES
from geodata.perimeter import PERIMETERS, members
from layers.breaks import METHODS
from layers.classing import CLASSINGS, FEWEST, MANUAL, MOST, Classing, choice, read_bounds, written
from layers.dimensions import DIMENSIONS, PARTED
from layers.dimensions import written as canonical
from layers.indicators import DEFAULT, INDICATORS, Indicator, can_cross
from layers.series import LEVELS, Query

PROJECTION = "projection"
MODES = (PROJECTION,)
SCALES = ("free", "mean")
"""Each year with its own classes, or diverging from the value of the metropole; else one scale for all the years."""
MOST_VALUES = 200
"""Values of a filter that are read one by one; an address that has more is not one of ours."""
MOST_PINS = 3
CROSSED_OUT = ("method", "classes", "breaks", "scale", "circles", "compare")
"""Keys without object where two indicators are crossed: « with » wins."""
CHANGED_OUT = (("method", MANUAL), ("scale", "free"))
"""Values without object where changes are told: their classes go either side of a pivot, each pair of years its own."""
LILLE, LILLOIS = "59350", "8"


@dataclass(frozen=True, slots=True)
class ViewState:
    """One view of ``/carte``; the fields are the keys of the query string, a default is not written.

    ``year`` None is the latest year of the indicator; ``release`` None is the current release. ``method``, ``classes``,
    ``breaks`` (by hand, parted by ``_``) and ``scale`` (one of `SCALES`) say how values are cut in classes; ``circles``
    that what a ratio counts stands over its fill. ``index`` is the year that is 100 in the chart of the indicator,
    ``yearly`` that this chart has the perimeter of each year, ``compare`` the year from which its change is told.
    ``pins`` are up to `MOST_PINS` areas of the level, parted by ``_``, kept in sight to be compared. ``sector``,
    ``family``, ``size`` and the other dimensions of `layers.dimensions` are slugs parted by commas, in the order of
    the dimension. ``paired``, « with » in the address, is a second ratio that is crossed with the first.
    """

    indicator: str = DEFAULT
    sector: str | None = None
    family: str | None = None
    year: int | None = None
    level: str = "territory"
    territory: str | None = None
    commune: str | None = None
    perimeter: int = 95
    method: str = METHODS[0]
    classes: int | None = None
    breaks: str | None = None
    scale: str | None = None
    circles: str | None = None
    index: int | None = None
    yearly: str | None = None
    compare: int | None = None
    pins: str | None = None
    mode: str | None = None
    release: str | None = None
    lang: str = FRENCH
    size: str | None = None
    employer: str | None = None
    qpv: str | None = None
    instrument: str | None = None
    paired: str | None = None

    def to_query(self) -> str:
        """The query string, without « ? », of all that is not a default."""
        default = ViewState().named
        return urlencode([(k, v) for k, v in self.named.items() if v is not None and v != default[k]], safe=PARTED)

    @property
    def named(self) -> dict[str, str | int | None]:
        """Values by key of the query string."""
        return {key: getattr(self, f.name) for f, key in zip(fields(self), KEYS, strict=True)}

    @property
    def pinned(self) -> tuple[str, ...]:
        """Codes of the areas kept in sight, in the order in which they were pinned."""
        return tuple(self.pins.split("_")) if self.pins else ()

    @property
    def classing(self) -> Classing:
        """Classes that the view asks for."""
        found = choice(
            self.method,
            None if self.classes is None else str(self.classes),
            self.breaks,
            around_mean=self.scale == "mean",
            free=self.scale == "free",
        )
        return found or Classing()

    def series_query(self) -> Query:
        """What the view asks of the release."""
        return Query(self.indicator, self.level, year=self.year, perimeter=self.perimeter, **self.filters)

    @property
    def filters(self) -> dict[str, str | None]:
        """Slugs parted by commas by dimension, None for all."""
        return {key: getattr(self, key) for key in DIMENSIONS}


PAIRED = "with"
KEYS = tuple(PAIRED if f.name == "paired" else f.name for f in fields(ViewState))
"""Keys of the query string, in the order of the fields; « with » is a word of Python."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """A part of the address that was not understood."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What a release allows, beside what the registries declare."""

    years: Callable[[str], Collection[int]]
    releases: Collection[str]
    values: Callable[[str, str], Collection[str]] = lambda indicator, key: (
        *DIMENSIONS[key].names,
        *DIMENSIONS[key].apart,
    )
    """Slugs of a dimension (`layers.dimensions`) that the sources of an indicator tell."""
    available: Callable[[str], bool] = lambda indicator: True
    indicators: Mapping[str, Indicator] = field(default_factory=lambda: INDICATORS)
    """Those of the release (`layers.release.Release.indicators`)."""
    """Whether the release holds what an indicator is made of."""


def parse(query: str, choices: Choices) -> tuple[ViewState, tuple[Ignored, ...]]:
    """Read a query string, with or without its « ? »; what is not understood is listed, in order.

    Of a key given twice the first is read, as in the browser. Values of a filter are those that the sources of the
    indicator tell: the others are left out one by one.
    """
    state: dict[str, str | int | None] = {}
    ignored: list[Ignored] = []
    given = parse_qsl(query.removeprefix("?"), keep_blank_values=False)
    indicator = next((text for key, text in given if key == "indicator"), DEFAULT)
    seen: set[str] = set()
    for key, text in given:
        if key in DIMENSIONS and key not in seen:
            kept, refused = _several(text, choices.values(_known(indicator, choices), key))
            ignored += [Ignored(key, part) for part in refused]
            state[key] = canonical(key, kept)
            seen.add(key)
            continue
        read = _READ[key](text, choices, indicator) if key in _READ and key not in seen else None
        seen.add(key)
        if read is None:
            ignored.append(Ignored(key, text))
        else:
            state[key] = read
    return _settle(state, ignored, choices)


def _settle(
    state: dict[str, str | int | None], ignored: list[Ignored], choices: Choices
) -> tuple[ViewState, tuple[Ignored, ...]]:
    """Make the area coherent: a commune implies its territory and the level of the communes."""
    belongs = members(int(state.get("perimeter") or 95))
    commune = state.get("commune")
    if commune is not None and commune not in belongs:
        ignored.append(Ignored("commune", str(state.pop("commune"))))
    elif commune is not None:
        state.update(level="commune", territory=belongs[str(commune)])
    if state.get("territory") == LILLOIS and state.get("level") == "commune":
        state["commune"] = LILLE
    if any(not _fits(code, state, belongs) for code in str(state.get("pins") or "").split("_") if code):
        ignored.append(Ignored("pins", str(state.pop("pins"))))
    if PAIRED in state and not _can_pair(state, choices):
        ignored.append(Ignored(PAIRED, str(state.pop(PAIRED))))
    ignored += [Ignored(key, str(state.pop(key))) for key in _without_object(state)]
    if PAIRED in state:
        state["paired"] = state.pop(PAIRED)
    return ViewState(**state), tuple(ignored)  # type: ignore[arg-type]


def _can_pair(state: Mapping[str, str | int | None], choices: Choices) -> bool:
    """Whether the two indicators can be crossed: two ratios that the release holds, and not the same."""
    first, second = str(state.get("indicator") or DEFAULT), str(state[PAIRED])
    return can_cross(first, second, choices.indicators) and choices.available(first) and choices.available(second)


def _fits(code: str, state: dict[str, str | int | None], belongs: Mapping[str, str]) -> bool:
    """Whether an area is of the level shown, and in its perimeter."""
    return code in belongs if state.get("level") == "commune" else code in belongs.values()


def _without_object(state: dict[str, str | int | None]) -> list[str]:
    """Keys that mean nothing beside the others: bounds by hand go with no other choice of classes, a change is not in
    their unit, and a crossing has classes of its own and no place for circles nor for changes.
    """
    if PAIRED in state:
        return [key for key in CROSSED_OUT if key in state]
    out = [key for key, value in CHANGED_OUT if "compare" in state and state.get(key) == value]
    manual = state.get("method") == MANUAL and "method" not in out
    if manual and not state.get("breaks"):
        return ["method"]
    return out + [key for key in (("classes", "scale") if manual else ("breaks",)) if key in state]


_Reader = Callable[[str, Choices, str], "str | int | None"]


def _one_of(allowed: Collection[str]) -> _Reader:
    return lambda text, choices, indicator: text if text in allowed else None


def _known(indicator: str, choices: Choices) -> str:
    return indicator if indicator in choices.indicators else DEFAULT


def _indicator(text: str, choices: Choices, indicator: str) -> str | None:
    return text if text in choices.indicators else None


def _several(text: str, allowed: Collection[str]) -> tuple[str, list[str]]:
    """The slugs of a text that are allowed, parted by commas, and those that are not; a long tail of these as one."""
    parts = [part for part in text.split(PARTED, MOST_VALUES) if part]
    kept = [part for part in parts if part in allowed]
    return PARTED.join(kept), [part for part in parts if part not in allowed]


def _year(text: str, choices: Choices, indicator: str) -> int | None:
    held = choices.years(_known(indicator, choices))
    return int(text) if text.isdecimal() and text.isascii() and len(text) == 4 and int(text) in held else None  # noqa: PLR2004


def _perimeter(text: str, choices: Choices, indicator: str) -> int | None:
    return int(text) if text in {str(perimeter) for perimeter in PERIMETERS} else None


def _classes(text: str, choices: Choices, indicator: str) -> int | None:
    return int(text) if text in {str(k) for k in range(FEWEST, MOST + 1)} else None


def _pins(text: str, choices: Choices, indicator: str) -> str | None:
    codes = text.split("_")
    return text if len(codes) == len(set(codes)) <= MOST_PINS and all(codes) else None


def _release(text: str, choices: Choices, indicator: str) -> str | None:
    return text if text in choices.releases else None


_READ: dict[str, _Reader] = {
    "indicator": _indicator,
    PAIRED: _indicator,
    "year": _year,
    "level": _one_of(LEVELS),
    "territory": _one_of([str(code) for code in range(1, 9)]),
    "commune": lambda text, choices, indicator: text if text in members() else None,
    "perimeter": _perimeter,
    "method": _one_of(CLASSINGS),
    "classes": _classes,
    "breaks": lambda text, choices, indicator: written(read_bounds(text)) or None,
    "scale": _one_of(SCALES),
    "circles": _one_of(("1",)),
    "index": _year,
    "yearly": _one_of(("1",)),
    "compare": _year,
    "pins": _pins,
    "mode": _one_of(MODES),
    "release": _release,
    "lang": _one_of(LANGUAGES),
}
