"""The directory as a workbook: the rows of a view as the page lists them, in words; text is never a formula."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard import locale, provenance
from dashboard.content import Content, Entry, Section, Sheet
from dashboard.directory import labels
from dashboard.directory.state import PATH, address
from dashboard.exports.workbook import workbook
from dashboard.i18n import _
from geodata.perimeter import members
from geodata.territories import TERRITORIES

if TYPE_CHECKING:
    from dashboard.directory.listing import Listing

CODES = ("siret", "siren", "rna")


def to_xlsx(listing: Listing, origin: str) -> bytes:
    """All the rows of a view, in its order, then sources and the link that reopens it on its release."""
    return workbook(content(listing), origin)


def content(listing: Listing) -> Content:
    """The list as a content of one table."""
    release, state = listing.release, listing.state
    frame = listing.whole()
    heads = (
        _("Structure"),
        _("Commune"),
        _("Territoire"),
        labels.facet_label("sector"),
        labels.facet_label("family"),
        labels.facet_label("size"),
        "SIRET",
        "SIREN",
        "RNA",
        _("Source"),
        _("Millésime"),
    )
    title = _("Structures listées, {year}").format(year=listing.year or "")
    kinds = tuple(dict.fromkeys(str(kind) for kind in frame["source"]))
    vintages = tuple(dict.fromkeys(str(one) for one in frame["vintage"]))
    said = [_("Données de démonstration, fictives.")] if release.demonstration else []
    said += provenance.line(release, kinds, vintages)
    said.append(_("Publication {release}.").format(release=release.id))
    pinned = replace(state, release=release.id, page=1, actor=None).to_query()
    return Content(
        key="acteurs",
        address=address(PATH, pinned),
        title=title,
        headline=title,
        subtitle="",
        sections=(
            Section(
                "list",
                title,
                sheets=(Sheet("list", title, heads, tuple(_row(listing, row) for row in frame.to_dict("records"))),),
            ),
        ),
        definitions=(),
        lines=tuple(map(locale.tight, said)),
        release=release.id,
        demonstration=release.demonstration,
    )


def _row(listing: Listing, row: dict[Any, Any]) -> tuple[Entry, ...]:
    commune = row["commune"] if isinstance(row["commune"], str) else ""
    territory = members().get(commune)
    cells = [
        row["name"],
        labels.commune_name(listing.release, commune) if commune else "",
        TERRITORIES[territory].short_name if territory else "",
        labels.told(listing.release, "sector", row["sector"]),
        labels.kind_label(row["family"]),
        labels.told(listing.release, "size", row["size_class"]),
        *(row[code] for code in CODES),
        labels.source_label(str(row["source"])),
        row["vintage"],
    ]
    return tuple(_entry(cell) for cell in cells)


def _entry(cell: Any) -> Entry:
    told = "" if pd.isna(cell) else str(cell)
    return Entry(told, told)
