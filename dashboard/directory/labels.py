"""How the values of the facets are called, in the language in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.i18n import _
from geodata.territories import TERRITORIES
from layers.dimensions import DIMENSIONS, UNKNOWN
from layers.ess import FAMILIES
from layers.readers import READERS
from layers.release import DEMONSTRATION

if TYPE_CHECKING:
    from layers.release import Release

DASH = "–"


def facet_label(key: str) -> str:
    """Title of a facet."""
    if key in DIMENSIONS:
        return _(DIMENSIONS[key].label)
    return {"territory": _("Territoire"), "commune": _("Commune"), "source": _("Source")}[key]


def value_label(release: Release, key: str, value: str) -> str:
    """Label of a value of a facet; the value itself where nothing names it."""
    if key in DIMENSIONS:
        dimension = DIMENSIONS[key]
        return _(dimension.unknown) if value == UNKNOWN else _(dimension.names.get(value, value))
    if value == UNKNOWN:
        return {"territory": _("Territoire non renseigné"), "commune": _("Commune non renseignée")}.get(key, value)
    if key == "territory":
        return TERRITORIES[value].short_name
    if key == "commune":
        return commune_name(release, value)
    return source_label(value)


def commune_name(release: Release, code: str) -> str:
    """Name of a commune of the metropole; the code where it is not one."""
    names = release.geography.communes["name"]
    return str(names[code]) if code in names.index else code


def source_label(kind: str) -> str:
    """Title of a list, by its kind."""
    if kind == DEMONSTRATION:
        return _("Démonstration")
    return _(READERS[kind].title) if kind in READERS else kind


def kind_label(family: object) -> str:
    """Family of one structure, in the singular; a dash where no source tells it."""
    return _(FAMILIES[family].label) if isinstance(family, str) and family in FAMILIES else DASH


def told(release: Release, key: str, value: object) -> str:
    """Label of a value of a row: a dash where no source tells it."""
    return value_label(release, key, value) if isinstance(value, str) and value != UNKNOWN else DASH
