"""The indicators that the sources of a manifest declare, as they are kept there and read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from typing import Any, Final

from layers.indicators.declaration import Indicator

Json = Mapping[str, Any]
INDICATORS: Final = "indicators"
"""Key of the declared indicators in a source of a manifest."""


def to_manifest(indicator: Indicator) -> dict[str, Any]:
    """An indicator as a manifest keeps it."""
    return {key: list(said) if isinstance(said, tuple) else said for key, said in asdict(indicator).items()}


def of_manifest(said: Json) -> Indicator:
    """What `to_manifest` gave, by this version or an earlier one."""
    held = {one.name: said[one.name] for one in fields(Indicator) if one.name in said}
    return Indicator(**{**held, "verb": tuple(said["verb"]), "levels": tuple(said["levels"])})


def of_sources(sources: Iterable[Json]) -> dict[str, Indicator]:
    """The indicators that sources declare, by key, each at the levels that any of its files gives."""
    found: dict[str, Indicator] = {}
    for one in (of_manifest(said) for source in sources for said in source.get(INDICATORS, ())):
        both = {*one.levels, *(found[one.key].levels if one.key in found else ())}
        found[one.key] = replace(one, levels=tuple(sorted(both, reverse=True)))
    return dict(sorted(found.items(), key=lambda pair: pair[1].label))


def redeclared(source: Json, told: Json) -> dict[str, Any]:
    """A source whose indicators are said as new files say them, by key; each at the levels of its own file."""
    if INDICATORS not in source:
        return dict(source)
    own = [{**told.get(one["key"], one), "levels": one["levels"]} for one in source[INDICATORS]]
    return {**source, INDICATORS: own}


def changed(sources: Iterable[Json], told: Iterable[Json]) -> str | None:
    """Why a declaration cannot stand beside the values that a release has of it; None where it can."""
    held = of_sources(sources)
    for one in map(of_manifest, told):
        before = held.get(one.key)
        if before is not None and (before.kind, before.unit, before.scale) != (one.kind, one.unit, one.scale):
            return (
                f"l’indicateur « {before.label} » est déjà publié en {before.unit} : il ne peut pas changer de nature "
                "ni d’unité"
            )
    return None
