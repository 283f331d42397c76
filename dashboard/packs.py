"""A pack: all the slices of one indicator over one scope, for the browser to repaint from without asking."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dashboard import provenance, sentences, slices
from dashboard.areas import named
from dashboard.i18n import language
from dashboard.wording import worded
from layers import measure
from layers.classing import MANUAL, Classing, parse
from layers.cube import FAMILY_AXIS, SECTOR_AXIS, UNKNOWN, Cube
from layers.facts import cube
from layers.indicators import INDICATORS, Indicator
from layers.series import Query

if TYPE_CHECKING:
    from layers.release import Release


CIRCLES = "+circles"


@dataclass(frozen=True, slots=True)
class PackKey:
    """Name of a pack inside a release."""

    indicator: str
    scope: slices.Scope
    classing: Classing = field(default_factory=Classing)
    circles: bool = False

    @property
    def path(self) -> str:
        """Its place in an address: ``actors_per_1000/territory-all-95/jenks``."""
        return f"{self.indicator}/{self.scope.key}/{self.classing.key}{CIRCLES if self.circles else ''}"


def classes_of(text: str) -> tuple[Classing, bool] | None:
    """Classes and circles that the last part of a path names; None for anything else."""
    found = parse(text.removesuffix(CIRCLES))
    return (found, text.endswith(CIRCLES)) if found else None


def pack(release: Release, key: PackKey) -> bytes:
    """The pack as JSON in the language in force, made once for each release.

    Raises `KeyError` or `ValueError` for an unknown name.
    """
    place = ("pack", key, language())
    found = release.cache.get(place)
    if not isinstance(found, bytes):
        found = json.dumps(_content(release, key), ensure_ascii=False, separators=(",", ":")).encode()
        if key.classing.method != MANUAL:
            release.cache[place] = found
    return found


def diverges(indicator: Indicator, classing: Classing) -> bool:
    """Whether the scale departs from a pivot."""
    around = indicator.pivot is not None or (classing.around_mean and indicator.fill)
    return around and classing.method != MANUAL


def slice_name(sector: str | None, family: str | None, year: int | None) -> str:
    """Key of a slice in its pack: ``sector|family|year``, empty for all."""
    return f"{sector or ''}|{family or ''}|{year or ''}"


def sectors(release: Release, indicator: str) -> tuple[str, ...]:
    """Sectors that can be asked of an indicator: none where no source tells them."""
    if not INDICATORS[indicator].cuts:
        return ()
    built = cube(release, INDICATORS[indicator].numerator)
    return _choices(SECTOR_AXIS, _told(built, 1, built.sector_known), _unknown(built, 1))


def families(release: Release, indicator: str) -> tuple[str, ...]:
    """Families that can be asked of an indicator."""
    if not INDICATORS[indicator].cuts:
        return ()
    built = cube(release, INDICATORS[indicator].numerator)
    return _choices(FAMILY_AXIS, _told(built, 2, built.family_known), _unknown(built, 2))


def _told(built: Cube, axis: int, known: tuple[bool, ...]) -> bool:
    return built.values.shape[axis] > 1 and any(known)


def _unknown(built: Cube, axis: int) -> bool:
    """Whether anything is in the last place of an axis, that of what the source does not tell."""
    return built.values.shape[axis] > 1 and bool(built.values.take(-1, axis=axis).any())


def _choices(axis: tuple[str, ...], told: bool, unknown: bool) -> tuple[str, ...]:
    return tuple(slug for slug in axis if slug != UNKNOWN or unknown) if told else ()


def _content(release: Release, key: PackKey) -> dict[str, Any]:
    indicator = worded(release, key.indicator)
    scope = key.scope
    held = measure.years(release, key.indicator)
    found = {
        slice_name(sector, family, year): slices.make(
            release,
            Query(key.indicator, scope.level, sector, family, year, scope.perimeter),
            scope,
            key.classing,
            circles=key.circles,
        )
        for year in held or (None,)
        for sector in (None, *sectors(release, key.indicator))
        for family in (None, *families(release, key.indicator))
    }
    areas = next(iter(found.values())).cells
    return {
        "release": release.id,
        "indicator": key.indicator,
        "path": key.path,
        "codes": [area.code for area in areas],
        "within": [named(scope.level, area.code, area.name).within for area in areas],
        "short": [named(scope.level, area.code, area.name).short for area in areas],
        "fill": indicator.fill,
        "palette": "diverging" if diverges(indicator, key.classing) else "sequential",
        "years": held,
        "year": measure.default_year(release, key.indicator),
        "sectors": sectors(release, key.indicator),
        "families": families(release, key.indicator),
        "noun": [indicator.noun_one, indicator.noun],
        "patterns": sentences.PATTERNS,
        "one": sentences.ONE,
        "label": indicator.label,
        "parts": {year: provenance.part(kinds) for year, kinds in cube(release, indicator.numerator).sources.items()},
        "slices": {name: made.packed() for name, made in found.items()},
    }
