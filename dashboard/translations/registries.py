"""Texts declared in French below the interface, and translated where a page shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard import wording
from dashboard.api.problems import KINDS
from dashboard.api.routes import ROUTES
from dashboard.pages import PAGES
from geodata import geography, perimeter
from layers import demonstration, notes, series_breaks, targets
from layers.allocation import RULES
from layers.choices import NO_OBJECT, NOT_TOLD, POSTS
from layers.demonstration.origin import VINTAGE
from layers.dimensions import DIMENSIONS
from layers.ess import FAMILIES, SECTORS
from layers.indicators import ADDED, INDICATORS, declared
from layers.needs import NEEDS, STRUCTURES
from layers.panorama import PANORAMA
from layers.readers import READERS
from layers.readers.registry import LAYOUTS
from layers.written import accounts, actions
from layers.written.disputes import OUTCOMES
from layers.written.register import EVIDENCE, QUADRANTS, STATUSES
from layers.written.workshop import meetings, scenes

if TYPE_CHECKING:
    from layers.dimensions import Dimension
    from layers.readers.reader import Reader


def texts() -> dict[str, list[str]]:
    """French texts by registry."""
    return {
        "layers.written.accounts": [*accounts.ROLES.values()],
        "layers.indicators": [
            *(
                getattr(worded, name)
                for indicator in INDICATORS.values()
                for worded in (indicator, wording.listed(indicator))
                for name in wording.TOLD
            ),
            *(verb for indicator in INDICATORS.values() for verb in indicator.verb),
            *declared.TEXTS,
            ADDED,
        ],
        "layers.notes": list(notes.TEXTS),
        "layers.demonstration": [demonstration.CAVEAT, demonstration.TITLE, VINTAGE],
        "layers.ess": [
            *(one.plural for one in SECTORS.values()),
            *(text for one in FAMILIES.values() for text in (one.plural, one.label)),
        ],
        "layers.dimensions": [text for dimension in DIMENSIONS.values() for text in _of_dimension(dimension)],
        "layers.series_breaks": [
            *(text for one in series_breaks.REGISTRY.values() for text in (one.sentence, one.reference)),
            series_breaks.OTHER_SOURCES,
            series_breaks.OTHER_STAGE,
        ],
        "layers.needs": [text for need in (*NEEDS.values(), STRUCTURES) for text in (need.label, need.per, need.told)],
        "layers.panorama": [text for one in PANORAMA for text in (one.label, one.lacks)],
        "layers.written": [
            *(text for table in (QUADRANTS, STATUSES, EVIDENCE, OUTCOMES) for text in table.values()),
            *(text for table in (scenes.KINDS, meetings.COLLEGES, actions.STATUSES) for text in table.values()),
        ],
        "layers.targets": [targets.SOURCE],
        "layers.allocation": [text for rule in RULES.values() for text in (rule.label, rule.explained)],
        "layers.choices": [NO_OBJECT, NOT_TOLD, POSTS],
        "layers.readers": [text for reader in (*READERS.values(), *LAYOUTS) for text in _of_reader(reader)],
        "geodata.perimeter": [
            *(perimeter.label(number) for number in perimeter.PERIMETERS),
            *perimeter.ENTRIES.values(),
        ],
        "geodata.geography": _of_geography(),
        "dashboard.pages": [text for page in PAGES.values() for text in (page.title, page.description)],
        "dashboard.api": [
            *(text for kind in KINDS.values() for text in (kind.title, kind.meaning)),
            *(route.description for route in ROUTES.values()),
        ],
    }


def _of_reader(reader: Reader) -> list[str]:
    return [reader.title, reader.part, reader.publisher, reader.licence, *reader.caveats]


def _of_dimension(dimension: Dimension) -> list[str]:
    return [dimension.label, dimension.every, *dimension.apart.values(), *dimension.names.values()]


def _of_geography() -> list[str]:
    manifest = geography.load().manifest
    return [one["brings"] for one in (*manifest["packages"], manifest["membership"])]
