"""A pack: all the slices of one indicator over one scope, for the browser to repaint from without asking."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qsl

from dashboard import bivariate, locale, provenance, sentences, slices
from dashboard.areas import named
from dashboard.i18n import FRENCH, language
from dashboard.wording import worded
from layers import measure
from layers.cache import MB, Cache
from layers.choices import offered
from layers.classing import MANUAL, Classing, parse
from layers.dimensions import DIMENSIONS, PARTED, split
from layers.facts import cube
from layers.indicators import Indicator
from layers.series import Query

if TYPE_CHECKING:
    from layers.release import Release


CIRCLES = "+circles"
SINCE = "+since-"
PAIR = "+with-"
PACKS: Final[Cache[bytes]] = Cache("packs", 32 * MB)
"""Ten to five hundred kilobytes each."""


@dataclass(frozen=True, slots=True)
class PackKey:
    """Name of a pack inside a release; ``filters`` as `filters_of` writes them, empty for the one that holds them all
    one by one; ``since`` the year from which it tells the changes.
    """

    indicator: str
    scope: slices.Scope
    classing: Classing = field(default_factory=Classing)
    circles: bool = False
    filters: str = ""
    since: int | None = None
    second: str | None = None

    @property
    def path(self) -> str:
        """Its place in an address: ``actors_per_1000/territory-all-95/jenks``."""
        since = "" if self.since is None else f"{SINCE}{self.since}"
        drawn = f"{self.indicator}/{self.scope.key}/{self.classing.key}{since}{CIRCLES if self.circles else ''}"
        drawn += "" if self.second is None else f"{PAIR}{self.second}"
        return f"{drawn}/{self.filters}" if self.filters else drawn


def classes_of(text: str) -> tuple[Classing, bool, int | None] | None:
    """Classes, circles and year compared with that the last part of a path names; None for anything else."""
    named, _sep, year = text.removesuffix(CIRCLES).partition(SINCE)
    if SINCE in text and not (year.isascii() and year.isdecimal() and len(year) == 4):  # noqa: PLR2004
        return None
    found = parse(named)
    return (found, text.endswith(CIRCLES), int(year) if year else None) if found else None


def second_of(text: str) -> tuple[str, str | None]:
    """The last part of a path without the indicator that is crossed, and that indicator; None where there is none."""
    rest, _sep, second = text.partition(PAIR)
    return rest, second or None


def filters_of(query: Query) -> str:
    """Filters as the address of a pack has them: ``sector=commerce,divers&size=10-19``; empty where all packs do."""
    if query.is_ready:
        return ""
    return "&".join(f"{key}={PARTED.join(slugs)}" for key, slugs in query.chosen.items())


def read_filters(release: Release, indicator: str, text: str) -> dict[str, str] | None:
    """Filters of the last part of a path; None where it is not as `filters_of` would write it for this indicator."""
    found = dict(parse_qsl(text, keep_blank_values=True))
    values = offered(release, indicator)
    if any(set(split(slugs)) - set(values.get(key, ())) for key, slugs in found.items()):
        return None
    if set(found) - set(DIMENSIONS) or filters_of(_filtered(indicator, found)) != text:
        return None
    return found


def _filtered(indicator: str, filters: Mapping[str, str]) -> Query:
    asked = Query(indicator)
    for key, slugs in filters.items():
        asked = asked.filtered(key, slugs)
    return asked


def pack(release: Release, key: PackKey) -> bytes:
    """The pack as JSON in the language in force, kept while it is asked for.

    Raises `KeyError` or `ValueError` for an unknown name.
    """
    return PACKS.get((release.token, key, language()), lambda: _written(release, key))


def _written(release: Release, key: PackKey) -> bytes:
    return json.dumps(_content(release, key), ensure_ascii=False, separators=(",", ":")).encode()


def diverges(indicator: Indicator, classing: Classing) -> bool:
    """Whether the scale departs from a pivot."""
    around = indicator.pivot is not None or (classing.around_mean and indicator.fill)
    return around and classing.method != MANUAL


def palette(indicator: Indicator, classing: Classing, second: str | None) -> str:
    """Name of the colours in `assets`."""
    if second is not None:
        return "bivariate"
    return "diverging" if diverges(indicator, classing) else "sequential"


def slice_name(sector: str | None, family: str | None, year: int | None) -> str:
    """Key of a slice in its pack: ``sector|family|year``, empty for all."""
    return f"{sector or ''}|{family or ''}|{year or ''}"


def sectors(release: Release, indicator: str) -> tuple[str, ...]:
    """Sectors that can be asked of an indicator: none where no source tells them."""
    return tuple(offered(release, indicator).get("sector", ()))


def families(release: Release, indicator: str) -> tuple[str, ...]:
    """Families that can be asked of an indicator."""
    return tuple(offered(release, indicator).get("family", ()))


def _asked(release: Release, key: PackKey) -> Iterator[tuple[str, Query]]:
    """Names of the slices, and what each asks: every sector and family one by one, or the filters alone, year by year.

    The years of a choice, which share their scale, follow each other: what is kept of one serves the next.
    """
    for sector, family, cut in _cuts(release, key):
        for year in measure.years(release, key.indicator) or (None,):
            asked = replace(cut, level=key.scope.level, year=year, perimeter=key.scope.perimeter)
            yield slice_name(sector, family, year), asked


def _cuts(release: Release, key: PackKey) -> Iterator[tuple[str | None, str | None, Query]]:
    if key.filters:
        yield None, None, _filtered(key.indicator, dict(parse_qsl(key.filters)))
        return
    for sector in (None, *sectors(release, key.indicator)):
        for family in (None, *families(release, key.indicator)):
            yield sector, family, Query(key.indicator, sector=sector, family=family)


def _made(release: Release, key: PackKey, asked: Query) -> slices.Slice:
    if key.second is not None:
        return bivariate.make(release, asked, key.scope, key.second)
    return slices.make(release, asked, key.scope, key.classing, circles=key.circles, since=key.since)


def _content(release: Release, key: PackKey) -> dict[str, Any]:
    indicator = worded(release, key.indicator)
    scope = key.scope
    held = measure.years(release, key.indicator)
    found = {name: _made(release, key, asked) for name, asked in _asked(release, key)}
    first = next(iter(found.values()))
    areas, printed = first.cells, first.indicator
    return {
        "release": release.id,
        "indicator": key.indicator,
        "path": key.path,
        "filters": key.filters,
        "codes": [area.code for area in areas],
        "within": [named(scope.level, area.code, area.name).within for area in areas],
        "short": [named(scope.level, area.code, area.name).short for area in areas],
        "fill": printed.fill,
        "palette": palette(printed, key.classing, key.second),
        **({"pair": bivariate.packed(release, key.indicator, key.second)} if key.second else {}),
        "years": held,
        "year": measure.default_year(release, key.indicator),
        "sectors": sectors(release, key.indicator),
        "families": families(release, key.indicator),
        "noun": [indicator.noun_one, indicator.noun],
        "patterns": sentences.patterns(),
        "one": locale.one(),
        "ordinals": [locale.ordinal(rank + 1) for rank in range(len(areas))],
        "french": language() == FRENCH,
        "label": indicator.label,
        "parts": {year: provenance.part(kinds) for year, kinds in cube(release, indicator.numerator).sources.items()},
        "slices": {name: made.packed() for name, made in found.items()},
    }
