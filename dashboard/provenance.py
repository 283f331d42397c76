"""Where what is shown comes from, in words: sources, vintages, licences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard import locale
from dashboard.i18n import _, msg
from layers.facts import CENSUS, EMBEDDED, OUTLINES
from layers.mapping.reading import KIND as TABLE
from layers.money import OLD, SEAT, STATE
from layers.readers import READERS

if TYPE_CHECKING:
    from layers.release import Release

LISTED = msg("listes importées")
"""What a spreadsheet read by a mapping covers."""
EMBEDDED_TITLES = {
    EMBEDDED: msg("Insee, populations municipales"),
    CENSUS: msg("Insee, recensement de la population"),
    OUTLINES: msg("Superficies calculées sur les contours IGN et Insee"),
}
MONEY = {STATE: msg("argent de l’État"), SEAT: msg("compté au siège"), OLD: msg("année ancienne")}


@dataclass(frozen=True, slots=True)
class Told:
    """A source as a reader is told of it."""

    kind: str
    title: str
    vintage: str
    publisher: str
    licence: str

    def __str__(self) -> str:
        """Title and vintage: « Jaune budgétaire, PLF 2012 »."""
        said = self.vintage.casefold() in self.title.casefold()
        return self.title if said else f"{self.title}, {self.vintage}"


def told(release: Release, kinds: Sequence[str], vintages: Sequence[str]) -> tuple[Told, ...]:
    """The sources of some kinds and vintages, each once, in the order of the manifest."""
    of_kind = [source for source in release.manifest["sources"] if source["kind"] in kinds]
    found = [_of_manifest(one) for one in of_kind if not vintages or one["vintage"] in vintages]
    found += [
        Told(kind, _(EMBEDDED_TITLES[kind]), ", ".join(vintages), "Insee", _("Licence Ouverte"))
        for kind in kinds
        if kind in EMBEDDED_TITLES
    ]
    return tuple(dict.fromkeys(found))


def _of_manifest(source: Mapping[str, Any]) -> Told:
    title, vintage, publisher, licence = (_(source[name]) for name in ("title", "vintage", "publisher", "licence"))
    return Told(source["kind"], title, vintage, publisher, licence)


def part(kinds: Sequence[str]) -> str:
    """What the sources cover where that is a part only: « structures d’insertion et GEIQ »; empty where one has all.

    A list that is read by a mapping covers what it lists: nothing says that there is no more.
    """
    parts = list(dict.fromkeys(map(_part, kinds)))
    return ", ".join(_(one) for one in parts) if all(parts) else ""


def _part(kind: str) -> str:
    return LISTED if kind == TABLE else READERS[kind].part if kind in READERS else ""


def money(marks: Sequence[str]) -> str:
    """What money grants are (`layers.money`): « argent de l’État, compté au siège »; empty for others."""
    told = [_(MONEY[mark]) for mark in marks]
    return ", ".join(told)


def sentence(release: Release, kinds: Sequence[str], vintages: Sequence[str]) -> str:
    """Titles and vintages of the sources, in one line; empty where nothing is counted from any."""
    return locale.separator().join(str(source) for source in told(release, kinds, vintages))


def line(release: Release, kinds: Sequence[str], vintages: Sequence[str]) -> list[str]:
    """« Source : …. », a line of its own; none where nothing is counted from any."""
    said = sentence(release, kinds, vintages)
    return [locale.tight(_("Source : {sources}").format(sources=said) + ".")] if said else []
